"""What offices do without a solver: the best pair first, hardest portfolios first; or anybody who may."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from accredit.allocation.problem import Bar, Problem, Seat


def greedy(problem: Problem) -> tuple[Seat, ...]:
    """Portfolios with the fewest possible assessors first; each takes the best fitting who have a place."""
    possible = ((problem.bars & ~np.uint16(Bar.NOT_LEAD)) == 0).sum(axis=1)
    return _fill(problem, np.argsort(possible, kind="stable"), problem.fit)


def random_top_up(problem: Problem) -> tuple[Seat, ...]:
    """Portfolios in the order they came, filled with anybody who may and has a place."""
    draw = np.random.default_rng(1)
    return _fill(problem, np.arange(len(problem.portfolios)), draw.permuted(problem.fit, axis=1))


def _fill(problem: Problem, order: NDArray[np.int64], by: NDArray[np.int32]) -> tuple[Seat, ...]:
    taken, seats = Counter[int](), list[Seat]()
    for row in order:
        needed, members = problem.portfolios[row], list[Seat]()
        for column in np.argsort(-by[row], kind="stable"):
            assessor, bars = problem.assessors[column], int(problem.bars[row, column])
            shares = any(assessor.groups & problem.assessors[each.assessor].groups for each in members)
            if bars & ~Bar.NOT_LEAD or taken[column] >= assessor.capacity or shares:
                continue
            leads = sum(each.lead for each in members)
            lead = leads < needed.leads and not bars
            if lead or len(members) - leads < needed.size - needed.leads:
                members.append(Seat(int(row), int(column), lead))
                taken[column] += 1
            if len(members) == needed.size:
                break
        seats += members
    return tuple(seats)
