// <asked-before data-url="…">: shows under the title what was asked before, while one types in the form around it.
// data-texts names the fields of text beside the title, data-for says what is written when that is no question.
// Without script a button in it asks the site for the same. Where search has no answer it stays empty.
const WAIT = 500;

customElements.define("asked-before", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.querySelector("[data-look]")?.remove();
    this.list = this.querySelector("[data-list]");
    this.says = this.querySelector("[role=status]");
    this.gone = new AbortController();
    this.form.addEventListener("input", (event) => this.later(event.target), { signal: this.gone.signal });
    if (this.words().title && !this.list.childElementCount) this.ask();
  }

  disconnectedCallback() {
    this.gone.abort();
    clearTimeout(this.timer);
  }

  words() {
    const typed = new FormData(this.form);
    const texts = (this.dataset.texts ?? "body").split(" ").map((name) => typed.get(name) ?? "");
    const words = { title: typed.get("title") ?? "", body: texts.join(" ").slice(0, 800) };
    return this.dataset.for ? { ...words, for: this.dataset.for } : words;
  }

  later(field) {
    if (this.contains(field)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const words = this.words();
    const asked = JSON.stringify(words);
    if (asked === this.asked) return;
    this.asked = asked;
    this.asking?.abort();
    const { signal } = this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.dataset.url}?${new URLSearchParams(words)}`, { signal });
      this.show(answer.status === 200 && !answer.redirected ? await answer.text() : "");
    } catch {
      if (!signal.aborted) this.show("");
    }
  }

  // The number is said only when something else stands there than before.
  show(html) {
    if (html === this.shown) return;
    this.shown = html;
    this.list.innerHTML = html;
    this.says.textContent = this.list.querySelector("[data-says]")?.textContent ?? "";
    this.list.querySelector("[data-says]")?.remove();
  }
});
