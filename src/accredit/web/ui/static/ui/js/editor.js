// The rich text editor: its name, its description, its toolbar's name.
function name({ editor, textarea }) {
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
}

document.addEventListener("prose-editor:ready", (event) => name(event.detail));

// Editors that were ready before this module ran.
for (const area of document.querySelectorAll(".prose-editor .ProseMirror")) {
  const textarea = area.closest(".prose-editor").querySelector(":scope > textarea");
  if (area.editor && textarea) name({ editor: area.editor, textarea });
}

function nameToolbar(bar, label) {
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", label ? `${label.firstChild.textContent.trim()}: formatting` : "Formatting");
  const nameButtons = () => {
    for (const button of bar.querySelectorAll(".prose-menubar__button")) {
      if (button.title && button.getAttribute("aria-label") !== button.title) button.setAttribute("aria-label", button.title);
    }
  };
  nameButtons();
  new MutationObserver(nameButtons).observe(bar, { childList: true, subtree: true });
}
