// Keeps what is being typed in this browser until the server has it, and offers it back after a loss.
const person = document.body.dataset.person ?? "";
const PREFIX = `keep:${person}:`;
const named = (form) => PREFIX + form.dataset.keep;
const texts = (form) =>
  [...form.elements].filter((each) => each.name && each.matches("textarea, input[type=text], input:not([type])"));

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(form) {
  const fields = Object.fromEntries(texts(form).map((field) => [field.name, field.value]));
  try {
    localStorage.setItem(named(form), JSON.stringify({ at: Date.now(), fields }));
  } catch {
    // No room or no permission: the page works as before.
  }
}

export function forget(form) {
  if (form.dataset.keep) localStorage.removeItem(named(form));
}

function put(field, value) {
  const editor = field.closest(".prose-editor") && field.accreditEditor;
  if (editor) editor.commands.setContent(value, true);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function offer(form, kept) {
  const box = document.createElement("div");
  box.className = "notice is-warn kept";
  box.setAttribute("role", "status");
  const when = new Date(kept.at).toLocaleString([], { dateStyle: "long", timeStyle: "short" });
  box.innerHTML = '<div class="notice-body"><p class="notice-title"></p><p></p><p class="cluster"></p></div>';
  const [title, words, actions] = box.querySelectorAll("p");
  title.textContent = (form.dataset.keepTitle ?? "This browser kept text of %t that was not saved.").replace("%t", when);
  words.textContent = form.dataset.keepText ?? "You can put it back into the form and look at it before anything is sent.";
  for (const [label, kind, act] of [
    [form.dataset.keepRestore ?? "Put it back", "is-secondary", () => texts(form).forEach((f) => f.name in kept.fields && put(f, kept.fields[f.name]))],
    [form.dataset.keepDiscard ?? "Throw it away", "is-quiet", () => forget(form)],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `button is-small ${kind}`;
    button.textContent = label;
    button.addEventListener("click", () => {
      act();
      box.remove();
      texts(form)[0]?.focus();
    });
    actions.append(button);
  }
  form.prepend(box);
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  const kept = read(named(form));
  if (kept) {
    const differs = texts(form).some((field) => field.name in kept.fields && kept.fields[field.name] !== field.value);
    if (differs && !kept.sent) offer(form, kept);
    else forget(form);
  }
  let waiting = 0;
  form.addEventListener("input", (event) => {
    if (!event.isTrusted && !event.target.closest(".prose-editor")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => write(form), 800);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    const last = read(named(form));
    if (last) localStorage.setItem(named(form), JSON.stringify({ ...last, sent: Date.now() }));
  });
  form.addEventListener("accredit:saved", () => {
    clearTimeout(waiting);
    forget(form);
  });
}

// What was sent from the page before has arrived when this is an ordinary page of a signed-in person.
if (person && !document.body.classList.contains("is-error")) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && read(key)?.sent) localStorage.removeItem(key);
  }
} else {
  for (const key of Object.keys(localStorage)) {
    const kept = key.startsWith("keep:") && read(key);
    if (kept?.sent) localStorage.setItem(key, JSON.stringify({ at: kept.at, fields: kept.fields }));
  }
}

for (const form of document.querySelectorAll("form[data-forget]")) {
  form.addEventListener("submit", () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  });
}
