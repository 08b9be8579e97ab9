// People under the cursor: after an @ the first letters of a name bring up those who may be meant.
const WAIT = 120;
const BEGUN = /(?:^|[\s(])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*){0,3})$/u;

export class Mentions {
  constructor(editor, address, words) {
    Object.assign(this, { editor, address, words, active: -1 });
    this.list = Object.assign(document.createElement("ul"), { className: "mentions", id: `${editor.view.dom.id || "text"}_people`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.ariaLabel = words;
    editor.view.dom.after(this.list);
    editor.view.dom.ariaAutoComplete = "list";
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => this.pick(target.closest("[role=option]")));
    editor.on("update", () => this.later());
    editor.on("blur", () => this.close());
  }

  // What stands behind the last @ before the cursor, or null.
  begun() {
    const { doc, schema, selection: { $from, empty } } = this.editor.state;
    if (!empty || !$from.parent.isTextblock || this.editor.isActive("code") || this.editor.isActive("codeBlock")) return null;
    const words = BEGUN.exec($from.parent.textBetween(0, $from.parentOffset, "\n", "\ufffc"))?.[1];
    // Somebody who was chosen already is a link.
    const done = words !== undefined && doc.rangeHasMark($from.pos - words.length - 1, $from.pos, schema.marks.link);
    return words === undefined || done ? null : words;
  }

  later() {
    clearTimeout(this.timer);
    const begun = this.begun();
    if (begun === null) return this.close();
    this.timer = setTimeout(() => this.ask(begun).catch(() => this.close()), WAIT);
  }

  async ask(words) {
    this.asking?.abort();
    this.asking = new AbortController();
    // Of what is not kept yet, who reads it depends on the community that is chosen.
    const community = this.editor.view.dom.closest("form").elements.community?.value ?? "";
    const answer = await fetch(`${this.address}?${new URLSearchParams({ community, q: words })}`, { signal: this.asking.signal });
    const html = answer.ok && !answer.redirected ? await answer.text() : "";
    if (this.begun() !== words) return;
    this.list.replaceChildren(...new DOMParser().parseFromString(html, "text/html").querySelectorAll("[role=option]"));
    this.options.forEach((option, place) => { option.id = `${this.list.id}-${place}`; });
    this.list.hidden = !this.options.length;
    this.choose(this.list.hidden ? -1 : 0);
  }

  get options() {
    return [...this.list.children];
  }

  choose(place) {
    this.active = place;
    this.options.forEach((option, index) => { option.ariaSelected = String(index === place); });
    const { dom } = this.editor.view;
    if (place < 0) {
      dom.removeAttribute("aria-activedescendant");
      dom.removeAttribute("aria-controls");
      return;
    }
    dom.setAttribute("aria-controls", this.list.id);
    dom.setAttribute("aria-activedescendant", this.options[place].id);
    this.options[place].scrollIntoView({ block: "nearest" });
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.list.hidden = true;
    this.choose(-1);
  }

  // Whether the key was for the list.
  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (this.list.hidden || event.isComposing || !(step || ["Enter", "Tab", "Escape"].includes(event.key))) return false;
    event.preventDefault();
    event.stopPropagation();
    if (step) this.choose((this.active + step + this.options.length) % this.options.length);
    else if (event.key === "Escape") this.close();
    else this.pick(this.options[this.active]);
    return true;
  }

  pick(option) {
    if (!option) return;
    const { from } = this.editor.state.selection;
    const begin = from - this.begun().length - 1;
    const { name, url } = option.dataset;
    this.close();
    this.editor.chain().focus().deleteRange({ from: begin, to: from }).insertContent([
      { type: "text", text: `@${name}`, marks: [{ type: "link", attrs: { href: url } }] },
      { type: "text", text: " " },
    ]).run();
  }
}
