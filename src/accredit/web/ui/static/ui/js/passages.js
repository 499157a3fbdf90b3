// Comments beside the passage they are about: highlighted without touching the text, shown on request, and
// begun from a selection. [data-part] holds a text; [data-comment] has data-part-key, -quote and -before.
import { announce } from "./announce.js";

const QUOTES = { "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'" };
const BLOCK = "p, li, h3, h4, h5, td, th, blockquote, pre, div";
const even = (text) => [...text].map((c) => QUOTES[c] ?? c).join("").replace(/\s+/g, " ").trim().toLowerCase();

// The characters of an element as they are compared, each with the place it came from.
function characters(root) {
  const found = { text: "", places: [] };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let block = null;
  const add = (character, node, offset) => {
    if (character === " " && (!found.text || found.text.endsWith(" "))) return;
    found.text += character;
    found.places.push([node, offset]);
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement.closest(BLOCK);
    if (own !== block || node.previousSibling?.nodeName === "BR") add(" ", node, 0);
    block = own;
    for (let at = 0; at < node.data.length; at++) {
      const raw = node.data[at];
      const low = raw.toLowerCase();
      add(/\s/.test(raw) ? " " : QUOTES[raw] ?? (low.length === 1 ? low : raw), node, at);
    }
  }
  return found;
}

function rangeOf(root, quote, before) {
  const wanted = even(quote);
  if (!wanted) return null;
  const { text, places } = characters(root);
  const lead = even(before).slice(-30);
  const led = lead ? text.indexOf(`${lead} ${wanted}`) : -1;
  const close = led < 0 && lead ? text.indexOf(lead + wanted) : -1;
  const start = led >= 0 ? led + lead.length + 1 : close >= 0 ? close + lead.length : text.indexOf(wanted);
  if (start < 0) return null;
  const range = new Range();
  range.setStart(...places[start]);
  const [node, offset] = places[start + wanted.length - 1];
  range.setEnd(node, Math.min(offset + 1, node.data.length));
  return range;
}

// Where a part stands on this page: as text to read, in an editor, or in a plain box.
function placeOf(key) {
  const read = document.querySelector(`[data-part="${CSS.escape(key)}"]`);
  if (read) return read;
  const [, example, what] = /^(\d+)-(\w+)$/.exec(key) ?? [];
  const row = example && document.querySelector(`.writing input[name$="-key"][value="${example}"]`);
  const name = row ? row.name.replace(/key$/, what) : key;
  const box = document.querySelector(`.writing textarea[name="${CSS.escape(name)}"]`);
  return box?.closest(".prose-editor")?.querySelector(".ProseMirror") ?? box ?? null;
}

const told = (comment) => [comment.dataset.partKey, comment.dataset.quote, comment.dataset.before ?? ""];

function highlight(name, ranges) {
  if (!CSS.highlights) return;
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

function mark() {
  const ranges = [];
  for (const comment of document.querySelectorAll("[data-comment]:not(.is-resolved)")) {
    const [key, quote, before] = told(comment);
    const place = key && quote ? placeOf(key) : null;
    const range = place && place.nodeName !== "TEXTAREA" ? rangeOf(place, quote, before) : null;
    if (range) ranges.push(range);
  }
  highlight("comment", ranges);
}

function show(comment) {
  const [key, quote, before] = told(comment);
  const place = placeOf(key);
  if (!place) return announce(comment.querySelector("[data-show-passage]").textContent);
  if (place.nodeName === "TEXTAREA") {
    const at = place.value.toLowerCase().indexOf(quote.toLowerCase());
    place.focus();
    if (at >= 0) place.setSelectionRange(at, at + quote.length);
    return place.scrollIntoView({ block: "center" });
  }
  const range = rangeOf(place, quote, before);
  if (!range) return place.scrollIntoView({ block: "center" });
  highlight("comment-active", [range]);
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  if (!place.isContentEditable) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  if (!place.isContentEditable) return;
  const chosen = getSelection();
  chosen.removeAllRanges();
  chosen.addRange(range);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-show-passage]");
  if (button) show(button.closest("[data-comment]"));
});

if (document.querySelector("[data-comment]")) {
  let waiting = 0;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(mark, 300);
  };
  for (const name of ["prose-editor:ready", "input", "htmx:afterSettle"]) document.addEventListener(name, later);
  mark();
}

// Selecting words offers to comment on them; the same form can be filled in by hand.
const reading = document.querySelector("[data-commentable]");

if (reading) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button is-small comment-here";
  button.textContent = reading.dataset.commentLabel;
  button.hidden = true;
  reading.append(button);

  const selected = () => {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    const holder = range.commonAncestorContainer;
    const part = (holder.nodeType === Node.TEXT_NODE ? holder.parentElement : holder).closest?.("[data-part]");
    return part && reading.contains(part) && chosen.toString().trim() ? { range, part, words: chosen.toString() } : null;
  };

  const offer = () => {
    const found = selected();
    button.hidden = !found;
    if (!found) return;
    const box = found.range.getBoundingClientRect();
    const frame = reading.getBoundingClientRect();
    const left = Math.min(Math.max(0, box.left - frame.left), frame.width - button.offsetWidth);
    button.style.insetInlineStart = `${left}px`;
    button.style.insetBlockStart = `${box.bottom - frame.top + 6}px`;
  };
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 150);
  });
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const found = selected();
    // One form for each section beside it, or one for all of them elsewhere on the page.
    const form = found && (reading.querySelector(`[data-comment-form="${CSS.escape(found.part.dataset.of)}"]`)
      ?? document.querySelector('[data-comment-form=""]'));
    if (!form) return;
    const before = new Range();
    before.setStart(found.part, 0);
    before.setEnd(found.range.startContainer, found.range.startOffset);
    const values = { part: found.part.dataset.part, quote: found.words.trim(), before: before.toString().slice(-60) };
    const slot = form.querySelector('[data-fills="slot"]');
    if (slot) slot.value = found.part.dataset.of;
    for (const [name, value] of Object.entries(values)) form.querySelector(`[data-fills="${name}"]`).value = value;
    form.closest("details").open = true;
    button.hidden = true;
    getSelection().removeAllRanges();
    form.querySelector("textarea[name=text]").focus();
  });
}
