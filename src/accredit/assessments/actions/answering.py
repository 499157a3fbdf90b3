"""Answering an invitation: accepting without a conflict, or leaving the panel."""

from datetime import datetime

from accredit.assessments.actions.appointing import leave
from accredit.assessments.actions.assessors import declare_conflict
from accredit.assessments.actions.locking import locked_appointment, need_author, need_stage
from accredit.assessments.models import Appointment, Assessment
from accredit.assessments.queries import is_in
from accredit.registrations.actions import move
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Move, Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail

_WITH_ASSESSORS = (Stage.APPOINTING, Stage.ASSESSING, Stage.THIRD_ASSESSMENT)


@action
def accept_invitation(appointment: Appointment, *, by: Actor, at: datetime) -> Assessment:
    """Say that one will assess and knows of no conflict of interest; opens the form. Twice is once."""
    found = locked_appointment(appointment)
    need_author(found, by)
    if found.answer == Appointment.Answer.ACCEPTED:
        return found.assessment
    need_stage(found.panel, *_WITH_ASSESSORS, move=Move.COMPARE)
    found.answer, found.answered_at = Appointment.Answer.ACCEPTED, at
    found.declared_none_at = at
    found.save(update_fields=["answer", "answered_at", "declared_none_at"])
    assessment = Assessment.objects.create(appointment=found, submission=found.panel.submission, saved_at=at)
    trail.record(
        "invitation_accepted",
        by=by,
        at=at,
        subject=found,
        registration=found.panel.registration_id,
        person=found.person_id,
        data={"declares_no_conflict": True},
    )
    return assessment


@action
def decline(
    appointment: Appointment, *, reason: str, is_conflict: bool, by: Actor, at: datetime
) -> Appointment:
    """Leave a panel before handing in. A conflict is stored as declared, with its reason; who has accepted
    already hands the portfolio back, and says why. What was typed stays, read by nobody.

    The panel goes back to be appointed; what the others have handed in stays in.
    """
    found = locked_appointment(appointment)
    if found.answer == Appointment.Answer.DECLINED:
        refuse(Code.ALREADY_DECLINED)
    need_author(found, by)
    need_stage(found.panel, *_WITH_ASSESSORS, move=Move.DISSOLVE)
    if is_in(found):
        refuse(Code.ASSESSMENT_IN)
    why = _why(found, is_conflict=is_conflict)
    if why is not Appointment.End.DECLINED and not reason.strip():
        refuse(Code.REASON_MISSING)
    found.answer, found.answered_at, found.reason = Appointment.Answer.DECLINED, at, reason.strip()
    leave(found, why=why, by=by, at=at)
    found.save(update_fields=["answer", "answered_at", "reason"])
    registration = found.panel.registration
    if is_conflict:
        declare_conflict(found.person, registration.person, reason=reason, by=by, at=at)
    if registration.stage == Stage.ASSESSING:
        move(registration, Move.DISSOLVE, by=by, at=at, data={"panel": found.panel_id})
    return found


def _why(place: Appointment, *, is_conflict: bool) -> Appointment.End:
    if is_conflict:
        return Appointment.End.CONFLICT
    has_accepted = place.answer == Appointment.Answer.ACCEPTED
    return Appointment.End.HANDED_BACK if has_accepted else Appointment.End.DECLINED
