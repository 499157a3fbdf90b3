"""Problems and answers as JSON, to keep, to hand on and to solve again.

A problem: `{"format": "accredit-allocation-problem", "version": 1, "portfolios": [{"key", "size", "leads",
"period"}], "assessors": [{"key", "capacity", "load", "per_period": [[period, places]], "groups": [number]}],
"fit": [[number per assessor] per portfolio], "bars": the same with the bits of `problem.Bar`,
"distinct_groups", "keeps_current", "locked": [[portfolio, assessor, lead]], "current": the same}`. Portfolios
and assessors are named by their place, from 0. An answer has the fields of `problem.Answer` or `Infeasible`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

import numpy as np

from accredit.allocation.problem import (
    LARGEST_FIT,
    Answer,
    Assessor,
    Bar,
    Bars,
    Close,
    Fits,
    Infeasible,
    Load,
    Panel,
    Portfolio,
    Problem,
    Remedy,
    Rule,
    Seat,
)

PROBLEM, ANSWER, INFEASIBLE = (
    "accredit-allocation-problem",
    "accredit-allocation-answer",
    "accredit-allocation-infeasible",
)
VERSION = 1
MOST = 1_000_000
T = TypeVar("T")


class BadDocument(ValueError):
    """A text that is no problem or answer; says where and why."""


def write_problem(problem: Problem) -> str:
    """The problem as JSON, always the same text for the same problem."""
    return _written(
        PROBLEM,
        {
            "portfolios": [asdict(each) for each in problem.portfolios],
            "assessors": [asdict(each) | {"groups": sorted(each.groups)} for each in problem.assessors],
            "fit": problem.fit.tolist(),
            "bars": problem.bars.tolist(),
            "distinct_groups": problem.distinct_groups,
            "keeps_current": problem.keeps_current,
            "locked": [_of_seat(each) for each in problem.locked],
            "current": [_of_seat(each) for each in problem.current],
        },
    )


def read_problem(text: str) -> Problem:
    """The problem of a JSON text. Raises BadDocument for anything else."""
    data = _parsed(text, PROBLEM)
    portfolios = _each(data, "portfolios", _portfolio)
    assessors = _each(data, "assessors", _assessor)
    shape = (len(portfolios), len(assessors))

    def seat(row: Any) -> Seat:
        portfolio, assessor, lead = row
        return Seat(_whole(portfolio, shape[0] - 1), _whole(assessor, shape[1] - 1), _flag(lead))

    return Problem(
        portfolios=portfolios,
        assessors=assessors,
        fit=_matrix(data, "fit", shape, LARGEST_FIT).astype(np.int32),
        bars=_matrix(data, "bars", shape, sum(Bar)).astype(np.uint16),
        distinct_groups=_flag(data.get("distinct_groups", True)),
        keeps_current=_flag(data.get("keeps_current", False)),
        locked=_each(data, "locked", seat),
        current=_each(data, "current", seat),
    )


def write_answer(answer: Answer | Infeasible) -> str:
    """The answer as JSON."""
    return _written(ANSWER if isinstance(answer, Answer) else INFEASIBLE, asdict(answer))


def read_answer(text: str) -> Answer | Infeasible:
    """The answer of a JSON text this module has written. Raises BadDocument for anything else."""
    data = _parsed(text, ANSWER, INFEASIBLE)
    named = {key: value for key, value in data.items() if key not in {"format", "version"}}
    try:
        return _answer(named) if data["format"] == ANSWER else _infeasible(named)
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadDocument(f"the answer cannot be read: {wrong!r:.200}") from wrong


def _answer(data: dict[str, Any]) -> Answer:
    panels = tuple(
        Panel(
            **each
            | {
                "seats": tuple(Seat(**seat) for seat in each["seats"]),
                "close": tuple(Close(**near | {"bars": Bar(near["bars"])}) for near in each["close"]),
            }
        )
        for each in data["panels"]
    )
    return Answer(**data | {"panels": panels, "loads": tuple(Load(**each) for each in data["loads"])})


def _infeasible(data: dict[str, Any]) -> Infeasible:
    remedies = tuple(
        Remedy(
            **each
            | {
                "rule": Rule(each["rule"]),
                "bar": None if each["bar"] is None else Bar(each["bar"]),
                "portfolios": tuple(each["portfolios"]),
                "assessors": tuple(each["assessors"]),
            }
        )
        for each in data["remedies"]
    )
    rules = tuple(Rule(each) for each in data["rules"])
    return Infeasible(tuple(data["portfolios"]), rules, remedies, data["seconds"], data["is_smallest"])


def _of_seat(seat: Seat) -> list[object]:
    return [seat.portfolio, seat.assessor, seat.lead]


def _written(kind: str, data: Mapping[str, object]) -> str:
    return json.dumps({"format": kind, "version": VERSION, **data}, separators=(",", ":"))


def _parsed(text: str, *kinds: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise BadDocument(f"this is no JSON: {wrong!s:.200}") from wrong
    if not isinstance(data, dict) or data.get("format") not in kinds:
        raise BadDocument(f"this is none of: {', '.join(kinds)}")
    if data.get("version") != VERSION:
        raise BadDocument(f"version {data.get('version')!r:.20} is not known; this program writes {VERSION}")
    return data


def _each(data: dict[str, Any], key: str, reader: Callable[[Any], T]) -> tuple[T, ...]:
    rows = data.get(key, [])
    if not isinstance(rows, list):
        raise BadDocument(f"{key} must be a list")
    found = []
    for number, row in enumerate(rows):
        try:
            found.append(reader(row))
        except (KeyError, TypeError, ValueError) as wrong:
            raise BadDocument(f"{key}[{number}] cannot be read: {wrong!r:.200}") from wrong
    return tuple(found)


def _portfolio(row: Any) -> Portfolio:
    size = _whole(row["size"], MOST)
    return Portfolio(_key(row["key"]), size, _whole(row["leads"], size), _whole(row.get("period", 0), MOST))


def _assessor(row: Any) -> Assessor:
    limits = tuple((_whole(period, MOST), _whole(most, MOST)) for period, most in row.get("per_period", []))
    groups = frozenset(_whole(each, MOST) for each in row.get("groups", []))
    capacity, load = _whole(row["capacity"], MOST), _whole(row.get("load", 0), MOST)
    return Assessor(_key(row["key"]), capacity, limits, load, groups)


def _key(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r:.40} is no whole number")
    return value


def _whole(value: Any, most: int) -> int:
    if not 0 <= _key(value) <= most:
        raise ValueError(f"{value} is not from 0 to {most}")
    return int(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadDocument(f"{value!r:.40} must be true or false")
    return value


def _matrix(data: dict[str, Any], key: str, shape: tuple[int, int], most: int) -> Fits | Bars:
    rows = data.get(key)
    try:
        found = np.array(rows, dtype=object).reshape(shape) if rows else np.zeros(shape, object)
        if any(isinstance(each, bool) for each in found.flat):
            raise TypeError("true and false are no numbers")
        whole = found.astype(np.int64)
    except (TypeError, ValueError, OverflowError) as wrong:
        raise BadDocument(f"{key} must be {shape[0]} lists of {shape[1]} whole numbers") from wrong
    if (whole != found).any() or (found.size and (whole.min() < 0 or whole.max() > most)):
        raise BadDocument(f"{key} must hold whole numbers from 0 to {most}")
    return whole  # type: ignore[return-value]
