"""Asking for exports, and writing down how far they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from accredit.assessments.models import Appointment
from accredit.assessments.permissions import can_assess
from accredit.exchange.events import ExportAsked
from accredit.exchange.models import Export
from accredit.exchange.permissions import can_export, reading_copies_of
from accredit.exchange.queries import outlived, same_asked
from accredit.exchange.writers import WRITERS
from accredit.files import actions as files
from accredit.files.models import Blob
from accredit.portfolios.models import Portfolio, Submission
from accredit.rulebook.faults import Code, Fault
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def ask_export(
    portfolio: Portfolio, *, form: str, submission: Submission | None = None, by: Actor, at: datetime
) -> Export:
    """Ask for a portfolio as a document: of the draft as it stands, or (with `submission`) of a frozen copy.

    Refused to everybody but its candidate, and for a form there is none of. What is under way or ready
    already is not made twice: of a frozen copy for as long as it is kept, of a draft for a minute.
    """
    if form not in WRITERS:
        refuse(Code.EXPORT_FORM_UNKNOWN, value=form[:80])
    locked = (
        Portfolio.objects.select_for_update(of=("self",)).select_related("registration").get(pk=portfolio.pk)
    )
    is_of_it = submission is None or submission.portfolio_id == locked.pk
    if by.person is None or not (can_export(by.person, locked) and is_of_it):
        refuse(Code.NOT_YOURS)
    existing = same_asked(locked, submission, form, at)
    if existing is not None:
        return existing
    Export.objects.filter(portfolio=locked, submission=submission, form=form, place=None).delete()
    made = Export.objects.create(
        portfolio=locked, submission=submission, form=form, asked_by_id=by.person, asked_at=at
    )
    publish(ExportAsked(made.pk))
    return made


@action
def ask_reading_copy(place: Appointment, *, by: Actor, at: datetime) -> Export:
    """Ask for what one assesses as a PDF to read offline, marked with one's name on every page, and logged.

    Refused to everybody but whose place it is, accepted and not ended. One that is under way or ready is not
    made twice.
    """
    rows = Appointment.objects.select_for_update(of=("self",))
    found = rows.select_related("panel__submission__portfolio__registration").get(pk=place.pk)
    if by.person != found.person_id or not can_assess(by.person, found):
        refuse(Code.NOT_YOURS)
    existing = reading_copies_of(found).filter(fault__isnull=True).first()
    if existing is not None:
        return existing
    Export.objects.filter(place=found).delete()
    submission = found.panel.submission
    made = Export.objects.create(
        portfolio=submission.portfolio,
        submission=submission,
        place=found,
        form="pdf",
        asked_by_id=found.person_id,
        asked_at=at,
    )
    _record("reading_copy_asked", found, by=by, at=at)
    publish(ExportAsked(made.pk))
    return made


@action
def take_reading_copy(export: Export, *, by: Actor, at: datetime) -> Blob:
    """Fetch a copy made for oneself; every fetching is logged. Refused to everybody else."""
    place = Appointment.objects.select_related("panel__registration").filter(pk=export.place_id or 0).first()
    if place is None or by.person != place.person_id:
        refuse(Code.NOT_YOURS)
    found = reading_copies_of(place).filter(pk=export.pk).first()
    if found is None or found.blob is None:
        refuse(Code.NOT_YOURS)
    _record("reading_copy_taken", place, by=by, at=at)
    return found.blob


def _record(what: str, place: Appointment, *, by: Actor, at: datetime) -> None:
    registration = place.panel.registration_id
    trail.record(
        what, by=by, at=at, subject=place, registration=registration, person=place.person_id, data={}
    )


@action
def claim_export(export: Export, *, of: int, at: datetime) -> bool:
    """Take an export to make it, in `of` steps; False when another worker has it or it is done meanwhile."""
    locked = Export.objects.select_for_update().filter(pk=export.pk, made_at=None, fault__isnull=True).first()
    if locked is None or locked.claimed_at != export.claimed_at:
        return False
    locked.claimed_at, locked.done, locked.of = at, 0, of
    locked.save(update_fields=["claimed_at", "done", "of"])
    return True


@action
def note_progress(export: Export, *, done: int) -> None:
    """Write down how many steps are done."""
    Export.objects.filter(pk=export.pk).update(done=done)


@action
def finish_export(
    export: Export, content: IO[bytes], *, name: str, remarks: Sequence[Fault] = (), at: datetime
) -> None:
    """Keep the finished file; `remarks` say what it could not hold as the portfolio does."""
    blob = files.keep_made(content, media_type=WRITERS[export.form].media_type, at=at)
    told = [[each.code.value, dict(each.values)] for each in remarks]
    Export.objects.filter(pk=export.pk, made_at=None).update(
        blob=blob, name=name, made_at=at, fault=told or None
    )


@action
def fail_export(export: Export, *, faults: Sequence[Fault], at: datetime) -> None:
    """Write down why an export could not be made; it may be asked for again."""
    told = [[each.code.value, dict(each.values)] for each in faults]
    Export.objects.filter(pk=export.pk, made_at=None).update(fault=told, claimed_at=at)


@action
def forget_exports(*, at: datetime) -> int:
    """Take exports off their lists when their time is over, and say how many."""
    gone, _by_kind = outlived(at).delete()
    return gone
