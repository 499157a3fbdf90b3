// The error summary takes the focus; its links lead into the field, the editor's writing area included.
const summary = document.querySelector("[data-error-summary]");
summary?.focus();

export function focusField(id) {
  const field = document.getElementById(id);
  if (!field) return false;
  const place = field.closest(".prose-editor")?.querySelector(".ProseMirror") ?? field;
  if (!place.matches("a, button, input, select, textarea, [tabindex], [contenteditable]")) place.tabIndex = -1;
  place.closest(".field")?.scrollIntoView({ block: "start" });
  place.focus({ preventScroll: true });
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  if (link && focusField(link.hash.slice(1))) event.preventDefault();
});
