"""Moving, ordering, changing pathway and beginning from an earlier portfolio, page by page."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accredit.assessments import actions as assessments
from accredit.fees.actions import set_fee
from accredit.fees.models import Order
from accredit.people.models import Profile
from accredit.portfolios import actions
from accredit.portfolios.models import Carried, Entry, Portfolio, Submission
from accredit.portfolios.queries import EntryContent, ExampleContent, content_of, entry_at, portfolio_of
from accredit.registrations.models import Registration
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM
from tests import factories as make
from tests.web.candidate.conftest import signed_in

pytestmark = pytest.mark.django_db
AUTOSAVE: Any = {"headers": {"X-Autosave": "1", "Accept": "application/json"}}


def at(draft: Portfolio, slot: str) -> Entry:
    """What stands in a slot now."""
    found = entry_at(draft, slot)
    assert found is not None
    return found


def written(draft: Portfolio, slot: str, *titles: str) -> Entry:
    """An entry with an example for each title."""
    examples = tuple(
        ExampleContent(title=title, description=f"<p>{title}</p>", type="law", jurisdiction="Wales")
        for title in titles
    )
    return make.write(at(draft, slot), EntryContent(title=f"My {titles[0]}", examples=examples))


def titles(draft: Portfolio, slot: str) -> list[str]:
    return [each.title for each in content_of(at(draft, slot)).examples]


def page(draft: Portfolio, more: str) -> str:
    return f"/my/{draft.registration_id}/{more}"


def sent(entry: Entry, **values: Any) -> dict[str, Any]:
    """What the form of an entry sends without scripts."""
    given: dict[str, Any] = {"version": entry.version, "count": len(content_of(entry).examples)}
    for number, each in enumerate(content_of(entry).examples, 1):
        given |= {
            f"e{number}-key": each.key,
            f"e{number}-title": each.title,
            f"e{number}-description": each.description,
        }
    return given | values


# Moving ------------------------------------------------------------------------------------------------


def test_an_example_is_moved_from_its_page_and_a_second_click_finds_it_moved(
    browser: Client, draft: Portfolio
) -> None:
    entry = written(draft, "3a", "one", "two")
    key = content_of(entry).examples[1].key
    answer = browser.post(page(draft, "section/3a/"), sent(entry, go="move:2"))
    assert answer["Location"] == page(draft, f"section/3a/move/?example={key}")
    shown = browser.get(answer["Location"])
    assert b"Example 2: two" in shown.content
    given = {"version": at(draft, "3a").version, "example": key, "to": "1a"}
    for _ in range(2):
        answer = browser.post(page(draft, "section/3a/move/"), given)
        assert answer["Location"] == page(draft, "section/1a/")
    assert (titles(draft, "3a"), titles(draft, "1a")) == (["one"], ["two"])


def test_the_only_example_moves_once_and_an_empty_section_has_none_to_move(
    browser: Client, draft: Portfolio
) -> None:
    entry = written(draft, "1a", "one")
    given = {"version": entry.version, "example": content_of(entry).examples[0].key, "to": "1b"}
    for _ in range(2):
        answer = browser.post(page(draft, "section/1a/move/"), given)
        assert answer["Location"] == page(draft, "section/1b/")
    assert titles(draft, "1b") == ["one"]
    assert b"no example here to move" in browser.get(page(draft, "section/1a/move/")).content
    assert browser.post(page(draft, "section/1a/move/"), {}).status_code == 422


def test_a_part_the_section_does_not_ask_for_outlives_a_save_there(browser: Client, draft: Portfolio) -> None:
    entry = written(draft, "3a", "one")
    key = content_of(entry).examples[0].key
    browser.post(page(draft, "section/3a/move/"), {"version": entry.version, "example": key, "to": "1a"})
    changed = sent(at(draft, "1a")) | {"e1-title": "anew"}
    browser.post(page(draft, "section/1a/"), changed)
    kept = content_of(at(draft, "1a")).examples[0]
    assert (kept.title, kept.type, kept.jurisdiction) == ("anew", "law", "Wales")


def test_a_copy_stays_beside_the_original(browser: Client, draft: Portfolio) -> None:
    entry = written(draft, "1a", "one")
    key = content_of(entry).examples[0].key
    given = {"version": entry.version, "example": key, "to": "copy"}
    assert browser.post(page(draft, "section/1a/move/"), given).status_code == 302
    assert titles(draft, "1a") == ["one", "one"]


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("", "Choose where it goes."),
        ("nowhere", "Choose where it goes."),
        ("context", "takes no examples"),
        ("1b", "no more than 2 examples"),
    ],
)
def test_where_it_cannot_go_is_said_at_the_form(
    browser: Client, draft: Portfolio, to: str, told: str
) -> None:
    written(draft, "1b", "first", "second")
    entry = written(draft, "1a", "one")
    key = content_of(entry).examples[0].key
    given = {"version": entry.version, "example": key, "to": to}
    answer = browser.post(page(draft, "section/1a/move/"), given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert titles(draft, "1a") == ["one"]
    assert b"No room at the moment" in browser.get(page(draft, "section/1a/move/")).content


def test_a_save_meanwhile_is_said_and_nothing_moves(browser: Client, draft: Portfolio) -> None:
    entry = written(draft, "1a", "one")
    key = content_of(entry).examples[0].key
    written(draft, "1a", "anew")
    given = {"version": entry.version - 1, "example": content_of(at(draft, "1a")).examples[0].key, "to": "1b"}
    answer = browser.post(page(draft, "section/1a/move/"), given, follow=True)
    assert b"changed elsewhere meanwhile" in answer.content
    assert titles(draft, "1b") == []
    gone = browser.post(page(draft, "section/1a/move/"), given | {"example": key})
    assert b"does not stand here any more" in gone.content


@pytest.mark.parametrize("nonsense", ["99999999999999999999", "x", ""])
def test_nonsense_moves_nothing(browser: Client, draft: Portfolio, nonsense: str) -> None:
    written(draft, "1a", "one")
    answer = browser.post(page(draft, "section/1a/move/"), {"version": 1, "example": nonsense, "to": "1b"})
    assert answer.status_code == 422
    assert browser.get(page(draft, f"section/1a/move/?example={nonsense}")).status_code == 200


def test_examples_go_up_and_down_with_what_was_typed_and_a_second_click_goes_no_further(
    browser: Client, draft: Portfolio
) -> None:
    make.write(at(draft, "1a"), EntryContent())
    entry = written(draft, "1a", "one", "two", "three")
    given = sent(entry, go="up:3") | {"e3-title": "third"}
    for _ in range(2):
        answer = browser.post(page(draft, "section/1a/"), given)
        assert answer["Location"] == page(draft, "section/1a/#example-2")
    assert titles(draft, "1a") == ["one", "third", "two"]
    browser.post(page(draft, "section/1a/"), sent(at(draft, "1a"), go="down:1"))
    assert titles(draft, "1a") == ["third", "one", "two"]
    for edge in ("up:1", "down:3", "down:9", "up:x"):
        browser.post(page(draft, "section/1a/"), sent(at(draft, "1a"), go=edge))
    assert titles(draft, "1a") == ["third", "one", "two"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_move_page_asks_the_same_queries_whatever_it_shows(
    browser: Client, draft: Portfolio, count: int
) -> None:
    written(draft, "1a", *[f"number {place}" for place in range(count)])
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(page(draft, "section/1a/move/")).status_code == 200
    assert len(captured) <= 12


# Areas -------------------------------------------------------------------------------------------------


def areas(ada: Profile, *names: str) -> Portfolio:
    """A CMALT draft with so many specialist areas."""
    draft = make.portfolio(make.registration(ada, pathway="cmalt"))
    written(draft, "5a", names[0])
    for place, name in enumerate(names[1:], 1):
        actions.add_entry(draft, "5", by=make.owner_of(draft), at=make.AT)
        written(draft, f"5{'abc'[place]}", name)
    return draft


def order(draft: Portfolio) -> list[str]:
    return list(draft.entries.filter(section="5").order_by("position").values_list("title", flat=True))


def test_areas_are_put_in_order_and_copied(browser: Client, ada: Profile) -> None:
    draft = areas(ada, "x", "y")
    assert b"Order and copy areas" in browser.get(page(draft, "section/5a/")).content
    second = at(draft, "5b")
    for _ in range(2):
        browser.post(page(draft, "areas/5/"), {"entry": second.pk, "position": 1})
    assert order(draft) == ["My y", "My x"]
    for _ in range(2):
        answer = browser.post(page(draft, "areas/5/"), {"copy": second.pk})
        assert answer["Location"] == page(draft, "section/5c/")
    assert order(draft) == ["My y", "My x", "My y"]
    shown = browser.get(page(draft, "areas/5/")).content.decode()
    assert shown.count("Move up") == shown.count("Move down") == 2


def test_no_foreign_area_and_no_place_that_is_none(browser: Client, ada: Profile, draft: Portfolio) -> None:
    with allow_writes():
        Registration.objects.filter(pk=draft.registration_id).update(stage="withdrawn")
    mine, other = areas(ada, "x", "y"), areas(make.person(), "z", "w")
    assert (
        browser.post(page(mine, "areas/5/"), {"entry": at(other, "5a").pk, "position": 2}).status_code == 404
    )
    assert (
        browser.post(page(mine, "areas/5/"), {"entry": at(mine, "5a").pk, "position": 7}).status_code == 409
    )
    assert browser.get(page(other, "areas/5/")).status_code == 404
    assert browser.get(page(mine, "areas/1a/")).status_code == 302
    assert (order(mine), order(other)) == (["My x", "My y"], ["My z", "My w"])


# Pathway -----------------------------------------------------------------------------------------------


def test_a_change_of_pathway_is_shown_before_it_is_made(browser: Client, ada: Profile) -> None:
    draft = make.complete_portfolio(make.registration(ada, pathway="cmalt"))
    assert b"Change your pathway" in browser.get(page(draft, "")).content
    assert browser.get(page(draft, "pathway/")).status_code == 200
    shown = browser.get(page(draft, "pathway/?to=associate")).content.decode()
    assert "2b Understanding" in shown
    assert "The fee is the same" in shown
    assert Registration.objects.get(pk=draft.registration_id).pathway == "cmalt"
    for _ in range(2):
        answer = browser.post(page(draft, "pathway/"), {"to": "associate"})
        assert answer["Location"] == page(draft, "")
    tasks = browser.get(page(draft, "")).content.decode()
    assert "Set aside: not asked on your pathway" in tasks
    back = browser.get(page(draft, "pathway/?to=cmalt")).content.decode()
    assert "Comes back" in back
    assert "New to write" not in back


def test_the_fee_is_said_before_confirming(browser: Client, ada: Profile) -> None:
    scheme = make.scheme()
    said: dict[str, Any] = {"person_kind": "standard", "valid_from_on": date(2020, 1, 1), "by": SYSTEM}
    mine = set_fee(scheme, title="Standard", amount=16500, at=make.AT, **said)
    draft = make.portfolio(make.registration(ada))
    with allow_writes():
        Order.objects.filter(registration=draft.registration).update(fee=mine, amount=16500)
    set_fee(scheme, title="Senior", amount=20000, pathway="senior", at=make.AT, **said)
    set_fee(scheme, title="Less", amount=9000, pathway="cmalt", at=make.AT, **said)
    more = browser.get(page(draft, "pathway/?to=senior")).content.decode()
    assert "£165" in more
    assert "£35 more" in more
    assert "£75 less" in browser.get(page(draft, "pathway/?to=cmalt")).content.decode()


@pytest.mark.parametrize("to", ["", "warden", "associate"])
def test_a_pathway_that_is_none_or_mine_already(browser: Client, draft: Portfolio, to: str) -> None:
    answer = browser.post(page(draft, "pathway/"), {"to": to})
    assert answer.status_code == (302 if to == "associate" else 422)
    assert browser.get(page(draft, f"pathway/?to={to}")).status_code == 422


def test_a_text_sent_to_what_is_set_aside_is_answered_in_words(browser: Client, ada: Profile) -> None:
    draft = make.complete_portfolio(make.registration(ada, pathway="cmalt"))
    entry = at(draft, "2b")
    browser.post(page(draft, "pathway/"), {"to": "associate"})
    told = browser.post(page(draft, "section/2b/"), sent(entry), **AUTOSAVE)
    assert told.status_code == 422
    assert "is not asked on your pathway" in told.json()["errors"][0]
    assert browser.post(page(draft, "section/2b/"), sent(entry)).status_code == 409
    answer = browser.get(page(draft, "section/2b/"))
    assert answer["Location"] == page(draft, "set-aside/#section-2b")
    shown = browser.get(page(draft, "set-aside/")).content.decode()
    assert "I made a thing" in shown
    key = content_of(at(draft, "2b")).examples[0].key
    given = {"version": at(draft, "2b").version, "example": key, "to": "2a"}
    assert browser.post(page(draft, "section/2b/move/"), given)["Location"] == page(draft, "section/2a/")


def test_after_submitting_the_pathway_stands(browser: Client, whole: Portfolio) -> None:
    actions.submit(whole, by=make.owner_of(whole), at=make.AT)
    assert browser.get(page(whole, "pathway/")).status_code == 302
    assert browser.post(page(whole, "pathway/"), {"to": "cmalt"}).status_code == 302
    assert browser.get(page(whole, "section/1a/move/")).status_code == 302
    assert Registration.objects.get(pk=whole.registration_id).pathway == "associate"


# Beginning from an earlier portfolio -------------------------------------------------------------------


@pytest.fixture
def earlier(ada: Profile) -> Submission:
    """What Ada was accredited for as an Associate."""
    made = make.accepted(make.registration(ada))
    assessments.release(make.held(made), by=make.office(), at=make.AT)
    return made


@pytest.fixture
def following(ada: Profile, earlier: Submission) -> Portfolio:
    """Her next registration, still empty."""
    found = portfolio_of(make.registration(ada, pathway="cmalt", at=timezone.now()).pk)
    assert found is not None
    return found


def test_a_holder_begins_from_the_earlier_portfolio_and_answers(
    browser: Client, following: Portfolio, earlier: Submission
) -> None:
    assert b"Begin from your Associate CMALT portfolio" in browser.get(page(following, "registered/")).content
    assert b"You hold an award already" in browser.get(page(following, "")).content
    offer = browser.get(page(following, "earlier-portfolio/")).content.decode()
    assert "1c Supporting" in offer
    for _ in range(2):
        answer = browser.post(page(following, "earlier-portfolio/"), {"submission": earlier.pk})
        assert answer["Location"] == page(following, "earlier-portfolio/")
    assert Carried.objects.count() == 7
    shown = browser.get(page(following, "earlier-portfolio/")).content.decode()
    assert "New here" in shown
    assert "You hold an award already" not in browser.get(page(following, "")).content.decode()
    assert b"This began in your earlier portfolio" in browser.get(page(following, "section/1a/")).content
    asked = browser.get(page(following, "section/1a/carried/")).content.decode()
    assert "What it asks now" in asked
    on = (timezone.localdate() - timedelta(days=10)).isoformat()
    given = {"answer": "valid", "practised_on": on}
    assert browser.post(page(following, "section/1a/carried/"), given).status_code == 302
    assert "Still valid" in browser.get(page(following, "section/1a/")).content.decode()
    assert f'value="{on}"' in browser.get(page(following, "section/1a/carried/")).content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Choose an answer."),
        ({"answer": "maybe"}, "Choose an answer"),
        ({"answer": "valid"}, "The day is missing"),
        ({"answer": "rewritten", "practised_on": ""}, "The day is missing"),
        ({"answer": "valid", "practised_on": "tomorrow"}, "still to come"),
        ({"answer": "valid", "practised_on": "soon"}, "date"),
    ],
)
def test_answers_that_are_none_are_asked_again(
    browser: Client, following: Portfolio, earlier: Submission, given: dict[str, str], told: str
) -> None:
    actions.begin_from(following, earlier, by=make.owner_of(following), at=timezone.now())
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    said = {name: tomorrow if value == "tomorrow" else value for name, value in given.items()}
    answer = browser.post(page(following, "section/1a/carried/"), said)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Carried.objects.exclude(is_valid=None).exists()


def test_what_is_to_be_rewritten_keeps_no_day(
    browser: Client, following: Portfolio, earlier: Submission
) -> None:
    actions.begin_from(following, earlier, by=make.owner_of(following), at=timezone.now())
    given = {"answer": "rewrite", "practised_on": "2026-01-01"}
    browser.post(page(following, "section/1a/carried/"), given)
    said = Carried.objects.get(entry=at(following, "1a"))
    assert (said.is_valid, said.practised_on) == (False, None)
    assert "rewrite it, then say so" in browser.get(page(following, "section/1a/")).content.decode()


def test_nobody_begins_from_somebody_elses_portfolio(browser: Client, draft: Portfolio) -> None:
    other = make.submission()
    for named in (other.pk, 0, "x", "9" * 30):
        answer = browser.post(page(draft, "earlier-portfolio/"), {"submission": named})
        assert answer.status_code == 404
    assert browser.get(page(draft, "earlier-portfolio/")).status_code == 302
    assert browser.get(page(draft, "section/1a/carried/")).status_code == 404
    stranger = signed_in(make.person("Ruth Example", sign_in=True))
    for more in ("pathway/", "set-aside/", "earlier-portfolio/", "areas/5/", "section/1a/move/"):
        assert stranger.get(page(draft, more)).status_code == 404


@pytest.mark.parametrize(
    "more",
    ["", "earlier-portfolio/", "section/1a/", "section/1a/carried/", "pathway/?to=senior", "set-aside/"],
)
def test_pages_of_a_progression_ask_few_queries(
    browser: Client, following: Portfolio, earlier: Submission, more: str
) -> None:
    actions.begin_from(following, earlier, by=make.owner_of(following), at=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(page(following, more)).status_code == 200
    assert len(captured) <= 12
