"""How far assessors agree beyond chance: percentage, Gwet's AC1, Krippendorff's alpha, bootstrap intervals.

A *unit* is what was marked by several assessors (a section of one portfolio): the marks it was given, in any
order; a mark that is missing is left out. A coefficient that is not defined is None, never a guess.

Sources: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011); K. L. Gwet, Computing inter-rater
reliability and its variance in the presence of high agreement (2008).
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

Unit = tuple[str, ...]
Counts = Mapping[Unit, int]
Coefficient = Callable[[Counts, Sequence[str]], float | None]

RESAMPLES = 200
# With fewer units an interval says nothing.
FEWEST = 5
# Figures of fewer than so many are marked: they say little, and may say too much about one of them.
FEW = 10


@dataclass(frozen=True)
class Interval:
    """The middle 95 % of what resampled units give."""

    low: float
    high: float


def counted(units: Iterable[Sequence[str]]) -> Counter[Unit]:
    """How often each combination of marks was given; units with fewer than two marks are left out."""
    return Counter(tuple(sorted(each)) for each in units if len(each) > 1)


def percentage(units: Counts, scale: Sequence[str] = ()) -> float | None:
    """The share of pairs of marks of one unit that are the same, from 0 to 1, each unit counting alike."""
    number = sum(units.values())
    if not number:
        return None
    return sum(times * _alike(unit) for unit, times in units.items()) / number


def _alike(unit: Unit) -> float:
    raters = len(unit)
    return sum(n * (n - 1) for n in Counter(unit).values()) / (raters * (raters - 1))


def ac1(units: Counts, scale: Sequence[str]) -> float | None:
    """Gwet's AC1 for marks of a scale. None without units, or where the scale has one point."""
    agreed = percentage(units)
    if agreed is None or len(scale) < 2:
        return None
    number = sum(units.values())
    shares = [
        sum(times * unit.count(mark) / len(unit) for unit, times in units.items()) / number for mark in scale
    ]
    by_chance = sum(share * (1 - share) for share in shares) / (len(scale) - 1)
    return (agreed - by_chance) / (1 - by_chance)


def alpha(units: Counts, scale: Sequence[str], *, ordinal: bool = True) -> float | None:
    """Krippendorff's alpha, for the order of the scale or for mere difference (`ordinal` False). None where
    all marks are the same: nothing varies that could agree."""
    pairs = _coincidences(units)
    totals = Counter[str]()
    for (one, _other), weight in pairs.items():
        totals[one] += weight
    number = sum(totals.values())
    distance = _distances(totals, scale) if ordinal else _differ
    expected = sum(
        totals[one] * totals[other] * distance(one, other) for one in totals for other in totals
    ) / (number - 1 if number > 1 else 1)
    if not expected:
        return None
    observed = sum(weight * distance(one, other) for (one, other), weight in pairs.items())
    return 1 - observed / expected


def nominal_alpha(units: Counts, scale: Sequence[str]) -> float | None:
    """Krippendorff's alpha where marks have no order."""
    return alpha(units, scale, ordinal=False)


def _coincidences(units: Counts) -> Counter[tuple[str, str]]:
    """How often two marks stand in one unit, each unit's pairs weighing as many as its marks."""
    found: Counter[tuple[str, str]] = Counter()
    for unit, times in units.items():
        marks = Counter(unit)
        for one, n in marks.items():
            for other, m in marks.items():
                found[one, other] += times * n * (m - (one == other)) / (len(unit) - 1)  # type: ignore[assignment]
    return found


def _differ(one: str, other: str) -> float:
    return float(one != other)


def _distances(totals: Mapping[str, float], scale: Sequence[str]) -> Callable[[str, str], float]:
    """The square of how many marks lie between two points of the scale, half of the two points' own."""
    places = {mark: place for place, mark in enumerate(scale)}
    reached = list(accumulate((totals.get(mark, 0) for mark in scale), initial=0))

    def distance(one: str, other: str) -> float:
        first, last = sorted((places[one], places[other]))
        between = reached[last + 1] - reached[first]
        return float((between - (totals.get(one, 0) + totals.get(other, 0)) / 2) ** 2)

    return distance


def interval(
    units: Counts, scale: Sequence[str], coefficient: Coefficient, *, seed: int, resamples: int = RESAMPLES
) -> Interval | None:
    """The percentile interval of a coefficient: as many units are drawn again with replacement, `resamples`
    times; the same seed gives the same interval. None with fewer than five units, or where fewer than half
    of the draws define the coefficient."""
    number = sum(units.values())
    if number < FEWEST:
        return None
    draw = random.Random(seed)
    kinds, weights = list(units), list(units.values())
    found = []
    for _ in range(resamples):
        value = coefficient(Counter(draw.choices(kinds, weights, k=number)), scale)
        if value is not None:
            found.append(value)
    if 2 * len(found) < resamples:
        return None
    found.sort()
    last = len(found) - 1
    return Interval(
        found[max(ceil(0.025 * len(found)) - 1, 0)], found[min(ceil(0.975 * len(found)) - 1, last)]
    )


def leniency(steps: Iterable[tuple[float, Sequence[float]]]) -> float | None:
    """How much kinder somebody marks than their peers on the same rows, in steps of the scale: the mean of
    the peers' mean place less their own (place 0 is the best). Above 0 is kinder. None without such rows."""
    found = [sum(peers) / len(peers) - own for own, peers in steps if peers]
    return sum(found) / len(found) if found else None
