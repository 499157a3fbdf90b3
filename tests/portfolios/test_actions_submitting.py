"""Handing in, taking back, the check, and revisions: each once, each in its time."""

import io
from datetime import timedelta

import pytest

from accredit.files import queries as files
from accredit.frameworks.actions import publish_edition
from accredit.frameworks.queries import shipped_documents
from accredit.portfolios import actions, permissions, queries
from accredit.portfolios.models import Check, Evidence, Submission, SubmittedFile
from accredit.portfolios.queries import EntryContent
from accredit.registrations import actions as registrations
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories
from tests.factories import AT, LATER, SOON, office, owner_of
from tests.portfolios import refused_with

pytestmark = pytest.mark.django_db
PATHWAYS = ("associate", "cmalt", "senior")


def stage_of(made: Submission) -> Stage:
    return Stage(Registration.objects.get(pk=made.portfolio.registration_id).stage)


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_an_empty_portfolio_is_told_everything_it_lacks(pathway: str):
    draft = factories.portfolio(pathway=pathway)
    tasks = queries.task_list(draft, on=AT.date())
    assert tasks.ready == 0
    with pytest.raises(Refused) as caught:
        actions.submit(draft, by=owner_of(draft), at=AT)
    told = [*(each for task in tasks.tasks for each in task.faults), *tasks.overall]
    assert sorted(caught.value.faults, key=repr) == sorted(told, key=repr)
    assert not Submission.objects.exists()
    assert Registration.objects.get().stage == Stage.DRAFTING


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_a_complete_portfolio_is_frozen_as_previewed(pathway: str):
    draft = factories.complete_portfolio(pathway=pathway)
    assert queries.task_list(draft, on=AT.date()).is_complete
    preview = queries.preview_content(draft)
    made = actions.submit(draft, by=owner_of(draft), at=AT)
    again = Submission.objects.get(pk=made.pk)
    assert again.content == preview
    assert queries.is_intact(again)
    assert queries.canonical(again.content) == queries.canonical(preview)
    assert (again.round, again.kind, again.edition.code) == (1, "first", "cmalt-2026")
    assert again.words == sum(each["words"] for each in again.content["entries"]) > 0
    assert stage_of(again) is Stage.SUBMITTED
    row = Row.objects.get(what="submit")
    assert row.data["sha256"] == again.sha256


def test_the_copy_holds_what_was_there_and_not_who_was_suggested():
    draft = factories.portfolio()
    by = owner_of(draft)
    photo = io.BytesIO(b"ID3" + b"\x00" * 40)
    sound = actions.add_evidence(
        draft,
        kind="file",
        content=queries.PieceContent(title="A talk", visibility="assessors"),
        upload=photo,
        name="talk.mp3",
        by=by,
        at=AT,
    )
    factories.link(draft, "Not used anywhere")
    used = Evidence.objects.get(pk=sound.pk)
    factories.fill(draft)
    actions.confirm(draft, name="Ada", suggested_assessor="Lena Leadbetter", by=by, at=AT)
    made = actions.submit(draft, by=by, at=AT)
    assert set(made.content["evidence"]) == {str(used.pk)}
    assert made.content["evidence"][str(used.pk)]["file"] == used.blob.sha256
    assert b"Leadbetter" not in queries.canonical(made.content)
    kept = SubmittedFile.objects.get()
    assert (kept.visibility, kept.name, kept.evidence_key) == ("assessors", "talk.mp3", used.pk)
    assert made.content["confirmation"] == {"name": "Ada", "on": "2026-11-02"}


def test_later_writing_changes_no_copy():
    made = factories.submission()
    before = queries.canonical(made.content)
    draft = actions.take_back(made, by=owner_of(made.portfolio), at=SOON)
    factories.write(queries.entry_at(draft, "context"), EntryContent(text="Something else"))
    for piece in queries.evidence_of(draft):
        actions.remove_evidence(piece, by=owner_of(draft), at=SOON)
    made.refresh_from_db()
    assert queries.canonical(made.content) == before
    assert queries.is_intact(made)
    made.content["entries"][0]["text"] = "tampered"
    assert not queries.is_intact(made)


def test_evidence_removed_before_the_submission_leaves_the_example_without():
    draft = factories.complete_portfolio()
    (piece,) = queries.evidence_of(draft)
    actions.remove_evidence(piece, by=owner_of(draft), at=AT)
    codes = {each.code for task in queries.task_list(draft, on=AT.date()).tasks for each in task.faults}
    assert codes == {Code.EVIDENCE_MISSING}


def test_submitting_twice_is_refused_the_second_time():
    made = factories.submission()
    with refused_with(Code.ALREADY_SUBMITTED):
        actions.submit(made.portfolio, by=owner_of(made.portfolio), at=AT)
    assert Submission.objects.count() == 1


def test_a_first_submission_needs_an_open_window_and_a_registration_in_time():
    within = factories.scheme(window="")
    registrations.set_window(within, mode="deadline", opens_at=None, closes_at=LATER, by=SYSTEM, at=AT)
    draft = factories.complete_portfolio(factories.registration(within=within))
    by, end = owner_of(draft), draft.registration.expires_on
    with refused_with(Code.WINDOW_CLOSED):
        actions.submit(draft, by=by, at=LATER)
    with refused_with(Code.REGISTRATION_EXPIRED):
        actions.submit(draft, by=by, at=AT + (end - AT.date()) + timedelta(days=1))
    made = actions.submit(draft, by=by, at=SOON)
    with refused_with(Code.WINDOW_SINCE_CLOSED):
        actions.take_back(made, by=by, at=LATER)
    otis = office()
    actions.begin_check(made, by=otis, at=LATER)
    actions.return_for_correction(made, reasons="A link is broken.", by=otis, at=LATER)
    again = actions.submit(draft, by=by, at=LATER + timedelta(days=20))
    assert queries.current_submission(draft.registration_id) == again
    assert stage_of(again) is Stage.SUBMITTED


def test_after_expiry_nothing_is_handed_in():
    draft = factories.complete_portfolio()
    registrations.expire(draft.registration, by=SYSTEM, at=SOON)
    with refused_with(Code.MOVE_NOT_OPEN):
        actions.submit(draft, by=owner_of(draft), at=SOON)


def test_only_the_candidate_and_the_office_hand_in():
    draft = factories.complete_portfolio()
    with refused_with(Code.NOT_YOURS):
        actions.submit(draft, by=factories.candidate(factories.person("Ruth")), at=AT)
    assert actions.submit(draft, by=office(), at=AT).submitted_by.name == "Otis Example"


def test_a_submission_is_taken_back_until_its_check_begins():
    made = factories.submission()
    by, otis = owner_of(made.portfolio), office()
    actions.take_back(made, by=by, at=SOON)
    assert stage_of(made) is Stage.DRAFTING
    assert queries.current_submission(made.portfolio.registration_id) is None
    with refused_with(Code.SUBMISSION_SET_ASIDE):
        actions.take_back(made, by=by, at=SOON)
    with refused_with(Code.SUBMISSION_SET_ASIDE):
        actions.begin_check(made, by=otis, at=SOON)
    again = actions.submit(made.portfolio, by=by, at=SOON)
    actions.begin_check(again, by=otis, at=SOON)
    with refused_with(Code.CHECK_BEGUN):
        actions.take_back(again, by=by, at=SOON)
    assert queries.submissions_of(made.portfolio.registration_id) == [again, made]


def test_a_check_is_begun_once_and_ends_once():
    made = factories.submission()
    otis = office()
    with refused_with(Code.ROLE_NOT_PERMITTED):
        actions.begin_check(made, by=owner_of(made.portfolio), at=AT)
    actions.begin_check(made, by=otis, at=AT)
    with refused_with(Code.MOVE_NOT_OPEN):
        actions.begin_check(made, by=otis, at=AT)
    assert list(queries.waiting_for_check()) == [made]
    actions.accept(made, by=otis, at=SOON)
    with refused_with(Code.MOVE_NOT_OPEN):
        actions.accept(made, by=otis, at=SOON)
    assert Check.objects.get().is_accepted is True
    assert stage_of(made) is Stage.APPOINTING


def test_a_return_has_reasons_and_opens_the_draft_again():
    made = factories.submission()
    otis = office()
    actions.begin_check(made, by=otis, at=AT)
    with refused_with(Code.REASON_MISSING):
        actions.return_for_correction(made, reasons=" ", by=otis, at=AT)
    actions.return_for_correction(made, reasons="The link in 1a is broken.", by=otis, at=AT)
    draft = made.portfolio
    assert queries.last_return(draft.registration_id).reasons == "The link in 1a is broken."
    factories.write(queries.entry_at(draft, "context"), EntryContent(text="Corrected"))
    again = actions.submit(draft, by=owner_of(draft), at=SOON)
    made.refresh_from_db()
    assert made.set_aside_at == SOON
    assert (again.round, queries.submission_of_round(draft.registration_id, 1)) == (1, again)


@pytest.mark.parametrize("kind", [RoundKind.REVIEW, RoundKind.REASSESSMENT])
def test_a_revision_asks_for_the_open_slots_a_summary_and_a_new_confirmation(kind: RoundKind):
    draft = factories.referred("1a", kind=kind)
    by = owner_of(draft)
    tasks = {task.slot: task for task in queries.task_list(draft, on=AT.date()).tasks}
    assert [slot for slot, task in tasks.items() if task.is_open] == ["1a", "confirmation"]
    with refused_with(Code.CONFIRMATION_MISSING, Code.SUMMARY_MISSING):
        actions.submit(draft, by=by, at=AT)
    actions.confirm(draft, name="Ada", by=by, at=AT)
    actions.summarise_changes(draft, "I reflected more in 1a.", by=by, at=AT)
    made = actions.submit(draft, by=by, at=AT)
    assert (made.round, made.kind) == (2, kind.value)
    assert [each["slot"] for each in made.content["entries"] if each["open"]] == ["1a"]
    assert made.content["summary"] == "<p>I reflected more in 1a.</p>"
    actions.take_back(made, by=by, at=SOON)
    assert stage_of(made) is Stage.REVISING
    again = actions.submit(draft, by=by, at=SOON)
    assert queries.submission_of_round(draft.registration_id, 1).round == 1
    assert queries.current_submission(draft.registration_id) == again
    otis = office()
    actions.begin_check(again, by=otis, at=SOON)
    actions.accept(again, by=otis, at=SOON)
    # What follows from it depends on the panel of the first round, which is not of this floor.
    assert Row.objects.filter(what="accept_for_review").count() == 1


def test_a_revision_is_due_on_its_last_day():
    draft = factories.referred("1a", until=AT.date())
    by = owner_of(draft)
    actions.confirm(draft, name="Ada", by=by, at=AT)
    actions.summarise_changes(draft, "More.", by=by, at=AT)
    with refused_with(Code.REVISION_OVERDUE):
        actions.submit(draft, by=by, at=LATER)
    made = actions.submit(draft, by=by, at=SOON)
    with refused_with(Code.WINDOW_SINCE_CLOSED):
        actions.take_back(made, by=by, at=LATER)


def test_who_reassesses_is_said_by_the_edition_registered_under():
    draft = factories.referred("1a", kind=RoundKind.REASSESSMENT)
    newer = shipped_documents()["cmalt-2026"].replace('code = "cmalt-2026"', 'code = "cmalt-2027"')
    newer = newer.replace("new_panel_on_reassessment = false", "new_panel_on_reassessment = true")
    publish_edition(draft.registration.scheme, newer, in_force_on=AT.date(), by=SYSTEM, at=AT)
    factories.fill(draft)
    actions.summarise_changes(draft, "I rewrote it.", by=owner_of(draft), at=SOON)
    actions.confirm(draft, name="Ada Example", by=owner_of(draft), at=SOON)
    made = actions.submit(draft, by=owner_of(draft), at=SOON)
    assert made.edition.code == "cmalt-2027"
    actions.begin_check(made, by=office(), at=SOON)
    actions.accept(made, by=office(), at=SOON)
    # ACCEPT would have let the office choose a new panel.
    assert Row.objects.filter(what="accept_for_review").count() == 1


def test_reopening_names_slots_of_this_portfolio_or_opens_all():
    made = factories.submission()
    otis = office()
    with refused_with(Code.REVISION_UNKNOWN):
        actions.reopen(made.portfolio, slots=["1a", "6a"], by=otis, at=AT)
    with refused_with(Code.NOT_YOURS):
        actions.reopen(made.portfolio, slots=["1a"], by=owner_of(made.portfolio), at=AT)
    assert actions.reopen(made.portfolio, slots=[], by=otis, at=AT).open_slots is None
    opened = actions.reopen(made.portfolio, slots=["4a", "1a"], by=otis, at=AT)
    assert opened.open_slots == ["1a", "4a", "confirmation"]


def test_a_portfolio_that_stands_elsewhere_is_frozen_with_its_document():
    draft = factories.portfolio()
    by = owner_of(draft)
    factories.write(queries.entry_at(draft, "context"), EntryContent(text="Written before", pages="1"))
    pdf = io.BytesIO(b"%PDF-1.7\nstartxref\n%%EOF")
    actions.hand_over_as_it_is(
        draft, upload=pdf, name="mine.pdf", instructions="Password: heron", by=by, at=AT
    )
    actions.confirm(draft, name="Ada", by=by, at=AT)
    lacking = {each.code for task in queries.task_list(draft, on=AT.date()).tasks for each in task.faults}
    assert lacking == {Code.LOCATION_MISSING}
    for entry in draft.entries.exclude(section="context"):
        factories.write(entry, EntryContent(pages="2 to 4"))
    made = actions.submit(draft, by=by, at=AT)
    assert made.content["form"] == "as_it_is"
    assert made.content["source"]["instructions"] == "Password: heron"
    assert {each["text"] for each in made.content["entries"]} == {""}
    assert (made.words, made.content["evidence"]) == (0, {})
    kept = SubmittedFile.objects.get()
    assert (kept.evidence_key, kept.name) == (None, "mine.pdf")
    with files.read(kept.blob) as stored:
        assert stored.read().startswith(b"%PDF")


def test_submitted_files_open_to_their_candidate_and_the_office():
    draft = factories.portfolio()
    words = io.BytesIO(b"A letter of thanks")
    actions.add_evidence(
        draft,
        kind="file",
        content=queries.PieceContent(title="A letter"),
        upload=words,
        name="a.txt",
        by=owner_of(draft),
        at=AT,
    )
    factories.fill(draft)
    actions.confirm(draft, name="Ada", by=owner_of(draft), at=AT)
    made = actions.submit(draft, by=owner_of(draft), at=AT)
    (kept,) = made.files.all()
    cast = {
        draft.registration.person_id: True,
        office().person: True,
        factories.person("Ruth").pk: False,
        None: False,
    }
    for person, allowed in cast.items():
        assert permissions.can_open_file(person, kept) is allowed
        assert permissions.files_visible_to(person).filter(pk=kept.pk).exists() is allowed
        assert permissions.submissions_visible_to(person).filter(pk=made.pk).exists() is allowed
