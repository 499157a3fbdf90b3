// The editor injects a style element unless it finds one marked as its own; the policy would block it and complain.
// An element of that name outside HTML is found, and is no style sheet. The rules are in editor.css.
const marker = document.createElementNS("urn:accredit:marker", "style");
marker.setAttribute("data-tiptap-style", "");
document.head.append(marker);
