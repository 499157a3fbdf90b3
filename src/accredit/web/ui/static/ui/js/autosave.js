// Saves a form two seconds after the last key: form[data-autosave="address"], status in [data-save-status].
// Answer of the address: 204, or JSON {saved: "14:03", fields: {version: 8}}; 409 with JSON {both: "address"} on a clash.
// With data-merge only what was touched is sent, with the version this page knows of it, and the answer may hold
// {changed: {name: value}}: what other pages have written meanwhile, shown here wherever nobody is typing.
import { announce } from "./announce.js";
import { controls, hasFocus, labelOf, put } from "./fields.js";
import { PAGE } from "./keep.js";

const PAUSE = 2000;
const AGAIN = [2000, 4000, 8000, 10000];
// A browser sends no more than that from a page that is being left.
const LAST_WORDS = 60_000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-save-status]") ?? document.querySelector("[data-save-status]");
    this.isMerging = "merge" in form.dataset;
    this.touched = new Map();
    this.behind = new Map();
    this.waitingTexts = new Map();
    this.failures = 0;
    this.state = "saved";
    if (this.isMerging) this.introduce();
    form.addEventListener("input", (event) => this.touch(event.target));
    form.addEventListener("change", (event) => this.touch(event.target));
    form.addEventListener("submit", (event) => this.leave(event));
    form.addEventListener("focusout", () => setTimeout(() => this.showWaiting(), 0));
    addEventListener("online", () => this.isDirty && this.save());
    addEventListener("focus", () => this.state === "signedOut" && this.save());
    addEventListener("pageshow", (event) => event.persisted && (this.isStopped = false));
    addEventListener("pagehide", () => this.flush());
    addEventListener("beforeunload", (event) => this.isDirty && !this.isStopped && "unkept" in form.dataset && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
    this.status?.querySelector("[data-save-now]")?.addEventListener("click", () => {
      this.hasSpoken = false;
      this.save();
    });
  }

  // The form says which page it is; sent by hand it names what was touched as well.
  introduce() {
    this.form.elements.tab.value = PAGE;
    this.form.addEventListener("formdata", (event) => event.formData.set("touched", this.told()));
  }

  get version() {
    return Number(this.form.elements.version?.value);
  }

  get isDirty() {
    return this.touched.size > 0;
  }

  told() {
    return JSON.stringify(Object.fromEntries(this.touched));
  }

  touch(target) {
    if (this.isStopped || this.form.accreditIsTold || !target.name || target.type === "hidden") return;
    this.waitingTexts.delete(target.name);
    if (!this.touched.has(target.name)) this.touched.set(target.name, this.behind.get(target.name) ?? this.version);
    if (this.state !== "signedOut" && this.state !== "failed") this.show("unsaved");
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

  flush() {
    if (this.isDirty && !this.isStopped) this.save({ isLast: true });
  }

  body() {
    const everything = new FormData(this.form);
    if (!this.isMerging) return everything;
    const examples = new Set([...this.touched.keys()].map((name) => /^e\d+-/.exec(name)?.[0]).filter(Boolean));
    const isSent = (name) => this.touched.has(name) || examples.has(/^e\d+-/.exec(name)?.[0]) || controls(this.form, name)[0]?.type === "hidden";
    return new URLSearchParams([...everything].filter(([name]) => isSent(name) || name === "touched"));
  }

  async save({ isLast = false } = {}) {
    if (this.sending || this.isStopped) return;
    clearTimeout(this.waiting);
    if (this.state === "signedOut" && !(await this.isBack())) return this.fail("signedOut");
    if (this.sending) return;
    const body = this.body();
    const mine = this.touched;
    this.touched = new Map();
    this.sending = true;
    if (this.state === "saved") this.show("saving");
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-Autosave": "1" },
        credentials: "same-origin",
        redirect: "manual",
        keepalive: isLast && this.isMerging && String(body).length < LAST_WORDS,
      });
      await this.take(answer, mine);
    } catch {
      this.fail("failed", "", mine);
    } finally {
      this.sending = false;
    }
    if (this.leaving) {
      const leave = this.leaving;
      this.leaving = null;
      return leave();
    }
    if (this.isDirty && !this.isStopped && this.failures === 0) this.touch(controls(this.form, this.touched.keys().next().value)[0]);
  }

  async take(answer, mine) {
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return this.fail("signedOut", "", mine);
    const told = answer.status === 204 ? {} : await answer.json().catch(() => null);
    if (answer.status === 409 && !(told?.both && told.version)) return this.end(told ?? {}, mine);
    if (told === null || (!answer.ok && answer.status !== 409)) return this.fail("failed", told?.errors?.join(" "), mine);
    this.failures = 0;
    for (const name of mine.keys()) this.behind.delete(name);
    for (const name of told.clashed ?? []) this.behind.set(name, mine.get(name) ?? this.version);
    const before = this.version;
    for (const [name, value] of Object.entries(told.fields ?? {})) {
      const field = this.form.elements[name];
      if (field) field.value = value;
    }
    this.hear(told, before);
    this.form.dispatchEvent(new CustomEvent("accredit:saved", { bubbles: true, detail: { ...told, unsaved: [...this.touched.keys()] } }));
    this.both = told.both ?? (this.hasClash ? this.both : "");
    this.time = told.saved ?? new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    const was = this.state;
    this.show(this.hasClash ? "clash" : "saved");
    if (!this.hasSpoken || (this.hasClash && was !== "clash")) this.speak();
    this.hasSpoken = true;
  }

  get hasClash() {
    return [...this.behind.keys()].some((name) => !this.waitingTexts.has(name));
  }

  // Another page has written: show it, unless somebody types in that very field.
  hear(told, before) {
    const shown = [];
    for (const [name, value] of Object.entries(told.changed ?? {})) {
      if (told.clashed?.includes(name) || (this.behind.has(name) && !this.waitingTexts.has(name))) continue;
      if (this.touched.has(name)) continue;
      if (!this.behind.has(name)) this.behind.set(name, before);
      this.waitingTexts.set(name, value);
      if (!hasFocus(this.form, name) && this.tell(name)) shown.push(labelOf(this.form, name));
    }
    const place = this.status?.querySelector("[data-save-note]");
    if (!place) return;
    if (told.moved) place.textContent = this.status.dataset.moved;
    else if (shown.length) place.textContent = this.status.dataset.elsewhere.replace("%n", shown.join(", "));
  }

  showWaiting() {
    for (const name of [...this.waitingTexts.keys()]) if (!hasFocus(this.form, name)) this.tell(name);
  }

  tell(name) {
    this.form.accreditIsTold = true;
    const isShown = put(this.form, name, this.waitingTexts.get(name));
    this.form.accreditIsTold = false;
    if (isShown) {
      this.waitingTexts.delete(name);
      this.behind.delete(name);
    }
    return isShown;
  }

  fail(kind, words = "", mine = new Map()) {
    const was = this.state;
    for (const [name, version] of mine) this.touched.set(name, version);
    this.form.accreditKeep?.write();
    const isUnkept = "unkept" in this.form.dataset && kind === "failed";
    this.show(kind, words || (isUnkept ? this.status?.dataset.unkept : ""));
    if (was !== kind) this.speak();
    this.hasSpoken = false;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), AGAIN[Math.min(this.failures, AGAIN.length - 1)]);
    this.failures += 1;
  }

  // Signing in gives the browser a new token; another person's sign-in is no leave to save this text.
  async isBack() {
    const { token, person } = await fetch(this.status?.dataset.token ?? "", { credentials: "same-origin" })
      .then((answer) => answer.json())
      .catch(() => ({}));
    if (!person || String(person) !== document.body.dataset.person) return false;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    return true;
  }

  // The whole text came second, or nothing may be written here any more: the person decides what happens.
  end(told, mine) {
    for (const [name, version] of mine) this.touched.set(name, version);
    this.form.accreditKeep?.write();
    this.stop();
    this.both = told.both;
    this.show("clash", told.refused?.join(" "));
    this.speak();
  }

  show(kind, words = "") {
    const labels = this.status?.dataset;
    if (kind !== "unsaved" && kind !== "saving") this.state = kind;
    if (!labels) return;
    const place = this.status.querySelector("[data-save-words]");
    place.textContent = words || (labels[kind] ?? "").replace("%t", this.time ?? "");
    if (kind === "clash" && this.both) place.append(" ", link(this.both, labels.seeBoth));
    if (kind === "signedOut" && labels.signIn) place.append(" ", link(labels.signIn, labels.signInWords, "_blank"));
    this.status.classList.toggle("is-saved", kind === "saved");
    this.status.classList.toggle("is-failed", kind === "failed" || kind === "signedOut");
    this.status.classList.toggle("is-clash", kind === "clash");
  }

  speak() {
    announce(this.status?.querySelector("[data-save-words]").textContent ?? "");
  }
}

function link(address, words, target = "") {
  const made = document.createElement("a");
  Object.assign(made, { href: address, textContent: words, target });
  return made;
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
