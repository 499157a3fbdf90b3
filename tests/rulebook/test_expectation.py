"""When a result may be expected, checked against a published worked example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.expectation import FEW, expectation, survival

# Remission of the patients on 6-MP (Freireich and others, 1963), the usual example for Kaplan and Meier:
# weeks, of which those in the second row are censored. The estimates are those printed in textbooks.
ENDED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PRINTED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
DAYS = st.lists(st.integers(0, 400), min_size=FEW, max_size=40)


def test_it_agrees_with_the_published_example() -> None:
    assert {day: round(share, 3) for day, share in survival(ENDED, CENSORED)} == PRINTED


def test_nothing_is_said_on_few() -> None:
    assert expectation([30] * (FEW - 1), [5] * 100, waited=0) is None


@pytest.mark.parametrize(
    ("finished", "waiting", "waited", "half", "nearly_all"),
    [
        (range(1, 101), [], 0, 50, 90),
        (range(1, 101), [], 50, 75, 95),
        (range(1, 101), [], 100, None, None),
        ([40] * 10, [], 0, 40, 40),
        ([40] * 10, [60] * 30, 0, None, None),
        ([40] * 10, [60] * 5, 0, 40, None),
    ],
)
def test_what_may_be_expected(
    finished: range, waiting: list[int], waited: int, half: int | None, nearly_all: int | None
) -> None:
    found = expectation(list(finished), waiting, waited=waited)
    assert found is not None
    assert (found.half, found.nearly_all, found.results) == (half, nearly_all, len(finished))


@given(DAYS, st.lists(st.integers(0, 400), max_size=40), st.integers(0, 400))
def test_it_lies_ahead_and_nearly_all_is_no_earlier_than_half(
    finished: list[int], waiting: list[int], waited: int
) -> None:
    found = expectation(finished, waiting, waited=waited)
    assert found is not None
    for day in (found.half, found.nearly_all):
        assert day is None or (day > waited and day in finished)
    if found.nearly_all is not None:
        assert found.half is not None
        assert found.half <= found.nearly_all


@given(DAYS, st.integers(0, 400))
def test_more_who_wait_long_never_make_it_sooner(finished: list[int], waited: int) -> None:
    few = expectation(finished, [], waited=waited)
    many = expectation(finished, [401] * 10, waited=waited)
    assert few is not None
    assert many is not None
    if many.half is not None:
        assert few.half is not None
        assert few.half <= many.half
