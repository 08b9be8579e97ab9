// A field that suggests what one may read, from the addresses that the search hands out while somebody types.
const WAIT = 200;

export function searchPages(part, address, chosen) {
  const input = part.querySelector("input");
  const list = part.querySelector("[role=listbox]");
  let found = [];
  let active = -1;
  let timer;
  let asking;

  list.id = `${input.id}-found`;
  input.setAttribute("aria-controls", list.id);

  function paint() {
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    list.replaceChildren(...found.map(option));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active]?.scrollIntoView({ block: "nearest" });
  }

  function option({ title }, place) {
    const made = document.createElement("li");
    made.id = `${list.id}-${place}`;
    made.textContent = title;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", String(place === active));
    made.addEventListener("mousedown", (event) => event.preventDefault());
    made.addEventListener("click", () => pick(place));
    return made;
  }

  function show(pages, at = -1) {
    found = pages;
    active = at;
    paint();
  }

  function pick(place) {
    const page = found[place];
    input.value = page.title;
    show([]);
    chosen(page);
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const words = input.value.trim();
    if (words.length < 2) return show([]);
    const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, { signal: asking.signal, headers: { Accept: "text/html" } });
    return show(answer.ok ? pagesIn(await answer.text()) : []);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask().catch(() => {}), WAIT);
  });

  input.addEventListener("keydown", (event) => {
    if (!found.length || !["ArrowDown", "ArrowUp", "Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") pick(Math.max(active, 0));
    else if (event.key === "Escape") show([]);
    else show(found, Math.min(Math.max(active + (event.key === "ArrowDown" ? 1 : -1), 0), found.length - 1));
  });
}

// From templates/search/suggestions.html.
function pagesIn(html) {
  const titles = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("a[href] .suggestions__title")];
  return titles.map((title) => ({ title: title.textContent.trim(), address: title.closest("a").getAttribute("href") }));
}
