// The fields of a form by name: several boxes or radios of one name are one field, a rich text is its HTML.
export const controls = (form, name) => [...form.elements].filter((each) => each.name === name);

const isHidden = (control) => control.type === "hidden" || control.type === "submit" || control.localName === "button";

export function names(form) {
  const typed = [...form.elements].filter((each) => each.name && !isHidden(each) && each.type !== "file");
  return [...new Set(typed.map((each) => each.name))];
}

export function read(form, name) {
  const found = controls(form, name).filter((each) => !isHidden(each));
  if (found[0]?.type === "checkbox") return found.filter((each) => each.checked).map((each) => each.value);
  if (found[0]?.type === "radio") return found.find((each) => each.checked)?.value ?? "";
  return found[0]?.value ?? "";
}

// Says whether the field shows the value afterwards: a box that this page does not have cannot be ticked.
export function put(form, name, value) {
  const found = controls(form, name).filter((each) => !isHidden(each));
  if (!found.length) return false;
  if (["checkbox", "radio"].includes(found[0].type)) {
    const wanted = [value].flat().map(String);
    for (const each of found) each.checked = wanted.includes(each.value);
    return wanted.every((each) => each === "" || found.some((box) => box.value === each));
  }
  const [field] = found;
  const isEditor = field.closest(".prose-editor") && field.accreditEditor;
  // A text kept before somebody changed to the other way of writing.
  const isRich = /^\s*<[a-z]/i.test(value);
  const fitting = isEditor && value && !isRich ? paragraphs(value) : "plain" in field.dataset && isRich ? words(value) : value;
  if (isEditor) field.accreditEditor.commands.setContent(fitting);
  field.value = fitting;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

export function hasFocus(form, name) {
  return controls(form, name).some((each) => (each.closest(".field") ?? each).contains(document.activeElement));
}

export function labelOf(form, name) {
  const [field] = controls(form, name);
  const own = field?.closest(".field")?.querySelector(".label")?.firstChild?.textContent.trim() ?? name;
  const example = field?.closest(".example")?.querySelector("h2")?.textContent.trim();
  return example ? `${example}: ${own}` : own;
}

function paragraphs(text) {
  const safe = text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return safe.split(/\n\s*\n/).map((each) => `<p>${each.replace(/\n/g, "<br>")}</p>`).join("");
}

const BLOCKS = "p,h1,h2,h3,h4,h5,h6,li,blockquote,pre,tr,div";

export function words(value) {
  if (Array.isArray(value)) return value.join(", ");
  if (!/<\/?[a-z]/i.test(value)) return value.trim();
  const page = new DOMParser().parseFromString(value, "text/html");
  for (const each of page.querySelectorAll("br")) each.replaceWith("\n");
  for (const each of page.querySelectorAll(BLOCKS)) each.append("\n");
  return page.body.textContent.replace(/[ \t\u00a0]+/g, " ").replace(/ ?\n\s*/g, "\n").trim();
}

const shape = (value) => String(value).replace(/ rel="[^"]*"| target="[^"]*"/g, "").replace(/\s+/g, " ").trim();

export const same = (one, other) =>
  Array.isArray(one) || Array.isArray(other)
    ? String([one].flat().sort()) === String([other].flat().sort())
    : shape(one) === shape(other) || (words(one) === words(other) && shape(one).replace(/<\/?p>/g, "") === shape(other).replace(/<\/?p>/g, ""));
