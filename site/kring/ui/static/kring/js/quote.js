// Links "Quote" (a[data-quote]) take along the words of their comment that are selected.
// The selection is read before the click takes it away; the site looks again whether the words stand there.
const LONGEST = 300;

function selectedIn(comment) {
  const selection = getSelection();
  const inside = (node) => comment?.querySelector(".prose")?.contains(node);
  return selection && inside(selection.anchorNode) && inside(selection.focusNode) ? selection.toString().trim() : "";
}

function take(event) {
  const link = event.target.closest("a[data-quote]");
  if (!link || (event.type === "keydown" && event.key !== "Enter")) return;
  const address = new URL(link.href);
  const words = selectedIn(link.closest(".comment")).slice(0, LONGEST);
  if (words) address.searchParams.set("words", words);
  else address.searchParams.delete("words");
  link.href = address;
}

document.addEventListener("pointerdown", take, true);
document.addEventListener("keydown", take, true);
