// Word writes lists as paragraphs that only look like items; here they become lists.
const LEVEL = /mso-list:\s*l\d+ level(\d+)/;
const ORDERED = /^\(?([0-9]+|[a-z]|[ivx]+)[.)]/i;

const styleOf = (element) => (element.getAttribute("data-style") ?? "").toLowerCase();

export function takeWordLists(body) {
  const items = [...body.querySelectorAll("p")].filter((one) => LEVEL.test(styleOf(one)) || one.className.includes("MsoListParagraph"));
  let open = [];
  for (const item of items) {
    if (item.previousElementSibling !== open[0]) open = [];
    const level = Number(LEVEL.exec(styleOf(item))?.[1] ?? 1);
    const ordered = ORDERED.test(takeMarker(item));
    open.length = Math.min(open.length, level);
    while (open.length < level) open.push(newList(open, item, ordered));
    const made = body.ownerDocument.createElement("li");
    made.append(...item.childNodes);
    open.at(-1).append(made);
    item.remove();
  }
}

// The bullet or number that Word typed out.
function takeMarker(item) {
  const marker = [...item.querySelectorAll("span")].find((one) => /mso-list:\s*ignore/.test(styleOf(one)));
  marker?.remove();
  return (marker ?? item).textContent.trim();
}

function newList(open, item, ordered) {
  const document = item.ownerDocument;
  const list = document.createElement(ordered ? "ol" : "ul");
  if (!open.length) {
    item.before(list);
    return list;
  }
  const outer = open.at(-1);
  if (!outer.lastElementChild) outer.append(document.createElement("li"));
  outer.lastElementChild.append(list);
  return list;
}
