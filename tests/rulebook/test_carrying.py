"""Practice carried over from an earlier portfolio: what is settled, and until which day it counts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.carrying import counts_until, side_by_side
from accredit.rulebook.facts import Carried, Entry, Portfolio
from accredit.rulebook.reading import read_edition
from accredit.rulebook.requirements import unmet
from accredit.rulebook.terms import RoundKind
from tests.rulebook.editions import codes, document, edition, full_portfolio

RULES = edition("cmalt-2026")
FULL = full_portfolio("cmalt-2026", "senior")
ON = date(2027, 5, 20)
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def _carried(answer: Carried | None, *slots: str, on: date = ON, base: Portfolio = FULL) -> Portfolio:
    return replace(base, on=on, entries=tuple(_with(each, answer, slots) for each in base.entries))


def _with(entry: Entry, answer: Carried | None, slots: tuple[str, ...]) -> Entry:
    return replace(entry, carried=answer) if RULES.slot(entry.section, entry.position) in slots else entry


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Carried(), "carried_undecided"),
        (Carried(is_valid=False), "carried_to_rewrite"),
        (Carried(is_valid=True, practised_on=ON), ""),
        (Carried(is_valid=False, practised_on=ON), ""),
        (Carried(is_valid=True, practised_on=date(2024, 5, 20)), ""),
        (Carried(is_valid=True, practised_on=date(2024, 5, 19)), "carried_too_old"),
        (Carried(is_valid=False, practised_on=date(2024, 5, 19)), "carried_too_old"),
        # A day without "still valid" is no answer either.
        (Carried(practised_on=ON), "carried_undecided"),
    ],
)
def test_each_answer(answer: Carried, expected: str) -> None:
    found = codes(unmet(RULES, _carried(answer, "1a", "5b")))
    assert found == ([(expected, "1a"), (expected, "5b")] if expected else [])


@pytest.mark.parametrize(
    ("practised", "last"),
    [
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2025, 2, 28), date(2028, 2, 28)),
        (date(2025, 3, 1), date(2028, 3, 1)),
        (date(2024, 12, 31), date(2027, 12, 31)),
    ],
)
def test_the_last_day_of_three_years(practised: date, last: date) -> None:
    assert counts_until(RULES, practised) == last
    answer = Carried(is_valid=True, practised_on=practised)
    assert unmet(RULES, _carried(answer, "1a", on=last)) == ()
    late = unmet(RULES, _carried(answer, "1a", on=last + timedelta(days=1)))
    assert codes(late) == [("carried_too_old", "1a")]
    assert (late[0].get("date"), late[0].get("years")) == (practised.isoformat(), 3)


@given(DAYS, DAYS)
def test_what_counts_on_a_day_counted_on_each_day_before(practised: date, on: date) -> None:
    answer = Carried(is_valid=True, practised_on=practised)
    faults = unmet(RULES, _carried(answer, "1a", on=on))
    assert (faults == ()) == (on <= counts_until(RULES, practised))
    if not faults:
        assert unmet(RULES, _carried(answer, "1a", on=on - timedelta(days=1))) == ()
    # Newer practice never counts for less long.
    assert counts_until(RULES, practised) <= counts_until(RULES, practised + timedelta(days=1))


def test_where_no_day_is_given_nothing_carried_over_counts() -> None:
    dated = Carried(is_valid=True, practised_on=ON)
    assert codes(unmet(RULES, _carried(dated, "1a", on=date.max))) == [("carried_too_old", "1a")]
    assert unmet(RULES, FULL) == ()


@pytest.mark.parametrize("round_kind", [RoundKind.REVIEW, RoundKind.REASSESSMENT])
def test_it_is_asked_before_the_first_submission_only(round_kind: RoundKind) -> None:
    revised = replace(_carried(Carried(), "1a"), round=round_kind, summary_words=9)
    assert unmet(RULES, revised) == ()


def test_it_is_not_asked_of_what_stands_elsewhere() -> None:
    entries = tuple(replace(each, link="https://a.example") for each in _carried(Carried(), "1a").entries)
    assert unmet(RULES, replace(FULL, entries=entries, as_it_is=True, has_source=True)) == ()


def test_the_years_are_the_editions() -> None:
    assert [edition(code).progression.years for code in ("cmalt-2016", "cmalt-2026", "orchard-2025")] == [
        3,
        3,
        5,
    ]
    one = read_edition(document("cmalt-2026").replace("[progression]\nyears = 3", "[progression]\nyears = 1"))
    answer = Carried(is_valid=True, practised_on=ON - timedelta(days=400))
    assert codes(unmet(one, _carried(answer, "1a"))) == [("carried_too_old", "1a")]
    assert unmet(RULES, _carried(answer, "1a")) == ()


def test_criteria_side_by_side_across_editions() -> None:
    found = {
        each.section.code: each for each in side_by_side(edition("cmalt-2019"), "cmalt", RULES, "senior")
    }
    assert [code for code, each in found.items() if each.is_new] == ["6"]
    assert found["4a"].is_changed
    assert not found["confirmation"].is_changed
    assert not found["6"].is_changed
    same = side_by_side(RULES, "cmalt", RULES, "cmalt")
    assert not any(each.is_new or each.is_changed for each in same)


def test_an_edition_without_the_section_at_all() -> None:
    found = side_by_side(edition("orchard-2025"), "grafter", RULES, "associate")
    assert all(each.is_new for each in found)
