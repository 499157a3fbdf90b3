"""The edition's clock: when an assessor is reminded and when the office is asked to act, with the reason."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from accredit.rulebook.elements import Clock

MORNING = time(8)  # in the scheme's time zone: nobody is reminded at night


class What(StrEnum):
    """What the clock asks for."""

    ANSWER = "answer"
    UNANSWERED = "unanswered"
    DUE = "due"
    OVERDUE = "overdue"
    RELIEVE = "relieve"
    AGREE = "agree"


TO_OFFICE = frozenset({What.UNANSWERED, What.RELIEVE})


@dataclass(frozen=True)
class Place:
    """One place on a panel as the clock sees it, in days of the scheme's time zone.

    `is_open`: the place has not ended and its panel is at work in the present round. `in_on` is this
    assessor's own assessment; `compared_on` the day since which the panel is agreeing, and `is_awaited`
    whether this member's proposal or answer is what it waits for.
    """

    invited_on: date
    due_on: date
    accepted_on: date | None = None
    in_on: date | None = None
    compared_on: date | None = None
    is_awaited: bool = False
    is_open: bool = True


@dataclass(frozen=True)
class Tick:
    """One thing the clock asks for, on a day: `days` before or after `since`, which names the rule."""

    what: What
    days: int
    since: date

    @property
    def on(self) -> date:
        """The day on which it falls."""
        return self.since + timedelta(days=-self.days if self.what is What.DUE else self.days)

    def at(self, zone: str) -> datetime:
        """The moment at which it falls due: the morning of its day, also where the clocks change."""
        return datetime.combine(self.on, MORNING, tzinfo=ZoneInfo(zone))

    @property
    def key(self) -> str:
        """The same for the same rule and day counted from, so that a moved date is another tick."""
        return f"{self.what}:{self.days}:{self.since.isoformat()}"


def ticks(clock: Clock, place: Place) -> tuple[Tick, ...]:
    """Return all that holds for a place as it stands, past and to come, the earliest first.

    An answer, an assessment handed in, a moved date or an end takes away what is no longer true. Nobody is
    reminded of a due date on or before the day on which they accepted it.
    """
    if not place.is_open:
        return ()
    if place.compared_on is not None:
        reminders = clock.agreement_reminders if place.is_awaited else ()
        found = [Tick(What.AGREE, days, place.compared_on) for days in reminders]
    elif place.in_on is not None:
        found = []
    elif place.accepted_on is None:
        # From the day on which the office is asked, reminding is the office's.
        early = [days for days in clock.answer_reminders if days < clock.answer_days]
        found = [Tick(What.ANSWER, days, place.invited_on) for days in early]
        found.append(Tick(What.UNANSWERED, clock.answer_days, place.invited_on))
    else:
        found = [Tick(What.DUE, days, place.due_on) for days in clock.due_reminders]
        found += [Tick(What.OVERDUE, days, place.due_on) for days in clock.overdue_reminders]
        found.append(Tick(What.RELIEVE, clock.overdue_escalation, place.due_on))
        found = [each for each in found if each.on > place.accepted_on]
    return tuple(sorted(set(found), key=lambda each: (each.on, each.what)))


def due(clock: Clock, place: Place, *, at: datetime, zone: str) -> tuple[Tick, ...]:
    """Return what is due at a moment: of the reminders only the latest, however long nobody looked."""
    fallen = [each for each in ticks(clock, place) if each.at(zone) <= at]
    reminders = [each for each in fallen if each.what not in TO_OFFICE]
    return (*reminders[-1:], *(each for each in fallen if each.what in TO_OFFICE))
