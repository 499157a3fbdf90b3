// Details that stay as they were left, on every page of this browser that has them.
const PREFIX = "open:";

for (const details of document.querySelectorAll("details[data-remember]")) {
  const key = PREFIX + details.dataset.remember;
  try {
    const kept = localStorage.getItem(key);
    if (kept) details.open = kept === "yes";
    details.addEventListener("toggle", () => localStorage.setItem(key, details.open ? "yes" : "no"));
  } catch {
    // No permission to keep anything: they open and close as ever.
  }
}
