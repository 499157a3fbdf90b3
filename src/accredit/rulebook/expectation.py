"""When a result may be expected: from how long others waited, those who are still waiting included.

What is still waiting is not left out, or the slow ones would count only once they are over: the estimate is
that of Kaplan and Meier (1958), conditional on the days already waited.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FEW = 10  # results on which nothing is said with fewer
LIKELY, NEARLY_ALL = 0.5, 0.9  # shares of those who wait


@dataclass(frozen=True)
class Expectation:
    """Days from handing in by which half, and nearly all, have their result; None: not known that far.

    `results` is the number of results it rests on.
    """

    half: int | None
    nearly_all: int | None
    results: int


def expectation(finished: Sequence[int], waiting: Sequence[int], *, waited: int) -> Expectation | None:
    """What somebody who has waited `waited` days may expect; None where fewer than FEW results are known.

    `finished` holds the days from handing in to the result of others, `waiting` the days the others have
    waited so far. All of them are whole days, none below 0.
    """
    if len(finished) < FEW:
        return None
    return Expectation(
        half=_by_when(finished, waiting, waited, LIKELY),
        nearly_all=_by_when(finished, waiting, waited, NEARLY_ALL),
        results=len(finished),
    )


def survival(finished: Sequence[int], waiting: Sequence[int]) -> list[tuple[int, float]]:
    """The share still without a result after each day on which one came, in the order of the days."""
    left, share, steps = len(finished) + len(waiting), 1.0, []
    gone = sorted([*((day, True) for day in finished), *((day, False) for day in waiting)])
    for day in sorted(set(finished)):
        at_risk = left - sum(1 for other, _ in gone if other < day)
        share *= 1 - sum(1 for other, is_result in gone if is_result and other == day) / at_risk
        steps.append((day, share))
    return steps


def _by_when(finished: Sequence[int], waiting: Sequence[int], waited: int, share: float) -> int | None:
    steps = survival(finished, waiting)
    now = next((left for day, left in reversed(steps) if day <= waited), 1.0)
    wanted = now * (1 - share)
    return next((day for day, left in steps if day > waited and left <= wanted + 1e-12), None)
