"""Coefficients of agreement, against published worked examples and against what must always hold."""

from collections import Counter
from dataclasses import astuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from accredit.rulebook.agreement import (
    Interval,
    ac1,
    alpha,
    counted,
    interval,
    leniency,
    nominal_alpha,
    percentage,
)

# Krippendorff (2011), section C: four observers, twelve units, with missing values.
ROWS = [
    ["1", "2", "3", "3", "2", "1", "4", "1", "2", ".", ".", "."],
    ["1", "2", "3", "3", "2", "2", "4", "1", "2", "5", ".", "3"],
    [".", "3", "3", "3", "2", "3", "4", "2", "2", "5", "1", "."],
    ["1", "2", "3", "3", "2", "4", "4", "1", "2", "5", "1", "."],
]
KRIPPENDORFF = counted([mark for mark in unit if mark != "."] for unit in zip(*ROWS, strict=True))
SCALE = "12345"
# Gwet (2008), two raters, 125 subjects: 118 both positive, 5 and 2 apart, none both negative.
GWET = Counter({("+", "+"): 118, ("+", "-"): 7})


def test_krippendorffs_worked_example() -> None:
    assert nominal_alpha(KRIPPENDORFF, SCALE) == pytest.approx(0.743, abs=0.0005)
    assert alpha(KRIPPENDORFF, SCALE) == pytest.approx(0.815, abs=0.0005)


def test_krippendorffs_binary_example() -> None:
    """Section A of the same: two observers, ten units, alpha 0.095."""
    one, other = "0100000010", "1110010000"
    assert nominal_alpha(counted(zip(one, other, strict=True)), "01") == pytest.approx(0.095, abs=0.0005)


def test_gwets_worked_example() -> None:
    assert percentage(GWET) == pytest.approx(0.944)
    assert ac1(GWET, "+-") == pytest.approx(0.9408, abs=0.00005)


def test_what_is_not_defined_is_none() -> None:
    nothing = counted([["1"], []])
    assert percentage(nothing) is None
    assert ac1(nothing, SCALE) is None
    assert alpha(nothing, SCALE) is None
    same = counted([["1", "1"]] * 9)
    assert alpha(same, SCALE) is None
    assert ac1(same, "1") is None
    assert ac1(same, SCALE) == 1
    assert interval(same, SCALE, alpha, seed=1) is None
    assert interval(counted([["1", "2"]] * 4), SCALE, percentage, seed=1) is None


def test_an_interval_is_the_same_for_the_same_seed_and_holds_the_value() -> None:
    found = interval(KRIPPENDORFF, SCALE, alpha, seed=7)
    assert found is not None
    assert found == interval(KRIPPENDORFF, SCALE, alpha, seed=7)
    assert found != interval(KRIPPENDORFF, SCALE, alpha, seed=8)
    value = alpha(KRIPPENDORFF, SCALE)
    assert value is not None
    assert found.low <= value <= found.high
    assert interval(counted([["1", "1"]] * 9), SCALE, percentage, seed=1) == Interval(1.0, 1.0)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [([], None), ([(0, [])], None), ([(0, [1]), (1, [1])], 0.5), ([(2, [0, 1])], -1.5)],
)
def test_leniency(steps: list[tuple[float, list[float]]], expected: float | None) -> None:
    assert leniency(steps) == expected


units = st.lists(st.lists(st.sampled_from(SCALE), min_size=2, max_size=4), min_size=1, max_size=12)


@given(units)
def test_bounds(given: list[list[str]]) -> None:
    found = counted(given)
    agreed, chance_free = percentage(found), ac1(found, SCALE)
    assert agreed is not None
    assert chance_free is not None
    assert 0 <= agreed <= 1
    assert chance_free <= 1
    assert chance_free <= agreed + 1e-9
    for value in (alpha(found, SCALE), nominal_alpha(found, SCALE)):
        assert value is None or value <= 1 + 1e-9


@given(st.lists(st.sampled_from(SCALE), min_size=2, max_size=9), st.integers(2, 3))
def test_perfect_agreement_is_one(marks: list[str], raters: int) -> None:
    assume(len(set(marks)) > 1)
    found = counted([[mark] * raters for mark in marks])
    for coefficient in (percentage, ac1, alpha, nominal_alpha):
        assert coefficient(found, SCALE) == pytest.approx(1)


@given(units, st.randoms())
def test_neither_the_order_of_units_nor_of_assessors_matters(given: list[list[str]], chance) -> None:  # type: ignore[no-untyped-def]
    shuffled = [chance.sample(each, len(each)) for each in chance.sample(given, len(given))]
    assert counted(shuffled) == counted(given)


@given(units)
def test_an_interval_is_in_order(given: list[list[str]]) -> None:
    found = interval(counted(given), SCALE, ac1, seed=3, resamples=20)
    assert found is None or astuple(found) == tuple(sorted(astuple(found)))
