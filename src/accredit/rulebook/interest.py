"""Conflicts of interest: what stands between an assessor and a candidate, on what it rests and until when."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from accredit.rulebook.dates import years_after
from accredit.rulebook.elements import PanelRule
from accredit.rulebook.facts import Assessor, Candidate, Stay
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.terms import RoundKind


@dataclass(frozen=True)
class Interest:
    """One conflict. `found` names what it rests on (an institution's number), so that setting it aside does
    not set aside another of its kind; `until` is its last day, None where no end is in sight."""

    fault: Fault
    found: str = ""
    until: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What a dismissal names."""
        return self.fault.code.value, self.found


# The office may not set these aside: they are whose portfolio it is, or what somebody said of themselves.
# Nor who sat on the panel whose result was set aside: an appeal that is upheld gets a new one.
NEVER_SET_ASIDE = frozenset({Code.OWN_PORTFOLIO, Code.CONFLICT_DECLARED, Code.SAT_ON_APPEALED})


def interests(rule: PanelRule, assessor: Assessor, candidate: Candidate) -> tuple[Interest, ...]:
    """Every conflict between two people on the candidate's day, those set aside included.

    Source: conflicts are not known for any scheme; which there are is data of the edition (`PanelRule`).
    """
    if assessor.person == candidate.person:
        return (Interest(fault(Code.OWN_PORTFOLIO)),)
    return (
        *(Interest(fault(code)) for code in assessor.conflicts),
        *_of_institutions(rule, assessor, candidate),
        *_of_history(rule, assessor, candidate),
    )


def standing(rule: PanelRule, assessor: Assessor, candidate: Candidate) -> tuple[Interest, ...]:
    """The conflicts that count: one institution in common is said once, and nothing that was set aside."""
    found = [each for each in interests(rule, assessor, candidate) if not is_set_aside(assessor, each)]
    places = [each for each in found if each.fault.code in _PLACES]
    kept = min(places, key=lambda each: _PLACES.index(each.fault.code), default=None)
    return tuple(each for each in found if each.fault.code not in _PLACES or each is kept)


def is_set_aside(assessor: Assessor, interest: Interest) -> bool:
    """Whether the office has set this very finding aside."""
    return interest.fault.code not in NEVER_SET_ASIDE and interest.key in assessor.set_aside


def are_strangers(assessor: Assessor, candidate: Candidate) -> bool:
    """Whether nothing can stand between these two, whatever the rule: `interests` finds nothing then. A quick
    answer for the many pairs of an allocation, where most people have nothing in common."""
    if (
        assessor.person == candidate.person
        or assessor.conflicts
        or assessor.person in candidate.earlier_panel
    ):
        return False
    families = {each for stay in candidate.institutions for each in _family(stay)}
    return not any(_family(stay) & families for stay in assessor.institutions)


_PLACES = (Code.SAME_INSTITUTION, Code.SAME_BY_ADDRESS, Code.SAME_PARENT_INSTITUTION)
# What follows from where people work and what they did, and not from what anybody said.
DERIVED = frozenset({*_PLACES, Code.ASSESSED_EARLIER, Code.SAT_ON_APPEALED})
# Everything that can stand between an assessor and a candidate they are not.
CONFLICTS = DERIVED | {
    Code.CONFLICT_DECLARED,
    Code.CONFLICT_MENTOR,
    Code.CONFLICT_COORDINATOR,
    Code.CONFLICT_LINE,
}


def _of_institutions(rule: PanelRule, assessor: Assessor, candidate: Candidate) -> Iterator[Interest]:
    """Each of the assessor's institutions that is the candidate's too, or under one parent with one of
    theirs; while both belong to it and for the edition's years after the first of them has left."""
    theirs = replace(candidate, institutions=tuple(_as_said(candidate.institutions)))
    for place in dict.fromkeys(stay.institution for stay in assessor.institutions):
        mine = [stay for stay in assessor.institutions if stay.institution == place]
        same = _days(rule, mine, candidate, _same)
        code, days = Code.SAME_INSTITUTION, same
        if same and not _days(rule, _as_said(mine), theirs, _same):
            code = Code.SAME_BY_ADDRESS
        if not same and rule.parent_conflict:
            code = Code.SAME_PARENT_INSTITUTION
            days = _days(rule, mine, candidate, lambda one, other: bool(_family(one) & _family(other)))
        if days:
            known = [day for day in days if day is not None]
            found = fault(code, institution=mine[0].name or place, years=rule.institution_years)
            yield Interest(found, str(place), max(known) if len(known) == len(days) else None)


def _days(
    rule: PanelRule, mine: list[Stay], candidate: Candidate, related: Callable[[Stay, Stay], bool]
) -> list[date | None]:
    """The last day of each pair of stays that counts on the candidate's day."""
    days = [_end(rule, one, other) for one in mine for other in candidate.institutions if related(one, other)]
    return [day for day in days if day is None or day >= candidate.on]


def _same(one: Stay, other: Stay) -> bool:
    return one.institution == other.institution


def _as_said(stays: Iterable[Stay]) -> list[Stay]:
    return [each for each in stays if not each.by_address]


def _end(rule: PanelRule, mine: Stay, theirs: Stay) -> date | None:
    left = [stay.until for stay in (mine, theirs) if stay.until is not None]
    return years_after(min(left), rule.institution_years) if left else None


def _family(stay: Stay) -> set[int]:
    return {stay.institution} if stay.parent is None else {stay.institution, stay.parent}


def _of_history(rule: PanelRule, assessor: Assessor, candidate: Candidate) -> Iterator[Interest]:
    if assessor.person in candidate.set_aside_panel:
        yield Interest(fault(Code.SAT_ON_APPEALED))
        return
    reassessed = candidate.round is RoundKind.REASSESSMENT and rule.new_panel_on_reassessment
    if reassessed and assessor.person in candidate.earlier_panel:
        yield Interest(fault(Code.ASSESSED_EARLIER))
