"""What to write next, and when a letter may remind of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accredit.rulebook.facts import Portfolio
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.planning import Every, doubts, is_ready, next_letter, next_slot, passed
from tests.rulebook.editions import PATHWAYS, edition, full_portfolio

DAY = date(2026, 11, 2)


@pytest.mark.parametrize(("code", "pathway"), PATHWAYS)
def test_the_next_slot_is_the_first_not_ready(code: str, pathway: str) -> None:
    rules, full = edition(code), full_portfolio(code, pathway)
    assert next_slot(rules, full) is None
    assert next_slot(rules, Portfolio(pathway)) == rules.sections_for(pathway)[0].code
    rest = tuple(each for each in full.entries if each.section != full.entries[2].section)
    lacking = Portfolio(pathway, rest, confirmed=True)
    slot = rules.slot(full.entries[2].section, 1)
    assert next_slot(rules, lacking) == slot
    assert not is_ready(rules, lacking, slot)
    assert is_ready(rules, full, slot)
    assert not is_ready(rules, full, "no slot")


@pytest.mark.parametrize(
    ("every", "after", "expected"),
    [
        (Every.NEVER, DAY, None),
        (Every.WEEKLY, DAY, date(2026, 11, 9)),
        (Every.FORTNIGHTLY, DAY, date(2026, 11, 16)),
        (Every.MONTHLY, DAY, date(2026, 12, 2)),
        (Every.MONTHLY, date(2027, 1, 31), date(2027, 2, 28)),
        (Every.MONTHLY, date(2028, 1, 30), date(2028, 2, 29)),
        (Every.MONTHLY, date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_the_next_letter(every: Every, after: date, expected: date | None) -> None:
    assert next_letter(every, after=after) == expected


@settings(max_examples=60)
@given(
    st.sampled_from([each for each in Every if each is not Every.NEVER]), st.dates(max_value=date(9990, 1, 1))
)
def test_a_letter_comes_a_week_to_a_month_later(every: Every, after: date) -> None:
    following = next_letter(every, after=after)
    assert following is not None
    assert timedelta(days=7) <= following - after <= timedelta(days=31)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((None, None), []),
        ((DAY, DAY + timedelta(days=1)), []),
        ((DAY - timedelta(days=1), None), ["2026-11-01"]),
        ((DAY - timedelta(days=1), DAY - timedelta(days=2)), ["2026-11-01", "2026-10-31"]),
    ],
)
def test_a_day_chosen_lies_ahead(days: tuple[date | None, ...], expected: list[str]) -> None:
    found = passed(*days, today=DAY)
    assert found == tuple(fault(Code.PLAN_DAY_PAST, date=each) for each in expected)


LAST = date(2027, 1, 31)


@pytest.mark.parametrize(
    ("target_on", "step_on", "expected"),
    [
        (None, None, []),
        (LAST, DAY, []),
        (LAST + timedelta(days=1), None, [Code.PLAN_AFTER_LAST_DAY]),
        (None, LAST + timedelta(days=1), [Code.PLAN_AFTER_LAST_DAY]),
        (DAY, DAY + timedelta(days=1), [Code.PLAN_STEP_AFTER_TARGET]),
        (DAY, DAY, []),
        (LAST, LAST + timedelta(days=1), [Code.PLAN_AFTER_LAST_DAY, Code.PLAN_STEP_AFTER_TARGET]),
    ],
)
def test_what_is_odd_about_a_plan(target_on: date | None, step_on: date | None, expected: list[Code]) -> None:
    found = doubts(target_on=target_on, step_on=step_on, last_day=LAST)
    assert [each.code for each in found] == expected
