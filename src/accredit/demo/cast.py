"""Reads who is who in the demo, and shifts the years so that the scheme is always alive today."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
# The year in which people.toml was written; its years move on with the calendar.
WRITTEN_IN = 2026

THE_CAST = ("ada", "lena", "omar", "ruth", "mina", "otis", "hugo", "cora")


@dataclass(frozen=True)
class Plan:
    """The registration a person of the demo is brought to."""

    pathway: str
    stage: str
    portfolio: str
    progress: float = 1.0
    outcome: str = ""
    cohort: str = ""
    shows: str = "progress"
    changed_to: str = ""  # the pathway changed to mid-draft
    then: str = ""  # the pathway of the next registration, begun from the accredited portfolio


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """Return the parsed people.toml."""
    return tomllib.loads((FOLDER / "people.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def portfolio(key: str) -> dict[str, Any]:
    """Return a full portfolio's texts and evidence."""
    return tomllib.loads((FOLDER / "portfolios" / key / "portfolio.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def assessments() -> dict[str, Any]:
    """Return what two assessors said of each full portfolio, and the summaries of changes."""
    return tomllib.loads((FOLDER / "assessments.toml").read_text(encoding="utf-8"))


def plan_of(person: dict[str, Any]) -> Plan | None:
    """Return where a person's registration is to stand, if they have one."""
    wanted = person.get("registration")
    return Plan(**{name: wanted[name] for name in Plan.__annotations__ if name in wanted}) if wanted else None


def year_start(year: int, today: date) -> date:
    """Return 1 September of a year of people.toml, moved on with the calendar."""
    return date(year + today.year - WRITTEN_IN, 9, 1)


def issued_on(person: dict[str, Any], today: date, years: int) -> date:
    """Return the day on which a person's award in force was made, so that it is in force today."""
    holds = person["holds"]
    if "ends_in_days" in holds:
        until = today + timedelta(days=holds["ends_in_days"])
        return until.replace(year=until.year - years, day=min(until.day, 28))
    day = date(holds["issued"] + today.year - WRITTEN_IN, 3, 1 + len(person["name"]))
    earliest = today - timedelta(days=years * 365 - 90)
    return min(max(day, earliest), today - timedelta(days=30))
