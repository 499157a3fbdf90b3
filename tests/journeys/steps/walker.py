"""Somebody in front of a browser: clicks, types, reads, and looks at every page once."""

import atexit
import hashlib
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.looks import seemly

SHOTS = os.environ.get("JOURNEY_SHOTS", "")
STATE = """() => [...document.querySelectorAll(
    "h1, .notice-title, .error-summary, .empty h2, .tabs [aria-current]"
  )].map(each => each.classList.contains("error-summary") ? "errors" : each.textContent.trim()).join(" | ")"""
# The workers of a run share what has been looked at.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
LOOKED = Path(tempfile.gettempdir()) / f"accredit-looks-{RUN}"
atexit.register(shutil.rmtree, LOOKED, ignore_errors=True)


def is_first_look(key: str) -> bool:
    """Say whether nobody in this run of the tests has looked at it yet."""
    LOOKED.mkdir(exist_ok=True)
    try:
        (LOOKED / hashlib.sha256(key.encode()).hexdigest()).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


class Walker:
    """One person and the page before them. Each page in each state is looked at once in a run."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page = page
        self.scripts = scripts

    def look(self, state: str = "") -> None:
        """Hold the page as it stands against what every page must satisfy, the first time it is met."""
        self.page.wait_for_load_state()
        if not self.scripts:
            return
        pattern = re.sub(r"\d+", "#", self.page.url.partition("//")[2].partition("/")[2].partition("?")[0])
        pattern = re.sub(r"confirm-email/.*", "confirm-email/", pattern)
        key = f"{pattern} {re.sub(r'[0-9]+', '#', self.page.evaluate(STATE))} {state}"
        if not is_first_look(key):
            return
        seemly(self.page)
        if SHOTS:
            self._picture(pattern)

    def _picture(self, pattern: str) -> None:
        name = f"{int(time.time()) % 100_000}-{re.sub(r'[^a-z0-9]+', '-', pattern.lower()).strip('-')}"
        before = self.page.viewport_size
        for width, scheme in ((1280, "light"), (390, "light"), (1280, "dark"), (390, "dark")):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            path = Path(SHOTS) / f"{name}-{width}-{scheme}.png"
            self.page.screenshot(path=path, full_page=True, animations="disabled")
        self.page.emulate_media(color_scheme="light")
        if before:
            self.page.set_viewport_size(before)

    def go(self, path: str) -> None:
        """Open an address and look at the page."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"
        self.look()

    def press(self, name: str | re.Pattern[str], *, within: Locator | None = None, state: str = "") -> None:
        """Press a button and look at what comes."""
        (within or self.page).get_by_role("button", name=name, exact=isinstance(name, str)).click()
        self.look(state)

    def follow(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Follow a link and look at what comes."""
        (within or self.page).get_by_role("link", name=name, exact=isinstance(name, str)).first.click()
        self.look()

    def write(self, label: str, words: str, *, within: Locator | None = None) -> None:
        """Type into a text field or the editor of that label, instead of what stood there."""
        self.field(label, within=within).fill(words)

    def field(self, label: str, *, within: Locator | None = None) -> Locator:
        """Return the text field of that label, optional or not."""
        name = re.compile(rf"^{re.escape(label)}( \(optional\))?$")
        place = within or self.page
        return place.get_by_role("textbox", name=name).or_(place.get_by_role("combobox", name=name))

    def choose(self, label: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Choose a radio button."""
        (within or self.page).get_by_role("radio", name=label).check()

    def tick(self, label: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Tick a box."""
        (within or self.page).get_by_role("checkbox", name=label).check()

    def reads(self, words: str | re.Pattern[str]) -> None:
        """Expect the words somewhere on the page."""
        expect(self.page.locator("main")).to_contain_text(words)

    def does_not_read(self, words: str) -> None:
        """Expect the words nowhere on the page, not even in its source."""
        assert words not in self.page.content(), f"{self.page.url} says {words!r}"

    def stands(self, title: str | re.Pattern[str]) -> None:
        """Expect the heading of the page."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
