"""Who sees what of a panel: the blinding table of the architecture, as two reads.

Nothing outside this module hands out another person's assessment, and neither read returns models,
so that private notes, counts and times cannot slip through a template.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from accredit.assessments.models import (
    Appeal,
    Appointment,
    Assessment,
    Outcome,
    Panel,
    PanelMessage,
    Proposal,
    Reply,
    Seat,
)
from accredit.assessments.queries.forms import content_of
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import Actor


@dataclass(frozen=True, slots=True)
class SeenAssessment:
    """One assessment as this reader may see it; `private_notes` are filled for the author alone."""

    appointment: int
    person: int
    name: str
    seat: str
    is_mine: bool
    submitted_at: datetime | None
    outcome: str
    overall: str
    revise: tuple[str, ...]
    marks: Mapping[str, str]
    comments: Mapping[str, str]
    private_notes: str


@dataclass(frozen=True, slots=True)
class SeatProgress:
    """A seat as this reader may know it: `is_in` says in or not in, and nothing of the content."""

    appointment: int
    person: int
    name: str
    seat: str
    answer: str
    reason: str
    is_mine: bool
    is_in: bool


def _assessment(each: Appointment) -> Assessment | None:
    return getattr(each, "assessment", None)


def is_in(each: Appointment) -> bool:
    """Say whether an appointment's assessment has been handed in."""
    found = _assessment(each)
    return found is not None and found.submitted_at is not None


def _is_called(row: Panel, to: Actor) -> bool:
    """Say whether a moderator, the committee or the reviewer of an appeal has been asked about this panel."""
    if to.role is Role.MODERATOR and row.registration.stage == Stage.APPEALING:
        mine = Appeal.objects.filter(reviewer_id=to.person, decided_at=None)
        return to.person is not None and mine.filter(outcome__panel=row).exists()
    if to.role is Role.MODERATOR and row.registration.stage == Stage.MODERATING:
        return row.round == row.registration.round
    decided = Outcome.objects.filter(panel=row)
    if to.role is Role.MODERATOR:
        decided = decided.filter(how=Outcome.How.MODERATED)
    return decided.exists()


def _own(places: list[Appointment], to: Actor) -> Appointment | None:
    """Return the reader's own place on the panel."""
    return next((each for each in places if each.person_id == to.person and to.person is not None), None)


def is_open_to(row: Panel, places: list[Appointment], to: Actor) -> bool:
    """Say whether a panel's assessments, once in, are open to this reader.

    A seat whose own assessment is not in blinds its holder in every role; the candidate reads the
    transcript and nothing here.
    """
    own = _own(places, to)
    if row.compared_at is None or to.person == row.registration.person_id:
        return False
    if own is not None and not is_in(own):
        return False
    if to.role is Role.ASSESSOR:
        return own is not None
    if to.role in {Role.MODERATOR, Role.COMMITTEE}:
        return _is_called(row, to)
    return to.role is Role.OFFICE


def places_of(row: Panel) -> list[Appointment]:
    """Return the places that have not ended, by seat, with their assessments: not for pages."""
    return places_by_panel([row])[row.pk]


def places_by_panel(rows: Iterable[Panel]) -> dict[int, list[Appointment]]:
    """Return the same of several panels: one query."""
    known, seats = {row.pk: row for row in rows}, list(Seat)
    found: dict[int, list[Appointment]] = {key: [] for key in known}
    places = Appointment.objects.filter(panel__in=list(known), ended_at=None)
    for each in places.select_related("person", "assessment").order_by("pk"):
        each.panel = known[each.panel_id]
        found[each.panel_id].append(each)
    for listed in found.values():
        listed.sort(key=lambda each: seats.index(Seat(each.seat)))
    return found


def with_ratings(places: Iterable[Appointment]) -> list[Appointment]:
    """Return places whose assessments are in, the marks of all of them read in one query."""
    found = list(places)
    prefetch_related_objects([each.assessment for each in found], "ratings")
    return found


def visible_assessments(row: Panel, *, to: Actor) -> tuple[SeenAssessment, ...]:
    """Return the assessments of a panel this reader may see: their own, and the others' once open to them.

    At most four queries, given a panel with its registration.
    """
    places = places_of(row)
    is_open = is_open_to(row, places, to)
    seen = [
        each for each in places if _assessment(each) and (_is_author(each, to) or (is_open and is_in(each)))
    ]
    if not seen or to.person == row.registration.person_id:
        return ()
    prefetch_related_objects([each.assessment for each in seen], "ratings")
    return tuple(_seen(each, to) for each in seen)


def _is_author(each: Appointment, to: Actor) -> bool:
    return to.role is Role.ASSESSOR and to.person is not None and each.person_id == to.person


def _seen(each: Appointment, to: Actor) -> SeenAssessment:
    content = content_of(each.assessment)
    mine = each.person_id == to.person
    return SeenAssessment(
        appointment=each.pk,
        person=each.person_id,
        name=each.person.name,
        seat=each.seat,
        is_mine=mine,
        submitted_at=each.assessment.submitted_at,
        outcome=content.outcome,
        overall=content.overall,
        revise=content.revise,
        marks=content.marks,
        comments=content.comments,
        private_notes=content.private_notes if mine else "",
    )


def progress(row: Panel, *, to: Actor) -> tuple[SeatProgress, ...]:
    """Return the seats this reader may know of: all for the office, for a member their own until all are in.

    Neither names nor "in" of a co-assessor show before; a third assessor shows once in.
    """
    places = places_of(row)
    own = _own(places, to)
    candidate = to.person == row.registration.person_id
    all_seats = to.role is Role.OFFICE and not candidate and (own is None or is_in(own))
    is_open = is_open_to(row, places, to)
    return tuple(
        SeatProgress(
            appointment=each.pk,
            person=each.person_id,
            name=each.person.name,
            seat=each.seat,
            answer=each.answer,
            reason=each.reason if all_seats or each is own else "",
            is_mine=each is own,
            is_in=is_in(each),
        )
        for each in places
        if not candidate and (all_seats or each is own or (is_open and is_in(each)))
    )


def has_left(row: Panel) -> list[Appointment]:
    """Return the places that ended, with their reasons: for the office."""
    return list(row.appointments.exclude(ended_at=None).select_related("person").order_by("ended_at", "id"))


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a panel has proposed and answered, and what its members have written, each in order."""

    proposals: tuple[Proposal, ...] = ()
    messages: tuple[PanelMessage, ...] = ()


def exchange_of(row: Panel, *, to: Actor) -> Exchange:
    """Return the exchange of a panel: for its members and its moderator; to others it is empty."""
    if to.role not in {Role.ASSESSOR, Role.MODERATOR} or not is_open_to(row, places_of(row), to):
        return Exchange()
    found = Proposal.objects.filter(panel=row).select_related("made_by__person")
    replies = Prefetch("replies", Reply.objects.select_related("made_by__person").order_by("made_at", "pk"))
    return Exchange(
        tuple(found.prefetch_related(replies).order_by("made_at", "pk")),
        tuple(row.messages.select_related("made_by__person").order_by("made_at", "pk")),
    )
