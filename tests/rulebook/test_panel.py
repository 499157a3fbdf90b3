"""Who may assess whom: one table of faults, and panels as a whole."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.facts import Assessor, Candidate, Panel, Seat, Stay
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.framework import PanelRule
from accredit.rulebook.panel import (
    faults,
    faults_of_assessor,
    faults_of_joining,
    is_lead,
    is_lead_to_offer,
    may_assess,
    may_propose,
    rule_for_round,
    seats_of,
)
from accredit.rulebook.terms import Readers, RoundKind
from tests.rulebook.editions import edition

RULES = edition("cmalt-2026")
RULE = RULES.panel
ON = date(2026, 3, 1)
NORTHMERE, SOUTHWICK, UMBRELLA = 1, 2, 9
ADA = Candidate(1, "cmalt", ON, (Stay(NORTHMERE, name="Northmere College"),))
LENA = Assessor(2, frozenset({"senior"}), completed=5, leads=True, institutions=(Stay(SOUTHWICK),))
OMAR = Assessor(3, frozenset({"cmalt"}), completed=0, institutions=(Stay(3, name="Eastby"),))


def told(found: tuple[Fault, ...]) -> list[str]:
    return [str(each.code) for each in found]


def stay(institution: int, until: date | None = None, parent: int | None = None) -> tuple[Stay, ...]:
    return (Stay(institution, until, parent),)


ASSESSORS = [
    (LENA, True, []),
    (OMAR, False, []),
    (OMAR, True, ["too_few_assessments_to_lead"]),
    (replace(OMAR, completed=2), True, ["too_few_assessments_to_lead"]),
    (replace(OMAR, completed=2, leads=True), True, ["too_few_assessments_to_lead"]),
    (replace(OMAR, completed=3), True, ["lead_not_confirmed"]),
    (replace(OMAR, completed=3), False, []),
    (replace(OMAR, completed=3, leads=True), True, []),
    (replace(OMAR, holds=frozenset({"associate"})), False, ["not_holder"]),
    (replace(OMAR, holds=frozenset()), False, ["not_holder"]),
    (replace(LENA, person=1), False, ["own_portfolio"]),
    (replace(LENA, person=1, institutions=stay(NORTHMERE)), False, ["own_portfolio"]),
    (replace(LENA, institutions=stay(NORTHMERE)), False, ["same_institution"]),
    (replace(LENA, institutions=stay(NORTHMERE, date(2023, 3, 1))), False, ["same_institution"]),
    (replace(LENA, institutions=stay(NORTHMERE, date(2023, 2, 28))), False, []),
    (replace(LENA, institutions=stay(SOUTHWICK, parent=NORTHMERE)), False, ["same_parent_institution"]),
    (replace(LENA, load=2, capacity=3), False, []),
    (replace(LENA, load=3, capacity=3), False, ["at_capacity"]),
    (replace(LENA, load=99), False, []),
    (replace(LENA, conflicts=(Code.CONFLICT_DECLARED,)), False, ["conflict_declared"]),
    (
        replace(LENA, conflicts=(Code.CONFLICT_MENTOR, Code.CONFLICT_LINE)),
        False,
        ["conflict_mentor", "conflict_line"],
    ),
    (
        Assessor(4, frozenset(), load=1, capacity=1, institutions=stay(NORTHMERE)),
        True,
        ["not_holder", "too_few_assessments_to_lead", "at_capacity", "same_institution"],
    ),
]


@pytest.mark.parametrize(("assessor", "lead", "expected"), ASSESSORS)
def test_faults_of_an_assessor(assessor: Assessor, lead: bool, expected: list[str]) -> None:
    assert told(faults_of_assessor(RULE, RULES, assessor, ADA, lead=lead)) == expected
    assert may_assess(RULE, RULES, assessor, ADA, lead=lead) == (expected == [])


def test_ruth_is_refused_with_the_institution_by_name() -> None:
    ruth = replace(LENA, person=5, institutions=(Stay(NORTHMERE, name="Northmere College"),))
    assert faults_of_assessor(RULE, RULES, ruth, ADA, lead=False) == (
        fault(Code.SAME_INSTITUTION, institution="Northmere College", years=3),
    )
    unnamed = replace(ruth, institutions=stay(NORTHMERE))
    assert faults_of_assessor(RULE, RULES, unnamed, ADA, lead=False)[0].get("institution") == NORTHMERE


def test_a_candidate_who_left_long_ago_is_no_colleague() -> None:
    moved = replace(ADA, institutions=stay(NORTHMERE, date(2020, 1, 1)))
    assert may_assess(RULE, RULES, replace(LENA, institutions=stay(NORTHMERE)), moved, lead=False)


def test_two_children_of_one_parent_are_in_conflict() -> None:
    ada = replace(ADA, institutions=stay(NORTHMERE, parent=UMBRELLA))
    lena = replace(LENA, institutions=stay(SOUTHWICK, parent=UMBRELLA))
    assert told(faults_of_assessor(RULE, RULES, lena, ada, lead=False)) == ["same_parent_institution"]


# Every parameter of the rule changes something.
PARAMETERS: list[tuple[dict[str, object], Assessor, Candidate, bool, list[str]]] = [
    ({"pathway_or_above": False}, replace(OMAR, holds=frozenset()), ADA, False, []),
    (
        {"institution_years": 0},
        replace(LENA, institutions=stay(NORTHMERE, date(2026, 2, 28))),
        ADA,
        False,
        [],
    ),
    (
        {"parent_conflict": False},
        replace(LENA, institutions=stay(SOUTHWICK, parent=NORTHMERE)),
        ADA,
        False,
        [],
    ),
    ({"assessments_before_lead": 0}, OMAR, ADA, True, []),
]


@pytest.mark.parametrize(("changes", "assessor", "candidate", "lead", "expected"), PARAMETERS)
def test_each_parameter_is_heeded(
    changes: dict[str, object], assessor: Assessor, candidate: Candidate, lead: bool, expected: list[str]
) -> None:
    changed = replace(RULE, **changes)  # type: ignore[arg-type]
    assert told(faults_of_assessor(RULE, RULES, assessor, candidate, lead=lead)) != expected
    assert told(faults_of_assessor(changed, RULES, assessor, candidate, lead=lead)) == expected


@pytest.mark.parametrize(
    ("kind", "new", "expected"),
    [
        (RoundKind.REASSESSMENT, True, ["assessed_earlier"]),
        (RoundKind.REASSESSMENT, False, []),
        (RoundKind.REVIEW, True, []),
    ],
)
def test_a_new_panel_where_the_edition_wants_one(kind: RoundKind, new: bool, expected: list[str]) -> None:
    again = replace(ADA, round=kind, earlier_panel=frozenset({LENA.person}))
    rule = replace(RULE, new_panel_on_reassessment=new)
    assert told(faults_of_assessor(rule, RULES, LENA, again, lead=True)) == expected
    assert may_assess(rule, RULES, OMAR, again, lead=False)


NEIGHBOUR = replace(OMAR, institutions=stay(SOUTHWICK))
FORMER = replace(OMAR, institutions=stay(SOUTHWICK, date(2026, 2, 1)))
PANELS = [
    ((Seat(LENA, lead=True), Seat(OMAR)), []),
    ((Seat(LENA, lead=True),), ["panel_size"]),
    ((Seat(LENA), Seat(OMAR)), ["panel_leads"]),
    ((Seat(LENA, lead=True), Seat(LENA)), ["panel_twice"]),
    ((Seat(LENA, lead=True), Seat(NEIGHBOUR)), ["panel_one_institution"]),
    ((Seat(LENA, lead=True), Seat(FORMER)), []),
    ((Seat(LENA), Seat(OMAR, lead=True)), ["too_few_assessments_to_lead"]),
    ((), ["panel_size", "panel_leads"]),
]


@pytest.mark.parametrize(("seats", "expected"), PANELS)
def test_faults_of_a_panel(seats: tuple[Seat, ...], expected: list[str]) -> None:
    assert told(faults(RULE, RULES, Panel(seats), ADA)) == expected


def test_two_from_one_institution_where_the_edition_allows_it() -> None:
    rule = replace(RULE, distinct_institutions=False)
    assert faults(rule, RULES, Panel((Seat(LENA, lead=True), Seat(NEIGHBOUR))), ADA) == ()
    joining = faults_of_joining(rule, RULES, Panel((Seat(LENA, lead=True),)), Seat(NEIGHBOUR), ADA)
    assert joining == ()


@pytest.mark.parametrize(
    ("seat", "expected"),
    [
        (Seat(OMAR), []),
        (Seat(NEIGHBOUR), ["panel_one_institution"]),
        (Seat(LENA), ["panel_twice"]),
        (Seat(replace(OMAR, holds=frozenset())), ["not_holder"]),
    ],
)
def test_faults_of_joining_a_panel(seat: Seat, expected: list[str]) -> None:
    assert told(faults_of_joining(RULE, RULES, Panel((Seat(LENA, lead=True),)), seat, ADA)) == expected


def test_a_panel_of_three_without_a_lead() -> None:
    rules = edition("orchard-2025")
    candidate = Candidate(1, "grafter", ON)
    three = Panel(tuple(Seat(Assessor(n)) for n in (2, 3, 4)))
    assert faults(rules.panel, rules, three, candidate) == ()
    led = Panel((Seat(Assessor(2), lead=True), Seat(Assessor(3)), Seat(Assessor(4))))
    assert told(faults(rules.panel, rules, led, candidate)) == ["panel_leads"]


def test_the_panel_of_a_round() -> None:
    assert rule_for_round(RULES, RoundKind.FIRST) == rule_for_round(RULES, RoundKind.REASSESSMENT) == RULE
    renewal = rule_for_round(RULES, RoundKind.RENEWAL)
    assert (renewal.size, renewal.leads) == (1, 0)
    for readers, size, leads in ((Readers.LEAD, 1, 1), (Readers.BOTH, 2, 1), (Readers.OFFICE, 0, 0)):
        changed = replace(RULES, minor_review=replace(RULES.minor_review, readers=readers))
        rule = rule_for_round(changed, RoundKind.REVIEW)
        assert (rule.size, rule.leads) == (size, leads)


def test_seats_and_who_proposes() -> None:
    orchard = edition("orchard-2025").panel
    assert seats_of(RULE) == ("lead", "second")
    assert seats_of(replace(RULE, size=1)) == ("lead",)
    assert seats_of(replace(RULE, size=3)) == ("lead", "second", "member")
    assert seats_of(orchard) == ("member", "member", "member")
    assert may_propose(RULE, lead=True)
    assert not may_propose(RULE, lead=False)
    assert may_propose(orchard, lead=False)


STAYS = st.builds(
    Stay,
    st.integers(1, 4),
    st.none() | st.dates(date(2015, 1, 1), date(2026, 3, 1)),
    st.none() | st.integers(1, 4),
)
RULE_OF = st.builds(
    lambda years, parent: replace(RULE, institution_years=years, parent_conflict=parent),
    st.integers(0, 8),
    st.booleans(),
)


@given(st.lists(STAYS, max_size=3), st.lists(STAYS, max_size=3), RULE_OF)
def test_conflicts_of_institutions_are_mutual_and_grow_with_the_years(
    mine: list[Stay], theirs: list[Stay], rule: PanelRule
) -> None:
    def apart(one: list[Stay], other: list[Stay], by: PanelRule) -> bool:
        assessor = replace(LENA, institutions=tuple(one))
        return may_assess(by, RULES, assessor, replace(ADA, institutions=tuple(other)), lead=False)

    assert apart(mine, theirs, rule) == apart(theirs, mine, rule)
    longer = replace(rule, institution_years=rule.institution_years + 1)
    assert apart(mine, theirs, rule) or not apart(mine, theirs, longer)


def test_whoever_stands_is_not_judged_again() -> None:
    away = replace(LENA, away=frozenset({"2026-03"}))
    near = replace(OMAR, institutions=away.institutions)
    panel = Panel((Seat(away, lead=True), Seat(near)))
    assert set(told(faults(RULE, RULES, panel, ADA))) == {"away", "panel_one_institution"}
    assert told(faults(RULE, RULES, panel, ADA, standing={LENA.person})) == ["panel_one_institution"]
    assert faults(RULE, RULES, panel, ADA, standing={LENA.person, OMAR.person}) == ()
    assert told(faults(RULE, RULES, Panel(panel.seats[:1]), ADA, standing={LENA.person})) == ["panel_size"]


# Needed, finished, confirmed, how many were finished when the office said no; then: leads, is asked about.
LEADS = [
    (3, 2, False, None, False, False),
    (3, 2, True, None, False, False),
    (3, 3, False, None, False, True),
    (3, 3, True, None, True, False),
    (3, 3, False, 3, False, False),
    (3, 4, False, 3, False, True),
    (3, 4, True, 3, True, False),
    (0, 0, False, None, True, False),
    (0, 9, False, 2, True, False),
]


@pytest.mark.parametrize(("needed", "done", "confirmed", "refused_at", "leads", "asked"), LEADS)
def test_who_leads_and_about_whom_the_office_is_asked(
    needed: int, done: int, confirmed: bool, refused_at: int | None, leads: bool, asked: bool
) -> None:
    assert is_lead(needed, done, confirmed=confirmed) is leads
    assert is_lead_to_offer(needed, done, confirmed=confirmed, refused_at=refused_at) is asked


@given(st.integers(0, 9), st.integers(0, 20), st.booleans(), st.none() | st.integers(0, 20))
def test_nobody_leads_by_a_number_alone_and_nobody_who_leads_is_asked_about(
    needed: int, done: int, confirmed: bool, refused_at: int | None
) -> None:
    leads = is_lead(needed, done, confirmed=confirmed)
    asked = is_lead_to_offer(needed, done, confirmed=confirmed, refused_at=refused_at)
    assert not (leads and asked)
    if needed and not confirmed:
        assert not leads
    rule = replace(RULE, assessments_before_lead=needed)
    who = replace(LENA, completed=done, leads=confirmed)
    assert may_assess(rule, RULES, who, ADA, lead=True) is leads
