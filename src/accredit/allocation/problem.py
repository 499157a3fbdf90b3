"""The question put to the allocation, and its answer: frozen data, numbered from 0, without a name in it.

Portfolios are rows, assessors are columns of every matrix. `fit` is a whole number from 0 to 1,000,000: how
well an assessor serves a portfolio. `bars` holds for each pair the hard rules against it, as bits of `Bar`: a
pair without a bit may sit together, one with `NOT_LEAD` alone may sit together but not as lead.
"""

from dataclasses import dataclass, field
from enum import IntFlag, StrEnum

import numpy as np
from numpy.typing import NDArray

Fits = NDArray[np.int32]
Bars = NDArray[np.uint16]
LARGEST_FIT = 1_000_000


class Bar(IntFlag):
    """The hard rules that speak against a pair."""

    OWN = 1  # the assessor's own portfolio
    PATHWAY = 2  # does not hold the pathway or a higher one
    CONFLICT = 4  # declared, mentor, coordinator
    INSTITUTION = 8  # same institution or same parent
    EARLIER = 16  # assessed an earlier attempt, and the edition wants new assessors
    NOT_SAME = 32  # the edition wants the assessors of the earlier round, and this is none of them
    UNWILLING = 64  # does not offer to assess this pathway
    AWAY = 128  # takes nothing on in a month in which this portfolio is assessed
    FORBIDDEN = 256  # kept off by the office
    NOT_LEAD = 512  # may be a member, not the lead


@dataclass(frozen=True)
class Portfolio:
    """What a portfolio needs: so many members, so many of them leads. `period` counts against capacities."""

    key: int
    size: int
    leads: int
    period: int = 0


@dataclass(frozen=True)
class Assessor:
    """What an assessor offers: so many new places in all, and at most so many in a period named here.

    `load` is what they have under way: evenness counts load and new places against load and capacity.
    `groups` are institutions: no two members of a panel may share one where the problem says so.
    """

    key: int
    capacity: int
    per_period: tuple[tuple[int, int], ...] = ()
    load: int = 0
    groups: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Seat:
    """An assessor (column) on a portfolio's panel (row)."""

    portfolio: int
    assessor: int
    lead: bool


@dataclass(frozen=True)
class Problem:
    """Everything the allocation may know. `locked` seats stand in every answer, take places of their
    assessor's capacity, and are not judged; `current` is the draft from which as few changes as possible are
    made: all else being equal, or before all else where `keeps_current`."""

    portfolios: tuple[Portfolio, ...]
    assessors: tuple[Assessor, ...]
    fit: Fits
    bars: Bars
    distinct_groups: bool = True
    locked: tuple[Seat, ...] = ()
    current: tuple[Seat, ...] = ()
    keeps_current: bool = False


class Rule(StrEnum):
    """What binds where no answer exists, besides the bars of the pairs."""

    PANEL_SIZE = "panel_size"
    LEADS = "leads"
    CAPACITY = "capacity"
    GROUPS = "groups"
    LOCKED = "locked"
    BARRED = "barred"


@dataclass(frozen=True)
class Remedy:
    """A change that makes the whole problem solvable: the least of its kind, as far as the rule that parts
    those of one institution plays no part in it.

    `places` more places (capacity), `leads` more assessors who may lead, or `bar` lifted, for any of the
    `assessors`, or for new ones who suit the `portfolios`.
    """

    rule: Rule
    places: int = 0
    leads: int = 0
    bar: Bar | None = None
    portfolios: tuple[int, ...] = ()
    assessors: tuple[int, ...] = ()


@dataclass(frozen=True)
class Infeasible:
    """No panels satisfy every hard rule: a set of portfolios that cannot be served together, the rules that
    bind there, and changes that would help (each alone, smallest first). `is_smallest`: without any one of
    them the others could be served; otherwise the time or the size of the set did not allow to find out."""

    portfolios: tuple[int, ...]
    rules: tuple[Rule, ...]
    remedies: tuple[Remedy, ...]
    seconds: float = 0.0
    is_smallest: bool = True


@dataclass(frozen=True)
class Close:
    """Somebody who is not on a panel though they would fit: by how much less, and what speaks against it."""

    assessor: int
    fit: int
    bars: Bar
    why: str = ""  # full: no place left; group: shares one; barred; worse: so would be the whole


@dataclass(frozen=True)
class Panel:
    """The panel of one portfolio: its seats, its fit (of the least fitting member, and in all)."""

    portfolio: int
    seats: tuple[Seat, ...]
    worst: int
    total: int
    close: tuple[Close, ...] = ()


@dataclass(frozen=True)
class Load:
    """What an assessor carries: under way and new, of so many."""

    assessor: int
    load: int
    new: int
    capacity: int


@dataclass(frozen=True)
class Answer:
    """Panels for every portfolio. `bound` is what no allocation of the full problem could exceed in total fit
    at this worst fit; `gap` the share of it that may be missing (0.0: proven). `worst_proven` says that no
    allocation serves its worst-served portfolio better. `timed_out`: best so far."""

    panels: tuple[Panel, ...]
    worst: int
    total: int
    bound: int
    gap: float
    worst_proven: bool
    changes: int
    loads: tuple[Load, ...] = field(repr=False)
    seconds: float = 0.0
    timed_out: bool = False
