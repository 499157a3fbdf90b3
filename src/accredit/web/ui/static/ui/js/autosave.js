// Saves a form two seconds after the last key: form[data-autosave="address"], status in [data-save-status].
// Answer of the address: 204, or JSON {saved: "14:03", fields: {version: 8}}; 409 with JSON {both: "address"} on a clash.
import { announce } from "./announce.js";

const PAUSE = 2000;
const AGAIN = 10000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-save-status]") ?? document.querySelector("[data-save-status]");
    this.waiting = 0;
    this.sending = false;
    this.isDirty = false;
    this.hasSpoken = false;
    form.addEventListener("input", () => this.touch());
    form.addEventListener("change", () => this.touch());
    form.addEventListener("submit", (event) => this.leave(event));
    addEventListener("online", () => this.isDirty && this.save());
    const now = this.status?.querySelector("[data-save-now]");
    now?.addEventListener("click", () => {
      this.hasSpoken = false;
      this.save();
    });
  }

  touch() {
    if (this.isStopped) return;
    this.isDirty = true;
    this.show("unsaved");
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), PAUSE);
  }

  // A save on its way brings the version the form has to send: without it the form would clash with itself.
  leave(event) {
    if (!this.sending) return this.stop();
    event.preventDefault();
    this.leaving = () => this.form.requestSubmit(event.submitter);
  }

  stop() {
    this.isStopped = true;
    clearTimeout(this.waiting);
  }

  async save() {
    if (this.sending || this.isStopped) return;
    clearTimeout(this.waiting);
    this.sending = true;
    this.isDirty = false;
    this.show("saving");
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: new FormData(this.form),
        headers: { Accept: "application/json", "X-Autosave": "1" },
        credentials: "same-origin",
        redirect: "manual",
      });
      await this.take(answer);
    } catch {
      this.fail("failed");
    } finally {
      this.sending = false;
    }
    if (this.leaving) {
      const leave = this.leaving;
      this.leaving = null;
      return leave();
    }
    if (this.isDirty && !this.isStopped && this.state === "saved") this.touch();
  }

  async take(answer) {
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return this.fail("signedOut");
    const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    if (answer.status === 409) return this.clash(told);
    if (!answer.ok) return this.fail("failed", told.errors?.join(" "));
    for (const [name, value] of Object.entries(told.fields ?? {})) {
      const field = this.form.elements[name];
      if (field) field.value = value;
    }
    const time = told.saved ?? new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    this.show("saved", time);
    this.form.dispatchEvent(new CustomEvent("accredit:saved", { bubbles: true, detail: told }));
    if (!this.hasSpoken) this.speak();
    this.hasSpoken = true;
  }

  fail(kind, words = "") {
    const was = this.state;
    this.isDirty = true;
    this.show(kind, "", words);
    if (was !== kind) this.speak();
    this.hasSpoken = false;
    this.waiting = setTimeout(() => this.save(), AGAIN);
  }

  clash(told) {
    this.stop();
    this.show("clash", "", told.refused?.join(" "));
    if (told.both && this.status) {
      const link = document.createElement("a");
      link.href = told.both;
      link.textContent = this.status.dataset.seeBoth;
      this.status.querySelector("[data-save-words]").append(" ", link);
    }
    this.speak();
  }

  show(kind, time = "", words = "") {
    const labels = this.status?.dataset;
    if (!labels) return;
    if (kind !== "unsaved" && kind !== "saving") this.state = kind;
    const place = this.status.querySelector("[data-save-words]");
    place.textContent = words || (labels[kind] ?? "").replace("%t", time);
    this.status.classList.toggle("is-saved", kind === "saved");
    this.status.classList.toggle("is-failed", kind === "failed" || kind === "signedOut");
    this.status.classList.toggle("is-clash", kind === "clash");
  }

  speak() {
    announce(this.status?.querySelector("[data-save-words]").textContent ?? "");
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
