"""The question a draft puts to the allocation: built from the record, in numbers and without a name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from accredit.allocation.problem import Assessor as Column
from accredit.allocation.problem import Bar, Bars, Problem, Seat
from accredit.allocation.problem import Portfolio as Row
from accredit.assessments.models import Appointment, Draft, DraftPanel, DraftSeat
from accredit.assessments.queries.assessors import willing
from accredit.assessments.queries.fitting import Suiting, suiting, weights_of
from accredit.assessments.queries.judging import Judged, Offer, judged, work_of_people
from accredit.frameworks.queries import rules_of
from accredit.rulebook import facts, panel
from accredit.rulebook.faults import Code
from accredit.rulebook.framework import Edition, PanelRule
from accredit.rulebook.interest import are_strangers
from accredit.rulebook.terms import RoundKind

LEAD = "lead"
# What the allocation counts by itself, with everything it gives out at once.
COUNTED = frozenset({Code.AT_CAPACITY, Code.YEAR_FULL})
BARS: Mapping[Code, Bar] = {
    Code.OWN_PORTFOLIO: Bar.OWN,
    Code.NOT_HOLDER: Bar.PATHWAY,
    Code.SAME_INSTITUTION: Bar.INSTITUTION,
    Code.SAME_PARENT_INSTITUTION: Bar.INSTITUTION,
    Code.SAME_BY_ADDRESS: Bar.INSTITUTION,
    Code.ASSESSED_EARLIER: Bar.EARLIER,
    Code.SAT_ON_APPEALED: Bar.EARLIER,
    Code.UNWILLING: Bar.UNWILLING,
    Code.AWAY: Bar.AWAY,
}


def open_draft(scheme: int) -> Draft | None:
    """Return the panels in preparation, if any are."""
    return Draft.objects.filter(scheme_id=scheme, published_at=None, dropped_at=None).first()


def drafted(draft: Draft) -> list[DraftPanel]:
    """Return the registrations of a draft with what their rules are read from, by number; two queries."""
    rows = draft.panels.select_related(
        "registration__person", "registration__edition", "registration__scheme"
    )
    return list(rows.prefetch_related("forbidden").order_by("registration_id"))


def rule_of(registration: Any) -> tuple[PanelRule, Edition]:
    """Return the panel rule of a registration's present round, and the edition it is of."""
    edition = rules_of(registration.edition)
    return panel.rule_for_round(edition, RoundKind(registration.round_kind)), edition


def standing_places(registrations: Iterable[int]) -> dict[int, list[Appointment]]:
    """Return who sits on the panel of each registration's present round already, and who has left it."""
    rows = Appointment.objects.filter(panel__registration__in=list(registrations), seat__in=_SEATS)
    found: dict[int, list[Appointment]] = defaultdict(list)
    for each in rows.select_related("panel__registration", "assessment").order_by("pk"):
        if each.panel.round == each.panel.registration.round:
            found[each.panel.registration_id].append(each)
    return found


_SEATS = ("lead", "second", "member")


def is_fixed(place: Appointment, draft: Draft) -> bool:
    """Say whether a place stands whatever the draft says: accepted, or invited and this is no repair."""
    return place.answer == Appointment.Answer.ACCEPTED or not draft.is_repair


def seat_names(rule: PanelRule, seats: Iterable[tuple[int, bool]], held: Mapping[int, str]) -> dict[int, str]:
    """Return the seat of each person: leads lead; who holds another one keeps it; the rest in order."""
    seats, free = list(seats), list(panel.seats_of(rule))
    found: dict[int, str] = {}
    for person, lead in sorted(seats, key=lambda each: (not each[1], each[0] not in held, each[0])):
        wanted = LEAD if lead else held.get(person, "")
        name = wanted if wanted in free else next((each for each in free if lead or each != LEAD), "member")
        found[person] = name
        if name in free:
            free.remove(name)
    return found


@dataclass(frozen=True)
class _Table:
    """What the problem is built from; `people` are the columns, by their order."""

    draft: Draft
    panels: list[DraftPanel]
    people: Mapping[int, int]
    places: Mapping[int, list[Appointment]]
    on: date


def problem_of(draft: Draft, on: date) -> Problem:
    """Return the whole question of a draft on a day, numbered by the keys of registrations and persons. The
    same number of queries however many of either there are."""
    panels = drafted(draft)
    places = standing_places(each.registration_id for each in panels)
    rows = {row.person_id: row for row in willing()}
    sitting = {each.person_id for of_one in places.values() for each in of_one if each.ended_at is None}
    seats = list(DraftSeat.objects.filter(panel__draft=draft).select_related("panel"))
    people = sorted({*rows, *sitting, *(each.person_id for each in seats if each.is_locked)})
    offers = {person: Offer.of(row, int(getattr(row, "past", 0))) for person, row in rows.items()}
    registrations = [each.registration for each in panels]
    judgements = list(judged(people, registrations, on, offers=offers, due=draft.due_on))
    table = _Table(draft, panels, {person: column for column, person in enumerate(people)}, places, on)
    new = frozenset(person for person, each in _first(judgements).items() if _is_new(each, panels))
    suits = suiting(people, registrations, weights_of(draft.scheme), new)
    return Problem(
        portfolios=tuple(_row(each) for each in panels),
        assessors=_columns(table, judgements, offers),
        fit=_fits(table, suits),
        bars=_bars(table, judgements),
        distinct_groups=any(rule_of(each)[0].distinct_institutions for each in registrations),
        locked=tuple(_seats(table, seats, locked=True)),
        current=tuple(_seats(table, seats, locked=False)),
        keeps_current=draft.is_repair,
    )


def _first(judgements: list[Judged]) -> Mapping[int, facts.Assessor]:
    return judgements[0].assessors if judgements else {}


def _is_new(assessor: facts.Assessor, panels: list[DraftPanel]) -> bool:
    needed = max((rule_of(each.registration)[0].assessments_before_lead for each in panels), default=0)
    return assessor.completed < needed


def _row(each: DraftPanel) -> Row:
    rule, _ = rule_of(each.registration)
    return Row(each.registration_id, rule.size, rule.leads)


def _columns(table: _Table, judgements: list[Judged], offers: Mapping[int, Offer]) -> tuple[Column, ...]:
    """What each offers beyond what they have under way elsewhere; what stands on these panels takes a place
    of it like any other seat."""
    here = defaultdict[int, int](int)
    for of_one in table.places.values():
        for each in of_one:
            here[each.person_id] += each.ended_at is None
    work, known = work_of_people(list(table.people), table.on), _first(judgements)
    rules = {rule_of(each.registration)[0] for each in table.panels}
    found = []
    for person in table.people:
        _, load, begun = work.get(person, (0, 0, 0))
        load, begun, offer = load - here[person], begun - here[person], offers.get(person)
        places = max(offer.at_most - load, 0) if offer else 0
        if offer and offer.per_year is not None:
            places = min(places, max(offer.per_year - begun, 0))
        groups = {each for rule in rules for each in panel.groups_of(rule, known[person], table.on)}
        found.append(Column(person, places, load=max(load, 0), groups=frozenset(groups)))
    return tuple(found)


def _fits(table: _Table, suits: Suiting) -> Any:
    rows = [[suits.fit(each.registration_id, person) for person in table.people] for each in table.panels]
    return np.array(rows, np.int32).reshape(len(table.panels), len(table.people))


def _bars(table: _Table, judgements: list[Judged]) -> Bars:
    """The hard rules against each pair. Most pairs are strangers: what speaks against a person then is the
    same for every registration of a pathway, edition and kind of round."""
    found = np.zeros((len(table.panels), len(table.people)), np.uint16)
    known: dict[tuple[object, ...], Bars] = {}
    for row, (each, judgement) in enumerate(zip(table.panels, judgements, strict=True)):
        rule, edition = rule_of(each.registration)
        candidate, assessors = judgement.candidate, judgement.assessors
        group = (each.registration.edition_id, candidate.pathway, candidate.round)
        if group not in known:
            nobody = replace(candidate, person=0, institutions=(), earlier_panel=frozenset())
            bare = (replace(assessors[one], conflicts=()) for one in table.people)
            known[group] = np.array([_barred(rule, edition, one, nobody) for one in bare], np.uint16)
        found[row] = known[group]
        for person, column in table.people.items():
            if not are_strangers(assessors[person], candidate):
                found[row, column] = _barred(rule, edition, assessors[person], candidate)
        _keep_off(table, each, found[row])
    return found


def _barred(rule: PanelRule, edition: Edition, assessor: facts.Assessor, candidate: facts.Candidate) -> Bar:
    member = panel.faults_of_assessor(rule, edition, assessor, candidate, lead=False)
    lead = panel.faults_of_assessor(rule, edition, assessor, candidate, lead=True)
    bars = Bar(0)
    for each in member:
        if each.code not in COUNTED:
            bars |= BARS.get(each.code, Bar.CONFLICT)
    return bars | Bar.NOT_LEAD if set(lead) - set(member) else bars


def _keep_off(table: _Table, each: DraftPanel, bars: Bars) -> None:
    """Whom the office forbids, and who has left this panel already."""
    left = {one.person_id for one in table.places.get(each.registration_id, ()) if one.ended_at is not None}
    forbidden = {one.person_id for one in each.forbidden.all()}
    for person in left | forbidden:
        if person in table.people:
            bars[table.people[person]] |= np.uint16(Bar.FORBIDDEN)


def _seats(table: _Table, seats: list[DraftSeat], *, locked: bool) -> Iterable[Seat]:
    """The seats that stand in every answer, or those of which as few as possible should change."""
    rows = {each.registration_id: row for row, each in enumerate(table.panels)}
    taken: set[tuple[int, int]] = set()
    for registration, places in table.places.items():
        for each in places:
            if each.ended_at is None and is_fixed(each, table.draft) is locked:
                taken.add((registration, each.person_id))
                yield Seat(rows[registration], table.people[each.person_id], each.seat == LEAD)
    for one in seats:
        where = (one.panel.registration_id, one.person_id)
        if one.is_locked is locked and where not in taken and one.person_id in table.people:
            yield Seat(rows[where[0]], table.people[one.person_id], one.seat == LEAD)
