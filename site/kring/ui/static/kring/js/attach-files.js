// <attach-files data-url="…">…<ul></ul><input type="file">…</attach-files>: sends files as soon as they are chosen,
// pasted into the form or dropped on it, so that they stand in the list. Without script they go with the form.
customElements.define("attach-files", class extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ul");
    this.input = this.querySelector("input[type=file]");
    this.form = this.input.form;
    this.list.setAttribute("aria-live", "polite");
    this.gone = new AbortController();
    const options = { signal: this.gone.signal, capture: true };
    this.input.addEventListener("change", () => this.send([...this.input.files], true), options);
    this.form.addEventListener("paste", (event) => this.take(event, event.clipboardData), options);
    this.form.addEventListener("drop", (event) => this.take(event, event.dataTransfer), options);
    this.form.addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      this.classList.add("is-over");
    }, options);
    this.form.addEventListener("dragleave", () => this.classList.remove("is-over"), options);
  }

  disconnectedCallback() {
    this.gone.abort();
  }

  // Text that was copied together with a picture of it stays text.
  take(event, data) {
    this.classList.remove("is-over");
    const files = [...data.files];
    if (!files.length || data.types.includes("text/html")) return;
    event.preventDefault();
    event.stopPropagation();
    this.send(files, false);
  }

  async send(files, fromInput) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const file of files) body.append("files", file);
    this.ariaBusy = "true";
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body });
      if (![200, 400].includes(answer.status) || answer.redirected) return;
      const { body: found } = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.list.querySelectorAll("[data-problem]").forEach((old) => old.remove());
      this.list.append(...found.querySelectorAll("li"));
      if (fromInput) this.input.value = "";
    } catch {
      // They stay in the input and go with the form.
    } finally {
      this.ariaBusy = "false";
    }
  }
});
