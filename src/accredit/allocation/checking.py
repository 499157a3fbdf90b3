"""What is wrong with seats, however they were found: written without the solver, to judge it as well."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from accredit.allocation.problem import Bar, Problem, Rule, Seat


@dataclass(frozen=True)
class Breach:
    """A hard rule that seats break: in a portfolio, by assessors (rows and columns of the problem)."""

    rule: Rule
    portfolio: int | None = None
    assessors: tuple[int, ...] = ()
    bars: Bar = Bar(0)  # noqa: RUF009 - a flag is as frozen as a number


def breaches(problem: Problem, seats: Iterable[Seat]) -> tuple[Breach, ...]:
    """Every hard rule that these seats break; empty for a valid and complete allocation. What is locked may
    break bars, groups and capacities: it stands by the office's will."""
    seats = list(seats)
    locked = set(problem.locked)
    of_panel: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats:
        of_panel[seat.portfolio].append(seat)
    return (
        *(
            Breach(Rule.LOCKED, each.portfolio, (each.assessor,))
            for each in problem.locked
            if each not in seats
        ),
        *(each for row in range(len(problem.portfolios)) for each in _of_panel(problem, row, of_panel[row])),
        *(each for seat in seats if seat not in locked for each in _of_pair(problem, seat)),
        *_of_capacity(problem, seats),
    )


def _of_panel(problem: Problem, row: int, seats: list[Seat]) -> Iterator[Breach]:
    needed, members = problem.portfolios[row], [seat.assessor for seat in seats]
    if len(members) != needed.size or len(set(members)) < len(members):
        yield Breach(Rule.PANEL_SIZE, row, tuple(members))
    if sum(seat.lead for seat in seats) != needed.leads:
        yield Breach(Rule.LEADS, row, tuple(seat.assessor for seat in seats if seat.lead))
    fixed = {(each.portfolio, each.assessor) for each in problem.locked}
    for one, other in combinations(members, 2) if problem.distinct_groups else ():
        both_fixed = {(row, one), (row, other)} <= fixed
        shared = problem.assessors[one].groups & problem.assessors[other].groups
        if one != other and shared and not both_fixed:
            yield Breach(Rule.GROUPS, row, (one, other))


def _of_pair(problem: Problem, seat: Seat) -> Iterator[Breach]:
    bars = Bar(int(problem.bars[seat.portfolio, seat.assessor]))
    if bars & ~Bar.NOT_LEAD:
        yield Breach(Rule.BARRED, seat.portfolio, (seat.assessor,), bars)
    elif seat.lead and Bar.NOT_LEAD in bars:
        yield Breach(Rule.LEADS, seat.portfolio, (seat.assessor,), bars)


def _of_capacity(problem: Problem, seats: list[Seat]) -> Iterator[Breach]:
    kept, new = Counter[int](), Counter[int]()
    kept_in, new_in = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    locked = set(problem.locked)
    for seat in seats:
        where = (seat.assessor, problem.portfolios[seat.portfolio].period)
        for in_all, in_period in ((new, new_in), *(((kept, kept_in),) if seat in locked else ())):
            in_all[seat.assessor] += 1
            in_period[where] += 1
    for column, assessor in enumerate(problem.assessors):
        limits = [(new[column], kept[column], assessor.capacity)]
        limits += [(new_in[column, each], kept_in[column, each], most) for each, most in assessor.per_period]
        if any(all_of > max(most, of_locked) for all_of, of_locked, most in limits):
            yield Breach(Rule.CAPACITY, None, (column,))
