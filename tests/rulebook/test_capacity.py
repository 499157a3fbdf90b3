"""What will be needed of assessors, and what they offer, month by month."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.capacity import Coming, Offer, expected_on, forecast, pathways_open
from accredit.rulebook.workflow import Stage
from tests.rulebook.editions import edition

TODAY = date(2026, 11, 20)
LAST = date(2027, 3, 31)
TABLE = [
    (Stage.SUBMITTED, LAST, TODAY),
    (Stage.CHECKING, LAST, TODAY),
    (Stage.APPOINTING, LAST, TODAY),
    (Stage.DRAFTING, LAST, LAST),
    (Stage.DRAFTING, date(2026, 1, 15), TODAY),
    (Stage.RETURNED, LAST, LAST),
    (Stage.REVISING, LAST, LAST),
    (Stage.ASSESSING, LAST, None),
    (Stage.HELD, LAST, None),
    (Stage.WITHDRAWN, LAST, None),
]


@pytest.mark.parametrize(("stage", "last_day", "expected"), TABLE)
def test_when_a_panel_will_be_needed(stage: Stage, last_day: date, expected: date | None) -> None:
    assert expected_on(Coming("cmalt", stage, last_day), TODAY) == expected


OPEN = [
    ("cmalt-2026", {"cmalt"}, [], {"associate", "cmalt"}),
    ("cmalt-2026", {"senior"}, ["cmalt"], {"cmalt"}),
    ("cmalt-2026", {"associate"}, ["senior"], set()),
    ("cmalt-2026", set(), [], set()),
    ("orchard-2025", set(), [], {"grafter", "keeper"}),
]


@pytest.mark.parametrize(("code", "held", "offered", "expected"), OPEN)
def test_pathways_open(code: str, held: set[str], offered: list[str], expected: set[str]) -> None:
    assert pathways_open(edition(code), held, offered) == expected


def test_a_forecast() -> None:
    coming = [
        Coming("cmalt", Stage.APPOINTING, LAST),
        Coming("cmalt", Stage.DRAFTING, date(2027, 1, 3)),
        Coming("senior", Stage.DRAFTING, date(2027, 1, 30)),
        Coming("senior", Stage.ASSESSING, LAST),
    ]
    offers = [
        Offer(3, 2, frozenset({"cmalt", "senior"}), may_lead=True),
        Offer(2, 3, frozenset({"cmalt"}), frozenset({"2027-01"})),
    ]
    november, december, january = forecast(coming, offers, today=TODAY, number=3)
    assert [each.name for each in (november, december, january)] == ["2026-11", "2026-12", "2027-01"]
    assert november.portfolios == {"cmalt": 1, "senior": 0}
    assert november.offered == {"cmalt": 1, "senior": 1}
    assert (november.free, november.leads) == (1, 1)
    assert december.offered == {"cmalt": 5, "senior": 3}
    assert january.portfolios == {"cmalt": 1, "senior": 1}
    assert january.offered == {"cmalt": 3, "senior": 3}


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(1, 30))
def test_as_many_months_as_asked_for_and_in_order(today: date, number: int) -> None:
    found = [each.name for each in forecast([], [], today=today, number=number)]
    assert len(found) == number
    assert found == sorted(set(found))
    assert found[0] == f"{today:%Y-%m}"


@given(
    st.lists(st.tuples(st.sampled_from(Stage), st.integers(-400, 400))),
)
def test_nobody_is_counted_twice(rows: list[tuple[Stage, int]]) -> None:
    coming = [Coming("a", stage, TODAY + timedelta(last)) for stage, last in rows]
    needed = sum(expected_on(each, TODAY) is not None for each in coming)
    found = forecast(coming, [], today=TODAY, number=36)
    assert sum(sum(each.portfolios.values()) for each in found) == needed
