"""The network of a problem: what is needed flows from portfolios over permitted pairs to assessors' places.

A portfolio gives as many units as seats are free. Each pair carries one at most. Pairs that may not lead
pass a node of their portfolio that lets through only what needs no lead. Assessors' places are one arc each,
dearer the fuller the assessor is. "Not two from one institution" is no rule of a network: `branching` adds
it.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from accredit.allocation.network import Ints, Network
from accredit.allocation.problem import Bar, Problem, Seat

EVEN = 1000
PRICE = 1000
Flags = NDArray[np.bool_]
Columns = NDArray[np.int32]


def unevenness(load: int, new: int, capacity: int) -> int:
    """How full an assessor is, in thousandths of the square of the share of all their places; rounded place
    by place, so that it is what the network adds up."""
    whole = max(1, load + capacity)
    return sum(_dearness(load + place, whole) for place in range(1, new + 1))


def _dearness(place: int, whole: int) -> int:
    """What the place-th of an assessor's places costs: more than the one before it."""
    return round(EVEN * (2 * place - 1) / whole**2)


@dataclass(frozen=True)
class Allowance:
    """What a question about remedies allows beyond the rules, each at a price."""

    places: bool = False  # assessors take more than they offer
    leads: bool = False  # somebody leads who may not yet
    newcomers: bool = False  # somebody nobody knows yet takes a seat, as lead a little dearer


@dataclass
class Model:
    """A problem as arrays: pairs first among the arcs, in the order of `rows` and `columns`."""

    problem: Problem
    network: Network = field(init=False)
    rows: Columns = field(init=False)
    columns: Columns = field(init=False)
    fit: Ints = field(init=False)
    is_current: Flags = field(init=False)
    evenness: Ints = field(init=False)
    members_of: dict[int, Columns] = field(init=False)
    # What is allowed beyond the rules to find a remedy; `beyond` is the price of each arc that does so.
    allowing: Allowance = Allowance()
    beyond: Ints = field(init=False)

    def __post_init__(self) -> None:
        """Number the nodes, lay the arcs."""
        problem = self.problem
        self._locked_rows = Counter(each.portfolio for each in problem.locked)
        self._locked_leads = Counter(each.portfolio for each in problem.locked if each.lead)
        self._locked_columns = Counter(each.assessor for each in problem.locked)
        self.members_of = _groups(problem)
        rows, columns = np.nonzero(self._permitted())
        self.rows, self.columns = rows.astype(np.int32), columns.astype(np.int32)
        self.fit = problem.fit[rows, columns].astype(np.int64)
        current = np.zeros(problem.fit.shape, np.bool_)
        for each in problem.current:
            current[each.portfolio, each.assessor] = True
        self.is_current = current[rows, columns]
        self.network = self._network()

    @property
    def pairs(self) -> int:
        """How many pairs are permitted."""
        return len(self.rows)

    def neighbours(self, column: int) -> Columns:
        """The assessors who share a group with this one, themselves left out."""
        groups = self.problem.assessors[column].groups
        if not groups:
            return np.zeros(0, np.int32)
        found = np.unique(np.concatenate([self.members_of[each] for each in groups]))
        others: Columns = found[found != column]
        return others

    def needed(self) -> tuple[Ints, Ints]:
        """How many seats of each portfolio are free, and how many of them for leads."""
        sizes = [each.size - self._locked_rows[row] for row, each in enumerate(self.problem.portfolios)]
        leads = [each.leads - self._locked_leads[row] for row, each in enumerate(self.problem.portfolios)]
        return np.array(sizes, np.int64), np.array(leads, np.int64)

    def seats(self, flow: Ints) -> tuple[Seat, ...]:
        """The seats of a flow and the locked ones. Who led in the draft leads again, else the best fit."""
        led = {(each.portfolio, each.assessor) for each in self.problem.current if each.lead}
        taken: dict[int, list[tuple[bool, int, int]]] = {}
        for pair in np.nonzero(flow[: self.pairs])[0]:
            row, column = int(self.rows[pair]), int(self.columns[pair])
            taken.setdefault(row, []).append(((row, column) not in led, -int(self.fit[pair]), column))
        leads = self.needed()[1]
        found = list(self.problem.locked)
        for row, members in taken.items():
            may = [each for each in sorted(members) if not self.problem.bars[row, each[2]]]
            leading = {column for _, _, column in may[: int(leads[row])]}
            found += [Seat(row, column, column in leading) for _, _, column in members]
        return tuple(sorted(found, key=lambda each: (each.portfolio, not each.lead, each.assessor)))

    def _permitted(self) -> Flags:
        permitted: Flags = (self.problem.bars & ~np.uint16(Bar.NOT_LEAD)) == 0
        for each in self.problem.locked:
            permitted[each.portfolio, each.assessor] = False
            if self.problem.distinct_groups:
                permitted[each.portfolio, self.neighbours(each.assessor)] = False
        return permitted

    def _network(self) -> Network:
        problem = self.problem
        size = len(problem.portfolios)
        rest, first = size, 2 * size
        free, leads = self.needed()
        may_lead = (self.problem.bars[self.rows, self.columns] & np.uint16(Bar.NOT_LEAD)) == 0
        arcs = _Arcs()
        heads, sink = self._gates(arcs, first)
        arcs.first(np.where(may_lead, self.rows, rest + self.rows).astype(np.int32), heads)
        for row in range(size):
            arcs.add(row, rest + row, int(free[row] - leads[row]))
            if self.allowing.leads:
                arcs.add(row, rest + row, int(leads[row]), beyond=PRICE)
            if self.allowing.newcomers:
                arcs.add(row, sink, int(leads[row]), beyond=PRICE + 1)
                arcs.add(rest + row, sink, int(free[row]), beyond=PRICE)
        for column, assessor in enumerate(problem.assessors):
            kept = self._locked_columns[column]
            whole = max(1, assessor.load + assessor.capacity)
            for place in range(1, max(0, assessor.capacity - kept) + 1):
                arcs.add(first + column, sink, 1, _dearness(assessor.load + kept + place, whole))
            if self.allowing.places:
                arcs.add(first + column, sink, size, beyond=PRICE)
        supply = np.zeros(sink + 1, np.int64)
        supply[:size] = free
        supply[sink] = -free.sum()
        tail, head, upper, self.evenness, self.beyond = arcs.done()
        return Network(tail, head, np.zeros(len(tail), np.int64), upper, supply)

    def _gates(self, arcs: "_Arcs", first: int) -> tuple[NDArray[np.int32], int]:
        """The node each pair leads to, and the sink's: an assessor, or a gate of theirs for a period that has
        a limit of its own."""
        portfolios, assessors = self.problem.portfolios, self.problem.assessors
        kept = Counter((each.assessor, portfolios[each.portfolio].period) for each in self.problem.locked)
        numbers = {period: place for place, period in enumerate(sorted({each.period for each in portfolios}))}
        node = first + len(assessors)
        to = np.repeat(np.arange(first, node, dtype=np.int32)[:, None], max(1, len(numbers)), axis=1)
        for column, assessor in enumerate(assessors):
            for period, most in assessor.per_period:
                if period in numbers:
                    to[column, numbers[period]] = node
                    arcs.add(node, first + column, max(0, most - kept[column, period]))
                    if self.allowing.places:
                        arcs.add(node, first + column, len(portfolios), beyond=PRICE)
                    node += 1
        periods = np.array([numbers[each.period] for each in portfolios], np.int32)
        return to[self.columns, periods[self.rows]], node


class _Arcs:
    """Arcs in the making: the pairs as arrays, the others one by one."""

    def __init__(self) -> None:
        self.others: list[tuple[int, int, int, int, int]] = []
        self.tail = self.head = np.zeros(0, np.int32)

    def first(self, tail: Columns, head: Columns) -> None:
        self.tail, self.head = tail, head

    def add(self, tail: int, head: int, upper: int, dearness: int = 0, *, beyond: int = 0) -> None:
        self.others.append((tail, head, upper, dearness, beyond))

    def done(self) -> tuple[Columns, Columns, Ints, Ints, Ints]:
        """Tails, heads, capacities, what a unit costs in evenness, and beyond the rules."""
        others = np.array(self.others, np.int64).reshape(-1, 5)
        pairs = len(self.tail)
        tail = np.concatenate([self.tail, others[:, 0].astype(np.int32)])
        head = np.concatenate([self.head, others[:, 1].astype(np.int32)])
        upper, dearness, beyond = (
            np.concatenate([np.full(pairs, each, np.int64), others[:, column]])
            for each, column in ((1, 2), (0, 3), (0, 4))
        )
        return tail, head, upper, dearness, beyond


def _groups(problem: Problem) -> dict[int, Columns]:
    members: dict[int, list[int]] = {}
    for column, assessor in enumerate(problem.assessors):
        for group in assessor.groups:
            members.setdefault(group, []).append(column)
    return {group: np.array(columns, np.int32) for group, columns in members.items()}
