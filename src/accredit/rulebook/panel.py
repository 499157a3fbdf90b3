"""Who may assess whom: faults of one assessor for one candidate, and of a panel as a whole."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from itertools import combinations

from accredit.rulebook.dates import months
from accredit.rulebook.facts import Assessor, Candidate, Panel, Seat, Stay
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.framework import Edition, PanelRule
from accredit.rulebook.interest import DERIVED, standing
from accredit.rulebook.terms import Readers, RoundKind


def faults_of_assessor(
    rule: PanelRule, edition: Edition, assessor: Assessor, candidate: Candidate, *, lead: bool
) -> tuple[Fault, ...]:
    """Why this person may not assess this candidate (as lead); empty when nothing speaks against it.

    Source: two holders of the pathway or above, three assessments before leading — the association's
    pages, 2016 to 2019; conflicts, years and capacity are not known and are settings of the edition.
    """
    found = [each.fault for each in standing(rule, assessor, candidate)]
    said = [each for each in found if each.code not in DERIVED]
    return (
        *said,
        *_of_standing(rule, edition, assessor, candidate, lead=lead),
        *_of_offer(edition, assessor, candidate),
        *(each for each in found if each not in said),
    )


def may_assess(
    rule: PanelRule, edition: Edition, assessor: Assessor, candidate: Candidate, *, lead: bool
) -> bool:
    """Whether nothing speaks against this person as an assessor (as lead) of this candidate."""
    return not faults_of_assessor(rule, edition, assessor, candidate, lead=lead)


def faults(
    rule: PanelRule,
    edition: Edition,
    panel: Panel,
    candidate: Candidate,
    *,
    standing: AbstractSet[int] = frozenset(),
) -> tuple[Fault, ...]:
    """What is wrong with a panel: its size, leads and institutions, then the faults of each seat. Whoever is
    `standing` on it already (persons) is not judged again, alone or beside another who is."""
    of_seats = [
        each
        for seat in panel.seats
        if seat.assessor.person not in standing
        for each in faults_of_assessor(rule, edition, seat.assessor, candidate, lead=seat.lead)
    ]
    return (*_of_panel(rule, panel, candidate, standing), *of_seats)


def faults_of_joining(
    rule: PanelRule, edition: Edition, panel: Panel, seat: Seat, candidate: Candidate
) -> tuple[Fault, ...]:
    """Why this person may not take a free seat beside those who sit on the panel already (not themselves
    judged again): a replacement after a decline, or a third assessor."""
    assessors = [each.assessor for each in panel.seats]
    beside = [fault(Code.PANEL_TWICE)] if seat.assessor.person in {each.person for each in assessors} else []
    if rule.distinct_institutions:
        for each in assessors:
            beside += _of_neighbours(rule, [each, seat.assessor], candidate.on)
    return (*beside, *faults_of_assessor(rule, edition, seat.assessor, candidate, lead=seat.lead))


def rule_for_round(edition: Edition, kind: RoundKind) -> PanelRule:
    """The edition's panel rule; a renewal has a size and leads of its own, a review as many members as it
    has readers (none when the office reads it)."""
    if kind is RoundKind.RENEWAL:
        return replace(edition.panel, size=edition.renewal.panel_size, leads=edition.renewal.leads)
    if kind is RoundKind.REVIEW:
        readers = edition.minor_review.readers
        size = {Readers.LEAD: 1, Readers.BOTH: edition.panel.size, Readers.OFFICE: 0}[readers]
        return replace(edition.panel, size=size, leads=min(size, edition.panel.leads))
    return edition.panel


def seats_of(rule: PanelRule) -> tuple[str, ...]:
    """The seats to fill: the lead and a second, then members; members alone where nobody leads."""
    named = ("lead", "second")[: rule.size] if rule.leads else ()
    return (*named, *("member" for _ in range(rule.size - len(named))))


def is_lead(needed: int, completed: int, *, confirmed: bool) -> bool:
    """Whether somebody may lead at all: everybody where an edition asks for no assessments before it, else
    who has finished so many and whom the office has confirmed. The number is the scheme's (three, 2016-19;
    today unknown); that reaching it is not enough is ours: the office knows who is ready."""
    return not needed or (completed >= needed and confirmed)


def is_lead_to_offer(needed: int, completed: int, *, confirmed: bool, refused_at: int | None) -> bool:
    """Whether the office is to be asked about somebody: enough finished, not confirmed, and where it has said
    no, one more finished since (`refused_at`: how many there were then)."""
    if not needed or confirmed:
        return False
    return completed >= needed and (refused_at is None or completed > refused_at)


def may_propose(rule: PanelRule, *, lead: bool) -> bool:
    """Whether a member may propose the outcome: the lead, or anybody where the panel has no lead."""
    return lead or rule.leads == 0


def _of_standing(
    rule: PanelRule, edition: Edition, assessor: Assessor, candidate: Candidate, *, lead: bool
) -> Iterator[Fault]:
    if rule.pathway_or_above and not assessor.holds & edition.at_or_above(candidate.pathway):
        yield fault(Code.NOT_HOLDER, pathway=edition.pathway(candidate.pathway).title)
    needed = rule.assessments_before_lead
    if lead and assessor.completed < needed:
        yield fault(Code.TOO_FEW_ASSESSMENTS_TO_LEAD, have=assessor.completed, needed=needed)
    elif lead and needed and not assessor.leads:
        yield fault(Code.LEAD_NOT_CONFIRMED)
    if assessor.capacity is not None and assessor.load >= assessor.capacity:
        yield fault(Code.AT_CAPACITY, load=assessor.load, capacity=assessor.capacity)


def _of_offer(edition: Edition, assessor: Assessor, candidate: Candidate) -> Iterator[Fault]:
    """What an assessor has said of when and what they assess."""
    if assessor.pathways and candidate.pathway not in assessor.pathways:
        yield fault(Code.UNWILLING, pathway=edition.pathway(candidate.pathway).title)
    if assessor.per_year is not None and assessor.this_year >= assessor.per_year:
        yield fault(Code.YEAR_FULL, have=assessor.this_year, allowed=assessor.per_year)
    away = sorted(assessor.away & months(candidate.on, candidate.due or candidate.on))
    if away:
        yield fault(Code.AWAY, month=away[0])


def _of_panel(
    rule: PanelRule, panel: Panel, candidate: Candidate, standing: AbstractSet[int]
) -> Iterator[Fault]:
    if len(panel.seats) != rule.size:
        yield fault(Code.PANEL_SIZE, have=len(panel.seats), needed=rule.size)
    leads = sum(seat.lead for seat in panel.seats)
    if leads != rule.leads:
        yield fault(Code.PANEL_LEADS, have=leads, needed=rule.leads)
    assessors = [seat.assessor for seat in panel.seats]
    if len({each.person for each in assessors}) < len(assessors):
        yield fault(Code.PANEL_TWICE)
    if rule.distinct_institutions:
        yield from _of_neighbours(rule, assessors, candidate.on, standing)


def groups_of(rule: PanelRule, assessor: Assessor, on: date) -> frozenset[int]:
    """The institutions of which no two members of a panel may be: where they are today, and the bodies these
    belong to if the edition counts them as one. Earlier years do not count between assessors."""
    return frozenset(each for stay in assessor.institutions for each in _groups(rule, stay, on))


def _groups(rule: PanelRule, stay: Stay, on: date) -> set[int]:
    if stay.until is not None and stay.until < on:
        return set()
    parent = {stay.parent} if rule.parent_conflict and stay.parent is not None else set()
    return {stay.institution} | parent


def _of_neighbours(
    rule: PanelRule, assessors: list[Assessor], on: date, standing: AbstractSet[int] = frozenset()
) -> Iterator[Fault]:
    for one, other in combinations(assessors, 2):
        if {one.person, other.person} <= standing:
            continue
        shared = groups_of(rule, one, on) & groups_of(rule, other, on)
        if one.person != other.person and shared:
            stay = next(each for each in one.institutions if _groups(rule, each, on) & shared)
            yield fault(Code.PANEL_ONE_INSTITUTION, institution=stay.name or stay.institution)
