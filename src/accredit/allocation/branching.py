"""Search over networks for an allocation in which no two members of a panel share a group.

A network without that rule is solved first; its answer bounds every answer. Where a panel breaks the rule,
one of the two sits and nobody who shares a group with them, or they do not sit: both are narrower networks of
the same kind. The most promising one is taken first, until none can be better than the best answer found.
"""

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from accredit.allocation.model import Flags, Model
from accredit.allocation.network import Ints, Network
from accredit.allocation.problem import LARGEST_FIT

# How an allocation is judged, the higher the better, in this order: seats of the draft that are kept (where
# the problem wants that before all else), the worst fit, all fits, minus unevenness, seats of the draft kept.
Value = tuple[int, int, int, int, int]
# After a first answer the search for a better one may take so many times as long as that took.
PATIENCE, AT_LEAST = 2.0, 0.5


class OutOfTime(Exception):
    """The time was over before any allocation was found; whether there is one is not known."""


@dataclass
class Clock:
    """When to stop, and whom to tell."""

    seconds: float
    should_stop: Callable[[], bool]
    tell: Callable[[str, "Found | None"], None]
    begun: float = field(default_factory=time.monotonic)

    def spent(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.begun

    def is_over(self, limit: float | None = None) -> bool:
        """Whether the time is over, or somebody asked to stop."""
        return self.spent() >= min(self.seconds, limit or self.seconds) or self.should_stop()


@dataclass(frozen=True, eq=False)
class Found:
    """An allocation, by the flow of its pairs and its value."""

    flow: Ints
    value: Value


@dataclass(frozen=True, eq=False)
class _Node:
    """A network still to be searched: pairs kept out of it, what it cannot exceed, its own best flow."""

    without: Ints
    bound: Value
    flow: Ints
    depth: int


class _Over(Exception):
    """The time ended while a network was being solved."""


@dataclass
class Search:
    """The best allocation of a model, and what no allocation can exceed. Where `anything` will do, the search
    ends with the first and asks of it no more than a good fit."""

    model: Model
    clock: Clock
    anything: bool = False
    best: Found | None = None
    bound: Value | None = None  # of the network without the rule of groups; None: it has no answer
    _open: list[_Node] = field(default_factory=list)

    def run(self) -> None:
        """Search until the best is proven or the time is over. Raises OutOfTime when it was over before
        anything was found or excluded."""
        try:
            root = self._node(np.zeros(0, np.int64), 0)
        except _Over:
            raise OutOfTime from None
        if root is None:
            return
        self.bound = root.bound
        self._open.append(root)
        self.clock.tell("bound", None)
        with contextlib.suppress(_Over):
            self._dive(root)
            self._branch()
        if self.best is None and self._open:
            raise OutOfTime

    def _branch(self) -> None:
        limit: float | None = None
        while self._open and not (self.anything and self.best):
            if self.best is not None and limit is None:
                limit = max(AT_LEAST, self.clock.spent()) * (1 + PATIENCE)
            if self.clock.is_over(limit):
                return
            self._step(self._next())

    def proven(self) -> Value | None:
        """What no allocation can exceed, after the search."""
        bounds = [each.bound for each in self._open] + ([self.best.value] if self.best else [])
        return max(bounds, default=None)

    def _next(self) -> _Node:
        key = (lambda each: each.bound) if self.best else (lambda each: (each.depth, each.bound))
        return max(self._open, key=key)

    def _step(self, node: _Node) -> None:
        """Settle a node or part it in two; until that is done it stays open, so that its bound counts."""
        clash = next(self._clashes(node.flow), None)
        found: list[_Node] = []
        if clash is not None:
            sitting, away = clash
            for more in (away, np.array([sitting], np.int64)):
                child = self._node(np.concatenate([node.without, more]), node.depth + 1)
                if child is not None and (self.best is None or child.bound > self.best.value):
                    found.append(child)
        self._open.remove(node)
        self._open += found
        if clash is None:
            self._take(node)

    def _dive(self, root: _Node) -> None:
        """Find a first allocation: of every clash the better fitting member stays."""
        node: _Node | None = root
        while node is not None:
            away = [each for _sitting, each in self._clashes(node.flow)]
            if not away:
                self._take(node)
                return
            node = self._node(np.concatenate([node.without, *away]), 0)

    def _take(self, node: _Node) -> None:
        self.best = Found(node.flow, node.bound)
        self._open = [each for each in self._open if each.bound > node.bound]
        self.clock.tell("found", self.best)

    def _clashes(self, flow: Ints) -> Iterator[tuple[int, Ints]]:
        """For each panel of which two share a group: the pair that may stay, and the pairs it excludes."""
        if not self.model.problem.distinct_groups:
            return
        model = self.model
        taken = np.nonzero(flow[: model.pairs])[0]
        starts = np.nonzero(np.diff(model.rows[taken], prepend=-1))[0]
        for pairs in np.split(taken, starts[1:]):
            members = model.columns[pairs]
            ordered = pairs[np.argsort(-model.fit[pairs], kind="stable")]
            for pair in ordered:
                near = model.neighbours(int(model.columns[pair]))
                if np.isin(members, near).any():
                    first, last = np.searchsorted(model.rows, [model.rows[pair], model.rows[pair] + 1])
                    in_row = np.arange(first, last)
                    yield int(pair), in_row[np.isin(model.columns[first:last], near)]
                    break

    def _node(self, without: Ints, depth: int) -> _Node | None:
        """Solve a network in the order of the objectives; None where it has no answer."""
        model, network = self.model, self.model.network.copy()
        network.upper[without] = 0
        if network.fullest()[1]:
            return None
        if self.anything:
            flow = self._flow(network, -self._on_pairs(model.fit))
            fits = int(model.fit[flow[: model.pairs] > 0].sum())
            return _Node(without, (0, 0, fits, 0, 0), flow, depth)
        lost = self._settle(network, -self._on_pairs(model.is_current)) if model.problem.keeps_current else 0
        worst = self._worst(network)
        low = self._on_pairs(model.fit < worst) > network.lower
        network.upper[low] = 0
        total = self._settle(network, -self._on_pairs(model.fit))
        weight = len(model.problem.current) + 1
        flow = self._flow(network, model.evenness * weight - self._on_pairs(model.is_current))
        current = int(flow[: model.pairs][model.is_current].sum())
        uneven = int((flow * model.evenness).sum())
        return _Node(without, (-lost, worst, -total, -uneven, current), flow, depth)

    def _flow(self, network: Network, cost: Ints) -> Ints:
        """A cheapest flow of a network that has one."""
        if self.clock.is_over():
            raise _Over
        flow = network.cheapest(cost)
        assert flow is not None, "it was full before"  # noqa: S101 - narrowed networks keep a full flow
        return flow

    def _settle(self, network: Network, cost: Ints) -> int:
        """Keep the cheapest flows only, and say what they cost."""
        flow = self._flow(network, cost)
        network.narrow(cost, flow)
        return int((flow * cost).sum())

    def _on_pairs(self, values: Ints | Flags) -> Ints:
        whole = np.zeros(len(self.model.network.tail), np.int64)
        whole[: self.model.pairs] = values
        return whole

    def _worst(self, network: Network) -> int:
        """The highest fit that every free seat can have at least."""
        if not network.supply.any():
            return LARGEST_FIT
        pairs = self.model.pairs
        fixed = network.lower[:pairs] > 0
        levels = np.unique(self.model.fit[network.upper[:pairs] > 0])
        if fixed.any():
            levels = levels[levels <= self.model.fit[fixed].min()]
        if self.bound is not None and self.bound[1] in levels and self._holds(network, self.bound[1]):
            return self.bound[1]  # narrower networks seldom serve anybody worse, and never better
        low, high = 0, len(levels) - 1  # the lowest level excludes nobody
        while low < high:
            middle = (low + high + 1) // 2
            if self._holds(network, int(levels[middle])):
                low = middle
            else:
                high = middle - 1
        return int(levels[low])

    def _holds(self, network: Network, level: int) -> bool:
        if self.clock.is_over():
            raise _Over
        tried = network.copy()
        tried.upper[self._on_pairs(self.model.fit < level) > 0] = 0
        return tried.fullest()[1] == 0
