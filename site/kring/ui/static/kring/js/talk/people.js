// Says who reads along and who is writing.
export class People {
  constructor(talk, words) {
    this.place = talk.querySelector("[data-presence]");
    this.says = this.place.querySelector("[data-says]");
    this.dot = this.place.querySelector("[data-dot]");
    this.me = Number(talk.dataset.me);
    this.words = words;
  }

  presence({ people, total, typing }) {
    const others = people.filter(([pk]) => pk !== this.me);
    const count = total - 1;
    const busy = others.filter(([pk]) => typing.includes(pk));
    const parts = [];
    if (others.length) parts.push(this.reading(others, count));
    else if (count > 0) parts.push(fill(this.words.many[count > 1 ? 1 : 0], { number: count }));
    if (busy.length) parts.push(fill(this.words.typing[busy.length > 1 ? 1 : 0], { names: this.names(busy) }));
    this.line = parts.join(" ");
    this.show();
  }

  reading(others, count) {
    const more = count - others.length;
    if (more > 0) return fill(this.words.more, { names: others.map(firstName).join(", "), number: more });
    return fill(this.words.reading[others.length > 1 ? 1 : 0], { names: this.names(others) });
  }

  names(people) {
    const names = people.map(firstName);
    const last = names.pop();
    return names.length ? `${names.join(", ")} ${this.words.and} ${last}` : last;
  }

  state(state) {
    this.lost = { live: "", lost: this.words.lost, gone: this.words.gone, reset: this.words.reset, changed: this.words.changed }[state];
    this.dot.classList.toggle("dot--off", Boolean(this.lost));
    this.show();
  }

  show() {
    this.place.hidden = false;
    this.says.textContent = this.lost || this.line || this.words.live;
  }
}

export function fill(words, values) {
  return words.replace(/%\((\w+)\)s/g, (all, name) => values[name] ?? all);
}

function firstName([, name]) {
  return name.split(" ")[0];
}
