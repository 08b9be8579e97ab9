// Lists of things to tick off.
export function TaskList({ Node }) {
  return Node.create({
    name: "taskList",
    group: "block list",
    content: "taskItem+",
    parseHTML: () => [{ tag: 'ul[data-type="taskList"]', priority: 60 }],
    renderHTML: () => ["ul", { "data-type": "taskList" }, 0],
    addCommands() {
      return { toggleTaskList: () => ({ commands }) => commands.toggleList(this.name, "taskItem") };
    },
  });
}

export function TaskItem({ Node, wrappingInputRule }, label) {
  return Node.create({
    name: "taskItem",
    content: "paragraph block*",
    defining: true,
    parseHTML: () => [{ tag: 'li[data-type="taskItem"]', priority: 60 }],
    renderHTML: ({ HTMLAttributes }) => ["li", { "data-type": "taskItem", ...HTMLAttributes }, 0],
    addAttributes: () => ({
      checked: {
        default: false,
        keepOnSplit: false,
        parseHTML: (item) => item.dataset.checked === "true",
        renderHTML: ({ checked }) => ({ "data-checked": String(checked) }),
      },
    }),
    addKeyboardShortcuts() {
      return {
        Enter: () => this.editor.commands.splitListItem(this.name),
        "Mod-Enter": () => this.editor.isActive(this.name)
          && this.editor.commands.updateAttributes(this.name, { checked: !this.editor.getAttributes(this.name).checked }),
      };
    },
    addInputRules() {
      const getAttributes = ([, , mark]) => ({ checked: /x/i.test(mark ?? "") });
      return [wrappingInputRule({ find: /^\s*(\[([ xX])?\])\s$/, type: this.type, getAttributes })];
    },
    addNodeView: () => (given) => view(given, label),
  });
}

function view({ node, getPos, editor }, label) {
  const dom = document.createElement("li");
  const box = document.createElement("input");
  const contentDOM = document.createElement("div");
  dom.dataset.type = "taskItem";
  Object.assign(box, { type: "checkbox", contentEditable: "false", tabIndex: -1 });
  box.setAttribute("aria-label", label);
  box.setAttribute("form", "");
  const show = ({ attrs }) => {
    box.checked = attrs.checked;
    dom.dataset.checked = attrs.checked;
  };
  box.addEventListener("change", (event) => {
    event.stopPropagation();
    editor.commands.command(({ tr }) => Boolean(tr.setNodeAttribute(getPos(), "checked", box.checked)));
  });
  dom.append(box, contentDOM);
  show(node);
  return {
    dom,
    contentDOM,
    update: (next) => next.type === node.type && (show(next), true),
    ignoreMutation: ({ target }) => target === box || target === dom,
  };
}
