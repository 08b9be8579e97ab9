// What was said and not yet acknowledged: kept on this device, and sent again with the same number.
const PATIENCE = 8000;

export class Outbox {
  // send: gives false when there is no connection. changed: called with an item after each change of its state.
  constructor(key, send, changed) {
    Object.assign(this, { key, send, changed });
    this.items = read(key);
    for (const item of this.items) changed(item);
    this.timer = setInterval(() => this.flush(false), 3000);
  }

  end() {
    clearInterval(this.timer);
  }

  add(fields) {
    const item = { client_id: newId(), fields, state: "waiting" };
    this.items.push(item);
    this.keep();
    this.changed(item);
    this.flush(false);
    return item;
  }

  // again: also what is on its way, for the connection was lost in between.
  flush(again) {
    for (const item of this.items) {
      const overdue = item.state === "sending" && Date.now() - item.at > PATIENCE;
      if (item.state !== "waiting" && !overdue && !(again && item.state === "sending")) continue;
      const sent = this.send("post", { client_id: item.client_id, ...item.fields });
      this.set(item, sent ? "sending" : "waiting", { at: Date.now() });
    }
  }

  acknowledge(id) {
    const item = this.find(id);
    if (item) this.drop(item);
    return item;
  }

  refuse({ client_id, message, retry_after }) {
    const item = this.find(client_id);
    if (item) this.set(item, "refused", { message, retry_after });
  }

  retry(item) {
    this.set(item, "waiting", { message: "" });
    this.flush(false);
  }

  drop(item) {
    this.items = this.items.filter((one) => one !== item);
    this.keep();
    this.set(item, "done", {});
  }

  find(id) {
    return this.items.find((one) => one.client_id === id);
  }

  set(item, state, more) {
    if (item.state === state && !more.message) return Object.assign(item, more);
    Object.assign(item, { state }, more);
    this.changed(item);
  }

  keep() {
    try {
      if (this.items.length) localStorage.setItem(this.key, JSON.stringify(this.items));
      else localStorage.removeItem(this.key);
    } catch {
      // A full store or a private window: then the page alone keeps it.
    }
  }
}

function read(key) {
  try {
    const found = JSON.parse(localStorage.getItem(key)) ?? [];
    return found.map((item) => ({ ...item, state: item.state === "refused" ? "refused" : "waiting" }));
  } catch {
    return [];
  }
}

function newId() {
  return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
