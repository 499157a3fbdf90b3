"""What every page must satisfy: no finding of axe in light and dark, no sideways scrolling on a phone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Axe().axe_script
# Colours change over a few frames, even where motion is reduced.
DRAWN = """async () => {
  await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const ending = document.getAnimations().filter(each => each.effect.getComputedTiming().endTime < Infinity);
  await Promise.allSettled(ending.map(each => each.finished));
}"""
FIND = """async rules => {
  const found = await axe.run({ resultTypes: ["violations"], ...(rules ? { runOnly: rules } : {}) });
  return found.violations.map(({ id, help, nodes }) =>
    [`${id}: ${help}`, ...nodes.map(node => "    " + node.html.slice(0, 200))].join("\\n"));
}"""
AGAIN = 400  # milliseconds
# Dark differs from light in its colours and in nothing else.
SCHEMES = {"light": None, "dark": ["color-contrast"]}
WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > width);
  return wide.slice(0, 5).map(e => e.outerHTML.slice(0, 160)).concat(['(page wider than the screen)']);
}"""


def axe(page: Page) -> None:
    """Assert that axe finds nothing on the page as it stands, in light and in dark."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate(DRAWN)
        findings = page.evaluate(FIND, rules)
        if findings:
            # An inherited colour begins to change only after the one above it. What is wrong stays so.
            page.wait_for_timeout(AGAIN)
            findings = page.evaluate(FIND, rules)
        assert not findings, f"{page.url} in {scheme}:\n" + "\n".join(findings)
    page.emulate_media(color_scheme="light")


def no_overflow(page: Page, width: int = 390) -> None:
    """Assert that the page does not scroll sideways at the width of a phone."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 844})
    wide = page.evaluate(WIDER)
    if before:
        page.set_viewport_size(before)
    assert not wide, f"{page.url} is wider than {width} px:\n" + "\n".join(wide)


def seemly(page: Page) -> None:
    """Assert both."""
    axe(page)
    no_overflow(page)
