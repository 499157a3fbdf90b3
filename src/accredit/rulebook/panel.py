"""Who may assess whom: faults of one assessor for one candidate, and of a panel as a whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

from accredit.rulebook.dates import years_after
from accredit.rulebook.facts import Assessor, Candidate, Panel, Seat, Stay
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.framework import Edition, PanelRule
from accredit.rulebook.terms import Readers, RoundKind


def faults_of_assessor(
    rule: PanelRule, edition: Edition, assessor: Assessor, candidate: Candidate, *, lead: bool
) -> tuple[Fault, ...]:
    """Why this person may not assess this candidate (as lead); empty when nothing speaks against it.

    Source: two holders of the pathway or above, three assessments before leading — the association's
    pages, 2016 to 2019; conflicts, years and capacity are not known and are settings of the edition.
    """
    return (
        *_of_person(assessor, candidate),
        *_of_standing(rule, edition, assessor, candidate, lead=lead),
        *_of_institutions(rule, assessor, candidate),
        *_of_history(rule, assessor, candidate),
    )


def may_assess(
    rule: PanelRule, edition: Edition, assessor: Assessor, candidate: Candidate, *, lead: bool
) -> bool:
    """Whether nothing speaks against this person as an assessor (as lead) of this candidate."""
    return not faults_of_assessor(rule, edition, assessor, candidate, lead=lead)


def faults(rule: PanelRule, edition: Edition, panel: Panel, candidate: Candidate) -> tuple[Fault, ...]:
    """What is wrong with a panel: its size, leads and institutions, then the faults of each seat."""
    of_seats = [
        each
        for seat in panel.seats
        for each in faults_of_assessor(rule, edition, seat.assessor, candidate, lead=seat.lead)
    ]
    return (*_of_panel(rule, panel, candidate), *of_seats)


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


def may_propose(rule: PanelRule, *, lead: bool) -> bool:
    """Whether a member may propose the outcome: the lead, or anybody where the panel has no lead."""
    return lead or rule.leads == 0


def _of_person(assessor: Assessor, candidate: Candidate) -> Iterator[Fault]:
    if assessor.person == candidate.person:
        yield fault(Code.OWN_PORTFOLIO)
    for code in assessor.conflicts:
        yield fault(code)


def _of_standing(
    rule: PanelRule, edition: Edition, assessor: Assessor, candidate: Candidate, *, lead: bool
) -> Iterator[Fault]:
    if rule.pathway_or_above and not assessor.holds & edition.at_or_above(candidate.pathway):
        yield fault(Code.NOT_HOLDER, pathway=edition.pathway(candidate.pathway).title)
    if lead and assessor.completed < rule.assessments_before_lead:
        needed = rule.assessments_before_lead
        yield fault(Code.TOO_FEW_ASSESSMENTS_TO_LEAD, have=assessor.completed, needed=needed)
    if assessor.capacity is not None and assessor.load >= assessor.capacity:
        yield fault(Code.AT_CAPACITY, load=assessor.load, capacity=assessor.capacity)


def _of_institutions(rule: PanelRule, assessor: Assessor, candidate: Candidate) -> Iterator[Fault]:
    if assessor.person == candidate.person:
        return
    shared = _shared(rule, assessor.institutions, candidate.institutions, candidate.on)
    if shared is not None:
        same, stay = shared
        code = Code.SAME_INSTITUTION if same else Code.SAME_PARENT_INSTITUTION
        yield fault(code, institution=stay.name or stay.institution, years=rule.institution_years)


def _of_history(rule: PanelRule, assessor: Assessor, candidate: Candidate) -> Iterator[Fault]:
    reassessed = candidate.round is RoundKind.REASSESSMENT and rule.new_panel_on_reassessment
    if reassessed and assessor.person in candidate.earlier_panel:
        yield fault(Code.ASSESSED_EARLIER)


def _of_panel(rule: PanelRule, panel: Panel, candidate: Candidate) -> Iterator[Fault]:
    if len(panel.seats) != rule.size:
        yield fault(Code.PANEL_SIZE, have=len(panel.seats), needed=rule.size)
    leads = sum(seat.lead for seat in panel.seats)
    if leads != rule.leads:
        yield fault(Code.PANEL_LEADS, have=leads, needed=rule.leads)
    assessors = [seat.assessor for seat in panel.seats]
    if len({each.person for each in assessors}) < len(assessors):
        yield fault(Code.PANEL_TWICE)
    if rule.distinct_institutions:
        yield from _of_neighbours(rule, assessors, candidate.on)


def _of_neighbours(rule: PanelRule, assessors: list[Assessor], on: date) -> Iterator[Fault]:
    """Two members who belong to one institution today; earlier years do not count between assessors."""
    for one, other in combinations(assessors, 2):
        mine = tuple(stay for stay in one.institutions if _counts(stay, on, 0))
        theirs = tuple(stay for stay in other.institutions if _counts(stay, on, 0))
        shared = _shared(rule, mine, theirs, on)
        if one.person != other.person and shared is not None:
            yield fault(Code.PANEL_ONE_INSTITUTION, institution=shared[1].name or shared[1].institution)


def _shared(
    rule: PanelRule, mine: tuple[Stay, ...], theirs: tuple[Stay, ...], on: date
) -> tuple[bool, Stay] | None:
    """The first institution in common (True), else the first common parent (False)."""
    pairs = [
        (one, other)
        for one in mine
        for other in theirs
        if _counts(one, on, rule.institution_years) and _counts(other, on, rule.institution_years)
    ]
    for one, other in pairs:
        if one.institution == other.institution:
            return True, one
    for one, other in pairs:
        if rule.parent_conflict and _family(one) & _family(other):
            return False, one
    return None


def _family(stay: Stay) -> set[int]:
    return {stay.institution} if stay.parent is None else {stay.institution, stay.parent}


def _counts(stay: Stay, on: date, years: int) -> bool:
    return stay.until is None or stay.until >= years_after(on, -years)
