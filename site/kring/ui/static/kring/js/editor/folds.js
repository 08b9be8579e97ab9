// What is folded away under a title: <details>, which is always open where one writes.
export function Fold({ Node }) {
  return Node.create({
    name: "fold",
    group: "block",
    content: "foldTitle block+",
    defining: true,
    parseHTML: () => [{ tag: "details" }],
    renderHTML: () => ["details", 0],
    addNodeView: () => () => box("fold"),
  });
}

export function FoldTitle({ Node }, placeholder) {
  return Node.create({
    name: "foldTitle",
    content: "text*",
    defining: true,
    selectable: false,
    parseHTML: () => [{ tag: "summary" }],
    renderHTML: () => ["summary", 0],
    addNodeView: () => () => box("fold__title", placeholder),
  });
}

function box(className, placeholder) {
  const dom = Object.assign(document.createElement("div"), { className });
  if (placeholder) dom.dataset.placeholder = placeholder;
  return { dom, contentDOM: dom };
}

// The blocks that are selected, when they may stand in a fold together.
function chosen(state) {
  const { $from, $to } = state.selection;
  const range = $from.blockRange($to);
  const { fold } = state.schema.nodes;
  return range && range.parent.canReplaceWith(range.startIndex, range.endIndex, fold) ? range : null;
}

export const canFold = (editor) => editor.isActive("fold") || chosen(editor.state) !== null;

export function toggleFold(chain, editor) {
  return chain.command(({ tr, state }) => (editor.isActive("fold") ? unfold(tr, state) : foldAway(tr, state)));
}

function foldAway(tr, state) {
  const range = chosen(state);
  if (!range) return false;
  const inside = [];
  for (let place = range.startIndex; place < range.endIndex; place += 1) inside.push(range.parent.child(place));
  const { fold, foldTitle } = state.schema.nodes;
  tr.replaceRangeWith(range.start, range.end, fold.create(null, [foldTitle.create(), ...inside]));
  tr.setSelection(state.selection.constructor.near(tr.doc.resolve(range.start + 2)));
  return true;
}

// The title becomes a paragraph, when it says something.
function unfold(tr, state) {
  const { $from } = state.selection;
  let depth = $from.depth;
  while ($from.node(depth).type.name !== "fold") depth -= 1;
  const node = $from.node(depth);
  const inside = [];
  node.forEach((child, _, place) => {
    if (place > 0) inside.push(child);
    else if (child.childCount) inside.push(state.schema.nodes.paragraph.create(null, child.content));
  });
  tr.replaceWith($from.before(depth), $from.after(depth), inside);
  return true;
}
