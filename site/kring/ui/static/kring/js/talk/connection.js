// Keeps the socket of a conversation open, and gives its events in order, each once.
const WAITS = [500, 1000, 2000, 4000, 8000, 15000];
const SILENT = 12000;
const GONE = 4404;

export class Connection {
  // on: { event, state, gone, reset, and one for each other type of frame }
  constructor(path, after, on) {
    this.url = new URL(path, location.href.replace(/^http/, "ws")).href;
    this.seq = after;
    this.on = on;
    this.tries = 0;
    this.open();
    this.watch = setInterval(() => this.look(), 3000);
    addEventListener("online", this.retry = () => this.socket.readyState > 1 && this.open());
  }

  open() {
    clearTimeout(this.timer);
    this.live = false;
    this.heardAt = Date.now();
    const socket = this.socket = new WebSocket(this.url);
    socket.onopen = () => { this.wasOpen = true; this.hello(); };
    socket.onmessage = (message) => socket === this.socket && this.hear(JSON.parse(message.data));
    socket.onclose = (event) => socket === this.socket && this.lost(event.code);
  }

  close() {
    clearInterval(this.watch);
    clearTimeout(this.timer);
    removeEventListener("online", this.retry);
    this.ended = true;
    this.socket.close();
  }

  say(type, fields) {
    if (this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify({ v: 1, type, ...fields }));
    return true;
  }

  hello() {
    this.askedAt = Date.now();
    this.say("hello", { after: this.seq });
  }

  hear(frame) {
    this.heardAt = Date.now();
    if (frame.type === "event") this.take(frame);
    else if (frame.type === "beat") frame.seq > this.seq && this.askAgain();
    else if (frame.type === "reset") this.on.reset();
    else if (frame.type === "welcome") this.welcome(frame);
    else this.on[frame.type]?.(frame);
  }

  welcome(frame) {
    this.tries = 0;
    if (frame.reset) {
      this.seq = frame.seq;
      this.on.reset();
    }
    this.live = true;
    this.on.state("live");
  }

  take(frame) {
    if (frame.seq > this.seq + 1) return this.askAgain();
    if (frame.seq <= this.seq) return;
    this.seq = frame.seq;
    this.on.event(frame);
  }

  // Something is missing: ask for it, but not again and again while it is on its way.
  askAgain() {
    if (Date.now() - this.askedAt > 1500) this.hello();
  }

  // A connection may be dead without anybody saying so.
  look() {
    if (this.live && Date.now() - this.heardAt > SILENT) this.socket.close();
  }

  lost(code) {
    this.live = false;
    if (this.ended) return;
    if (code === GONE) return this.on.gone();
    if (this.wasOpen) this.on.state("lost");
    this.timer = setTimeout(() => this.open(), WAITS[Math.min(this.tries++, WAITS.length - 1)] * (0.7 + Math.random() * 0.6));
  }
}
