// <opened-result data-url="…" data-token="…">: says once that a result was opened, after the browser is on its way.
// Links keep their own address, so nothing is slower, and without script they work as they are.
customElements.define("opened-result", class extends HTMLElement {
  connectedCallback() {
    for (const kind of ["click", "auxclick"]) this.addEventListener(kind, (event) => this.tell(event));
  }

  tell(event) {
    if (this.told || event.button > 1 || !event.target.closest(".hit a[href]")) return;
    this.told = true;
    const body = new FormData();
    body.append("token", this.dataset.token);
    body.append("csrfmiddlewaretoken", this.querySelector("[name=csrfmiddlewaretoken]").value);
    navigator.sendBeacon(this.dataset.url, body);
  }
});
