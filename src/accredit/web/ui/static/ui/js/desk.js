// The desk: the form follows the section being read, and never takes the focus.
// Reading: [data-section="1a"]; form: [data-for-section="1a"] with [data-rating] and [data-comment] inside.
// Keys, while the focus is on the desk and not in a text: n next section, p previous, r rate, c comment.
const desk = document.querySelector("[data-desk]");

if (desk) {
  const reading = desk.querySelector("[data-desk-reading]");
  const form = desk.querySelector("[data-desk-form]");
  const sections = [...reading.querySelectorAll("[data-section]")];
  const partFor = (code) => form.querySelector(`[data-for-section="${CSS.escape(code)}"]`);
  const isWide = () => matchMedia("(width >= 64rem)").matches;
  let current = sections[0]?.dataset.section;

  const show = (pane, part) =>
    pane.scrollBy({ top: part.getBoundingClientRect().top - pane.getBoundingClientRect().top - 16 });

  // On a phone the bar leads from the section in view to its rating, and back.
  const aim = (pane, target) => {
    const link = document.querySelector(`[data-jump="${pane}"]`);
    if (link && target?.id) link.hash = target.id;
  };

  const follow = (code, isMoving = true) => {
    current = code;
    for (const part of form.querySelectorAll("[data-for-section]")) {
      part.classList.toggle("is-followed", part.dataset.forSection === code);
    }
    const part = partFor(code);
    aim("reading", sections.find((section) => section.dataset.section === code));
    aim("form", part);
    if (!isMoving || !part || !isWide() || form.contains(document.activeElement) && document.activeElement !== form) return;
    show(form, part);
  };

  const seen = new Map();
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) seen.set(entry.target, entry.isIntersecting);
      const first = sections.find((section) => seen.get(section));
      if (first && first.dataset.section !== current) follow(first.dataset.section);
    },
    { root: isWide() ? reading : null, rootMargin: "-10% 0px -60% 0px" },
  );
  sections.forEach((section) => watcher.observe(section));
  if (current) follow(current, false);

  const go = (step) => {
    const at = sections.findIndex((section) => section.dataset.section === current);
    const next = sections[at + step];
    if (!next) return;
    const heading = next.querySelector("h2, h3") ?? next;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (isWide()) show(reading, next);
    else next.scrollIntoView({ block: "start" });
    follow(next.dataset.section);
  };
  const enter = (what) => {
    const control = partFor(current)?.querySelector(`[data-${what}] :is(input:checked, textarea, select), [data-${what}] input`);
    const target = control?.closest(".prose-editor")?.querySelector(".ProseMirror") ?? control;
    target?.focus();
  };
  const KEYS = { n: () => go(1), p: () => go(-1), r: () => enter("rating"), c: () => enter("comment") };

  desk.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable=true]")) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
