// A form is sent once: its button rests until the answer comes. The server stays the authority.
const rest = (button, isResting) => {
  button.toggleAttribute("disabled", isResting);
  button.toggleAttribute("data-resting", isResting);
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target) return;
  if (form.matches("[hx-post], [hx-put], [data-theme-switch], [data-many]")) return;
  setTimeout(() => form.querySelectorAll("button:not([type=button])").forEach((button) => rest(button, true)), 0);
});

addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-resting]")) rest(button, false);
});
