"""What the locker asks of a piece, and what it only advises."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.faults import Code, fault
from accredit.rulebook.locker import period_faults, permission_advice

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("start", "end", "is_wrong"),
    [
        (None, None, False),
        (JUNE, None, False),
        (None, JUNE, False),
        (JUNE, JUNE, False),
        (JUNE, JULY, False),
        (JULY, JUNE, True),
    ],
)
def test_a_period_ends_after_it_began(start: date | None, end: date | None, is_wrong: bool) -> None:
    assert period_faults(start, end) == ((fault(Code.PERIOD_ENDS_BEFORE_START),) if is_wrong else ())


@given(st.dates(), st.dates())
def test_of_two_days_one_order_is_a_period(one: date, other: date) -> None:
    assert bool(period_faults(one, other)) != bool(period_faults(other, one)) or one == other


@pytest.mark.parametrize(
    ("others", "permission", "is_advised"),
    [("", "", False), (" \n", "", False), ("Learners", "", True), ("Learners", "given", False)],
)
def test_who_names_others_is_asked_how_they_agreed(others: str, permission: str, is_advised: bool) -> None:
    advice = permission_advice("A letter", others=others, permission=permission)
    assert advice == ((fault(Code.PERMISSION_UNSAID, title="A letter"),) if is_advised else ())
