// Signs in with, or adds, a passkey: asks the device when its form is sent, and sends the answer along.
// webauthn-json.js stands before it and turns the server's JSON into what the browser wants, and back.

class KringPasskey extends HTMLElement {
  connectedCallback() {
    this.hidden = !window.PublicKeyCredential;
    this.addEventListener("submit", this);
  }

  async handleEvent(event) {
    event.preventDefault();
    const form = event.target;
    const error = this.querySelector("[data-error]");
    const button = form.querySelector("[type=submit]");
    error.hidden = true;
    button.disabled = true;
    try {
      form.elements.credential.value = JSON.stringify(await this.ask(form));
      form.submit();
    } catch {
      error.hidden = false;
      error.setAttribute("role", "alert");
      button.disabled = false;
    }
  }

  async ask(form) {
    const { webauthnJSON } = window;
    if (this.dataset.ask === "login") {
      const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
      if (!answer.ok) throw new Error(answer.status);
      return webauthnJSON.get((await answer.json()).request_options);
    }
    const data = JSON.parse(this.querySelector("#passkey-data").textContent);
    if (this.dataset.ask === "get") return webauthnJSON.get(data.request_options);
    const { creation_options: options } = data;
    const alone = Boolean(form.elements.passwordless?.checked);
    const wish = options.publicKey.authenticatorSelection;
    wish.residentKey = alone ? "required" : "discouraged";
    wish.requireResidentKey = alone;
    if (alone) wish.userVerification = "required";
    return webauthnJSON.create(options);
  }
}

customElements.define("kring-passkey", KringPasskey);
