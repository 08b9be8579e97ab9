// <canned-reply>: a select of replies at hand and a field; choosing one puts its text into the field.
customElements.define("canned-reply", class extends HTMLElement {
  connectedCallback() {
    const choice = this.querySelector("select[name=canned]");
    const field = this.querySelector("textarea");
    if (!choice || !field) return;
    choice.addEventListener("change", () => {
      const text = choice.selectedOptions[0].dataset.text ?? "";
      if (!text) return;
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      // What stands in the field is what is sent.
      choice.value = "";
      field.focus();
    });
  }
});
