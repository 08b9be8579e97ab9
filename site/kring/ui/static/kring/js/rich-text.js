// <rich-text>: puts the editor in the place of its text area, as soon as that comes near the screen.
// Without script, or when loading fails, the text area stays and takes Markdown.
class RichText extends HTMLElement {
  connectedCallback() {
    if (this.area) return;
    this.area = this.querySelector("textarea");
    this.near = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.start(), { rootMargin: "300px" });
    this.near.observe(this);
    this.listen();
  }

  disconnectedCallback() {
    this.near.disconnect();
    queueMicrotask(() => this.isConnected || this.unlisten?.abort());
  }

  // The form asks for the text when it is sent, not at each key. What nobody touched goes back as it came.
  listen() {
    this.unlisten = new AbortController();
    this.area.form?.addEventListener("formdata", ({ formData }) => {
      if (!this.writing?.isChanged() || this.area.disabled) return;
      formData.set(this.area.name, this.writing.html());
      formData.set(this.dataset.format, "html");
    }, { signal: this.unlisten.signal });
  }

  start() {
    this.near.disconnect();
    this.starting ??= this.load().catch((error) => console.warn(error));
    return this.starting;
  }

  async load() {
    const [tiptap, { write }] = await Promise.all([import(this.dataset.bundle), import("./editor/write.js")]);
    // What somebody typed meanwhile, or the browser put back, is Markdown and stays it.
    if (this.area.value !== this.area.defaultValue || !this.isConnected) return;
    // Who followed a link to a form came to write.
    const hadFocus = document.activeElement === this.area || this.closest("form:target");
    this.writing = write(tiptap, this, this.content ?? this.querySelector("template[data-html]").innerHTML);
    this.querySelector("[data-markdown]")?.remove();
    this.area.hidden = true;
    this.area.required = false;
    if (hadFocus) this.writing.editor.commands.focus("end");
    this.dispatchEvent(new CustomEvent("rich-text:ready", { bubbles: true }));
  }

  // Puts back what was written before.
  async restore(html) {
    this.content = html;
    await this.start();
    if (this.writing) this.writing.put(html);
    else this.area.value = html;
  }
}

customElements.define("rich-text", RichText);
