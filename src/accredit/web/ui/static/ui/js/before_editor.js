// The editor injects a style element unless it finds one marked as its own; the policy would block it and complain.
// An element of that name outside HTML is found, and is no style sheet. The rules are in editor.css.
const marker = document.createElementNS("urn:accredit:marker", "style");
marker.setAttribute("data-tiptap-style", "");
document.head.append(marker);

// The boxes hold plain text for those without scripts; the editor starts from the rich text.
for (const box of document.querySelectorAll("textarea[data-html]")) {
  box.value = box.dataset.html;
  box.removeAttribute("data-html");
  const marker = box.form?.elements[`${box.name}-as`];
  if (marker) marker.value = "html";
}
