"""Conflicts of interest: on what each rests, until when it counts, and what setting one aside does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.dates import months, years_after
from accredit.rulebook.facts import Assessor, Candidate, Stay
from accredit.rulebook.faults import Code
from accredit.rulebook.interest import are_strangers, interests, is_set_aside, standing
from accredit.rulebook.panel import faults_of_assessor
from accredit.rulebook.terms import RoundKind
from tests.rulebook.editions import edition

RULES = edition("cmalt-2026")
RULE = RULES.panel
ON = date(2026, 3, 1)
ADA = Candidate(1, "cmalt", ON, (Stay(10), Stay(11, parent=20)))
LENA = Assessor(2, frozenset({"senior"}))

TABLE = [
    ((), []),
    ((Stay(12),), []),
    ((Stay(10),), [("same_institution", "10", None)]),
    ((Stay(10, date(2025, 1, 31)),), [("same_institution", "10", date(2028, 1, 31))]),
    ((Stay(10, date(2020, 1, 31)),), []),
    ((Stay(12, parent=20),), [("same_parent_institution", "12", None)]),
    ((Stay(20),), [("same_parent_institution", "20", None)]),
    ((Stay(12, date(2024, 5, 1), parent=20),), [("same_parent_institution", "12", date(2027, 5, 1))]),
    (
        (Stay(10), Stay(12, parent=20)),
        [("same_institution", "10", None), ("same_parent_institution", "12", None)],
    ),
]


@pytest.mark.parametrize(("stays", "expected"), TABLE)
def test_institutions(stays: tuple[Stay, ...], expected: list[tuple[str, str, date | None]]) -> None:
    found = interests(RULE, replace(LENA, institutions=stays), ADA)
    assert [(each.fault.code.value, each.found, each.until) for each in found] == expected


def test_one_institution_in_common_is_said_once() -> None:
    lena = replace(LENA, institutions=(Stay(12, parent=20), Stay(10)))
    assert [each.fault.code for each in standing(RULE, lena, ADA)] == [Code.SAME_INSTITUTION]


def test_a_parent_counts_only_where_the_edition_says_so() -> None:
    assert not interests(replace(RULE, parent_conflict=False), replace(LENA, institutions=(Stay(20),)), ADA)


def test_two_stays_at_one_place_count_to_the_end_of_the_longer() -> None:
    twice = replace(ADA, institutions=(Stay(10, date(2024, 1, 1)), Stay(10, date(2025, 1, 1))))
    (found,) = interests(RULE, replace(LENA, institutions=(Stay(10),)), twice)
    assert found.until == date(2028, 1, 1)
    still = replace(ADA, institutions=(Stay(10, date(2024, 1, 1)), Stay(10)))
    assert interests(RULE, replace(LENA, institutions=(Stay(10),)), still)[0].until is None


def test_setting_aside_is_for_one_finding_and_never_for_what_was_said() -> None:
    lena = replace(LENA, institutions=(Stay(10), Stay(12, parent=20)), conflicts=(Code.CONFLICT_DECLARED,))
    lena = replace(lena, set_aside=frozenset({("same_institution", "10"), ("conflict_declared", "")}))
    assert [each.fault.code for each in standing(RULE, lena, ADA)] == [
        Code.CONFLICT_DECLARED, Code.SAME_PARENT_INSTITUTION,
    ]  # fmt: skip
    assert [is_set_aside(lena, each) for each in interests(RULE, lena, ADA)] == [False, True, False]


def test_nobody_has_an_interest_but_their_own_in_their_own_portfolio() -> None:
    own = replace(LENA, person=1, institutions=(Stay(10),), set_aside=frozenset({("own_portfolio", "")}))
    assert [each.fault.code for each in standing(RULE, own, ADA)] == [Code.OWN_PORTFOLIO]


def test_an_earlier_attempt_can_be_set_aside() -> None:
    again = replace(ADA, round=RoundKind.REASSESSMENT, earlier_panel=frozenset({2}))
    rule = replace(RULE, new_panel_on_reassessment=True)
    assert [each.fault.code for each in standing(rule, LENA, again)] == [Code.ASSESSED_EARLIER]
    assert not standing(rule, replace(LENA, set_aside=frozenset({("assessed_earlier", "")})), again)


days = st.dates(date(2019, 1, 1), date(2026, 2, 28))
stays = st.builds(Stay, st.integers(10, 13), st.none() | days, st.none() | st.integers(20, 21))


@given(st.lists(stays, max_size=3), st.lists(stays, max_size=3))
def test_a_conflict_counts_up_to_its_last_day_and_not_after(mine: list[Stay], theirs: list[Stay]) -> None:
    lena, ada = replace(LENA, institutions=tuple(mine)), replace(ADA, institutions=tuple(theirs))
    for each in interests(RULE, lena, ada):
        if each.until is not None:
            assert each.until >= ON
            on_last = interests(RULE, lena, replace(ada, on=each.until))
            assert any(other.found == each.found for other in on_last)
            after = interests(RULE, lena, replace(ada, on=each.until + timedelta(days=1)))
            assert each.key not in {other.key for other in after}


@given(st.lists(stays, max_size=3), st.lists(stays, max_size=3))
def test_conflicts_of_institutions_are_mutual(mine: list[Stay], theirs: list[Stay]) -> None:
    one = standing(RULE, replace(LENA, institutions=tuple(mine)), replace(ADA, institutions=tuple(theirs)))
    other = standing(RULE, replace(LENA, institutions=tuple(theirs)), replace(ADA, institutions=tuple(mine)))
    assert bool(one) == bool(other)


OFFERS = [
    ({"pathways": frozenset({"senior"})}, ["unwilling"]),
    ({"pathways": frozenset({"cmalt"})}, []),
    ({"per_year": 2, "this_year": 2}, ["year_full"]),
    ({"per_year": 2, "this_year": 1}, []),
    ({"away": frozenset({"2026-04"})}, ["away"]),
    ({"away": frozenset({"2026-05"})}, []),
]


@pytest.mark.parametrize(("offer", "expected"), OFFERS)
def test_what_an_assessor_offers(offer: dict[str, object], expected: list[str]) -> None:
    lena = replace(LENA, **offer)  # type: ignore[arg-type]
    found = faults_of_assessor(RULE, RULES, lena, replace(ADA, due=date(2026, 4, 2)), lead=False)
    assert [each.code.value for each in found] == expected


def test_months_between() -> None:
    assert months(date(2026, 11, 30), date(2027, 1, 1)) == {"2026-11", "2026-12", "2027-01"}
    assert months(ON, ON - timedelta(days=40)) == frozenset()
    assert years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)


STRANGERS = [
    (LENA, True),
    (replace(LENA, institutions=(Stay(12, parent=21),)), True),
    (replace(LENA, institutions=(Stay(12, parent=20),)), False),
    (replace(LENA, institutions=(Stay(10, date(2001, 1, 1)),)), False),
    (replace(LENA, conflicts=(Code.CONFLICT_MENTOR,)), False),
    (replace(LENA, person=3), False),
    (replace(LENA, person=1), False),
]


@pytest.mark.parametrize(("assessor", "expected"), STRANGERS)
def test_strangers_have_nothing_in_common(assessor: Assessor, expected: bool) -> None:
    assert are_strangers(assessor, replace(ADA, earlier_panel=frozenset({3}))) is expected


_UNTIL = st.none() | st.dates(date(2015, 1, 1), ON)
_STAY = st.builds(Stay, st.integers(10, 14), _UNTIL, st.none() | st.integers(10, 21))
_STAYS = st.lists(_STAY, max_size=3).map(tuple)


@given(_STAYS, _STAYS, st.sampled_from(RoundKind), st.frozensets(st.integers(1, 3)))
def test_between_strangers_stands_nothing(
    mine: tuple[Stay, ...], theirs: tuple[Stay, ...], kind: RoundKind, earlier: frozenset[int]
) -> None:
    ada = replace(ADA, institutions=theirs, round=kind, earlier_panel=earlier)
    lena = replace(LENA, institutions=mine)
    if are_strangers(lena, ada):
        for rule in (RULE, replace(RULE, institution_years=30, new_panel_on_reassessment=True)):
            assert not interests(rule, lena, ada)


def test_what_only_an_address_says_is_called_so() -> None:
    by_address = replace(LENA, institutions=(Stay(10, name="Ardle", by_address=True),))
    (found,) = interests(RULE, by_address, ADA)
    assert (found.fault.code, found.found) == (Code.SAME_BY_ADDRESS, "10")
    both = replace(LENA, institutions=(Stay(10, by_address=True), Stay(10)))
    assert [each.fault.code for each in interests(RULE, both, ADA)] == [Code.SAME_INSTITUTION]
    theirs = replace(ADA, institutions=(Stay(10, by_address=True),))
    assert [each.fault.code for each in interests(RULE, replace(LENA, institutions=(Stay(10),)), theirs)] == [
        Code.SAME_BY_ADDRESS
    ]
    aside = replace(by_address, set_aside=frozenset({found.key}))
    assert not standing(RULE, aside, ADA)


def test_who_sat_on_a_panel_that_was_set_aside_never_sits_again() -> None:
    again = replace(ADA, institutions=(), earlier_panel=frozenset({2}), set_aside_panel=frozenset({2}))
    lena = replace(LENA, institutions=(), set_aside=frozenset({("sat_on_appealed", "")}))
    assert [each.fault.code for each in standing(RULE, lena, again)] == [Code.SAT_ON_APPEALED]
