"""The answers: optimal by exhaustive search, valid by the checker, explained, and in time."""

from hypothesis import given, settings

from accredit.allocation.checking import breaches
from accredit.allocation.infeasible import part_of, with_remedy
from accredit.allocation.problem import Answer, Infeasible, Problem, Rule
from accredit.allocation.solving import solve
from tests.allocation.brute import every_allocation, value
from tests.allocation.instances import problems


@settings(max_examples=400)
@given(problems())
def test_the_answer_is_the_best_of_all(problem: Problem) -> None:
    answer = solve(problem, seconds=20)
    best = max((value(problem, each) for each in every_allocation(problem)), default=None)
    if isinstance(answer, Infeasible):
        assert best is None
        return
    seats = tuple(each for panel in answer.panels for each in panel.seats)
    assert breaches(problem, seats) == ()
    assert value(problem, seats) == best
    assert (answer.gap, answer.worst_proven, answer.bound) == (0.0, True, answer.total)


@settings(max_examples=200)
@given(problems())
def test_where_there_is_none_the_reason_is_true_and_smallest(problem: Problem) -> None:
    answer = solve(problem, seconds=20)
    if isinstance(answer, Answer) or answer.rules == (Rule.LOCKED,):
        return
    assert not any(every_allocation(part_of(problem, answer.portfolios)))
    assert answer.is_smallest
    for row in answer.portfolios if len(answer.portfolios) > 1 else ():
        others = [each for each in answer.portfolios if each != row]
        assert any(True for _ in every_allocation(part_of(problem, others)))
    for remedy in answer.remedies:
        assert isinstance(solve(with_remedy(problem, remedy), seconds=20), Answer)
    assert answer.remedies
