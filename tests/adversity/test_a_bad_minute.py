"""One minute of typing in which everything goes wrong: every acknowledged character is there afterwards."""

import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from playwright.sync_api import Browser, Page, Request, expect

from accredit.config import settings as program
from tests.adversity.serving import Served

MINUTE = 60.0
WORD = re.compile(r"\b[ab]\d+\b")


class Typist:
    """Types numbered words into one field of one page, and notes which of them the server acknowledged."""

    def __init__(self, page: Page, field: str, letter: str) -> None:
        self.page, self.letter, self.number = page, letter, 0
        self.name = {"Description": "e1-description", "Reflection": "e1-reflection"}[field]
        self.editor = page.get_by_role("textbox", name=field)
        self.acknowledged: set[str] = set()
        page.on("requestfinished", self._answered)

    def _answered(self, request: Request) -> None:
        if request.method != "POST" or not request.headers.get("x-autosave"):
            return
        answer = request.response()
        assert answer is not None
        assert answer.status != 409, "the page clashed with itself"
        if answer.status == 200:
            sent = parse_qs(request.post_data or "").get(self.name, [""])
            self.acknowledged |= set(WORD.findall(sent[0]))

    def type(self) -> None:
        """Type one more word."""
        self.number += 1
        self.page.keyboard.type(f"{self.letter}{self.number} ")

    @property
    def typed(self) -> list[str]:
        """Every word that was typed, in order."""
        return [f"{self.letter}{number}" for number in range(1, self.number + 1)]

    def settled(self) -> None:
        """Wait until everything typed is saved."""
        self.page.get_by_role("button", name="Save now").click()
        expect(self.page.locator(".save-status")).to_have_class(re.compile("is-saved"), timeout=30_000)


def test_a_minute_of_typing_through_kills_a_lost_network_and_a_second_tab(
    chromium: Browser, tmp_path: Path
) -> None:
    with Served(tmp_path) as server:
        (ada,) = server.found(1)
        server.start()
        context = chromium.new_context(base_url=server.url, locale="en-GB")
        name = program.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": ada.session, "url": server.url}])
        first, second = context.new_page(), context.new_page()
        for page in (second, first):
            page.goto(ada.section("1a"))
        one, two = Typist(first, "Description", "a"), Typist(second, "Reflection", "b")
        one.editor.click()
        troubles = [
            (6, server.kill), (13, server.start), (20, lambda: context.set_offline(True)),
            (27, lambda: context.set_offline(False)), (32, lambda: elsewhere(two, one)), (38, server.kill),
            (44, server.start), (52, lambda: elsewhere(two, one)),
        ]  # fmt: skip
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < MINUTE:
            if troubles and passed > troubles[0][0]:
                troubles.pop(0)[1]()
            one.type()
            first.wait_for_timeout(150)
        assert not troubles
        for each in (one, two):
            each.settled()
        said = texts(context.new_page(), ada.section("1a"))
        context.close()
    assert one.acknowledged
    assert two.acknowledged
    assert one.acknowledged | two.acknowledged <= set(WORD.findall(" ".join(said)))
    assert [WORD.findall(text) for text in said] == [one.typed, two.typed]


def elsewhere(two: Typist, one: Typist) -> None:
    """Type a few words in the second tab, then go back to the first, where the caret still stands."""
    two.page.bring_to_front()
    two.editor.click()
    two.page.keyboard.press("Control+End")
    for _ in range(5):
        two.type()
    one.page.bring_to_front()


def texts(page: Page, address: str) -> list[Any]:
    """What the two fields say on a page that has just been opened."""
    page.goto(address)
    return [page.get_by_role("textbox", name=name).inner_text() for name in ("Description", "Reflection")]
