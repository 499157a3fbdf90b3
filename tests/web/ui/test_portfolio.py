"""A frozen copy is drawn once in a process, and never for another key."""

import pytest

from accredit.frameworks.queries import rules_of
from accredit.web.ui import portfolio
from accredit.web.ui.portfolio import Reading, drawn, reading_of
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the drawings of a process that has drawn nothing yet."""
    portfolio._drawn.clear()
    monkeypatch.setattr(portfolio, "KEPT", 2)
    return []


def test_it_is_drawn_once_for_each_key_and_the_oldest_is_forgotten(calls: list[str]) -> None:
    frozen = make.submission()
    rules = rules_of(frozen.portfolio.registration.edition)

    def draw(key: str, *, rate_links: bool = False) -> str:
        def made() -> Reading:
            calls.append(key)
            return reading_of(frozen.content, rules, file_url=lambda _: f"/{key}/")

        return drawn(key, made, rate_links=rate_links)

    first = draw("one")
    assert draw("one") == first
    assert calls == ["one"]
    assert draw("one", rate_links=True) != first
    draw("two")
    draw("one")
    assert calls == ["one", "one", "two", "one"]
    assert len(portfolio._drawn) == 2
