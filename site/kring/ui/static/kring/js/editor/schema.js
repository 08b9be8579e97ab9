// What can be written: the same as kring.ui.richtext.schema lets pass.
import { Fold, FoldTitle } from "./folds.js";
import { Figcaption, Figure, Image } from "./images.js";
import { TaskItem, TaskList } from "./tasks.js";

export function extensions(tiptap, words) {
  const { Extension } = tiptap;
  return [
    tiptap.Document, tiptap.Paragraph, tiptap.Text, tiptap.HardBreak, tiptap.HorizontalRule, tiptap.Blockquote,
    tiptap.CodeBlock, heading(tiptap), tiptap.BulletList, orderedList(tiptap), tiptap.ListItem, TaskList(tiptap),
    TaskItem(tiptap, words.done), ...table(tiptap), Image(tiptap), Figure(tiptap), Figcaption(tiptap), Fold(tiptap),
    FoldTitle(tiptap, words.foldTitle), ...marks(tiptap),
    tiptap.History, tiptap.Gapcursor, tiptap.Dropcursor, tiptap.TrailingNode,
    Extension.create({ name: "indent", addKeyboardShortcuts: () => ({ "Mod-]": indent(1), "Mod-[": indent(-1) }) }),
  ];
}

const indent = (step) => ({ editor }) => {
  const item = editor.isActive("taskItem") ? "taskItem" : "listItem";
  return step > 0 ? editor.commands.sinkListItem(item) : editor.commands.liftListItem(item);
};

// They nest in this order, as they are stored.
function marks(tiptap) {
  const inside = [link(tiptap), tiptap.Bold, tiptap.Italic, tiptap.Strike, tiptap.Subscript, tiptap.Superscript, tiptap.Code.extend({ excludes: "" })];
  return inside.map((mark, place) => mark.extend({ priority: 900 - place }));
}

function link({ Link }) {
  return Link.extend({
    inclusive: false,
    addAttributes: () => ({ href: { default: null, parseHTML: (link) => link.getAttribute("href") }, title: { default: null } }),
    addKeyboardShortcuts: () => ({}),
  }).configure({
    openOnClick: false,
    autolink: true,
    linkOnPaste: true,
    defaultProtocol: "https",
    isAllowedUri: (uri) => mayFollow(uri ?? ""),
    HTMLAttributes: { target: null, rel: null, class: null },
  });
}

// References of the site's own (kring:) are addresses too. Browsers look past what cannot be seen.
function mayFollow(uri) {
  const seen = uri.replace(/[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, "");
  return !/^[a-z][a-z0-9+.-]*:/i.test(seen) || /^(https?|mailto|tel|kring):/i.test(seen);
}

function heading({ Heading }) {
  return Heading.extend({
    addAttributes() {
      return { ...this.parent(), id: { default: null, keepOnSplit: false, parseHTML: (heading) => heading.id || null } };
    },
  }).configure({ levels: [2, 3, 4] });
}

// The bundle's own has no rule for "1. " and writes type and style.
function orderedList({ OrderedList, wrappingInputRule }) {
  return OrderedList.extend({
    addAttributes: () => ({ start: { default: 1, parseHTML: (list) => Number(list.getAttribute("start") ?? 1) } }),
    addNodeView: () => null,
    renderHTML: ({ HTMLAttributes: { start } }) => ["ol", start === 1 ? {} : { start }, 0],
    addInputRules() {
      const joins = (match, list) => list.childCount + list.attrs.start === Number(match[1]);
      return [wrappingInputRule({ find: /^(\d{1,3})[.)]\s$/, type: this.type, getAttributes: ([, start]) => ({ start: Number(start) }), joinPredicate: joins })];
    },
  });
}

// The bundle's own writes widths as styles.
function table({ Table, TableRow, TableHeader, TableCell }) {
  const spans = () => ({ colspan: span("colspan"), rowspan: span("rowspan"), colwidth: { default: null, rendered: false, parseHTML: () => null } });
  const cell = (type, tag) => type.extend({ addAttributes: spans, renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0] });
  return [
    Table.extend({ addNodeView: () => null, renderHTML: () => ["table", ["tbody", 0]] }).configure({ resizable: false }),
    TableRow, cell(TableHeader, "th"), cell(TableCell, "td"),
  ];
}

function span(name) {
  return {
    default: 1,
    parseHTML: (cell) => Number(cell.getAttribute(name) ?? 1),
    renderHTML: (attributes) => (attributes[name] === 1 ? {} : { [name]: attributes[name] }),
  };
}
