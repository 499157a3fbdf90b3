"""The door of the allocation: panels for every portfolio, or why there are none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accredit.allocation.branching import Clock, Found, OutOfTime, Search, Value
from accredit.allocation.explaining import close_of, full_in, loads_of
from accredit.allocation.infeasible import diagnose
from accredit.allocation.model import Model
from accredit.allocation.problem import LARGEST_FIT, Answer, Infeasible, Panel, Problem, Rule, Seat

__all__ = ["OutOfTime", "Progress", "solve"]


@dataclass(frozen=True)
class Progress:
    """How far a solution has come: the step, seconds spent, and what the best so far is worth."""

    step: str
    seconds: float
    worst: int | None = None
    total: int | None = None


def solve(
    problem: Problem,
    *,
    seconds: float,
    progress: Callable[[Progress], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Answer | Infeasible:
    """The best panels for every portfolio of the problem, or why no panels satisfy the hard rules.

    In this order: the worst fit of a member of any panel as high as possible; the sum of all fits; places
    taken as even as possible (the sum over assessors of the square of the share of their places, rounded to
    thousandths place by place); as few seats of the draft given up as possible. With `keeps_current` the last
    comes first, for the repair of a draft. Locked seats stand and are not judged. Ends within the time, give
    or take a step of it; raises OutOfTime when until then neither panels nor their impossibility were found.
    """
    clock = Clock(seconds, should_stop, lambda step, found: progress(_progress(clock, step, found)))
    crowded = _crowded(problem)
    if crowded:
        return Infeasible(crowded, (Rule.LOCKED,), (), clock.spent())
    model = Model(problem)
    search = Search(model, clock)
    search.run()
    if search.best is None:
        return diagnose(problem, clock)
    return _answer(model, search, clock)


def _progress(clock: Clock, step: str, found: Found | None) -> Progress:
    worst, total = found.value[1:3] if found else (None, None)
    return Progress(step, clock.spent(), worst, total)


def _crowded(problem: Problem) -> tuple[int, ...]:
    """The portfolios in which more seats are locked than there are."""
    found = []
    for row, needed in enumerate(problem.portfolios):
        locked = [each for each in problem.locked if each.portfolio == row]
        leads = sum(each.lead for each in locked)
        if (
            len(locked) > needed.size
            or leads > needed.leads
            or len(locked) - leads > needed.size - needed.leads
        ):
            found.append(row)
    return tuple(found)


def _answer(model: Model, search: Search, clock: Clock) -> Answer:
    best, root = search.best, search.bound
    assert best is not None and root is not None  # noqa: S101, PT018 - the search has just found it
    problem, seats = model.problem, model.seats(best.flow)
    bound = _bound(search, best.value, root)
    most = bound[2]
    kept = {(each.portfolio, each.assessor) for each in seats}
    return Answer(
        panels=_panels(model, seats),
        worst=best.value[1],
        total=best.value[2],
        bound=most,
        gap=(most - best.value[2]) / most if most else 0.0,
        worst_proven=bound[:2] == best.value[:2],
        changes=sum((each.portfolio, each.assessor) not in kept for each in problem.current),
        loads=loads_of(problem, seats),
        seconds=clock.spent(),
        timed_out=clock.is_over(),
    )


def _bound(search: Search, value: Value, root: Value) -> Value:
    """What no allocation exceeds: of those that serve the worst-served as the found one does, where some
    might serve them better."""
    found = search.proven() or root
    if found[:2] == value[:2]:
        return found
    return (*found[:2], max(found[2], value[2], root[2]), *found[3:])


def _panels(model: Model, seats: Sequence[Seat]) -> tuple[Panel, ...]:
    problem = model.problem
    of_row: dict[int, list[Seat]] = {row: [] for row in range(len(problem.portfolios))}
    for seat in seats:
        of_row[seat.portfolio].append(seat)
    full = full_in(problem, seats)
    made = []
    for row, members in of_row.items():
        fits = [int(problem.fit[row, each.assessor]) for each in members]
        made.append(
            Panel(
                portfolio=row,
                seats=tuple(members),
                worst=min(fits, default=LARGEST_FIT),
                total=sum(fits),
                close=close_of(problem, row, members, full[problem.portfolios[row].period]),
            )
        )
    return tuple(made)
