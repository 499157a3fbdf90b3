"""Two at once, in real transactions: one effect, no torn state."""

import threading
from collections.abc import Callable
from functools import partial
from io import BytesIO

import pytest
from django.db import connection

from accredit.portfolios import actions, queries
from accredit.portfolios.models import Check, Entry, EntryVersion, Evidence, Mentor, Submission
from accredit.portfolios.queries import EntryContent, PieceContent
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Clash, Refused
from tests import factories
from tests.factories import AT, office, owner_of

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls: Callable[[], object]) -> list[object]:
    """Run the calls at the same moment, each on its own connection; return results and refusals."""
    results: list[object] = [None] * len(calls)
    ready = threading.Barrier(len(calls))

    def run(place: int) -> None:
        ready.wait()
        try:
            results[place] = calls[place]()
        except Exception as raised:  # noqa: BLE001 - whatever happens is looked at below
            results[place] = raised
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def refusals(results: list[object]) -> list[str]:
    """The codes of the calls that were refused; anything but a refusal fails the test."""
    failed = [each for each in results if isinstance(each, Exception)]
    assert all(isinstance(each, Refused) for each in failed), failed
    return [fault.code.value for each in failed if isinstance(each, Refused) for fault in each.faults]


def stage() -> Stage:
    return Stage(Registration.objects.get().stage)


def test_a_double_click_submits_once():
    draft = factories.complete_portfolio()
    by = owner_of(draft)
    results = together(*[lambda: actions.submit(draft, by=by, at=AT)] * 3)
    assert refusals(results) == ["already_submitted"] * 2
    assert Submission.objects.count() == 1
    assert stage() is Stage.SUBMITTED


def test_taking_back_and_beginning_the_check_exclude_each_other():
    made = factories.submission()
    by, otis = owner_of(made.portfolio), office()
    results = together(
        lambda: actions.take_back(made, by=by, at=AT), lambda: actions.begin_check(made, by=otis, at=AT)
    )
    assert refusals(results) in (["check_begun"], ["submission_set_aside"])
    is_checking = stage() is Stage.CHECKING
    made.refresh_from_db()
    assert Check.objects.exists() is is_checking
    assert (made.set_aside_at is None) is is_checking


def test_two_of_the_office_begin_one_check():
    made = factories.submission()
    otis = office()
    results = together(*[lambda: actions.begin_check(made, by=otis, at=AT)] * 2)
    assert refusals(results) == ["move_not_open"]
    assert Check.objects.count() == 1


def test_two_tabs_saving_at_once_keep_both_texts():
    draft = factories.portfolio()
    by = owner_of(draft)

    def save(text: str) -> Entry:
        entry = queries.entry_at(draft, "context")
        assert entry is not None
        return actions.save_entry(entry, content=EntryContent(text=text), expected=0, by=by, at=AT)

    results = together(lambda: save("One tab"), lambda: save("Other tab"))
    (clash,) = (each for each in results if isinstance(each, Exception))
    assert isinstance(clash, Clash)
    entry = draft.entries.get(section="context")
    kept = EntryVersion.objects.get(why="clash")
    assert {entry.text, kept.content["text"]} == {"<p>One tab</p>", "<p>Other tab</p>"}
    assert entry.version == 1


def test_a_save_lands_wholly_before_or_not_at_all_after_a_submission():
    draft = factories.complete_portfolio()
    by = owner_of(draft)
    entry = queries.entry_at(draft, "context")
    assert entry is not None
    late = EntryContent(text="At the last moment")
    results = together(
        lambda: actions.submit(draft, by=by, at=AT),
        lambda: actions.save_entry(entry, content=late, expected=entry.version, by=by, at=AT),
    )
    was_saved = refusals(results) != ["draft_closed"]
    frozen = Submission.objects.get().content["entries"][0]["text"]
    entry.refresh_from_db()
    assert entry.text == frozen
    assert ("last moment" in frozen) is was_saved


def test_two_uploads_at_once_do_not_pass_the_limit_together():
    within = factories.scheme(portfolio_limit=10)
    draft = factories.portfolio(factories.registration(within=within))
    by = owner_of(draft)

    def add(content: bytes) -> Evidence:
        return actions.add_evidence(
            draft,
            kind="file",
            content=PieceContent("A file"),
            upload=BytesIO(content),
            name="a.txt",
            by=by,
            at=AT,
        )

    results = together(lambda: add(b"12345678"), lambda: add(b"87654321"))
    assert refusals(results) == ["portfolio_full"]
    assert Evidence.objects.count() == 1


def test_the_same_file_twice_at_once_is_one_blob():
    within = factories.scheme()
    drafts = [factories.portfolio(factories.registration(within=within)) for _ in range(2)]
    results = together(*[lambda draft=draft: upload(draft) for draft in drafts])
    assert refusals(results) == []
    assert len({each.blob_id for each in results}) == 1


def upload(draft):
    return actions.add_evidence(
        draft,
        kind="file",
        content=PieceContent("A"),
        upload=BytesIO(b"same"),
        name="a.txt",
        by=owner_of(draft),
        at=AT,
    )


def test_adding_an_entry_twice_at_once_adds_one():
    draft = factories.portfolio(pathway="cmalt")
    by = owner_of(draft)
    factories.write(queries.entry_at(draft, "5a"), EntryContent(title="An area"))
    results = together(*[lambda: actions.add_entry(draft, "5", by=by, at=AT)] * 2)
    assert refusals(results) == []
    assert draft.entries.filter(section="5").count() == 2


def test_of_two_who_open_a_forwarded_link_at_once_one_is_let_in():
    draft = factories.complete_portfolio()
    entry = Entry.objects.filter(portfolio=draft).order_by("pk")[0]
    made = factories.invite(draft, "mina@example.org", entry)
    people = [factories.person(name) for name in ("Mina Example", "Vic Example", "Zoe Example")]
    roles = [Actor(person=each.pk, role=Role.MENTOR) for each in people]
    results = together(*[partial(actions.bind_mentor, made, by=by, at=AT) for by in roles])
    assert refusals(results) == ["mentor_over"] * 2
    assert Mentor.objects.get().person in people


def test_handing_in_and_accepting_an_invitation_exclude_each_other():
    draft = factories.complete_portfolio()
    entry = Entry.objects.filter(portfolio=draft).order_by("pk")[0]
    made = factories.invite(draft, "mina@example.org", entry)
    owner = owner_of(draft)
    mina = Actor(person=factories.person("Mina Example").pk, role=Role.MENTOR)
    results = together(
        lambda: actions.submit(draft, by=owner, at=AT), lambda: actions.bind_mentor(made, by=mina, at=AT)
    )
    assert refusals(results) in ([], ["mentor_over"])
    assert stage() is Stage.SUBMITTED
