// What comes from Word, Google Docs and other pages, as plain structure.
import { takeWordLists } from "./word-lists.js";

const UNWANTED = "meta, style, link, script, title, head, xml, o\\:p, br.Apple-interchange-newline, button, input, select, textarea, object, embed, svg, math, iframe, img:not([data-ref])";
const MARKS = [
  [/font-weight:\s*(bold|[6-9]00)/, "strong"],
  [/font-style:\s*italic/, "em"],
  [/line-through/, "s"],
  [/vertical-align:\s*super/, "sup"],
  [/vertical-align:\s*sub\b/, "sub"],
];
const HEADINGS = { h1: "h2", h5: "h4", h6: "h4" };

export function cleaned(html) {
  // The policy hides style attributes even in a document that is never shown: they get another name before.
  const renamed = html
    .replace(/<!--\[if [\s\S]*?<!\[endif\]-->/g, "")
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style=").replace(/\son[a-z]+\s*=/gi, " data-dropped="));
  const { body } = new DOMParser().parseFromString(renamed, "text/html");
  for (const one of body.querySelectorAll(UNWANTED)) one.remove();
  takeWordLists(body);
  for (const one of body.querySelectorAll("[data-style]")) takeStyles(one);
  for (const [from, to] of Object.entries(HEADINGS)) {
    for (const heading of body.querySelectorAll(from)) renameTo(heading, to);
  }
  for (const title of body.querySelectorAll("p[class*=MsoTitle], p[class*=MsoHeading]")) renameTo(title, "h2");
  for (const link of body.querySelectorAll("a[href]")) withoutRedirect(link);
  return body.innerHTML;
}

function renameTo(element, tag) {
  const made = element.ownerDocument.createElement(tag);
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
}

// Google Docs puts a whole text into a <b> that isn't bold, and writes marks as styles.
function takeStyles(element) {
  const style = element.dataset.style.toLowerCase();
  element.removeAttribute("data-style");
  if (!["SPAN", "B", "FONT"].includes(element.tagName)) return;
  let inside = element;
  for (const [pattern, tag] of MARKS) {
    if (!pattern.test(style)) continue;
    const mark = element.ownerDocument.createElement(tag);
    mark.append(...inside.childNodes);
    inside.append(mark);
    inside = mark;
  }
  if (element.tagName === "B" && /font-weight:\s*normal/.test(style)) element.replaceWith(...element.childNodes);
}

function withoutRedirect(link) {
  const target = URL.canParse(link.href) ? new URL(link.href) : null;
  const meant = target?.hostname === "www.google.com" && target.pathname === "/url" && target.searchParams.get("q");
  if (meant) link.setAttribute("href", meant);
}
