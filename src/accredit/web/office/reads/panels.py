"""Who may sit on a panel, who may not and why, and which seats there are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accredit.assessments.models import Appointment, Panel, Seat
from accredit.assessments.queries import PanelCandidate, candidates_for_panel, seats_for
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Fault
from accredit.rulebook.interest import CONFLICTS
from accredit.toolkit.refusals import Refused
from accredit.web.office.reads.telling import SEATS
from accredit.wording import sentence

# As many as one can weigh at a glance; the others are found by a word.
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One assessor as the panel page lists them."""

    person: int
    name: str
    areas: str
    institutions: str
    work: str
    completed: int
    reasons: tuple[str, ...]
    lead_reasons: tuple[str, ...]
    may_lead: bool
    is_too_close: bool
    has_conflict_set_aside: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """The lines of one list that are shown, of how many that fit what is sought."""

    lines: list[Line]
    total: int

    @property
    def is_cut(self) -> bool:
        """Say whether more fit than are shown."""
        return self.total > len(self.lines)


@dataclass(frozen=True, slots=True)
class Place:
    """A standing place on the panel: who, where, in or not in."""

    appointment: int
    person: int
    name: str
    seat: str
    title: str
    is_in: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Everything the panel page needs: seats, who sits, who may, who may not."""

    registration: Registration
    panel: Panel | None
    seats: tuple[str, ...]
    places: list[Place]
    left: frozenset[int]
    candidates: list[PanelCandidate]

    @property
    def free(self) -> tuple[str, ...]:
        """Return the seats nobody holds."""
        wanted = list(self.seats)
        for each in self.places:
            if each.seat in wanted:
                wanted.remove(each.seat)
        return tuple(wanted)

    @property
    def others(self) -> list[PanelCandidate]:
        """Return the assessors who neither sit on this panel nor have left it."""
        taken = self.left | {each.person for each in self.places}
        return [each for each in self.candidates if each.profile.pk not in taken]

    def may(self, *, lead: bool = False, wanted: str = "", kept: frozenset[int] = frozenset()) -> "Listed":
        """Return who may be appointed (as lead), the least busy first; `kept` whatever is sought."""
        found = [each for each in self.others if not (each.as_lead if lead else each.as_member)]
        return _listed(found, wanted, kept)

    def may_not(self, *, lead: bool = False, wanted: str = "") -> "Listed":
        """Return who may not, with the reasons in words."""
        found = [each for each in self.others if (each.as_lead if lead else each.as_member)]
        return _listed(found, wanted, frozenset(), lead=lead)

    def choices(self) -> list[tuple[int, str]]:
        """Return everybody whom a form may name; the rules judge them, not the form."""
        return [(each.profile.pk, each.profile.name) for each in self.candidates]

    def named(self, refused: Refused, chosen: dict[str, int]) -> list[tuple[str, str]]:
        """Return each fault with the field of the seat it speaks of, '' for the whole panel."""
        return [pair for each in dict.fromkeys(refused.faults) for pair in self._name(each, chosen)]

    def _name(self, given: Fault, chosen: dict[str, int]) -> list[tuple[str, str]]:
        known = {each.profile.pk: each for each in self.candidates}
        found = [
            (field, f"{known[person].profile.name}: {sentence(given)}")
            for field, person in chosen.items()
            if person in known
            and given in (known[person].as_lead if field == Seat.LEAD else known[person].as_member)
        ]
        return found or [("", sentence(given))]


def table_of(submission: Submission, on: date) -> Table:
    """Return the panel table of a submission's round: eight queries."""
    registration = submission.portfolio.registration
    rows = Appointment.objects.filter(panel__registration=registration, panel__round=registration.round)
    places = list(rows.select_related("panel", "person", "assessment").order_by("pk"))
    return Table(
        registration=registration,
        panel=places[0].panel if places else None,
        seats=seats_for(registration, submission),
        places=[_place(each) for each in places if each.ended_at is None],
        left=frozenset(each.person_id for each in places if each.ended_at is not None),
        candidates=candidates_for_panel(registration, on),
    )


def _place(each: Appointment) -> Place:
    assessment: Any = getattr(each, "assessment", None)
    return Place(
        appointment=each.pk,
        person=each.person_id,
        name=each.person.name,
        seat=each.seat,
        title=str(SEATS.get(each.seat, each.seat)),
        is_in=assessment is not None and assessment.submitted_at is not None,
    )


def _listed(found: list[PanelCandidate], wanted: str, kept: frozenset[int], *, lead: bool = False) -> Listed:
    fit = [each for each in found if each.profile.pk in kept or _fits(each, wanted)]
    fit.sort(key=lambda each: each.profile.pk not in kept)
    return Listed([_line(each, lead=lead) for each in fit[:SHOWN]], len(fit))


def _fits(each: PanelCandidate, wanted: str) -> bool:
    """Say whether every word sought stands in the name, an institution or an area."""
    text = " ".join((each.profile.name, *each.institutions, *each.areas)).casefold()
    return all(word in text for word in wanted.casefold().split())


def _line(each: PanelCandidate, *, lead: bool = False) -> Line:
    faults = each.as_lead if lead else each.as_member
    return Line(
        person=each.profile.pk,
        name=each.profile.name,
        areas=", ".join(each.areas),
        institutions=", ".join(each.institutions),
        work=_("%(load)s of %(at_most)s") % {"load": each.load, "at_most": each.at_most},
        completed=each.completed,
        reasons=tuple(sentence(fault) for fault in faults),
        lead_reasons=tuple(sentence(fault) for fault in each.as_lead if fault not in each.as_member),
        may_lead=not each.as_lead,
        has_conflict_set_aside=each.has_conflict_set_aside,
        is_too_close=any(fault.code in CONFLICTS for fault in faults),
    )


@dataclass(frozen=True, slots=True)
class Box:
    """The control that puts one person into one seat."""

    seat: str
    title: str
    id: str
    value: int
    is_many: bool
    is_checked: bool
    reasons: tuple[str, ...]


def boxes(line: Line, seats: Sequence[str], picked: Callable[[str], set[str]]) -> list[Box]:
    """Return a control for each kind of seat; a seat this person may not take has the reasons instead."""
    return [
        Box(
            seat=seat,
            title=str(SEATS[seat]),
            id=f"id_{seat}_{line.person}",
            value=line.person,
            is_many=seats.count(seat) > 1,
            is_checked=str(line.person) in picked(seat),
            reasons=line.lead_reasons if seat == Seat.LEAD and not line.may_lead else (),
        )
        for seat in dict.fromkeys(seats)
    ]
