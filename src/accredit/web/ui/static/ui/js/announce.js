// One polite live region for the page.
const region = () => document.querySelector("[data-announcer]");

export function announce(words) {
  const place = region();
  if (!place) return;
  place.textContent = "";
  setTimeout(() => (place.textContent = words), 60);
}
