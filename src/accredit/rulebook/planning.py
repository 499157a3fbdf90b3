"""A candidate's plan: what to write next, and when a letter may remind of it."""

from datetime import date, timedelta
from enum import StrEnum

from accredit.rulebook.facts import Portfolio
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.framework import Edition
from accredit.rulebook.requirements import ready_slots, required_slots


class Every(StrEnum):
    """How often a letter reminds; never, unless the candidate asks for it."""

    NEVER = "never"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


_DAYS = {Every.WEEKLY: 7, Every.FORTNIGHTLY: 14}


def next_slot(edition: Edition, portfolio: Portfolio) -> str | None:
    """Return the first slot that is not ready, in the order of the portfolio; None when all are."""
    ready = frozenset(ready_slots(edition, portfolio))
    return next((slot for slot in required_slots(edition, portfolio) if slot not in ready), None)


def is_ready(edition: Edition, portfolio: Portfolio, slot: str) -> bool:
    """Say whether a slot lacks nothing; a slot nobody asks for never is."""
    return slot in ready_slots(edition, portfolio)


def next_letter(every: Every, *, after: date) -> date | None:
    """Return the day of the next letter after a day on which one went out or was asked for.

    It counts from that day, not from when the letter was due: however long nothing could be sent,
    one letter follows and not five. Monthly is the same day of the next month, or that month's last.
    """
    if every is Every.NEVER:
        return None
    if every is Every.MONTHLY:
        return _month_after(after)
    return after + timedelta(days=_DAYS[every])


def passed(*days: date | None, today: date) -> tuple[Fault, ...]:
    """Return a fault for each newly chosen day that lies before today."""
    return tuple(fault(Code.PLAN_DAY_PAST, date=day.isoformat()) for day in days if day and day < today)


def doubts(*, target_on: date | None, step_on: date | None, last_day: date) -> tuple[Fault, ...]:
    """Return what is odd about a plan; advice, for a plan is the candidate's own."""
    found = []
    latest = max((day for day in (target_on, step_on) if day), default=None)
    if latest and latest > last_day:
        found.append(fault(Code.PLAN_AFTER_LAST_DAY, date=latest.isoformat(), last=last_day.isoformat()))
    if target_on and step_on and step_on > target_on:
        told = {"date": step_on.isoformat(), "target": target_on.isoformat()}
        found.append(fault(Code.PLAN_STEP_AFTER_TARGET, **told))
    return tuple(found)


def _month_after(day: date) -> date:
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
