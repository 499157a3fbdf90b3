"""Decisions beyond the panel: moderation, ratification, the office's reading of a review."""

from collections.abc import Sequence
from datetime import datetime

from accredit.assessments.actions.decisions import Decision, record_outcome, refuse_undecidable
from accredit.assessments.actions.locking import locked_panel, need_stage
from accredit.assessments.events import OutcomeRatified
from accredit.assessments.models import OVERALL, Appointment, Outcome, Panel, edit_key
from accredit.assessments.permissions import can_moderate, can_ratify, can_read_review, can_run
from accredit.assessments.queries import content_of, edition_of, is_in, round_of, rule_of_panel
from accredit.registrations.actions import move
from accredit.rulebook.decision import move_of_moderator, move_of_reader
from accredit.rulebook.faults import Code
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Move, Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def moderate(
    panel: Panel,
    *,
    outcome: str,
    feedback: str,
    revise: Sequence[str],
    reasons: str,
    by: Actor,
    at: datetime,
) -> Outcome:
    """Decide where the panel could not, or anew where the committee sent it back; the reasons are kept."""
    found = locked_panel(panel.pk, panel.registration_id)
    need_stage(found, Stage.MODERATING, move=Move.MODERATE)
    if not can_moderate(by.person, found):
        refuse(Code.OWN_DECISION)
    if not reasons.strip():
        refuse(Code.REASON_MISSING)
    refuse_undecidable(found, outcome=outcome, feedback=feedback, revise=tuple(revise))
    made = Decision(outcome, feedback, tuple(revise), Outcome.How.MODERATED, reasons)
    decided = record_outcome(found, made, by=by, at=at)
    move(found.registration, move_of_moderator(edition_of(found)), by=by, at=at, data={"panel": found.pk})
    return decided


@action
def read_review(
    panel: Panel,
    *,
    outcome: str,
    feedback: str,
    revise: Sequence[str],
    by: Actor,
    at: datetime,
    reasons: str = "",
) -> Outcome:
    """Decide the review of a minor revision where the edition leaves its reading to the office."""
    found = locked_panel(panel.pk, panel.registration_id)
    need_stage(found, Stage.ASSESSING, move=Move.DECIDE_REVIEW)
    if round_of(found) is not RoundKind.REVIEW or rule_of_panel(found).size:
        refuse(Code.ROLE_NOT_PERMITTED, role=by.role.value, move=Move.DECIDE_REVIEW.value)
    if not can_read_review(by.person, found):
        refuse(Code.OWN_DECISION)
    refuse_undecidable(found, outcome=outcome, feedback=feedback, revise=tuple(revise))
    found.compared_at = at
    found.save(update_fields=["compared_at"])
    made = Decision(outcome, feedback, tuple(revise), Outcome.How.READ_BY_OFFICE, reasons)
    decided = record_outcome(found, made, by=by, at=at)
    move(found.registration, move_of_reader(edition_of(found)), by=by, at=at, data={"panel": found.pk})
    return decided


@action
def ratify(outcome: Outcome, *, by: Actor, at: datetime) -> Outcome:
    """Confirm an outcome for the body; it is held until the office releases it."""
    found = _before_committee(outcome, Move.RATIFY, by)
    found.ratified_at, found.ratified_by_id = at, by.person
    found.save(update_fields=["ratified_at", "ratified_by"])
    move(found.panel.registration, Move.RATIFY, by=by, at=at, data={"outcome": found.pk})
    publish(OutcomeRatified(found.pk))
    return found


@action
def remit(outcome: Outcome, *, reasons: str, by: Actor, at: datetime) -> Outcome:
    """Send an outcome back to be moderated, with the reasons; it stands until the moderator decides anew."""
    found = _before_committee(outcome, Move.REMIT, by)
    if not reasons.strip():
        refuse(Code.REASON_MISSING)
    data: dict[str, object] = {"outcome": found.pk, "code": found.code}
    move(found.panel.registration, Move.REMIT, by=by, at=at, because=reasons.strip(), data=data)
    return found


def _before_committee(outcome: Outcome, what: Move, by: Actor) -> Outcome:
    panel = locked_panel(outcome.panel_id, outcome.panel.registration_id)
    need_stage(panel, Stage.RATIFYING, move=what)
    found = Outcome.objects.get(panel=panel)
    found.panel = panel
    if not can_ratify(by.person, found):
        refuse(Code.OWN_DECISION)
    return found


@action
def edit_feedback(outcome: Outcome, *, feedback: str, by: Actor, at: datetime) -> Outcome:
    """Change the words the candidate will read while the outcome is held; the outcome itself stays."""
    found = _held(outcome, by)
    panel = found.panel
    if not feedback.strip():
        refuse(Code.FEEDBACK_MISSING)
    if found.feedback != feedback.strip():
        before, found.feedback = found.feedback, feedback.strip()
        found.save(update_fields=["feedback"])
        trail.record(
            "feedback_edited",
            by=by,
            at=at,
            subject=found,
            registration=panel.registration_id,
            person=panel.registration.person_id,
            words={"before": before, "after": found.feedback},
        )
    return found


@action
def edit_comment(
    outcome: Outcome, place: Appointment, *, row: str, text: str, by: Actor, at: datetime
) -> None:
    """Change what the candidate reads of one assessor's comment while the outcome is held; the assessment
    itself stays as it was written. Empty leaves a row's comment out; as it was written undoes the edit.

    Refused for a row without a comment, and for an overall comment without words.
    """
    found = _held(outcome, by)
    mine = found.panel.appointments.filter(pk=place.pk, ended_at=None).select_related("assessment").first()
    said = content_of(mine.assessment) if mine is not None and is_in(mine) else None
    written = "" if said is None else said.overall if row == OVERALL else said.comments.get(row, "")
    if not written:
        refuse(Code.ROW_UNKNOWN, section=row[:40])
    now = text.strip()
    if row == OVERALL and not now:
        refuse(Code.FEEDBACK_MISSING)
    key = edit_key(place.pk, row)
    before = found.edited.get(key, written)
    if now == before:
        return
    others = {each: words for each, words in found.edited.items() if each != key}
    found.edited = others if now == written else others | {key: now}
    found.save(update_fields=["edited"])
    trail.record(
        "comment_edited",
        by=by,
        at=at,
        subject=found,
        registration=found.panel.registration_id,
        person=found.panel.registration.person_id,
        data={"row": row},
        words={"before": before, "after": now},
    )


def _held(outcome: Outcome, by: Actor) -> Outcome:
    panel = locked_panel(outcome.panel_id, outcome.panel.registration_id)
    need_stage(panel, Stage.HELD, move=Move.RELEASE_PASS)
    if not can_run(by.person, panel):
        refuse(Code.OWN_DECISION)
    found = Outcome.objects.get(panel=panel)
    found.panel = panel
    return found
