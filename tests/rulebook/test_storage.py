"""How long a disk lasts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.storage import weekly_growth, weeks_until_full


@pytest.mark.parametrize(
    ("free", "added", "growth", "weeks"),
    [
        (100, (), 0, None),
        (100, (0, 0, 0), 0, None),
        (100, (10, 10, 10), 10, 10),
        (100, (0, 0, 10), 10, 10),
        (100, (10, 0, 0), 4, 25),
        (5, (10,), 10, 0),
        (-5, (10,), 10, 0),
    ],
)
def test_growth_and_weeks_left(free: int, added: tuple[int, ...], growth: int, weeks: int | None) -> None:
    assert weekly_growth(added) == growth
    assert weeks_until_full(free, added) == weeks


@given(st.integers(0, 10**13), st.lists(st.integers(0, 10**11), max_size=12))
def test_what_is_foretold_fits_on_the_disk(free: int, added: list[int]) -> None:
    weeks = weeks_until_full(free, added)
    if weeks is None:
        assert not any(added)
    else:
        assert weeks * weekly_growth(added) <= free < (weeks + 1) * weekly_growth(added)
