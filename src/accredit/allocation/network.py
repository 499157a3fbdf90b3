"""A network with lower and upper bounds on its arcs, solved again and again under costs that come in turn.

The solver is the min-cost flow of OR-tools. What it does not tell, the prices of the nodes, is found from its
flow; they say which arcs every cheapest flow agrees on, so that a further cost decides among the cheapest
flows alone: objectives in strict order, without large numbers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import max_flow, min_cost_flow

Ints = NDArray[np.int64]
Nodes = NDArray[np.int32]
FAR = np.int64(1) << 60


@dataclass
class Network:
    """Arcs with bounds; `supply` of all nodes adds up to 0. Bounds are narrowed, never widened."""

    tail: Nodes
    head: Nodes
    lower: Ints
    upper: Ints
    supply: Ints

    def copy(self) -> "Network":
        """The same network, to be narrowed by itself."""
        return Network(self.tail, self.head, self.lower.copy(), self.upper.copy(), self.supply)

    def cheapest(self, cost: Ints) -> Ints | None:
        """The flow of every arc in a cheapest flow; None where the supplies cannot be met."""
        open_arcs, supply = self._shifted()
        solver = min_cost_flow.SimpleMinCostFlow()
        arcs = solver.add_arcs_with_capacity_and_unit_cost(
            self.tail[open_arcs],
            self.head[open_arcs],
            (self.upper - self.lower)[open_arcs],
            cost[open_arcs],
        )
        solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
        status = solver.solve()
        if status == solver.INFEASIBLE:
            return None
        if status != solver.OPTIMAL:
            raise ArithmeticError(f"the flow solver answered {status}")
        flow = self.lower.copy()
        flow[open_arcs] += solver.flows(arcs)
        return flow

    def fullest(self) -> tuple[Ints, int]:
        """A flow that meets as much of the supplies as can be met, and how much is missing."""
        open_arcs, supply = self._shifted()
        giving, taking = np.nonzero(supply > 0)[0], np.nonzero(supply < 0)[0]
        source, sink = len(supply), len(supply) + 1
        solver = max_flow.SimpleMaxFlow()
        arcs = solver.add_arcs_with_capacity(
            self.tail[open_arcs], self.head[open_arcs], (self.upper - self.lower)[open_arcs]
        )
        for nodes, tails, heads in ((giving, source, None), (taking, None, sink)):
            size = len(nodes)
            solver.add_arcs_with_capacity(
                nodes.astype(np.int32) if tails is None else np.full(size, tails, np.int32),
                nodes.astype(np.int32) if heads is None else np.full(size, heads, np.int32),
                np.abs(supply[nodes]),
            )
        solver.solve(source, sink)
        flow = self.lower.copy()
        if open_arcs.any():
            flow[open_arcs] += solver.flows(arcs)
        return flow, int(supply[giving].sum()) - int(solver.optimal_flow())

    def narrow(self, cost: Ints, flow: Ints) -> None:
        """Keep only the cheapest flows: `flow` is one of them."""
        reduced = cost + (prices := self.prices(cost, flow))[self.tail] - prices[self.head]
        self.upper = np.where(reduced > 0, self.lower, self.upper)
        self.lower = np.where(reduced < 0, self.upper, self.lower)

    def prices(self, cost: Ints, flow: Ints) -> Ints:
        """The length of the shortest way to each node in what a cheapest flow leaves open."""
        more, less = flow < self.upper, flow > self.lower
        starts = np.concatenate([self.tail[more], self.head[less]])
        ends = np.concatenate([self.head[more], self.tail[less]])
        lengths = np.concatenate([cost[more], -cost[less]])
        order = np.argsort(ends, kind="stable")
        starts, ends, lengths = starts[order], ends[order], lengths[order]
        reached, first = np.unique(ends, return_index=True)
        found = np.zeros(len(self.supply), np.int64)
        if not len(reached):
            return found
        while True:
            nearer = np.minimum.reduceat(found[starts] + lengths, first)
            if not (nearer < found[reached]).any():
                return found
            found[reached] = np.minimum(found[reached], nearer)

    def _shifted(self) -> tuple[NDArray[np.bool_], Ints]:
        """Which arcs may still carry something, and the supplies once all lower bounds are carried."""
        supply = self.supply.copy()
        held = np.nonzero(self.lower)[0]
        np.subtract.at(supply, self.tail[held], self.lower[held])
        np.add.at(supply, self.head[held], self.lower[held])
        return self.upper > self.lower, supply
