"""Filling the form, handing it in, taking it back; the last one in opens the agreement."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from accredit.assessments.actions.agreeing import settle
from accredit.assessments.actions.decisions import Decision, record_outcome
from accredit.assessments.actions.escalating import escalate_spread
from accredit.assessments.actions.keeping import keep_version
from accredit.assessments.actions.locking import locked_appointment, need_author, need_stage
from accredit.assessments.events import AssessmentReopened, AssessmentsCompared, AssessmentSubmitted
from accredit.assessments.models import Appointment, Assessment, Outcome, Panel, Rating, Seat
from accredit.assessments.queries import (
    AssessmentContent,
    content_of,
    earlier_effects,
    edition_of,
    facts_of,
    free_seats,
    is_in,
    places_of,
    round_of,
    slots_of,
    standing_of,
    with_standing,
)
from accredit.registrations.actions import move
from accredit.rulebook import decision
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.workflow import Move, Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import Clash, refuse, refuse_if
from accredit.trail import actions as trail

LONGEST = 50_000  # characters of one field: no comment of a person comes near
# Long, and read once in a process: `rules_of` keeps them by their hash.
DOCUMENTS = (
    "appointment__panel__registration__edition__document",
    "appointment__panel__submission__edition__document",
)


@action
def save_assessment(
    assessment: Assessment, *, content: AssessmentContent, expected: int, by: Actor, at: datetime
) -> Assessment:
    """Keep what has been typed so far; it need not be complete. `expected` is the version it was typed on.

    What stands from an earlier round (`queries.standing_of`) stays, whatever was typed in its place. Raises
    `Clash` when another window has saved since: nothing is written, the view gives the text back.
    """
    Assessment.objects.select_for_update().only("pk").get(pk=assessment.pk)
    rows = Assessment.objects.select_related(
        "appointment__panel__registration__edition", "appointment__panel__submission__edition"
    )
    found = rows.defer(*DOCUMENTS).get(pk=assessment.pk)
    _need_open(found, by)
    if found.version != expected:
        raise Clash(fault(Code.CLASH))
    cleaned = with_standing(_cleaned(content), standing_of(found.appointment))
    panel = found.appointment.panel
    refuse_if(_judged(decision.misplaced, panel, cleaned))
    saved = _write(found, cleaned, at)
    keep_version(saved, cleaned, at)
    return saved


def _need_open(found: Assessment, by: Actor) -> None:
    appointment = found.appointment
    need_author(appointment, by)
    if found.submitted_at is not None:
        refuse(Code.ASSESSMENT_IN)
    third = appointment.seat == Seat.THIRD
    stages = (Stage.THIRD_ASSESSMENT,) if third else (Stage.APPOINTING, Stage.ASSESSING)
    need_stage(appointment.panel, *stages, move=Move.THIRD_IN if third else Move.COMPARE)


def _judged(
    rule: Callable[..., tuple[Fault, ...]], panel: Panel, content: AssessmentContent
) -> tuple[Fault, ...]:
    return rule(
        edition_of(panel),
        panel.registration.pathway,
        slots_of(panel.submission),
        facts_of(content),
        round_kind=round_of(panel),
        earlier=earlier_effects(panel.registration_id, panel.round),
    )


def _text(text: str) -> str:
    text = text.replace("\x00", "").strip()
    if len(text) > LONGEST:
        refuse(Code.TEXT_TOO_LONG, have=len(text), allowed=LONGEST)
    return text


def _cleaned(content: AssessmentContent) -> AssessmentContent:
    return replace(
        content,
        marks={row: mark for row, mark in content.marks.items() if mark},
        comments={row: text for row, raw in content.comments.items() if (text := _text(raw))},
        overall=_text(content.overall),
        private_notes=_text(content.private_notes),
    )


def _write(found: Assessment, content: AssessmentContent, at: datetime) -> Assessment:
    found.outcome, found.overall = content.outcome, content.overall
    found.revise, found.private_notes = list(content.revise), content.private_notes
    found.version += 1
    found.saved_at = at
    found.save(update_fields=["outcome", "overall", "revise", "private_notes", "version", "saved_at"])
    given = sorted({*content.marks, *content.comments})
    Rating.objects.filter(assessment=found).exclude(row__in=given).delete()
    Rating.objects.bulk_create(
        [
            Rating(
                assessment=found,
                row=row,
                mark=content.marks.get(row, ""),
                comment=content.comments.get(row, ""),
            )
            for row in given
        ],
        update_conflicts=True,
        unique_fields=["assessment", "row"],
        update_fields=["mark", "comment"],
    )
    return found


@action
def submit_assessment(
    assessment: Assessment,
    *,
    by: Actor,
    at: datetime,
    content: AssessmentContent | None = None,
    expected: int | None = None,
) -> Assessment:
    """Hand an assessment in, saving `content` first where it comes along. Twice is once.

    The last one in compares them: the members see each other's from then on, exactly once. A review's one
    reader decides by handing in; a third assessor's settles the agreement.
    """
    found = locked_appointment(assessment.appointment)
    need_author(found, by)
    if is_in(found):
        return found.assessment
    if content is not None:
        version = found.assessment.version if expected is None else expected
        save_assessment(found.assessment, content=content, expected=version, by=by, at=at)
    current = Assessment.objects.select_for_update().get(pk=assessment.pk)
    current.appointment = found
    _need_open(current, by)
    refuse_if(_judged(decision.incomplete, found.panel, content_of(current)))
    current.submitted_at = at
    current.save(update_fields=["submitted_at"])
    _record("assessment_submitted", current, by=by, at=at)
    publish(AssessmentSubmitted(current.pk))
    _after(found, by=by, at=at)
    return current


def _record(what: str, assessment: Assessment, *, by: Actor, at: datetime) -> None:
    panel = assessment.appointment.panel
    trail.record(
        what,
        by=by,
        at=at,
        subject=assessment,
        registration=panel.registration_id,
        person=assessment.appointment.person_id,
        data={"version": assessment.version, "round": panel.round},
    )


def _after(place: Appointment, *, by: Actor, at: datetime) -> None:
    panel = place.panel
    places = places_of(panel)
    if place.seat == Seat.THIRD:
        _draw([each for each in places if each.pk == place.pk], after=len(places) - 1)
        panel.registration = move(panel.registration, Move.THIRD_IN, by=by, at=at, data={"panel": panel.pk})
        settle(panel, by=by, at=at)
        return
    expected = panel.registration.stage == Stage.ASSESSING and not free_seats(panel)
    if expected and all(is_in(each) for each in places):
        _compare(panel, places, by=by, at=at)


def _draw(places: list[Appointment], *, after: int = 0) -> None:
    """Number the assessors for the candidate's eyes in an order that says nothing of their seats."""
    secrets.SystemRandom().shuffle(places)
    for number, each in enumerate(places, after + 1):
        each.shown_as = number
        each.save(update_fields=["shown_as"])


def _compare(panel: Panel, places: list[Appointment], *, by: Actor, at: datetime) -> None:
    panel.compared_at = at
    panel.save(update_fields=["compared_at"])
    _draw(list(places))
    what = decision.move_on_last_assessment(edition_of(panel), round_of(panel))
    if what is not Move.COMPARE:
        said = content_of(places[0].assessment)
        made = Decision(said.outcome, said.overall, said.revise, Outcome.How.READ)
        record_outcome(panel, made, by=by, at=at)
    panel.registration = move(panel.registration, what, by=by, at=at, data={"panel": panel.pk})
    if what is Move.COMPARE and not escalate_spread(panel, places, by=by, at=at):
        publish(AssessmentsCompared(panel.pk))


@action
def reopen_assessment(assessment: Assessment, *, by: Actor, at: datetime) -> Assessment:
    """Take one's assessment back to change it, until the last one is in. Twice is once."""
    found = locked_appointment(assessment.appointment)
    need_author(found, by)
    if found.panel.compared_at is not None:
        refuse(Code.ASSESSMENTS_ALL_IN)
    need_stage(found.panel, Stage.APPOINTING, Stage.ASSESSING, move=Move.COMPARE)
    current = found.assessment
    current.appointment = found
    if current.submitted_at is not None:
        current.submitted_at = None
        current.save(update_fields=["submitted_at"])
        _record("assessment_reopened", current, by=by, at=at)
        publish(AssessmentReopened(current.pk))
    return current
