// Images that are in the text already, with or without a caption; they can be moved and taken away.
export function Image({ Node }) {
  const kept = (attribute) => ({
    default: null,
    parseHTML: (image) => image.getAttribute(attribute),
    renderHTML: (attributes) => (attributes[attribute] === null ? {} : { [attribute]: attributes[attribute] }),
  });
  return Node.create({
    name: "image",
    group: "block",
    draggable: true,
    parseHTML: () => [{ tag: "img[data-ref]" }],
    renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
    addAttributes: () => ({ src: kept("src"), alt: kept("alt"), "data-ref": kept("data-ref"), "data-format": kept("data-format") }),
  });
}

export function Figure({ Node }) {
  return Node.create({
    name: "figure",
    group: "block",
    content: "image figcaption",
    isolating: true,
    draggable: true,
    parseHTML: () => [{ tag: "figure" }],
    renderHTML: () => ["figure", 0],
  });
}

export function Figcaption({ Node }) {
  return Node.create({
    name: "figcaption",
    content: "inline*",
    parseHTML: () => [{ tag: "figcaption" }],
    renderHTML: () => ["figcaption", 0],
  });
}
