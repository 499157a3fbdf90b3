"""Allocation problems of real size, the same for the same seed: institutions, areas, months away, history."""

import numpy as np
from numpy.typing import NDArray

from accredit.allocation.problem import Assessor, Bar, Bars, Fits, Portfolio, Problem

Reals = NDArray[np.float64]
Wholes = NDArray[np.int64]
AREAS, MONTHS = 20, 4
CONFLICTS = 0.016


def make(portfolios: int, assessors: int, *, tight: bool, seed: int = 1) -> Problem:
    """Two members each, half of the assessors may lead; places in all: as many as seats where `tight`, else a
    third more. A portfolio has up to three areas, an assessor ranks up to five; areas differ in frequency."""
    draw = np.random.default_rng([seed, portfolios, assessors, tight])
    frequency = 1 / np.arange(1, AREAS + 1) ** 0.7
    frequency /= frequency.sum()
    fit = _fit(draw, portfolios, assessors, frequency)
    months = draw.integers(0, MONTHS, portfolios)
    homes = _institutions(draw, portfolios, assessors)
    leads = draw.permutation(assessors)[: assessors // 2]
    bars = _bars(draw, months, homes, leads, assessors)
    places = np.zeros(assessors, np.int64)
    wanted = portfolios if tight else portfolios * 4 // 3
    for some in (leads, np.setdiff1d(np.arange(assessors), leads)):
        places[some] = _places(draw, wanted, len(some))
    return Problem(
        portfolios=tuple(
            Portfolio(key=row, size=2, leads=1, period=int(month)) for row, month in enumerate(months)
        ),
        assessors=tuple(
            Assessor(
                key=column,
                capacity=int(places[column]),
                load=int(draw.integers(0, 3)),
                groups=frozenset({int(homes[1][column])}),
            )
            for column in range(assessors)
        ),
        fit=fit,
        bars=bars,
    )


def _fit(draw: np.random.Generator, rows: int, columns: int, frequency: Reals) -> Fits:
    wants = np.zeros((rows, AREAS))
    for row in range(rows):
        wants[row, draw.choice(AREAS, draw.integers(1, 4), replace=False, p=frequency)] = 1
    knows = np.zeros((columns, AREAS))
    for column in range(columns):
        ranked = draw.choice(AREAS, draw.integers(1, 6), replace=False, p=frequency)
        knows[column, ranked] = [1.0, 0.8, 0.6, 0.5, 0.4][: len(ranked)]
    shared = (
        (wants[:, None, :] * knows[None, :, :]).max(axis=2)
        if rows * columns < 100_000
        else _blocks(wants, knows)
    )
    sector = draw.integers(0, 5, rows)[:, None] == draw.integers(0, 5, columns)[None, :]
    taste = draw.random((rows, columns))
    found: Fits = (600_000 * shared + 150_000 * sector + 150_000 * taste + 100_000).astype(np.int32)
    return found


def _blocks(wants: Reals, knows: Reals) -> Reals:
    return np.concatenate(
        [(each[:, None, :] * knows[None]).max(axis=2) for each in np.array_split(wants, 50)]
    )


def _institutions(draw: np.random.Generator, rows: int, columns: int) -> tuple[Wholes, ...]:
    number = max(20, columns // 4)
    size = 1 / np.arange(1, number + 1) ** 0.5
    return draw.choice(number, rows, p=size / size.sum()), draw.choice(number, columns, p=size / size.sum())


def _bars(
    draw: np.random.Generator, months: Wholes, homes: tuple[Wholes, ...], leads: Wholes, columns: int
) -> Bars:
    rows = len(months)
    bars = np.zeros((rows, columns), np.uint16)
    bars[:, np.setdiff1d(np.arange(columns), leads)] |= np.uint16(Bar.NOT_LEAD)
    bars[homes[0][:, None] == homes[1][None, :]] |= np.uint16(Bar.INSTITUTION)
    away = draw.random((columns, MONTHS)) < 0.1
    bars[away[:, months].T] |= np.uint16(Bar.AWAY)
    bars[draw.random((rows, columns)) < 2 / columns] |= np.uint16(Bar.EARLIER)
    bars[draw.random((rows, columns)) < CONFLICTS] |= np.uint16(Bar.CONFLICT)
    return bars


def _places(draw: np.random.Generator, wanted: int, assessors: int) -> Wholes:
    """So many places, spread unevenly."""
    places = np.full(assessors, wanted // assessors, np.int64)
    places[: wanted - places.sum()] += 1
    draw.shuffle(places)
    for giver, taker in draw.integers(0, assessors, (assessors // 3, 2)):
        if places[giver] > 1:
            places[giver] -= 1
            places[taker] += 1
    return places
