"""Links of drafts: known, asked, asked again; and what is kept of those of a submission."""

from datetime import timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.test import TestCase

from accredit.portfolios import actions, queries, tasks
from accredit.portfolios.models import Evidence, Link, Portfolio, Snapshot, Submission
from accredit.portfolios.queries import PieceContent, content_of
from accredit.registrations.actions import withdraw
from accredit.rulebook.faults import Code
from accredit.rulebook.terms import Finding
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.fetching import Answer, Page
from accredit.toolkit.refusals import Refused
from tests import factories as make
from tests.factories import AT, LATER, SOON

pytestmark = pytest.mark.django_db

GONE = Answer(Finding.GONE, 404)


@pytest.fixture(autouse=True)
def _fetching(settings):
    """Links are checked here; no site has been asked yet."""
    settings.FETCH_LINKS = True
    cache.clear()


@pytest.fixture
def draft() -> Portfolio:
    return make.portfolio()


def says(draft: Portfolio, **parts: str) -> None:
    """Write into the first entry that holds examples."""
    entry = draft.entries.exclude(examples=None).order_by("pk").first()
    if entry is None:
        make.fill(draft)
        entry = draft.entries.exclude(examples=None).order_by("pk")[0]
    content = content_of(entry)
    first = make.example("law", Evidence.objects.filter(portfolio=draft)[0])
    made = type(first)(**{**first.__dict__, **parts})
    make.write(entry, type(content)(**{**content.__dict__, "examples": (made,)}))


def link(draft: Portfolio, address: str) -> Link:
    """A link of the draft."""
    with allow_writes():
        return Link.objects.create(portfolio=draft, address=address, due_at=AT)


def answering(*answers: Answer):
    """A net that gives these answers in turn, and remembers what it was asked."""
    asked: list[str] = []

    def fetch(address: str) -> Answer:
        asked.append(address)
        return answers[min(len(asked), len(answers)) - 1]

    fetch.asked = asked  # type: ignore[attr-defined]
    return fetch


def refused(action, *values, **options) -> Code:
    with pytest.raises(Refused) as told:
        action(*values, **options)
    return told.value.faults[0].code


# Known -------------------------------------------------------------------------------------------------


def test_every_address_of_a_draft_is_known(draft):
    says(draft, description='<p><a href="https://in-a-text.example/a?b=1&amp;c=2">here</a></p>')
    make.link(draft, address="https://loose.example/")
    actions.know_links(draft, by=SYSTEM, at=AT)
    known = set(draft.links.values_list("address", flat=True))
    assert {"https://in-a-text.example/a?b=1&c=2", "https://loose.example/"} <= known
    assert {each.address for each in queries.addresses_of(draft)} == known


def test_knowing_again_changes_nothing_and_forgets_what_has_gone(draft):
    says(draft, reflection='<p><a href="https://first.example/">here</a></p>')
    actions.know_links(draft, by=SYSTEM, at=AT)
    kept = draft.links.get(address="https://first.example/")
    actions.record_answer(kept, Answer(Finding.OK, 200), by=SYSTEM, at=AT)
    assert actions.know_links(draft, by=SYSTEM, at=SOON) == []
    assert Link.objects.get(pk=kept.pk).finding == Finding.OK
    says(draft, reflection='<p><a href="https://second.example/">here</a></p>')
    actions.know_links(draft, by=SYSTEM, at=SOON)
    assert not draft.links.filter(pk=kept.pk).exists()
    assert draft.links.get(address="https://second.example/").due_at == SOON


def test_what_a_mail_address_or_a_script_names_is_no_link(draft):
    says(draft, description='<p><a href="mailto:a@example.org">a</a> <a href="javascript:x()">b</a></p>')
    before = len(queries.distinct(queries.addresses_of(draft)))
    actions.know_links(draft, by=SYSTEM, at=AT)
    assert draft.links.count() == before
    assert not draft.links.filter(address__startswith="mailto").exists()


def test_a_book_of_links_is_known_in_part(draft):
    says(draft, description="".join(f'<p><a href="https://a.example/{n}">x</a></p>' for n in range(400)))
    actions.know_links(draft, by=SYSTEM, at=AT)
    assert draft.links.count() == 300


def test_an_address_too_long_to_keep_is_left_out(draft):
    says(draft, description=f'<p><a href="https://a.example/{"x" * 1200}">x</a></p>')
    actions.know_links(draft, by=SYSTEM, at=AT)
    assert not draft.links.filter(address__startswith="https://a.example").exists()


def test_of_a_portfolio_that_stands_elsewhere_its_own_addresses_are_known(draft):
    make.fill(draft)
    by = make.owner_of(draft)
    actions.hand_over_as_it_is(draft, address="https://site.example/me", by=by, at=AT)
    draft.refresh_from_db()
    entry = draft.entries.order_by("pk")[0]
    make.write(entry, type(content_of(entry))(link="https://site.example/me/1"))
    actions.know_links(draft, by=SYSTEM, at=AT)
    assert set(draft.links.values_list("address", flat=True)) == {
        "https://site.example/me",
        "https://site.example/me/1",
    }


def test_a_new_piece_is_known_at_once(draft):
    piece = make.link(draft, address="https://new.example/")
    assert draft.links.get().due_at == AT
    changed = PieceContent(title="A page", address="https://newer.example/")
    actions.change_evidence(piece, content=changed, by=make.owner_of(draft), at=SOON)
    assert draft.links.filter(address="https://newer.example/", due_at=SOON).exists()


def test_the_sweep_finds_what_was_written_lately(draft):
    says(draft, description='<p><a href="https://lately.example/">x</a></p>')
    tasks.know_links_since(LATER)
    assert not draft.links.filter(address="https://lately.example/").exists()
    tasks.know_links_since(AT - timedelta(minutes=1))
    assert draft.links.filter(address="https://lately.example/").exists()


# Asked -------------------------------------------------------------------------------------------------


def test_what_an_address_answered_is_written_down(draft):
    made = link(draft, "https://a.example/")
    until = AT + timedelta(days=10)
    answer = Answer(Finding.MOVED, 200, "https://b.example/", until, 120, "text/html")
    actions.record_answer(made, answer, by=SYSTEM, at=AT)
    made.refresh_from_db()
    assert (made.finding, made.http_code, made.final_address) == ("moved", 200, "https://b.example/")
    assert (made.certificate_until_at, made.milliseconds, made.checked_at) == (until, 120, AT)
    assert made.due_at > AT + timedelta(days=13)


def test_a_broken_link_is_asked_again_sooner_and_then_less_often(draft):
    made = link(draft, "https://a.example/")
    waits = []
    for _ in range(5):
        actions.record_answer(made, GONE, by=SYSTEM, at=AT)
        made.refresh_from_db()
        waits.append(made.due_at - AT)
    assert waits == [timedelta(hours=1), *(timedelta(days=days) for days in (1, 3, 7, 7))]
    actions.record_answer(made, Answer(Finding.OK, 200), by=SYSTEM, at=AT)
    made.refresh_from_db()
    assert made.failures == 0


def test_due_links_are_asked(draft):
    mine = [link(draft, f"https://host{n}.example/") for n in range(3)]
    fetch = answering(GONE)
    tasks.check(queries.due_links(AT), fetch=fetch, pause=0)
    assert set(fetch.asked) == {each.address for each in mine}
    assert set(draft.links.values_list("finding", flat=True)) == {"gone"}
    assert not queries.due_links(AT).exists()


def test_no_site_is_asked_twice_within_a_minute_nor_more_than_a_few_times_in_turn(draft):
    for number in range(9):
        link(draft, f"https://one.example/{number}")
    fetch = answering(GONE)
    tasks.check(queries.due_links(AT), fetch=fetch, pause=0)
    assert len(fetch.asked) == tasks.MOST_OF_A_SITE
    tasks.check(queries.due_links(AT), fetch=fetch, pause=0)
    assert len(fetch.asked) == tasks.MOST_OF_A_SITE
    cache.clear()
    tasks.check(queries.due_links(AT), fetch=fetch, pause=0)
    assert len(fetch.asked) == 9


def test_one_site_is_asked_by_one_at_a_time(draft):
    for number in range(4):
        link(draft, f"https://one.example/{number}")
    inside, most, turn = [0], [0], count()

    def fetch(address: str) -> Answer:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        next(turn)
        inside[0] -= 1
        return GONE

    tasks.check(queries.due_links(AT), fetch=fetch, pause=0)
    assert (most, next(turn)) == ([1], 4)


def test_nothing_is_asked_for_a_registration_that_has_ended(draft):
    link(draft, "https://a.example/")
    by = make.owner_of(draft)
    withdraw(draft.registration, because="I have changed my job.", by=by, at=AT)
    assert draft.links.get().due_at is None
    with allow_writes():
        draft.links.update(due_at=AT)
    assert not queries.due_links(LATER).exists()
    draft.registration.refresh_from_db()
    assert refused(actions.ask_again, draft, by=by, at=AT) is Code.DRAFT_CLOSED


def test_the_sweep_asks_nothing_where_links_are_not_checked(draft, settings, monkeypatch):
    link(draft, "https://a.example/")
    fetch = answering(GONE)
    monkeypatch.setattr(tasks, "fetcher", lambda: fetch)
    settings.FETCH_LINKS = False
    tasks.sweep.call_local()
    tasks.look_for_links.call_local()
    tasks.look_everywhere.call_local()
    assert not fetch.asked
    settings.FETCH_LINKS = True
    tasks.sweep.call_local()
    assert fetch.asked == ["https://a.example/"]


def test_two_turns_of_the_sweep_are_one(draft, monkeypatch):
    link(draft, "https://a.example/")
    fetch = answering(GONE)
    monkeypatch.setattr(tasks, "fetcher", lambda: fetch)
    cache.add("links:turn", 1)
    tasks.sweep.call_local()
    assert not fetch.asked


# Asked again -------------------------------------------------------------------------------------------


def test_asking_again_knows_the_draft_and_asks_at_once(draft, monkeypatch):
    fetch = answering(GONE)
    monkeypatch.setattr(tasks, "fetcher", lambda: fetch)
    make.link(draft, address="https://a.example/")
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert actions.ask_again(draft, by=make.owner_of(draft), at=AT) == 1
    assert fetch.asked == ["https://a.example/"]
    assert draft.links.get().finding == "gone"


def test_asking_again_and_again_is_refused(draft):
    by = make.owner_of(draft)
    made = link(draft, "https://a.example/")
    make.link(draft, address="https://a.example/")
    actions.record_answer(made, GONE, by=SYSTEM, at=AT)
    assert refused(actions.ask_again, draft, by=by, at=AT) is Code.LINKS_ASKED_JUST_NOW
    assert actions.ask_again(draft, by=by, at=AT + timedelta(minutes=11)) == 1
    assert actions.ask_again(draft, by=by, at=AT + timedelta(minutes=11)) == 1


def test_asking_where_there_is_nothing_to_ask(draft, settings):
    by = make.owner_of(draft)
    assert refused(actions.ask_again, draft, by=by, at=AT) is Code.LINKS_NONE
    settings.FETCH_LINKS = False
    assert refused(actions.ask_again, draft, by=by, at=AT) is Code.LINKS_NOT_CHECKED_HERE


def test_nobody_asks_for_another(draft):
    other = make.candidate(make.person())
    assert refused(actions.ask_again, draft, by=other, at=AT) is Code.NOT_YOURS


# Snapshots ---------------------------------------------------------------------------------------------


@pytest.fixture
def submitted(settings) -> Submission:
    settings.FETCH_LINKS = False
    draft = make.portfolio()
    says(draft, description='<p><a href="https://in-a-text.example/">here</a></p>')
    by = make.owner_of(draft)
    actions.confirm(draft, name="Ada Example", by=by, at=AT)
    made = actions.submit(draft, by=by, at=AT)
    settings.FETCH_LINKS = True
    return made


def test_a_submission_plans_a_snapshot_of_each_address(submitted):
    rows = {each.address: each for each in submitted.snapshots.all()}
    assert "https://in-a-text.example/" in rows
    assert set(rows) == {each.address for each in queries.addresses_in_content(submitted.content)}
    assert {each.due_at for each in rows.values()} == {AT}
    assert not any(each.fetched_at for each in rows.values())


def test_the_title_and_words_of_a_page_are_kept_with_their_hash(submitted):
    body = b"<title>My page</title><script>no()</script><p>What I wrote.</p>"
    fetch = answering(Answer(Finding.OK, 200, "https://b.example/", None, 9, "text/html", "utf-8", body))
    tasks.make_snapshots(queries.due_snapshots(AT), fetch=fetch, pause=0)
    kept = submitted.snapshots.get(address="https://in-a-text.example/")
    assert (kept.title, kept.text) == ("My page", "What I wrote.")
    assert (kept.finding, kept.http_code, kept.final_address) == ("ok", 200, "https://b.example/")
    assert len(kept.sha256) == 64
    assert kept.fetched_at is not None
    assert not queries.due_snapshots(LATER).exists()


def test_a_snapshot_is_kept_once(submitted):
    row = submitted.snapshots.all()[0]
    actions.keep_snapshot(row, Answer(Finding.OK, 200), Page("One", "one"), by=SYSTEM, at=AT)
    actions.keep_snapshot(row, Answer(Finding.OK, 200), Page("Two", "two"), by=SYSTEM, at=SOON)
    row.refresh_from_db()
    assert (row.title, row.fetched_at) == ("One", AT)


def test_a_snapshot_that_fails_is_tried_four_times(submitted):
    row = submitted.snapshots.all()[0]
    at = AT
    for wait in (timedelta(minutes=10), timedelta(hours=2), timedelta(hours=24)):
        actions.keep_snapshot(row, Answer(Finding.TOO_SLOW), Page(), by=SYSTEM, at=at)
        row.refresh_from_db()
        assert (row.fetched_at, row.due_at) == (None, at + wait)
        at = row.due_at
    actions.keep_snapshot(row, Answer(Finding.TOO_SLOW), Page(), by=SYSTEM, at=at)
    row.refresh_from_db()
    assert (row.fetched_at, row.finding, row.sha256, row.tries) == (at, "too_slow", "", 4)


def test_nothing_is_fetched_of_a_submission_taken_back(submitted):
    actions.take_back(submitted, by=make.owner_of(submitted.portfolio), at=SOON)
    assert not queries.due_snapshots(LATER).exists()


def test_a_submission_is_fetched_on_commit(settings, monkeypatch):
    draft = make.portfolio()
    make.fill(draft)
    by = make.owner_of(draft)
    actions.confirm(draft, name="Ada Example", by=by, at=AT)
    fetch = answering(GONE)
    monkeypatch.setattr(tasks, "fetcher", lambda: fetch)
    with TestCase.captureOnCommitCallbacks(execute=True):
        made = actions.submit(draft, by=by, at=AT)
    assert fetch.asked
    assert not Snapshot.objects.filter(submission=made, fetched_at=None).exists()


def test_of_a_portfolio_elsewhere_a_snapshot_of_each_of_its_addresses_is_planned():
    draft = make.portfolio()
    by = make.owner_of(draft)
    actions.hand_over_as_it_is(draft, address="https://site.example/me", by=by, at=AT)
    for number, entry in enumerate(draft.entries.order_by("pk")):
        make.write(entry, type(content_of(entry))(link=f"https://site.example/{number}"))
    draft.refresh_from_db()
    actions.confirm(draft, name="Ada Example", by=by, at=AT)
    made = actions.submit(draft, by=by, at=AT)
    assert made.snapshots.count() == draft.entries.count() + 1
