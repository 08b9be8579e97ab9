// The buttons above the text: one stop of the Tab key, arrows between them, Escape back into the text.
import { COMMANDS } from "./commands.js";

export class Toolbar {
  constructor(bar, editor, openLink) {
    Object.assign(this, { bar, editor, openLink });
    this.buttons = [...bar.querySelectorAll("button")];
    this.contexts = [...bar.querySelectorAll("[data-inside]")];
    bar.setAttribute("aria-controls", editor.view.dom.id);
    // Clicking must not take the selection away from the text.
    bar.addEventListener("mousedown", (event) => event.preventDefault());
    bar.addEventListener("click", (event) => this.press(event.target.closest("button")));
    bar.addEventListener("keydown", (event) => this.move(event));
    this.paint();
  }

  press(button) {
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const { command } = button.dataset;
    if (command === "link") {
      this.openLink();
      return;
    }
    // At once; the chain's own focus() waits for a frame, and who types meanwhile would press the button.
    this.editor.view.focus();
    COMMANDS[command].run(this.editor.chain(), this.editor).run();
  }

  get shown() {
    return this.buttons.filter((button) => !button.closest("[hidden]"));
  }

  focus() {
    (this.shown.find((button) => button.tabIndex === 0) ?? this.shown[0]).focus();
  }

  move(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.editor.view.focus();
      return;
    }
    const { shown } = this;
    const here = shown.indexOf(document.activeElement);
    const there = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (there === undefined) return;
    event.preventDefault();
    const next = shown.at(there % shown.length);
    this.stopAt(next);
    next.focus();
  }

  stopAt(button) {
    for (const one of this.buttons) one.tabIndex = one === button ? 0 : -1;
  }

  paint() {
    const { editor } = this;
    for (const context of this.contexts) {
      context.hidden = !context.dataset.inside.split(" ").some((name) => editor.isActive(name));
    }
    for (const button of this.buttons) {
      const { on, can } = COMMANDS[button.dataset.command] ?? { on: () => editor.isActive("link") };
      if (on) button.setAttribute("aria-pressed", on(editor));
      if (can) button.setAttribute("aria-disabled", !can(editor));
    }
    const { shown } = this;
    if (!shown.some((button) => button.tabIndex === 0)) this.stopAt(shown[0]);
  }
}
