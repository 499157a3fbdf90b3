"""Dates of a registration: expiry, revisions, and the windows in which the office takes submissions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from accredit.rulebook.framework import Edition
from accredit.rulebook.terms import Effect


class WindowMode(StrEnum):
    """How submissions are taken. Source: three deadlines a year to 2022, two-week openings in 2023 and 2024,
    all year since 2025 (the association's pages)."""

    DEADLINE = "deadline"
    OPENING = "opening"
    ROLLING = "rolling"


@dataclass(frozen=True)
class Window:
    """A window in a named time zone; `opens` and `closes` are local times there, without tzinfo.

    A deadline is open until it closes, an opening from `opens` until it closes, a rolling one always.
    """

    mode: WindowMode
    zone: str
    opens: datetime | None = None
    closes: datetime | None = None

    @property
    def opens_at(self) -> datetime | None:
        """The aware moment of opening."""
        return _aware(self.opens, self.zone) if self.mode is WindowMode.OPENING else None

    @property
    def closes_at(self) -> datetime | None:
        """The aware moment of closing; None for a rolling window."""
        return None if self.mode is WindowMode.ROLLING else _aware(self.closes, self.zone)

    def is_open(self, at: datetime) -> bool:
        """Whether a submission at this aware moment is taken; the closing moment itself is too late."""
        opens, closes = self.opens_at, self.closes_at
        return (opens is None or opens <= at) and (closes is None or at < closes)


def is_open(windows: Iterable[Window], at: datetime) -> bool:
    """Whether any of the windows is open at this aware moment."""
    return any(window.is_open(at) for window in windows)


def next_opening(windows: Iterable[Window], at: datetime) -> datetime | None:
    """The next aware moment at which a window that is still closed opens; None when none is announced."""
    later = [opens for window in windows if (opens := window.opens_at) is not None and opens > at]
    return min(later, default=None)


def next_closing(windows: Iterable[Window], at: datetime) -> datetime | None:
    """The last aware moment of the windows open at `at`; None when one of them never closes or none is
    open."""
    closings = [window.closes_at for window in windows if window.is_open(at)]
    known = [each for each in closings if each is not None]
    return max(known) if known and len(known) == len(closings) else None


def registration_expiry(edition: Edition, registered_on: date, deadlines: Iterable[date] = ()) -> date:
    """The last day of a registration: the first submission deadline on or after its years, else its years
    and the grace of the edition (rolling submission).

    Source: two years, or to the next deadline after two years — the slide deck, about 2019. What replaces
    the second half under rolling submission is not known: the grace is a setting.
    """
    end = years_after(registered_on, edition.registration.years)
    following = [each for each in deadlines if each >= end]
    return min(following, default=end + timedelta(days=edition.registration.grace_days))


def referral_due(edition: Edition, effect: Effect, released_at: datetime, zone: str) -> datetime:
    """When revisions are due: the end of the last day allowed, in the named zone. Days: a setting."""
    last = released_at.astimezone(ZoneInfo(zone)).date() + edition.referral_time(effect)
    return end_of(last, zone)


def end_of(day: date, zone: str) -> datetime:
    """The aware moment at which a day ends in the named zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(zone))


def years_after(on: date, years: int) -> date:
    """The same day so many years later (negative: earlier); 28 February for 29 February where needed."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return on.replace(year=on.year + years, day=28)


def months(first: date, last: date) -> frozenset[str]:
    """The months, as "2026-08", that two days and the time between them touch."""
    place, end, found = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1, set()
    while place <= end:
        found.add(f"{place // 12:04}-{place % 12 + 1:02}")
        place += 1
    return frozenset(found)


def _aware(local: datetime | None, zone: str) -> datetime | None:
    return None if local is None else local.replace(tzinfo=ZoneInfo(zone))
