// <kring-talk>: what is said here appears by itself, and what one says leaves without loading the page.
// Without script, or where sockets do not come through, the forms work as they are.
import { Connection } from "./talk/connection.js";
import { Outbox } from "./talk/outbox.js";
import { Pending } from "./talk/pending.js";
import { fill, People } from "./talk/people.js";
import { Places } from "./talk/place.js";

const TYPING_EVERY = 3000;
const SEEN_AFTER = 1500;

customElements.define("kring-talk", class extends HTMLElement {
  connectedCallback() {
    this.words = JSON.parse(this.dataset.words);
    this.places = new Places(this);
    this.people = new People(this, this.words);
    this.pending = new Pending(this, this.places, this.words, () => this.outbox);
    this.below = 0;
    this.connection = new Connection(this.dataset.socket, Number(this.dataset.after), {
      event: (frame) => this.happened(frame),
      presence: (frame) => this.people.presence(frame),
      ack: (frame) => this.acknowledged(frame),
      error: (frame) => frame.client_id && this.outbox.refuse(frame),
      state: (state) => this.changed(state),
      gone: () => this.people.state("gone"),
      reset: () => this.people.state("reset"),
    });
    const key = `kring-said:${this.dataset.me}:${this.dataset.socket}`;
    this.outbox = new Outbox(key, (type, fields) => this.connection.live && this.connection.say(type, fields), (item) => this.pending.show(item));
    this.addEventListener("submit", (event) => this.submit(event));
    this.addEventListener("input", () => this.typing());
    document.addEventListener("visibilitychange", this.look = () => this.seen());
  }

  disconnectedCallback() {
    this.connection.close();
    this.outbox.end();
    document.removeEventListener("visibilitychange", this.look);
  }

  changed(state) {
    this.people.state(state);
    if (state === "live") this.outbox.flush(true);
  }

  happened({ kind, comment, reactions, accepted }) {
    if (kind === "reacted") return this.places.react(comment?.id, reactions);
    if (accepted || kind === "paced") return this.people.state("changed");
    if (!comment?.html) return;
    const isNew = kind === "posted" && !this.places.find(comment.id);
    if (isNew) this.count(comment);
    const article = this.places.show(comment);
    if (!article) return isNew && this.further(comment);
    if (isNew && !this.places.isMine(article)) this.greet(article);
    this.seen();
  }

  // Under a question the heading counts answers of others than the asker, elsewhere everything.
  count({ kind, asker }) {
    const asks = "asks" in this.dataset;
    if (asks && (kind !== "answer" || asker)) return;
    const title = this.querySelector("[data-number]");
    const number = title.dataset.number = Number(title.dataset.number) + 1;
    title.textContent = fill(this.words[asks ? "answers" : "comments"][number > 1 ? 1 : 0], { number });
  }

  greet(article) {
    this.places.markNew(article, this.words.new);
    const name = article.querySelector(".comment__head b")?.textContent ?? "";
    this.querySelector("[data-said]").textContent = fill(this.words.said, { name });
  }

  // It stands on a later page.
  further({ id }) {
    this.below += 1;
    this.link ??= this.querySelector("[data-roots]").parentElement.appendChild(Object.assign(document.createElement("a"), { className: "button" }));
    this.link.href = `?c=${id}#c${id}`;
    this.link.textContent = fill(this.words.below[this.below > 1 ? 1 : 0], { number: this.below });
  }

  submit(event) {
    const form = event.target;
    if (!("say" in form.dataset) || !this.connection.wasOpen) return;
    const data = new FormData(form);
    if ([...data.values()].some((value) => value instanceof File && value.size) || data.get("attachment")) return;
    const body = data.get("body") ?? "";
    if (!body.trim()) return;
    event.preventDefault();
    this.outbox.add({
      body,
      format: data.get("body-format") === "html" ? "html" : "markdown",
      kind: data.get("kind") || "comment",
      reply_to: Number(data.get("parent") || 0),
      anonymous: data.has("anonymous"),
    });
    this.empty(form);
  }

  async empty(form) {
    form.querySelector("form-draft")?.taken();
    form.reset();
    const editor = form.querySelector("rich-text");
    if (editor?.writing) await editor.restore("");
    if (form.id === "reply") history.replaceState(null, "", location.pathname);
  }

  acknowledged({ client_id, id, held }) {
    this.places.own.add(`c${id}`);
    const item = this.outbox.acknowledge(client_id);
    if (item && held) this.querySelector("[data-said]").textContent = this.words.held;
    if (held) this.people.says.textContent = this.words.held;
  }

  typing() {
    if (Date.now() - (this.typedAt ?? 0) < TYPING_EVERY) return;
    this.typedAt = Date.now();
    this.connection.say("typing", { on: true });
  }

  // Read up to here, once it could be read.
  seen() {
    clearTimeout(this.seeing);
    this.seeing = setTimeout(() => document.visibilityState === "visible" && this.connection.say("seen", { seq: this.connection.seq }), SEEN_AFTER);
  }
});
