"""Somebody without a mouse: Tab, arrows, Enter, Space and typing only; the focus is always to be seen."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.looks import DRAWN

FAR = 160
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const words = (id) => document.getElementById(id)?.textContent ?? "";
  const by = at.getAttribute("aria-labelledby");
  const name = at.getAttribute("aria-label")
    ?? (by ? by.split(" ").map(words).join(" ") : null)
    ?? (at.labels?.length ? [...at.labels].map(label => label.textContent).join(" ") : null)
    ?? at.textContent;
  const group = at.closest("section[aria-labelledby], fieldset");
  const named = words(group?.getAttribute("aria-labelledby"));
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const frame = at.closest(".prose-editor") ? getComputedStyle(at.closest(".prose-editor")) : style;
  const outlined = (one) =>
    one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0 || one.boxShadow !== "none";
  const points = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]];
  const is_shown = points.some(([x, y]) => {
    const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    const labels = [...at.labels ?? []];
    return hit && (at.contains(hit) || hit.contains(at) || labels.some(label => label.contains(hit)));
  });
  return {
    name: name.replace(/\\s+/g, " ").trim(),
    kind: at.getAttribute("role") ?? (at.tagName === "INPUT" ? at.type : at.tagName.toLowerCase()),
    group: (named || group?.querySelector("legend")?.textContent || "").trim(),
    is_outlined: outlined(style) || outlined(frame),
    is_shown,
    html: at.outerHTML.slice(0, 160),
  };
}"""


@dataclass(frozen=True)
class Focus:
    """Where the keyboard is."""

    name: str
    kind: str
    group: str
    is_outlined: bool
    is_shown: bool
    html: str


class Keyboard:
    """A page operated by keys."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def focus(self) -> Focus | None:
        """Return what has the focus, None when nothing has."""
        found = self.page.evaluate(FOCUS)
        for _frame in range(10):
            # Styles and scrolling arrive with the next frames.
            if not found or (found["is_shown"] and found["is_outlined"]):
                break
            self.page.evaluate(DRAWN)
            found = self.page.evaluate(FOCUS)
        return Focus(**found) if found else None

    def to(self, name: str, kind: str = "", *, group: str = "") -> None:
        """Press Tab until the control of that name is reached; every stop on the way has to be visible."""
        wanted = re.compile(name)
        begun = False
        for _step in range(FAR):
            self.page.keyboard.press("Tab")
            now = self.focus()
            assert now or not begun, f"{self.page.url}: the focus is lost on the way to {name!r}"
            begun = True
            if now is None:
                continue
            assert now.is_outlined, f"{self.page.url}: the focus is not visible on {now.html}"
            assert now.is_shown, f"{self.page.url}: something covers {now.html}"
            if wanted.search(now.name) and kind in ("", now.kind) and group in now.group:
                return
        raise AssertionError(f"{self.page.url}: no {kind} {name!r} within {FAR} steps of Tab")

    def type(self, name: str, words: str, *, group: str = "") -> None:
        """Reach a text field and type, instead of what stood there."""
        self.to(name, group=group)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)

    def open(self, name: str, *, group: str = "") -> None:
        """Reach a link or button, press Enter, and wait for the next page."""
        self.to(name, group=group)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()

    def tick(self, name: str, *, group: str = "") -> None:
        """Reach a box and tick it."""
        self.to(name, "checkbox", group=group)
        self.page.keyboard.press("Space")
        assert self.page.evaluate("document.activeElement.checked")

    def choose(self, name: str, *, group: str = "") -> None:
        """Reach a group of radio buttons and go to the one of that name by the arrows."""
        self.to("", "radio", group=group)
        self.page.keyboard.press("Space")
        for _step in range(20):
            now = self.focus()
            assert now
            if re.search(name, now.name):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: no choice {name!r}")
