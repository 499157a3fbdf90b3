// Counts words while somebody writes; advice only, and silent for screen readers until they ask.
const WORD = /[\p{L}\p{N}]+(?:['’\-.@/:]{1,3}[\p{L}\p{N}]+)*/gu;

export function countWords(value) {
  const spaced = value.replace(/<[^>]*>/g, " ").replace(/&[a-z]+;|&#\d+;/gi, " ");
  return (spaced.match(WORD) ?? []).length;
}

function show(place) {
  const field = document.getElementById(place.dataset.wordsFor);
  if (!field) return;
  place.textContent = place.dataset.wordsTemplate
    .replace("%w", countWords(field.value).toLocaleString())
    .replace("%n", Number(place.dataset.wordsAdvice).toLocaleString());
}

for (const place of document.querySelectorAll("[data-words-for]")) {
  let waiting = 0;
  show(place);
  document.getElementById(place.dataset.wordsFor)?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => show(place), 250);
  });
}
