"""Why there are no panels: a smallest set of portfolios that cannot all be served, and what would help.

Every remedy is tried before it is named: with it the whole problem has an answer.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from accredit.allocation.branching import Clock, OutOfTime, Search
from accredit.allocation.model import PRICE, Allowance, Flags, Model
from accredit.allocation.network import Ints, Network
from accredit.allocation.problem import Assessor, Bar, Infeasible, Problem, Remedy, Rule

# The office may set these aside; nobody assesses their own portfolio or in spite of a conflict.
# Sets up to this size are tried portfolio by portfolio.
MOST_TRIED = 30
LIFTABLE = (Bar.FORBIDDEN, Bar.AWAY, Bar.UNWILLING, Bar.EARLIER, Bar.NOT_SAME, Bar.INSTITUTION)


def diagnose(problem: Problem, clock: Clock) -> Infeasible:
    """Explain a problem that has no answer: first what would help, then the portfolios and the rules."""
    clock = replace(clock, tell=lambda _step, _found: None)
    remedies = [each for each in _remedies(problem, clock) if _helps(problem, each, clock)]
    if not any(each.rule is Rule.PANEL_SIZE for each in remedies):
        remedies += _by_newcomers_apart(problem, clock)
    order = sorted(remedies, key=_size)
    rows, is_smallest = _smallest(problem, clock)
    rules = _rules(part_of(problem, rows), clock)
    return Infeasible(rows, rules, tuple(order), clock.spent(), is_smallest)


def _size(remedy: Remedy) -> tuple[int, bool]:
    """How much it asks for; of two alike, the one that needs nobody new comes first."""
    asked = remedy.places + remedy.leads + (len(remedy.portfolios) if remedy.bar else 0)
    return asked, remedy.rule is Rule.PANEL_SIZE


def part_of(problem: Problem, rows: Sequence[int]) -> Problem:
    """The problem with these portfolios alone, numbered anew."""
    numbers = {row: place for place, row in enumerate(rows)}
    kept = list(rows)
    locked, current = (
        tuple(replace(each, portfolio=numbers[each.portfolio]) for each in seats if each.portfolio in numbers)
        for seats in (problem.locked, problem.current)
    )
    # What is locked elsewhere takes its places all the same.
    away = Counter(each.assessor for each in problem.locked if each.portfolio not in numbers)
    return replace(
        problem,
        portfolios=tuple(problem.portfolios[row] for row in rows),
        assessors=tuple(
            _without(problem, column, away[column], numbers) for column in range(len(problem.assessors))
        ),
        fit=problem.fit[kept],
        bars=problem.bars[kept],
        locked=locked,
        current=current,
    )


def _without(problem: Problem, column: int, taken: int, numbers: dict[int, int]) -> Assessor:
    assessor = problem.assessors[column]
    if not taken:
        return assessor
    in_period = Counter(
        problem.portfolios[each.portfolio].period
        for each in problem.locked
        if each.assessor == column and each.portfolio not in numbers
    )
    limits = tuple((period, max(0, most - in_period[period])) for period, most in assessor.per_period)
    return replace(assessor, capacity=max(0, assessor.capacity - taken), per_period=limits)


def has_answer(problem: Problem, clock: Clock) -> bool:
    """Whether any panels satisfy the hard rules. Raises OutOfTime when that is not known in time."""
    model = Model(problem)
    if model.network.fullest()[1]:
        return False
    if not problem.distinct_groups:
        return True
    search = Search(model, clock, anything=True)
    search.run()
    return search.best is not None


def _smallest(problem: Problem, clock: Clock) -> tuple[tuple[int, ...], bool]:
    """A set of portfolios that cannot be served together, and whether it is known to be irreducible.

    In the network such a set is at hand: once a single seat is missing, it is those from whom that seat could
    be taken, each of whom would free it by going. Where institutions are parted, the set may still hold
    portfolios that are not needed: a set of a size to try is tried one by one.
    """
    rows = _competing(problem)
    if not problem.distinct_groups or len(rows) == 1:
        return tuple(rows), True
    if len(rows) > MOST_TRIED and _missing(problem, rows)[0]:
        return tuple(rows), False
    place, step = 0, max(1, len(rows) // 2)
    while step and not clock.is_over():
        others = rows[:place] + rows[place + step :]
        if others and not _known(part_of(problem, others), clock):
            rows = others
        else:
            place += step
        if place >= len(rows):
            place, step = 0, step // 2
    return tuple(rows), not clock.is_over()


def _missing(problem: Problem, rows: list[int]) -> tuple[int, list[int]]:
    """How many seats of these portfolios the network leaves empty, and who competes for the empty ones."""
    network, size = Model(part_of(problem, rows)).network, len(rows)
    flow, missing = network.fullest()
    sent = np.zeros(len(network.supply), np.int64)
    np.add.at(sent, network.tail, flow)
    reached = np.zeros(len(network.supply), np.bool_)
    reached[:size] = sent[:size] < network.supply[:size]
    while not ((further := _beyond(network, flow, reached)) == reached).all():
        reached = further
    return missing, [rows[int(row)] for row in np.nonzero(reached[:size])[0]]


def _competing(problem: Problem) -> list[int]:
    """Portfolios of which one seat too many is wanted; all, where only institutions are the trouble."""
    everybody = list(range(len(problem.portfolios)))
    missing, rows = _missing(problem, everybody)
    if not missing:
        return everybody
    needed = 0
    # Half of them go at a time, then fewer, while a seat is missing still; what cannot go is needed.
    step = max(1, len(rows) // 2)
    while missing > 1 and needed < len(rows):
        fewer = rows[:needed] + rows[needed + step :]
        left, competing = _missing(problem, fewer)
        if left:
            stay = {*competing, *fewer[:needed]}
            missing, rows = left, [each for each in fewer if each in stay]
        elif step > 1:
            step //= 2
        else:
            needed += 1
    return _missing(problem, rows)[1] if missing == 1 else rows


def _beyond(network: Network, flow: Ints, reached: Flags) -> Flags:
    further = reached.copy()
    further[network.head[(flow < network.upper) & reached[network.tail]]] = True
    further[network.tail[(flow > network.lower) & reached[network.head]]] = True
    return further


def _known(problem: Problem, clock: Clock, *, in_doubt: bool = True) -> bool:
    """Whether there is an answer; `in_doubt` where the time is over before that is known."""
    try:
        return has_answer(problem, clock)
    except OutOfTime:
        return in_doubt


def _rules(problem: Problem, clock: Clock) -> tuple[Rule, ...]:
    """The rules without one of which these portfolios could be served; all of them where it takes more than
    one; the bars of pairs where even that is not enough."""
    free = replace(problem, bars=problem.bars & ~np.uint16(Bar.NOT_LEAD))
    wide = tuple(
        replace(each, capacity=each.capacity + len(problem.portfolios), per_period=())
        for each in problem.assessors
    )
    eased = {
        Rule.CAPACITY: replace(problem, assessors=wide),
        Rule.LEADS: free,
        Rule.GROUPS: replace(problem, distinct_groups=False),
    }
    binding = tuple(rule for rule, each in eased.items() if _known(each, clock))
    if binding:
        return binding
    every = replace(free, assessors=wide, distinct_groups=False)
    return tuple(eased) if _known(every, clock) else (Rule.BARRED,)


def _remedies(problem: Problem, clock: Clock) -> Iterator[Remedy]:
    yield from _by_places(problem)
    yield from _by_newcomers(problem)
    yield from _by_leads(problem, clock)
    for bar in LIFTABLE:
        if not clock.is_over():
            yield from _by_lifting(problem, bar)


def _cheapest(
    problem: Problem, allowing: Allowance, lifted: Flags | None = None
) -> tuple[Model, Ints] | None:
    """The model with an allowance, and the flow that makes the least use of it."""
    model = Model(problem, allowing=allowing)
    cost = model.beyond.copy()
    if lifted is not None:
        cost[: model.pairs] = np.where(lifted[model.rows, model.columns], PRICE, 0)
    flow = model.network.cheapest(cost)
    if flow is None or not (flow * cost).any():
        return None
    return model, np.where(cost > 0, flow, 0)


def _by_places(problem: Problem) -> Iterator[Remedy]:
    found = _cheapest(problem, Allowance(places=True))
    if found:
        wider = _more_places(problem, *found)
        places = sum(wider.values())
        yield Remedy(
            Rule.CAPACITY,
            places=places,
            assessors=tuple(each for each, more in sorted(wider.items()) for _ in range(more)),
        )


def _more_places(problem: Problem, model: Model, used: Ints) -> Counter[int]:
    """How many more places each assessor would need: in all or in a period, whichever asks for more."""
    first = 2 * len(problem.portfolios)
    last = first + len(problem.assessors)
    in_all, in_periods = Counter[int](), Counter[int]()
    for arc in np.nonzero(used)[0]:
        tail, head = int(model.network.tail[arc]), int(model.network.head[arc])
        if first <= tail < last:
            in_all[tail - first] += int(used[arc])
        else:
            in_periods[head - first] += int(used[arc])
    return in_all | in_periods


def _by_leads(problem: Problem, clock: Clock) -> Iterator[Remedy]:
    found = _cheapest(problem, Allowance(leads=True))
    if found is None:
        return
    model, used = found
    rows = {int(model.network.tail[arc]) for arc in np.nonzero(used)[0]}
    flow = model.network.cheapest(model.beyond)
    assert flow is not None  # noqa: S101 - the same flow was found before
    taken = np.nonzero(flow[: model.pairs])[0]
    people = {
        int(model.columns[pair])
        for pair in taken
        if int(model.rows[pair]) in rows and problem.bars[model.rows[pair], model.columns[pair]]
    }
    for each in sorted(people):
        fewer = Remedy(Rule.LEADS, assessors=tuple(sorted(people - {each})))
        if _helps(problem, fewer, clock):
            people.remove(each)
    yield Remedy(
        Rule.LEADS, leads=len(people), portfolios=tuple(sorted(rows)), assessors=tuple(sorted(people))
    )


def _by_newcomers(problem: Problem) -> Iterator[Remedy]:
    found = _cheapest(problem, Allowance(newcomers=True))
    if found:
        model, used = found
        size = len(problem.portfolios)
        seats = [(int(model.network.tail[arc]), int(used[arc])) for arc in np.nonzero(used)[0]]
        rows = tuple(sorted(tail % size for tail, number in seats for _ in range(number)))
        leads = sum(number for tail, number in seats if tail < size)
        yield Remedy(Rule.PANEL_SIZE, places=len(rows) - leads, leads=leads, portfolios=rows)


def _by_newcomers_apart(problem: Problem, clock: Clock) -> list[Remedy]:
    """So many newcomers that panels of different groups exist: where a network sees no need of them."""
    known, number = len(problem.assessors), 0
    while True:
        number += 1
        search = Search(Model(_joined(problem, Remedy(Rule.PANEL_SIZE, leads=number))), clock, anything=True)
        try:
            search.run()
        except OutOfTime:
            return []
        if search.best is not None:
            found = search.model.seats(search.best.flow)
            theirs = [each for each in found if each.assessor >= known]
            leads = sum(each.lead for each in theirs)
            rows = tuple(sorted(each.portfolio for each in theirs))
            return [Remedy(Rule.PANEL_SIZE, places=len(theirs) - leads, leads=leads, portfolios=rows)]


def _by_lifting(problem: Problem, bar: Bar) -> Iterator[Remedy]:
    lifted = (problem.bars & ~np.uint16(Bar.NOT_LEAD)) == np.uint16(bar)
    if not lifted.any():
        return
    eased = replace(problem, bars=np.where(lifted, problem.bars & np.uint16(Bar.NOT_LEAD), problem.bars))
    found = _cheapest(eased, Allowance(), lifted)
    if found:
        model, used = found
        pairs = np.nonzero(used)[0]
        yield Remedy(
            Rule.BARRED,
            bar=bar,
            portfolios=tuple(int(each) for each in model.rows[pairs]),
            assessors=tuple(int(each) for each in model.columns[pairs]),
        )


def with_remedy(problem: Problem, remedy: Remedy) -> Problem:
    """The problem once a remedy is applied."""
    bars = problem.bars.copy()
    if remedy.rule is Rule.CAPACITY:
        more = Counter(remedy.assessors)
        wider = tuple(
            replace(
                each,
                capacity=each.capacity + more[column],
                per_period=tuple((period, most + more[column]) for period, most in each.per_period),
            )
            for column, each in enumerate(problem.assessors)
        )
        return replace(problem, assessors=wider)
    if remedy.rule is Rule.LEADS:
        bars[:, list(remedy.assessors)] &= ~np.uint16(Bar.NOT_LEAD)
        return replace(problem, bars=bars)
    if remedy.rule is Rule.BARRED:
        bars[list(remedy.portfolios), list(remedy.assessors)] &= np.uint16(Bar.NOT_LEAD)
        return replace(problem, bars=bars)
    return _joined(problem, remedy)


def _joined(problem: Problem, remedy: Remedy) -> Problem:
    """With newcomers, one for each seat: the leads, then the others, who may not lead."""
    new = remedy.places + remedy.leads
    size = len(problem.portfolios)
    bars = np.concatenate([problem.bars, np.zeros((size, new), np.uint16)], axis=1)
    bars[:, len(problem.assessors) + remedy.leads :] = Bar.NOT_LEAD
    fit = np.concatenate([problem.fit, np.zeros((size, new), np.int32)], axis=1)
    people = tuple(Assessor(key=-1 - place, capacity=1) for place in range(new))
    return replace(problem, assessors=(*problem.assessors, *people), fit=fit, bars=bars)


def _helps(problem: Problem, remedy: Remedy, clock: Clock) -> bool:
    return _known(with_remedy(problem, remedy), clock, in_doubt=False)
