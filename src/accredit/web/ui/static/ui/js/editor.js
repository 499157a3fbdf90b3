// The rich text editor: its name, its description, its toolbar's name.
document.addEventListener("prose-editor:ready", (event) => {
  const { editor, textarea } = event.detail;
  const area = editor.view.dom;
  textarea.accreditEditor = editor;
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", "true");
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) area.setAttribute(name, textarea.getAttribute(name));
  }
  const label = document.getElementById(textarea.dataset.rich);
  if (label) {
    area.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.commands.focus());
  }
  const bar = area.closest(".prose-editor")?.querySelector(".prose-menubar");
  if (bar) nameToolbar(bar, label);
});

function nameToolbar(bar, label) {
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", label ? `${label.firstChild.textContent.trim()}: formatting` : "Formatting");
  const name = () => {
    for (const button of bar.querySelectorAll(".prose-menubar__button")) {
      if (button.title && button.getAttribute("aria-label") !== button.title) button.setAttribute("aria-label", button.title);
    }
  };
  name();
  new MutationObserver(name).observe(bar, { childList: true, subtree: true });
}
