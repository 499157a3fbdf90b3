"""Handing a portfolio in, taking it back, opening it again after a referral."""

from collections.abc import Iterable
from datetime import datetime

from accredit.frameworks.models import Edition
from accredit.frameworks.queries import edition_in_force, rules_of
from accredit.portfolios.actions.desk import Desk, lock
from accredit.portfolios.actions.snapshots import plan_snapshots
from accredit.portfolios.events import PortfolioReopened, SubmissionMade, SubmissionTakenBack
from accredit.portfolios.models import Evidence, Portfolio, Snapshot, Submission, SubmittedFile, Visibility
from accredit.portfolios.queries import Draft, draft_of, facts_of_draft, freeze, sha256_of, submitted_words
from accredit.registrations.actions import move
from accredit.registrations.queries import is_window_open
from accredit.rulebook import requirements
from accredit.rulebook.faults import Code
from accredit.rulebook.framework import SectionKind
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import EDITABLE, Move, Role, Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse, refuse_if


@action
def submit(portfolio: Portfolio, *, by: Actor, at: datetime) -> Submission:
    """Freeze the portfolio and hand it in. Refused with everything it lacks, or when it is not the time.

    A first submission needs an open window and a registration that has not run out; a revision its last
    day not to be over; a portfolio returned for correction was in time already. Of two submissions at
    once the second is refused.
    """
    desk = lock(portfolio.pk, by=by)
    _require_time(desk, at)
    draft = draft_of(desk.portfolio)
    refuse_if(requirements.unmet(draft.rules, facts_of_draft(draft, on=desk.today(at))))
    registration = desk.registration
    rounds = Submission.objects.filter(portfolio=desk.portfolio, round=registration.round)
    rounds.filter(set_aside_at=None).update(set_aside_at=at)
    content = freeze(draft)
    submission = Submission.objects.create(
        portfolio=desk.portfolio,
        round=registration.round,
        kind=registration.round_kind,
        edition=_edition_for(desk, at),
        content=content,
        sha256=sha256_of(content),
        words=submitted_words(draft),
        submitted_at=at,
        submitted_by_id=by.person,
    )
    SubmittedFile.objects.bulk_create(_files(submission, draft))
    plan_snapshots(submission, by=by, at=at)
    data: dict[str, object] = {"submission": submission.pk, "sha256": submission.sha256}
    move(registration, Move.SUBMIT, by=by, at=at, data=data)
    publish(SubmissionMade(submission.pk, registration.pk))
    return submission


def _require_time(desk: Desk, at: datetime) -> None:
    stage = Stage(desk.registration.stage)
    if stage is Stage.SUBMITTED:
        refuse(Code.ALREADY_SUBMITTED)
    if stage not in EDITABLE:
        refuse(Code.MOVE_NOT_OPEN, stage=stage.value, move=Move.SUBMIT.value)
    if stage is not Stage.RETURNED:
        _require_not_over(desk, at)


def _require_not_over(desk: Desk, at: datetime) -> None:
    registration, today = desk.registration, desk.today(at)
    if registration.round_kind != RoundKind.FIRST.value:
        if registration.revise_until is not None and today > registration.revise_until:
            refuse(Code.REVISION_OVERDUE, date=registration.revise_until.isoformat())
        return
    if today > registration.expires_on:
        refuse(Code.REGISTRATION_EXPIRED, date=registration.expires_on.isoformat())
    if not is_window_open(registration.scheme, at):
        refuse(Code.WINDOW_CLOSED)


def _edition_for(desk: Desk, at: datetime) -> Edition:
    """Return the edition in force, whose form and outcomes this submission keeps.

    An edition that no longer knows the pathway or this kind of round cannot judge it; then the one that
    governed the round before, or the registration, goes on doing so.
    """
    registration = desk.registration
    earlier = desk.portfolio.submissions.select_related("edition").order_by("-id").first()
    in_force = edition_in_force(registration.scheme, desk.today(at))
    for edition in (in_force, earlier.edition if earlier else registration.edition):
        rules = rules_of(edition)
        knows_pathway = registration.pathway in {each.code for each in rules.pathways}
        if knows_pathway and RoundKind(registration.round_kind) in rules.rounds:
            return edition
    return registration.edition


def _files(submission: Submission, draft: Draft) -> Iterable[SubmittedFile]:
    source = draft.portfolio.source_blob if draft.is_as_it_is else None
    if source is not None:
        name = draft.portfolio.source_name
        yield SubmittedFile(submission=submission, blob=source, name=name, visibility=Visibility.ALL)
    frozen = {int(key) for key, piece in submission.content["evidence"].items() if piece["file"]}
    for piece in Evidence.objects.filter(pk__in=frozen).select_related("blob", "captions").order_by("pk"):
        if piece.blob is not None:
            yield SubmittedFile(
                submission=submission,
                blob=piece.blob,
                captions=piece.captions,
                evidence_key=piece.pk,
                name=piece.file_name,
                visibility=piece.visibility,
            )


@action
def take_back(submission: Submission, *, by: Actor, at: datetime) -> Portfolio:
    """Take a submission back to go on writing, until its check begins; the copy is kept, set aside.

    Refused when the time to hand it in again is over: the office can return it for correction instead.
    """
    desk = lock(submission.portfolio_id, by=by)
    stage = Stage(desk.registration.stage)
    current = Submission.objects.filter(pk=submission.pk, set_aside_at=None).first()
    if current is None:
        refuse(Code.SUBMISSION_SET_ASIDE)
    if stage is Stage.CHECKING:
        refuse(Code.CHECK_BEGUN)
    if stage is Stage.SUBMITTED and not _may_come_again(desk, at):
        refuse(Code.WINDOW_SINCE_CLOSED)
    is_first = desk.registration.round_kind == RoundKind.FIRST.value
    what = Move.TAKE_BACK if is_first else Move.TAKE_BACK_REVISION
    move(desk.registration, what, by=by, at=at, data={"submission": current.pk})
    current.set_aside_at = submission.set_aside_at = at
    current.save(update_fields=["set_aside_at"])
    publish(SubmissionTakenBack(current.pk, desk.registration.pk))
    return desk.portfolio


@action
def hand_in_as_before(
    submission: Submission, *, number: int, kind: RoundKind, by: Actor, at: datetime
) -> Submission:
    """Put what was handed in before a new panel, as it was: text, files and what its links answered.

    For a result that was set aside; the candidate's portfolio is not touched.
    """
    again = Submission.objects.get(pk=submission.pk)
    again.pk, again.round, again.kind = None, number, kind.value
    again.submitted_at, again.submitted_by_id = at, by.person
    again.save(force_insert=True)
    files = list(submission.files.order_by("pk"))
    for file in files:
        file.pk, file.submission = None, again
    SubmittedFile.objects.bulk_create(files)
    snapshots = list(submission.snapshots.order_by("pk"))
    for snapshot in snapshots:
        snapshot.pk, snapshot.submission = None, again
    Snapshot.objects.bulk_create(snapshots)
    return again


def _may_come_again(desk: Desk, at: datetime) -> bool:
    registration, today = desk.registration, desk.today(at)
    if registration.round_kind != RoundKind.FIRST.value:
        return registration.revise_until is None or today <= registration.revise_until
    return today <= registration.expires_on and is_window_open(registration.scheme, at)


@action
def reopen(portfolio: Portfolio, *, slots: Iterable[str], by: Actor, at: datetime) -> Portfolio:
    """Open the named slots for revision, with the summary of changes and a new confirmation.

    No slot named: all are open. Refused when a slot is not one of this portfolio. Called on the release
    of a referral, before the move.
    """
    if by.role is Role.CANDIDATE:
        refuse(Code.NOT_YOURS)
    desk = lock(portfolio.pk, by=by)
    draft = draft_of(desk.portfolio)
    confirmations = [each.code for each in draft.sections if each.kind is SectionKind.CONFIRMATION]
    known = [draft.slot(entry) for section in draft.sections for entry in draft.of_section(section.code)]
    named = [slot for slot in slots if slot not in confirmations]
    for slot in named:
        if slot not in known:
            refuse(Code.REVISION_UNKNOWN, section=slot)
    opened = desk.portfolio
    opened.open_slots = [slot for slot in known if slot in named] + confirmations if named else None
    opened.summary_of_changes, opened.confirmed_name, opened.confirmed_on = "", "", None
    opened.version += 1
    opened.save()
    publish(PortfolioReopened(opened.pk, desk.registration.pk))
    return opened
