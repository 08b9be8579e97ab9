// <kring-contents>: links to parts of the page; the one that is being read is marked while scrolling.
customElements.define("kring-contents", class extends HTMLElement {
  connectedCallback() {
    this.parts = [...this.querySelectorAll("a[href^='#']")]
      .map((link) => ({ link, part: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
      .filter(({ part }) => part);
    // A part is being read once it begins in the upper third of the window.
    this.observer = new IntersectionObserver(() => this.mark(), { rootMargin: "0px 0px -66% 0px" });
    this.parts.forEach(({ part }) => this.observer.observe(part));
  }

  disconnectedCallback() {
    this.observer.disconnect();
  }

  mark() {
    const line = innerHeight * 0.34 + 1;
    const begun = this.parts.filter(({ part }) => part.getBoundingClientRect().top < line);
    const current = begun.at(-1);
    this.parts.forEach((one) => {
      if (one === current) one.link.setAttribute("aria-current", "true");
      else one.link.removeAttribute("aria-current");
    });
  }
});
