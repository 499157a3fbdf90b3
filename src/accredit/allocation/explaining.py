"""Why these and not others: who came close to a panel, and what everybody carries."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from accredit.allocation.problem import Bar, Close, Load, Problem, Seat

FREE, BARRED = 3, 2


def close_of(
    problem: Problem, row: int, members: Sequence[Seat], full: NDArray[np.bool_]
) -> tuple[Close, ...]:
    """The best fitting who do not sit on a panel: a few who might, then a few whom a rule keeps off."""
    bars, fits = problem.bars[row], problem.fit[row]
    sitting = np.zeros(len(fits), np.bool_)
    sitting[[each.assessor for each in members]] = True
    barred = (bars & ~np.uint16(Bar.NOT_LEAD)) != 0
    free = [
        Close(column, int(fits[column]), Bar(int(bars[column])), _why(problem, column, members, full))
        for column in _best(fits, ~sitting & ~barred, FREE)
    ]
    kept_off = [
        Close(column, int(fits[column]), Bar(int(bars[column])), "barred")
        for column in _best(fits, ~sitting & barred, BARRED)
    ]
    return (*free, *kept_off)


def loads_of(problem: Problem, seats: Sequence[Seat]) -> tuple[Load, ...]:
    """What each assessor carries, the locked seats counted as new."""
    new = Counter(each.assessor for each in seats)
    return tuple(
        Load(column, each.load, new[column], each.capacity) for column, each in enumerate(problem.assessors)
    )


def full_in(problem: Problem, seats: Sequence[Seat]) -> dict[int, NDArray[np.bool_]]:
    """For each period which assessors have no place left in it, once these seats are taken."""
    new, count = np.zeros(len(problem.assessors), np.int64), Counter[tuple[int, int]]()
    for seat in seats:
        new[seat.assessor] += 1
        count[seat.assessor, problem.portfolios[seat.portfolio].period] += 1
    full = new >= np.array([each.capacity for each in problem.assessors], np.int64)
    found = {each.period: full.copy() for each in problem.portfolios}
    for column, assessor in enumerate(problem.assessors):
        for period, most in assessor.per_period:
            if period in found and count[column, period] >= most:
                found[period][column] = True
    return found


def _why(problem: Problem, column: int, members: Sequence[Seat], full: NDArray[np.bool_]) -> str:
    if full[column]:
        return "full"
    groups = problem.assessors[column].groups
    shared = problem.distinct_groups and any(
        groups & problem.assessors[each.assessor].groups for each in members
    )
    return "group" if shared else "worse"


def _best(fits: NDArray[np.int32], among: NDArray[np.bool_], number: int) -> list[int]:
    columns = np.nonzero(among)[0]
    if len(columns) > number:
        columns = columns[np.argpartition(-fits[columns], number)[:number]]
    return [int(each) for each in sorted(columns, key=lambda column: (-int(fits[column]), int(column)))]
