"""The network's own edges: nothing open, costs beyond what the solver takes, supplies that cannot be met."""

import numpy as np
import pytest

from accredit.allocation.network import Network


def network(lower: int, upper: int, supply: int) -> Network:
    """One arc from node 0 to node 1."""
    return Network(
        np.array([0], np.int32),
        np.array([1], np.int32),
        np.array([lower], np.int64),
        np.array([upper], np.int64),
        np.array([supply, -supply], np.int64),
    )


def test_a_closed_arc_carries_what_it_must() -> None:
    closed = network(2, 2, 2)
    flow, missing = closed.fullest()
    assert (list(flow), missing) == ([2], 0)
    assert list(closed.prices(np.array([5], np.int64), flow)) == [0, 0]


def test_what_cannot_be_met_is_counted() -> None:
    assert network(0, 1, 3).fullest()[1] == 2
    assert network(0, 1, 3).cheapest(np.array([1], np.int64)) is None


def test_costs_beyond_the_solver_are_an_error_not_an_answer() -> None:
    with pytest.raises(ArithmeticError):
        network(0, 1, 1).cheapest(np.array([2**62], np.int64))
