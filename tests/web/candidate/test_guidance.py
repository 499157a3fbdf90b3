"""Guidance beside a section, advice that never blocks, and where each principle is shown."""

import pytest
from django.test import Client

from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Link, Portfolio
from accredit.portfolios.queries import EntryContent, ExampleContent, PieceContent, entry_at
from accredit.toolkit.actions import allow_writes
from tests import factories as make
from tests.web.candidate.test_locker import add, picture

pytestmark = pytest.mark.django_db
WE = (
    "<p>The new tool was introduced because the tutors had asked for a way to see which of the students were "
    "falling behind, and it has been used in all the courses from the first week of the term. We planned it, "
    "we built it and our team ran it.</p>"
)


def write(draft: Portfolio, slot: str, content: EntryContent) -> None:
    """Save what stands in a slot."""
    entry = entry_at(draft, slot)
    assert entry is not None
    make.write(entry, content)


def page(browser: Client, draft: Portfolio, more: str = "") -> str:
    """A page of the registration, which answers."""
    answer = browser.get(f"/my/{draft.registration_id}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_advice_stands_at_its_example_and_on_the_task_list(browser: Client, draft: Portfolio) -> None:
    write(draft, "1a", EntryContent(examples=(ExampleContent(description=WE),)))
    section, tasks = page(browser, draft, "section/1a/"), page(browser, draft)
    told = "The description says “we” or “our” 3 times and “I” or “my” 0 times."
    assert told in section
    # One beside the example, and its length beside the section.
    assert section.count("Worth a thought: 1 thing") == 2
    assert told in tasks
    assert f"/my/{draft.registration_id}/section/1a/#example-1" in tasks
    # Four principles that no section shows yet, too.
    assert "Worth a thought: 6 things" in tasks
    assert "Worth a thought" not in page(browser, draft, "section/1b/")


def test_advice_goes_when_its_cause_does(browser: Client, draft: Portfolio) -> None:
    write(draft, "1a", EntryContent(examples=(ExampleContent(description=WE.replace("e ", "e I ")),)))
    assert "The description says" not in page(browser, draft, "section/1a/")
    write(draft, "1a", EntryContent(examples=(ExampleContent(description=f"<blockquote>{WE}</blockquote>"),)))
    assert "The description says" not in page(browser, draft, "section/1a/")


def test_evidence_is_advised_about_where_it_is_used(browser: Client, draft: Portfolio) -> None:
    piece = add(browser, draft, "board.png", picture())
    example = ExampleContent(description="<p>I did.</p>", evidence=(piece.pk,))
    write(draft, "1a", EntryContent(examples=(example,)))
    section = page(browser, draft, "section/1a/")
    assert "Nothing describes the picture “board.png”" in section
    assert f"/my/{draft.registration_id}/evidence/{piece.pk}/" in section
    assert "is also used in" not in section
    write(draft, "1b", EntryContent(examples=(example,)))
    assert "“board.png” is also used in 1b." in page(browser, draft, "section/1a/")
    described = PieceContent(title="board.png", alt="A board")
    portfolios.change_evidence(piece, content=described, by=make.owner_of(draft), at=make.SOON)
    assert "Nothing describes" not in page(browser, draft, "section/1a/")


@pytest.mark.parametrize(
    ("finding", "failures", "is_told"),
    [
        ("", 0, False),
        ("ok", 0, False),
        ("needs_sign_in", 3, False),
        ("gone", 1, True),
        ("too_slow", 1, False),
        ("too_slow", 2, True),
    ],
)
def test_a_link_that_does_not_answer_is_told(
    browser: Client, draft: Portfolio, finding: str, failures: int, is_told: bool
) -> None:
    address = "https://example.org/a?b=1&c=2"
    escaped = address.replace("&", "&amp;")
    write(draft, "context", EntryContent(text=f'<p>See <a href="{escaped}">this</a>.</p>'))
    with allow_writes():
        Link.objects.update_or_create(
            portfolio=draft, address=address, defaults={"finding": finding, "failures": failures}
        )
    told = f"{escaped} did not answer when we last asked."
    assert (told in page(browser, draft, "section/context/")) is is_told
    assert (told in page(browser, draft)) is is_told


def test_advice_does_not_keep_a_portfolio_back(browser: Client, whole: Portfolio) -> None:
    """The pieces of the whole one are all used in several sections."""
    check = page(browser, whole, "submit/")
    assert "is also used in" in check
    assert "Submit your portfolio" in check
    assert browser.post(f"/my/{whole.registration_id}/submit/").status_code == 302


def test_coverage_says_where_and_what_is_not_covered(browser: Client, draft: Portfolio) -> None:
    write(draft, "1a", EntryContent(principles=("colleagues",), examples=(ExampleContent(title="One"),)))
    shown = page(browser, draft, "coverage/")
    assert "1 of 4 principles are shown somewhere." in shown
    assert shown.count("Not shown yet") == 3
    assert shown.count('class="card"') == 4
    assert f"/my/{draft.registration_id}/coverage/" in page(browser, draft)
    assert f"/my/{draft.registration_id}/coverage/" in page(browser, draft, "preview/")


def test_coverage_of_what_stands_elsewhere_is_not_guessed(browser: Client, draft: Portfolio) -> None:
    portfolios.hand_over_as_it_is(
        draft, address="https://example.org/mine", by=make.owner_of(draft), at=make.AT
    )
    assert "Your portfolio stands elsewhere" in page(browser, draft, "coverage/")


def test_a_pathway_is_compared_with_the_one_below(browser: Client, ada) -> None:  # type: ignore[no-untyped-def]
    draft = make.portfolio(make.registration(ada, pathway="cmalt"))
    assert "Associate CMALT has no such section" in page(browser, draft, "section/1c/")


def test_the_lowest_pathway_is_compared_with_none(browser: Client, draft: Portfolio) -> None:
    assert "More than" not in page(browser, draft, "section/1a/")
