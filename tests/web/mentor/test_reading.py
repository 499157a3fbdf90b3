"""Reading along: the chosen sections and nothing else, comments, and what remains when it is over."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Comment, Mentor
from accredit.portfolios.queries import content_of
from accredit.toolkit.actions import allow_writes
from tests import factories as make
from tests.web.mentor.conftest import Along, browser_of

pytestmark = pytest.mark.django_db
NEVER = ("Quizzes", "Private", "Elsewhere", "What I say about", "/section/")


def text(browser: Client, path: str) -> str:
    """A page that has to answer 200."""
    page = browser.get(path)
    assert page.status_code == 200, path
    return unescape(page.content.decode())


def part(along: Along, what: str = "description") -> str:
    """The key of a text of 1a's example."""
    return f"{content_of(along.shared).examples[0].key}-{what}"


def said(along: Along, **values: str) -> dict[str, str]:
    """A comment as its form sends it."""
    usual = {"entry": str(along.shared.pk), "part": part(along), "quote": "what we began with", "before": ""}
    return usual | {"text": "Why gloves?"} | values


def count(browser: Client, path: str) -> int:
    """The queries of a page."""
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(path).status_code == 200
    return len([each for each in caught.captured_queries if "SAVEPOINT" not in each["sql"]])


def test_the_chosen_section_stands_there_and_nothing_else(along: Along, mina: Client) -> None:
    made = along.befriended()
    page = text(mina, f"/friend/{made.pk}/")
    assert all(
        each in page for each in ("Gloves are what we", "Gloves taught me", "Open title", "Open shows")
    )
    assert not [each for each in NEVER if each in page]
    assert f"/friend/{made.pk}/file/{along.open.pk}/" in page


def test_only_files_that_every_reader_may_open_are_sent(along: Along, mina: Client) -> None:
    made = along.befriended()
    sent = mina.get(f"/friend/{made.pk}/file/{along.open.pk}/")
    assert b"".join(sent.streaming_content) == b"Open inside"  # type: ignore[attr-defined]
    for each in (along.private, along.elsewhere):
        assert mina.get(f"/friend/{made.pk}/file/{each.pk}/").status_code == 404
    assert browser_of(make.person("Vic Example")).get(f"/friend/{made.pk}/").status_code == 404


def test_a_comment_stands_beside_the_text_for_the_two_of_them(along: Along, mina: Client) -> None:
    made = along.befriended()
    answer = mina.post(f"/friend/{made.pk}/", said(along))
    comment = Comment.objects.get()
    assert answer["Location"] == f"/friend/{made.pk}/#comment-{comment.pk}"
    ada = browser_of(along.draft.registration.person)
    for path in ("section/1a/", f"friends/{made.pk}/"):
        page = text(ada, f"/my/{along.draft.registration_id}/{path}")
        assert "Why gloves?" in page
        assert f'data-part-key="{part(along)}" data-quote="what we began with"' in page
    assert "Why gloves?" not in text(ada, f"/my/{along.draft.registration_id}/section/2a/")
    assert "Why gloves?" not in text(ada, f"/my/{along.draft.registration_id}/preview/")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"text": ""}, "Fill in: Your comment"),
        ({"text": "x" * 5001}, "characters"),
        ({"quote": "never stood there"}, "do not stand in the part"),
        ({"part": "unknown"}, "Select a valid choice"),
    ],
)
def test_what_was_typed_stays_when_a_comment_is_refused(
    along: Along, mina: Client, values: dict[str, str], told: str
) -> None:
    made = along.befriended()
    page = mina.post(f"/friend/{made.pk}/", said(along, **values))
    shown = unescape(page.content.decode())
    assert page.status_code == 422
    assert values.get("text", "Why gloves?")[:50] in shown
    assert told in shown
    assert not Comment.objects.exists()


def test_a_comment_on_a_section_that_was_not_chosen_is_refused(along: Along, mina: Client) -> None:
    made = along.befriended()
    page = mina.post(f"/friend/{made.pk}/", said(along, entry=str(along.other.pk)))
    assert page.status_code == 422
    assert not Comment.objects.exists()


def test_a_friend_changes_and_takes_back_until_it_is_dealt_with(along: Along, mina: Client) -> None:
    made = along.befriended()
    mina.post(f"/friend/{made.pk}/", said(along))
    comment = Comment.objects.get()
    path = f"/friend/{made.pk}/comment/{comment.pk}/"
    assert mina.post(path, {"text": "Which gloves?"}).status_code == 302
    ada = browser_of(along.draft.registration.person)
    here = f"/my/{along.draft.registration_id}/comment/{comment.pk}/"
    assert ada.post(here, {"do": "answer", "text": "Rubber ones."}).status_code == 302
    assert ada.post(here, {"do": "answer", "text": ""}).status_code == 409
    ada.post(here, {"do": "resolve", "next": "//elsewhere.example/"})
    page = text(mina, f"/friend/{made.pk}/")
    assert all(each in page for each in ("Which gloves?", "Rubber ones.", "Dealt with"))
    assert mina.post(path, {"text": "Any?"}).status_code == 422
    ada.post(here, {"do": "reopen"})
    mina.post(path, {"remove": "yes"})
    assert "Which gloves?" not in text(ada, f"/my/{along.draft.registration_id}/section/1a/")
    assert mina.get(path).status_code == 404


def test_a_passage_that_changed_is_said_to_have_changed(along: Along, mina: Client) -> None:
    made = along.befriended()
    mina.post(f"/friend/{made.pk}/", said(along))
    stored = content_of(along.shared)
    make.write(along.shared, type(stored)(text="", examples=()))
    ada = browser_of(along.draft.registration.person)
    assert "The passage has changed since." in text(ada, f"/my/{along.draft.registration_id}/section/1a/")


Step = Callable[[Along, Mentor], object]


def _late(along: Along, made: Mentor) -> None:
    with allow_writes():
        Mentor.objects.filter(pk=made.pk).update(until_on=timezone.localdate() - timedelta(days=1))


def _ended(along: Along, made: Mentor) -> None:
    portfolios.end_mentoring(made, by=make.owner_of(along.draft), at=timezone.now())


def _handed_in(along: Along, made: Mentor) -> None:
    portfolios.submit(along.draft, by=make.owner_of(along.draft), at=timezone.now())


@pytest.mark.parametrize("step", [_late, _ended, _handed_in])
def test_when_it_is_over_the_comments_stay_and_the_text_is_closed(
    along: Along, mina: Client, step: Step
) -> None:
    made = along.befriended()
    mina.post(f"/friend/{made.pk}/", said(along))
    step(along, made)
    page = text(mina, f"/friend/{made.pk}/")
    assert "Why gloves?" in page
    assert not [each for each in (*NEVER, "Gloves are", "Gloves taught", "Open title") if each in page]
    assert mina.get(f"/friend/{made.pk}/file/{along.open.pk}/").status_code == 404
    assert mina.post(f"/friend/{made.pk}/", said(along, text="More.")).status_code == 422
    assert Comment.objects.count() == 1
    ada = browser_of(along.draft.registration.person)
    assert "Why gloves?" in text(ada, f"/my/{along.draft.registration_id}/friends/{made.pk}/")


def test_a_portfolio_that_stands_elsewhere_shows_where_and_no_text(along: Along, mina: Client) -> None:
    made, by = along.befriended(), make.owner_of(along.draft)
    portfolios.hand_over_as_it_is(
        along.draft, address="https://example.org/whole", instructions="secret door", by=by, at=make.AT
    )
    stored = content_of(along.shared)
    make.write(along.shared, type(stored)(link="https://example.org/1a", examples=stored.examples))
    page = text(mina, f"/friend/{made.pk}/")
    assert "https://example.org/1a" in page
    assert not [
        each for each in ("Gloves are", "secret door", "example.org/whole", "Open title") if each in page
    ]
    mina.post(f"/friend/{made.pk}/", said(along, part="", quote="", text="Nice site."))
    assert Comment.objects.get().text == "Nice site."


def test_stopping_is_asked_first(along: Along, mina: Client) -> None:
    made = along.befriended()
    assert "Stop reading along?" in text(mina, f"/friend/{made.pk}/leave/")
    mina.post(f"/friend/{made.pk}/leave/")
    made.refresh_from_db()
    assert made.ended_at is not None


def test_the_list_asks_no_more_for_three_than_for_one(along: Along, mina: Client) -> None:
    along.befriended()
    one = count(mina, "/friend/")
    for name in ("Bea Example", "Cleo Example"):
        draft = make.complete_portfolio(make.registration(make.person(name)))
        make.befriended(draft, along.mina, draft.entries.all()[0], at=timezone.now())
    assert count(mina, "/friend/") == one <= 12
    page = text(mina, "/friend/")
    assert all(name in page for name in ("Ada Example", "Bea Example", "Cleo Example"))


def test_the_page_asks_no_more_for_three_comments_than_for_one(along: Along, mina: Client) -> None:
    made = along.befriended()
    path = f"/friend/{made.pk}/"
    mina.post(path, said(along))
    one = count(mina, path)
    for words in ("Second.", "Third."):
        mina.post(path, said(along, text=words))
    assert count(mina, path) == one <= 12


def test_the_area_appears_for_friends_alone(along: Along, mina: Client) -> None:
    assert 'href="/friend/"' not in text(mina, "/my/")
    along.befriended()
    assert 'href="/friend/"' in text(mina, "/my/")
