"""Small random problems with every rule in them."""

import numpy as np
from hypothesis import strategies as st

from accredit.allocation.problem import Assessor, Bar, Portfolio, Problem, Seat

BARS = [
    0,
    0,
    0,
    0,
    0,
    int(Bar.NOT_LEAD),
    int(Bar.NOT_LEAD),
    int(Bar.CONFLICT),
    int(Bar.AWAY),
    int(Bar.FORBIDDEN | Bar.NOT_LEAD),
]


@st.composite
def problems(draw: st.DrawFn, *, most: int = 3) -> Problem:
    """A problem of up to `most` portfolios and five assessors."""
    rows, columns = draw(st.integers(1, most)), draw(st.integers(2, 5))
    portfolios = tuple(
        Portfolio(key=row, size=(size := draw(st.integers(1, 3))), leads=draw(st.integers(0, min(1, size))),
                  period=draw(st.integers(0, 1)))
        for row in range(rows)
    )  # fmt: skip
    assessors = tuple(
        Assessor(
            key=column,
            capacity=draw(st.integers(0, 3)),
            per_period=draw(st.sampled_from([(), (), ((0, 1),), ((0, 1), (1, 0)), ((1, 2), (7, 1))])),
            load=draw(st.integers(0, 2)),
            groups=draw(st.frozensets(st.integers(0, 2), max_size=2)),
        )
        for column in range(columns)
    )
    fits = draw(st.lists(st.integers(0, 4), min_size=rows * columns, max_size=rows * columns))
    bars = draw(st.lists(st.sampled_from(BARS), min_size=rows * columns, max_size=rows * columns))
    return Problem(
        portfolios=portfolios,
        assessors=assessors,
        fit=np.array(fits, np.int32).reshape(rows, columns),
        bars=np.array(bars, np.uint16).reshape(rows, columns),
        distinct_groups=draw(st.booleans()),
        locked=draw(_seats(rows, columns, 1)),
        current=draw(_seats(rows, columns, 3)),
        keeps_current=draw(st.booleans()),
    )


@st.composite
def _seats(draw: st.DrawFn, rows: int, columns: int, most: int) -> tuple[Seat, ...]:
    pairs = draw(st.sets(st.tuples(st.integers(0, rows - 1), st.integers(0, columns - 1)), max_size=most))
    return tuple(Seat(row, column, draw(st.booleans())) for row, column in sorted(pairs))
