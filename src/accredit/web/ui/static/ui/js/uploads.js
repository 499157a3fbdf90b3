// Sends files in parts, so that a break costs one part: form[data-uploads="address"] (docs/decisions/0014-uploads.md).
// The browser remembers which file belongs to which upload; choosing the same file again goes on. Without this
// script the form sends its file as a whole.
import { announce } from "./announce.js";

const SMALLEST = 128 * 1024;
const LARGEST = 4 * 1024 * 1024;
const LONGEST_WAIT = 30_000;
const AT_ONCE = 2;

const form = document.querySelector("form[data-uploads]");
const words = document.querySelector("[data-upload-words]");
const list = document.querySelector("[data-upload-list]");
const memory = `keep:${document.body.dataset.person ?? ""}:upload:${form?.dataset.uploads}`;

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(memory))?.fields ?? {};
  } catch {
    return {};
  }
}

function remember(mark, address) {
  const known = remembered();
  if (address) known[mark] = address;
  else delete known[mark];
  try {
    localStorage.setItem(memory, JSON.stringify({ at: Date.now(), fields: known }));
  } catch {
    // No room or no permission: a file chosen again is then sent from its beginning.
  }
}

const size = (bytes) => {
  const steps = [[2 ** 30, "GB"], [2 ** 20, "MB"], [2 ** 10, "KB"]];
  const [unit, name] = steps.find(([least]) => bytes >= least) ?? [1, "B"];
  return `${(bytes / unit).toLocaleString(document.documentElement.lang || [], { maximumFractionDigits: 1 })} ${name}`;
};
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

class Refused extends Error {}
class SignedOut extends Error {}
class Gone extends Error {}

async function ask(address, { body, headers = {}, method = "POST", signal } = {}) {
  const token = form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(address, {
    method, body, signal, credentials: "same-origin", redirect: "manual",
    headers: { Accept: "application/json", "X-CSRFToken": token, ...headers },
  });
  if (answer.type === "opaqueredirect" || answer.status === 403) throw new SignedOut();
  if (answer.status === 404) throw new Gone();
  if (answer.status >= 500) throw new Error("the server does not answer");
  const told = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok && told.received === undefined) throw new Refused(told.refused?.join(" ") ?? words.dataset.failed);
  return told;
}

class Upload {
  constructor(file, place, ended) {
    this.file = file;
    this.ended = ended;
    this.mark = `${file.name}|${file.size}|${file.lastModified}`;
    this.part = 2 * SMALLEST;
    this.sent = 0;
    const drawn = document.querySelector("[data-upload-row]").content.cloneNode(true);
    this.row = drawn.querySelector("li");
    this.told = drawn.querySelector("[data-upload-told]");
    this.bar = drawn.querySelector("progress");
    drawn.querySelector("[data-upload-name]").textContent = file.name;
    this.bar.setAttribute("aria-label", file.name);
    this.buttons = {};
    for (const [name, act] of [["pause", () => this.pause()], ["resume", () => this.start()], ["cancel", () => this.cancel()]]) {
      this.buttons[name] = drawn.querySelector(`[data-upload-${name}]`);
      this.buttons[name].setAttribute("aria-label", `${this.buttons[name].textContent}: ${file.name}`);
      this.buttons[name].addEventListener("click", act);
    }
    place.append(drawn);
    this.show("waiting");
  }

  get isGoing() {
    return this.state === "going" || this.state === "offline";
  }

  show(state, said = words.dataset[state]) {
    const changed = this.state !== state;
    this.state = state;
    const told = (said ?? "").replace("%h", size(this.sent)).replace("%a", size(this.file.size));
    if (this.told.textContent !== told) this.told.textContent = told;
    this.bar.value = this.file.size ? this.sent / this.file.size : 0;
    const isOver = ["arrived", "adding", "added", "cancelled"].includes(state);
    this.swap("pause", this.isGoing || state === "waiting");
    this.swap("resume", !isOver && !this.isGoing && state !== "waiting" && state !== "refused");
    this.buttons.cancel.hidden = ["adding", "added", "cancelled"].includes(state);
    this.row.classList.toggle("is-failed", ["refused", "signedOut", "offline"].includes(state));
    if (changed && !["going", "waiting", "cancelled"].includes(state)) announce(`${this.file.name}: ${told}`);
  }

  // The focus does not fall into nothing when the button under it goes.
  swap(name, isShown) {
    const button = this.buttons[name];
    const other = this.buttons[name === "pause" ? "resume" : "pause"];
    const hadFocus = document.activeElement === button;
    button.hidden = !isShown;
    if (hadFocus && !isShown) (other.hidden ? this.row : other).focus();
    else if (isShown && document.activeElement === this.row) button.focus();
  }

  async start() {
    const turn = (this.turn = {});
    this.stop = new AbortController();
    this.show("going");
    for (let wait = 1000; this.turn === turn; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try {
        await this.send(turn, () => (wait = 1000));
        return;
      } catch (fault) {
        if (this.turn !== turn) return;
        if (fault instanceof SignedOut) return this.end("signedOut");
        if (fault instanceof Refused) return this.end("refused", fault.message);
        if (fault instanceof Gone) remember(this.mark, (this.address = null));
        else this.show("offline");
        await Promise.race([pause(wait), new Promise((back) => addEventListener("online", back, { once: true }))]);
      }
    }
  }

  async send(turn, arrived) {
    const received = await this.begin();
    if (this.turn !== turn) return; // paused while the server opened it
    this.sent = received;
    while (this.sent < this.file.size) {
      this.show("going");
      const begun = performance.now();
      const body = this.file.slice(this.sent, this.sent + this.part);
      const told = await ask(this.address, {
        body, signal: this.stop.signal,
        headers: { "Content-Type": "application/octet-stream", "Upload-Offset": String(this.sent) },
      });
      if (this.turn !== turn) return;
      if (told.refused && told.received === this.sent) throw new Refused(told.refused.join(" "));
      this.sent = told.received;
      arrived();
      const took = performance.now() - begun;
      if (took < 1000) this.part = Math.min(2 * this.part, LARGEST);
      else if (took > 4000) this.part = Math.max(this.part / 2, SMALLEST);
    }
    this.show("going");
    this.end("arrived");
  }

  async begin() {
    const known = this.address ?? remembered()[this.mark];
    if (known) {
      this.address = known;
      return (await ask(known, { method: "GET", signal: this.stop.signal })).received;
    }
    const body = new URLSearchParams({ name: this.file.name, size: this.file.size });
    if (form.dataset.insteadOf) body.set("instead_of", form.dataset.insteadOf);
    // Not to be stopped: what the server has opened must be known, or nobody could go on with it or cancel it.
    this.opening ??= ask(form.dataset.uploads, { body }).finally(() => (this.opening = null));
    const told = await this.opening;
    this.address = told.address;
    if (this.isCancelled) await this.forget();
    else remember(this.mark, told.address);
    return told.received;
  }

  get key() {
    return this.address.split("/").at(-2);
  }

  end(state, said) {
    this.turn = null;
    this.show(state, said);
    this.ended(this);
  }

  pause() {
    this.stop?.abort();
    this.end("paused");
  }

  async cancel() {
    this.isCancelled = true;
    this.stop?.abort();
    this.end("cancelled");
    remember(this.mark, null);
    const next = this.row.nextElementSibling ?? this.row.previousElementSibling;
    const hadFocus = this.row.contains(document.activeElement);
    this.row.remove();
    if (hadFocus) (next ?? document.querySelector("[data-upload-many]") ?? form.querySelector("[type=file]")).focus();
    if (this.address) await this.forget();
  }

  async forget() {
    await ask(`${this.address}cancel/`).catch(() => {});
  }

  async finish() {
    this.show("adding");
    try {
      const told = await ask(`${this.address}finish/`);
      remember(this.mark, null);
      this.show("added");
      const link = document.createElement("a");
      link.href = told.address;
      link.textContent = told.title;
      this.told.append(" ", link);
    } catch (fault) {
      this.show("refused", fault instanceof Refused ? fault.message : words.dataset.failed);
    }
  }
}

// A file that is resumed no longer waits in the list of what is not finished.
function takeOver(upload) {
  const key = upload.address?.split("/").at(-2);
  const told = key && document.querySelector(`[data-upload-key="${key}"]`);
  if (!told) return;
  const section = told.closest("[data-unfinished]");
  told.remove();
  if (!section.querySelector("[data-upload-key]")) section.remove();
}

// Several at once: each becomes a piece as soon as it is here.
function several(input) {
  const waiting = [];
  const going = new Set();
  const next = () => {
    while (going.size < AT_ONCE && waiting.length) {
      const upload = waiting.shift();
      if (upload.state !== "waiting") continue;
      going.add(upload);
      upload.start();
    }
  };
  input.addEventListener("change", () => {
    for (const file of input.files) {
      const upload = new Upload(file, list, (ended) => {
        going.delete(ended);
        takeOver(ended);
        if (ended.state === "arrived") ended.finish();
        next();
      });
      waiting.push(upload);
    }
    input.value = "";
    next();
  });
}

// One, with its description: it travels while the person writes, and the form then names it instead of sending it.
function single(input) {
  const arrived = form.elements.arrived;
  const near = list.cloneNode(false);
  input.closest(".field").after(near);
  let upload = null;
  let leaving = null;
  const go = () => {
    arrived.value = upload.key;
    input.value = "";
    leaving?.();
  };
  input.addEventListener("change", () => {
    upload?.cancel();
    arrived.value = "";
    leaving = null;
    const [file] = input.files;
    if (!file) return;
    upload = new Upload(file, near, (ended) => {
      if (ended !== upload) return;
      takeOver(ended);
      if (ended.state === "arrived") go();
      if (ended.state === "refused") input.value = "";
      if (ended.state === "cancelled") input.value = arrived.value = "";
      if (ended.state !== "arrived") leaving = null;
      if (ended.state === "cancelled") upload = null;
    });
    const title = form.elements.title;
    if (title && !title.value) title.value = file.name.replace(/\.[^.]*$/, "").slice(0, 200);
    if (form.dataset.insteadOf) words.dataset.arrived = words.dataset.replaced;
    upload.start();
  });
  form.addEventListener("submit", (event) => {
    if (!upload || upload.state === "refused") return;
    if (upload.state === "arrived") return remember(upload.mark, null);
    event.preventDefault();
    leaving = () => form.requestSubmit(event.submitter);
    if (!upload.isGoing) upload.start();
    announce(words.dataset.after);
  });
}

if (form && words) {
  const many = document.querySelector("[data-upload-many]");
  const one = form.querySelector("input[type=file][name=upload]");
  if (many) several(many);
  if (one && form.elements.arrived) single(one);
}
