// The dialog in which a link gets its address: a page of the site, searched by its words, or any other.
import { searchPages } from "./page-search.js";

const SCHEME = /^([a-z][a-z0-9+.-]*:|[/#?])/i;

export class LinkDialog {
  constructor(dialog, editor, suggest) {
    Object.assign(this, { dialog, editor });
    this.address = dialog.querySelector("[data-address]");
    this.words = dialog.querySelector("[data-words]");
    const search = dialog.querySelector("[data-search]");
    if (suggest) {
      searchPages(search, suggest, (page) => {
        this.address.value = page.address;
        this.words.value ||= page.title;
        this.address.focus();
      });
    } else search.hidden = true;
    dialog.addEventListener("click", ({ target }) => {
      const button = target.closest("button[value]");
      if (button) this.done(button.value);
    });
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      this.done("set");
    });
    dialog.addEventListener("input", (event) => event.stopPropagation());
    dialog.addEventListener("change", (event) => event.stopPropagation());
  }

  open() {
    const { editor, dialog } = this;
    const inLink = editor.isActive("link");
    if (inLink) editor.commands.extendMarkRange("link");
    const { from, to } = editor.state.selection;
    this.chosen = { from, to, text: editor.state.doc.textBetween(from, to, " ") };
    this.address.value = editor.getAttributes("link").href ?? "";
    this.address.removeAttribute("aria-invalid");
    this.words.value = this.chosen.text;
    dialog.querySelector("[value=remove]").hidden = !inLink;
    dialog.showModal();
    this.address.focus();
  }

  done(choice) {
    const typed = this.address.value.trim();
    if (choice === "set" && !typed) {
      this.address.setAttribute("aria-invalid", "true");
      this.address.focus();
      return;
    }
    this.dialog.close();
    this.editor.view.focus();
    const chain = this.editor.chain().setTextSelection(this.chosen);
    if (choice === "remove") chain.unsetLink().run();
    else if (choice === "set") this.set(chain, whole(typed));
    else chain.run();
  }

  set(chain, href) {
    const words = this.words.value.trim() || this.chosen.text || href;
    const marks = [{ type: "link", attrs: { href } }];
    if (this.chosen.text && words === this.chosen.text.trim()) chain.setMark("link", { href, title: null }).run();
    else chain.insertContent({ type: "text", text: words, marks }).run();
  }
}

// What people type for an address: with a scheme, of this site, an e-mail address, or a name of a site.
function whole(typed) {
  if (SCHEME.test(typed)) return typed;
  return typed.includes("@") && !typed.includes("/") ? `mailto:${typed}` : `https://${typed}`;
}
