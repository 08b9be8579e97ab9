// <form-draft> in a form: keeps what is typed in this tab until the site has it, and puts it back.
// The site says by a cookie which draft it has taken (kring.ui.drafts.DraftMiddleware).
const PREFIX = "kring-draft:";
const TAKEN = "kring-draft-taken";
const WAIT = 400;

class FormDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.key = PREFIX + this.dataset.key;
    this.own = this.querySelector("input");
    this.own.value = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    this.gone = new AbortController();
    const { signal } = this.gone;
    forgetTaken();
    // After an error the form holds what was typed, and that is newer.
    if (!("bound" in this.dataset)) this.putBack();
    this.form.addEventListener("input", () => this.plan(), { signal });
    this.form.addEventListener("change", () => this.plan(), { signal });
    this.form.addEventListener("submit", () => this.keep(), { signal });
    addEventListener("pagehide", () => this.timer && this.keep(), { signal });
    this.querySelector("button").addEventListener("click", () => this.discard(), { signal });
  }

  disconnectedCallback() {
    this.gone.abort();
    clearTimeout(this.timer);
  }

  plan() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), WAIT);
  }

  keep() {
    clearTimeout(this.timer);
    this.timer = null;
    const entries = [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ id: this.own.value, entries }));
    } catch {
      // A full store or a private window: then the form is kept by the page alone.
    }
  }

  putBack() {
    const { entries } = read(this.key) ?? {};
    if (!entries) return;
    const names = new Set(entries.map(([name]) => name));
    const values = (name) => entries.filter(([one]) => one === name).map(([, value]) => value);
    let changed = false;
    for (const control of this.form.elements) {
      if (control === this.own || ["file", "submit", "button"].includes(control.type)) continue;
      if (["checkbox", "radio"].includes(control.type)) {
        const checked = values(control.name).includes(control.value);
        changed ||= checked !== control.checked;
        control.checked = checked;
      } else if (names.has(control.name) && control.name !== "csrfmiddlewaretoken") {
        const [value] = values(control.name);
        if (names.has(`${control.name}-format`)) this.putBackText(control, value);
        else if (control.value.replaceAll("\r\n", "\n") === value.replaceAll("\r\n", "\n")) continue;
        else control.value = value;
        changed ||= control.type !== "hidden";
      }
    }
    this.querySelector("[data-notice]").hidden = !changed;
  }

  async putBackText(area, html) {
    await customElements.whenDefined("rich-text");
    area.closest("rich-text").restore(html);
  }

  // The text went another way than by this form.
  taken() {
    sessionStorage.removeItem(this.key);
    clearTimeout(this.timer);
    this.timer = null;
    this.querySelector("[data-notice]").hidden = true;
  }

  discard() {
    this.taken();
    location.reload();
  }
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function forgetTaken() {
  const taken = document.cookie.split("; ").find((one) => one.startsWith(`${TAKEN}=`))?.slice(TAKEN.length + 1);
  if (!taken) return;
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && read(key)?.id === taken) sessionStorage.removeItem(key);
  }
}

customElements.define("form-draft", FormDraft);
