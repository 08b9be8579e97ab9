// <suggest-box data-url="…"><form>…<input name="q">…</form></suggest-box>: shows the best results under the box
// while one types; under an empty one, recent searches. What is shown always answers what stands in the box.
const [WAIT, SAY_AFTER] = [120, 600];

customElements.define("suggest-box", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.panel ??= this.make("suggestions");
    this.says ??= Object.assign(this.make("visually-hidden"), { role: "status" });
    Object.assign(this.input, { role: "combobox", ariaAutoComplete: "list" });
    this.input.setAttribute("aria-controls", "suggestions");
    this.close();
    this.addEventListener("input", () => this.later());
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.close());
    // The box keeps the focus when something under it is clicked.
    this.panel.addEventListener("mousedown", (event) => event.preventDefault());
    // Coming back to this page one finds it closed.
    addEventListener("pagehide", () => this.close());
    const here = this.querySelector("form").action === location.href;
    if (here && !matchMedia("(pointer: coarse)").matches) this.input.focus();
    // Only then, for nobody asked for the focus just given.
    const look = () => this.input.value || this.open || this.later();
    for (const name of ["focus", "click"]) this.input.addEventListener(name, look);
  }

  make(className) { return this.appendChild(Object.assign(document.createElement("div"), { className })); }

  later() {
    this.stop();
    this.choose(null);
    if (this.input.value.trim()) this.panel.ariaBusy = "true";
    else this.close();
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  stop() {
    for (const timer of [this.timer, this.saying]) clearTimeout(timer);
    this.asking?.abort();
  }

  get open() { return !this.panel.hidden; }

  async ask() {
    const { signal } = this.asking = new AbortController();
    try {
      const asked = new URLSearchParams(new FormData(this.querySelector("form")));
      const answer = await fetch(`${this.dataset.url}?${asked}`, { signal });
      const html = answer.status === 200 && !answer.redirected ? await answer.text() : "";
      if (html && this.contains(document.activeElement)) this.show(html);
      else this.close();
    } catch {
      if (!signal.aborted) this.close();
    }
  }

  show(html) {
    this.panel.innerHTML = html;
    Object.assign(this.panel, { hidden: false, ariaBusy: null, scrollTop: 0 });
    this.input.ariaExpanded = "true";
    const said = this.panel.querySelector("[data-says]").textContent;
    this.saying = setTimeout(() => { this.says.textContent = said; }, SAY_AFTER);
  }

  close() {
    this.stop();
    this.choose(null);
    Object.assign(this.panel, { hidden: true, ariaBusy: null });
    this.panel.replaceChildren();
    this.says.textContent = "";
    this.input.ariaExpanded = "false";
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const { open } = this;
    if (event.target !== this.input || event.isComposing || !(step || (event.key === "Escape" && open) || (event.key === "Enter" && this.chosen))) return;
    event.preventDefault();
    if (event.key === "Enter") this.chosen.click();
    else if (event.key === "Escape") this.close();
    else if (open) this.move(step);
    else this.later();
  }

  // Around in a circle, in which the box itself is a place too.
  move(step) {
    const places = [null, ...this.panel.querySelectorAll("[role=option]")];
    this.choose(places.at((places.indexOf(this.chosen) + step) % places.length));
  }

  choose(option) {
    if (this.chosen) this.chosen.ariaSelected = "false";
    this.chosen = option;
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.ariaSelected = "true";
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }
});
