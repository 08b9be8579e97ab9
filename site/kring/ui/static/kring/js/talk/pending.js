// What waits to be posted, shown at the end of its list until the site has it.
export class Pending {
  constructor(talk, places, words, outbox) {
    Object.assign(this, { talk, places, words, outbox });
    this.shown = new Map();
  }

  show(item) {
    let node = this.shown.get(item.client_id);
    if (item.state === "done") {
      node?.remove();
      this.shown.delete(item.client_id);
      return;
    }
    if (!node) {
      node = this.make(item);
      this.shown.set(item.client_id, node);
    }
    const refused = item.state === "refused";
    node.querySelector("[data-state]").textContent = refused ? `${this.words.refused} ${item.message}` : item.state === "sending" ? this.words.sending : this.words.waiting;
    node.querySelector("[data-buttons]").hidden = !refused;
    node.classList.toggle("pending--refused", refused);
  }

  make(item) {
    const node = Object.assign(document.createElement("li"), { className: "pending" });
    const text = Object.assign(document.createElement("div"), { className: "prose" });
    if (item.fields.format === "html") text.innerHTML = new DOMParser().parseFromString(item.fields.body, "text/html").body.innerHTML;
    else text.textContent = item.fields.body;
    const state = Object.assign(document.createElement("p"), { className: "small soft" });
    state.dataset.state = "";
    state.setAttribute("role", "status");
    const buttons = Object.assign(document.createElement("p"), { className: "buttons" });
    buttons.dataset.buttons = "";
    buttons.append(
      this.button(this.words.again, () => this.outbox().retry(item)),
      this.button(this.words.back, () => this.putBack(item)),
    );
    node.append(text, state, buttons);
    const list = (item.fields.reply_to && this.places.replies(item.fields.reply_to)) || this.places.first(item.fields.kind) || this.talk.querySelector("[data-roots]");
    list.append(node);
    list.hidden = false;
    return node;
  }

  button(words, act) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words });
    made.addEventListener("click", act);
    return made;
  }

  async putBack(item) {
    const form = this.talk.querySelector("form[data-say]");
    if (!form) return;
    const area = form.elements.body;
    if (item.fields.format === "html") await area.closest("rich-text").restore(item.fields.body);
    else area.value = item.fields.body;
    this.outbox().drop(item);
    form.scrollIntoView({ block: "center" });
  }
}
