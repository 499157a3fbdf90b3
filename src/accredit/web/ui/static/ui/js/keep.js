// Keeps what is being typed in this browser until the server has it, and offers it back after a loss.
// Each page keeps its own: two of them on one section do not overwrite each other.
import { drawn } from "./difference.js";
import { labelOf, names, put, read, same, words } from "./fields.js";

const person = document.body.dataset.person ?? "";
const PREFIX = `keep:${person}:`;
const EVERY = 400;
const OTHERS_ANSWER_WITHIN = 150;
const SENT = "accredit:sent";
export const PAGE = [...crypto.getRandomValues(new Uint8Array(8))].map((each) => each.toString(16).padStart(2, "0")).join("");

const prefixOf = (form) => `${PREFIX}${form.dataset.keep}:`;
const keyOf = (form) => prefixOf(form) + PAGE;
const labels = (form) => ({ ...form.querySelector("[data-save-status]")?.dataset, ...form.dataset });
const keyOfExample = (form, name) => form.elements[name.replace(/^(e\d+)-.*$/, "$1-key")]?.value ?? "";

function load(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keys(start) {
  try {
    return Object.keys(localStorage).filter((each) => each.startsWith(start));
  } catch {
    return [];
  }
}

function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Without storage nothing was kept.
  }
}

class Keep {
  constructor(form) {
    this.form = form;
    this.typed = new Set();
    form.accreditKeep = this;
    form.addEventListener("input", (event) => this.note(event));
    form.addEventListener("change", (event) => this.note(event));
    form.addEventListener("submit", () => this.leave());
    form.addEventListener("accredit:saved", (event) => this.saved(event.detail.unsaved));
    addEventListener("pagehide", () => this.write());
    document.addEventListener("visibilitychange", () => document.hidden && this.write());
    setTimeout(() => this.look(), OTHERS_ANSWER_WITHIN);
    ask.postMessage({ asks: prefixOf(form) });
  }

  note({ target }) {
    if (!target.name || target.type === "hidden" || target.type === "file" || this.form.accreditIsTold) return;
    this.typed.add(target.name);
    this.waiting ??= setTimeout(() => this.write(), EVERY);
  }

  write() {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    if (!this.typed.size || this.isSent) return;
    const of = (name) => [name, { value: read(this.form, name), example: keyOfExample(this.form, name) }];
    const kept = { at: Date.now(), fields: Object.fromEntries([...this.typed].map(of)) };
    try {
      localStorage.setItem(keyOf(this.form), JSON.stringify(kept));
      delete this.form.dataset.unkept;
    } catch {
      // No room or no permission: the status says so, and leaving asks first.
      this.form.dataset.unkept = "";
    }
  }

  saved(unsaved) {
    this.typed = new Set(unsaved ?? []);
    delete this.form.dataset.unkept;
    if (this.typed.size) this.write();
    else drop(keyOf(this.form));
  }

  // A form that does not save itself has arrived when the page after it is an ordinary one.
  leave() {
    this.write();
    if (this.form.dataset.autosave) return;
    this.isSent = true;
    sessionStorage.setItem(SENT, keyOf(this.form));
  }

  look() {
    const mine = keys(prefixOf(this.form)).filter((key) => !alive.has(key) && key !== keyOf(this.form));
    for (const key of mine.sort((one, other) => (load(one)?.at ?? 0) - (load(other)?.at ?? 0))) {
      const kept = load(key);
      const lost = kept?.fields ? this.lost(kept.fields) : [];
      if (lost.length) this.offer(key, kept, lost);
      else drop(key);
    }
  }

  // A field of an example goes by the example, wherever it stands on this page. One that has no place here, as
  // that of an example begun without a connection, is shown all the same.
  lost(fields) {
    const here = names(this.form);
    return Object.entries(fields).flatMap(([name, { value, example }]) => {
      const part = name.replace(/^e\d+-/, "");
      const fits = (each) => each.endsWith(`-${part}`) && keyOfExample(this.form, each) === example;
      const place = here.find(example && part !== name ? fits : (each) => each === name);
      if (!place) return !Array.isArray(value) && words(value) ? [{ name, value, isHomeless: true }] : [];
      return same(value, read(this.form, place)) ? [] : [{ name: place, value }];
    });
  }

  offer(key, kept, lost) {
    const told = labels(this.form);
    const box = document.createElement("div");
    box.className = "notice is-warn kept";
    box.setAttribute("role", "status");
    const when = new Date(kept.at).toLocaleString([], { dateStyle: "long", timeStyle: "short" });
    box.innerHTML = '<div class="notice-body"><p class="notice-title"></p><p></p><div></div><p class="cluster"></p></div>';
    const [title, text, actions] = box.querySelectorAll("p");
    title.textContent = (told.keepTitle ?? "This browser kept text of %t that was not saved.").replace("%t", when);
    text.textContent = told.keepText ?? "You can put it back into the form and look at it before anything is sent.";
    for (const { name, value, isHomeless } of lost) {
      const label = document.createElement("p");
      label.className = "strong flow-0";
      label.textContent = isHomeless ? told.keepHomeless ?? "This has no place on this page: copy it." : labelOf(this.form, name);
      box.querySelector(".notice-body > div").append(label, drawn(isHomeless ? "" : words(read(this.form, name)), words(value)));
    }
    const homeless = lost.filter((each) => each.isHomeless);
    const placed = lost.filter((each) => !each.isHomeless);
    const restore = () => {
      for (const { name, value } of placed) {
        put(this.form, name, value);
        this.form.querySelector(`[name="${CSS.escape(name)}"]`).dispatchEvent(new Event("change", { bubbles: true }));
      }
      this.write();
      if (!homeless.length) return drop(key);
      const fields = Object.fromEntries(homeless.map(({ name }) => [name, kept.fields[name]]));
      localStorage.setItem(key, JSON.stringify({ ...kept, fields }));
    };
    for (const [words, kind, act] of [
      ...(placed.length ? [[told.keepRestore ?? "Put it back", "is-secondary", restore]] : []),
      [told.keepDiscard ?? "Throw it away", "is-quiet", () => drop(key)],
    ]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `button is-small ${kind}`;
      button.textContent = words;
      button.addEventListener("click", () => {
        act();
        box.remove();
        this.form.querySelector(`[name="${CSS.escape(lost[0].name)}"]`)?.focus();
      });
      actions.append(button);
    }
    this.form.prepend(box);
  }
}

// Pages that are open answer which texts are theirs: those are not lost.
const alive = new Set();
const ask = "BroadcastChannel" in window ? new BroadcastChannel("accredit-keep") : { postMessage() {}, addEventListener() {} };
const forms = document.querySelectorAll("form[data-keep]");
ask.addEventListener("message", ({ data }) => {
  if (data.mine) alive.add(data.mine);
  for (const form of data.asks ? forms : []) if (prefixOf(form) === data.asks) ask.postMessage({ mine: keyOf(form) });
});

// What was sent from the page before has arrived when this is an ordinary page of a signed-in person.
const sent = sessionStorage.getItem(SENT);
if (sent && person && !document.body.classList.contains("is-error")) drop(sent);
sessionStorage.removeItem(SENT);

for (const form of forms) new Keep(form);

for (const form of document.querySelectorAll("form[data-forget]")) {
  form.addEventListener("submit", () => keys(PREFIX).forEach(drop));
}
