// Everything here makes a page smoother; nothing here is needed to use it.
import { announce } from "./announce.js";
import "./theme.js";
import "./words.js";
import "./keep.js";
import "./autosave.js";
import "./errors.js";
import "./dialogs.js";
import "./tables.js";
import "./desk.js";
import "./uploads.js";
import "./captions.js";
import "./submit.js";
import "./remember.js";
import "./editor.js";
import "./passages.js";

document.documentElement.classList.add("js");

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A part of the page was exchanged: say so where the part names what to say.
document.addEventListener("htmx:afterSettle", (event) => {
  const words = event.target.dataset?.announce;
  if (words) announce(words);
  // Where the whole of a page came new, what had the focus may be gone.
  if (event.target.id === "main" && document.activeElement === document.body) event.target.focus();
});
