"""The best allocation by trying every one: for instances of a few seats."""

from collections.abc import Iterator
from itertools import combinations

from accredit.allocation.checking import breaches
from accredit.allocation.model import unevenness
from accredit.allocation.problem import LARGEST_FIT, Problem, Seat


def every_allocation(problem: Problem) -> Iterator[tuple[Seat, ...]]:
    """Every set of seats that breaks no hard rule; who of a panel leads is one choice of those allowed."""
    for seats in _rows(problem, 0):
        if not breaches(problem, seats):
            yield seats


def _rows(problem: Problem, row: int) -> Iterator[tuple[Seat, ...]]:
    if row == len(problem.portfolios):
        yield ()
        return
    panels = list(_panels(problem, row))
    for others in _rows(problem, row + 1) if panels else ():
        for panel in panels:
            yield (*panel, *others)


def _panels(problem: Problem, row: int) -> Iterator[tuple[Seat, ...]]:
    needed = problem.portfolios[row]
    locked = [each for each in problem.locked if each.portfolio == row]
    sitting = {each.assessor for each in locked}
    free = [each for each in range(len(problem.assessors)) if each not in sitting]
    leads = needed.leads - sum(each.lead for each in locked)
    for members in combinations(free, needed.size - len(locked)):
        may = [each for each in members if not problem.bars[row, each]]
        if len(may) >= leads:
            leading = set(may[:leads])
            yield (*locked, *(Seat(row, each, each in leading) for each in members))


def value(problem: Problem, seats: tuple[Seat, ...]) -> tuple[int, int, int, int, int]:
    """The objectives in their order, the higher the better."""
    free = [each for each in seats if each not in problem.locked]
    fits = [int(problem.fit[each.portfolio, each.assessor]) for each in free]
    sitting = {(each.portfolio, each.assessor) for each in seats}
    fixed = {(each.portfolio, each.assessor) for each in problem.locked}
    kept = sum((each.portfolio, each.assessor) in sitting - fixed for each in set(problem.current))
    uneven = 0
    for column, each in enumerate(problem.assessors):
        new = sum(seat.assessor == column for seat in seats)
        locked = sum(seat.assessor == column for seat in problem.locked)
        uneven += unevenness(each.load, new, each.capacity) - unevenness(each.load, locked, each.capacity)
    first = kept if problem.keeps_current else 0
    return first, min(fits, default=LARGEST_FIT), sum(fits), -uneven, kept
