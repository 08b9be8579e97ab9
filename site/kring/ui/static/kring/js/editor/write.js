// Makes the editor of one field: the area in which one writes, its buttons and its dialog.
import { LinkDialog } from "./link-dialog.js";
import { Mentions } from "./mentions.js";
import { cleaned } from "./paste.js";
import { extensions } from "./schema.js";
import { Toolbar } from "./toolbar.js";

export function write(tiptap, host, html) {
  const tools = host.querySelector("template[data-tools]").content.cloneNode(true);
  const box = document.createElement("div");
  box.className = "rich-text__box";
  host.area.before(tools, box);

  let changed = false;
  let toolbar;
  const editor = new tiptap.Editor({
    element: box,
    // Its own <style> would need a hole in the policy.
    injectCSS: false,
    extensions: extensions(tiptap, host.dataset),
    content: html,
    editorProps: { attributes: attributes(host), transformPastedHTML: cleaned, handleDOMEvents: { keydown: (_, event) => keydown(event) } },
    onTransaction({ transaction }) {
      changed ||= transaction.docChanged;
      toolbar?.paint();
    },
    onUpdate() {
      host.area.dispatchEvent(new Event("input", { bubbles: true }));
    },
    onBlur() {
      if (changed) host.area.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  // An empty transaction: there is a line to write on after what the text ends with, such as a quote.
  editor.view.dispatch(editor.state.tr);
  const dialog = new LinkDialog(host.querySelector("dialog"), editor, host.dataset.suggest);
  // A form whose text may name people says where they are asked for.
  const { people } = host.area.form?.dataset ?? {};
  const mentions = people && new Mentions(editor, people, host.dataset.peopleLabel);
  toolbar = new Toolbar(host.querySelector("[role=toolbar]"), editor, () => dialog.open());

  // Tab leaves; Alt+F10 or Shift+F10 goes to the buttons; Ctrl+K makes a link.
  function keydown(event) {
    if (mentions && mentions.key(event)) return true;
    if (event.key === "Tab") return true;
    const asksForButtons = event.key === "F10" && (event.altKey || event.shiftKey);
    const asksForLink = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (!asksForButtons && !asksForLink) return false;
    event.preventDefault();
    event.stopPropagation();
    if (asksForLink) dialog.open();
    else toolbar.focus();
    return true;
  }

  return {
    editor,
    isChanged: () => changed,
    html: () => (editor.isEmpty ? "" : editor.getHTML()),
    put: (other) => editor.commands.setContent(other, { emitUpdate: true }),
  };
}

// The text area's id, label, help and errors become the editor's.
function attributes(host) {
  const { area } = host;
  const label = area.id && document.querySelector(`label[for="${CSS.escape(area.id)}"]`);
  const described = (area.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== host.dataset.markdown);
  const found = { role: "textbox", "aria-multiline": "true", class: "prose rich-text__text", spellcheck: "true", tabindex: "0" };
  if (area.id) {
    found.id = area.id;
    area.id += "-markdown";
    host.querySelector("[data-keys]").id = `${found.id}_keys`;
    found["aria-describedby"] = [...described, `${found.id}_keys`].join(" ");
  }
  if (label) {
    label.id ||= `${found.id}_label`;
    found["aria-labelledby"] = label.id;
    label.addEventListener("click", () => host.writing.editor.view.focus());
  } else found["aria-label"] = area.getAttribute("aria-label") ?? host.dataset.label;
  if (area.required) found["aria-required"] = "true";
  if (area.getAttribute("aria-invalid")) found["aria-invalid"] = "true";
  return found;
}
