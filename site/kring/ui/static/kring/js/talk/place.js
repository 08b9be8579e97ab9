// Puts a comment where it belongs on the page, with the buttons that this reader has.
export class Places {
  constructor(talk) {
    this.talk = talk;
    this.me = talk.dataset.me;
    this.roles = new Set(talk.dataset.roles.split(" "));
    this.muted = new Set((talk.dataset.muted ?? "").split(" ").filter(Boolean));
    this.own = new Set();
  }

  // The article, new or in the place of the old one; null when it stands on another page.
  show({ id, parent, kind, html }) {
    const article = this.make(html);
    const old = this.find(id);
    if (old) {
      old.replaceWith(article);
      return article;
    }
    const list = parent ? this.replies(parent) : this.first(kind);
    if (!list) return null;
    list.append(Object.assign(document.createElement("li"), {}));
    list.lastElementChild.append(article);
    list.hidden = false;
    this.talk.querySelector("[data-empty]")?.remove();
    return article;
  }

  find(id) {
    return this.talk.querySelector(`article#c${id}`);
  }

  first(kind) {
    if ("asks" in this.talk.dataset && kind === "comment") return this.talk.querySelector("[data-aside]");
    return "last" in this.talk.dataset ? this.talk.querySelector("[data-roots]") : null;
  }

  replies(parent) {
    const item = this.find(parent)?.closest("li");
    if (!item) return null;
    let list = item.querySelector(":scope > [data-replies]");
    if (!list) {
      list = Object.assign(document.createElement("ol"), { className: "thread" });
      list.dataset.replies = parent;
      item.append(list);
    }
    return list;
  }

  make(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const article = holder.content.querySelector("article");
    const mine = article.dataset.author === this.me || this.own.has(article.id);
    for (const one of article.querySelectorAll("[data-for]")) {
      const wanted = one.dataset.for.split(" ");
      one.hidden = !wanted.some((role) => (role === "author" ? mine : role === "others" ? !mine : this.roles.has(role)));
    }
    const token = this.talk.querySelector("[name=csrfmiddlewaretoken]")?.value;
    for (const form of article.querySelectorAll("form[method=post]")) {
      if (!form.elements.csrfmiddlewaretoken && token) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken", value: token }));
    }
    if (this.muted.has(article.dataset.author)) this.fold(article);
    return article;
  }

  // What somebody says whom the reader muted.
  fold(article) {
    const prose = article.querySelector(".prose");
    if (!prose) return;
    const folded = Object.assign(document.createElement("details"), { className: "muted" });
    prose.replaceWith(folded);
    folded.append(Object.assign(document.createElement("summary"), { textContent: this.talk.dataset.mutedSays }), prose);
  }

  isMine(article) {
    return article.dataset.author === this.me || this.own.has(article.id);
  }

  markNew(article, word) {
    article.classList.add("comment--new");
    const when = article.querySelector(".comment__when");
    when?.before(Object.assign(document.createElement("span"), { className: "badge badge--new", textContent: word }), " ");
  }

  react(id, counts) {
    for (const place of this.talk.ownerDocument.querySelectorAll(`[data-reactions="${id ?? "thing"}"] [data-reaction]`)) {
      const count = counts[place.dataset.reaction] ?? 0;
      place.querySelector("[data-count]").textContent = count || "";
    }
  }
}
