"""What will be needed of assessors and when: portfolios expected, month by month, against what is offered."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from accredit.rulebook.dates import months
from accredit.rulebook.framework import Edition
from accredit.rulebook.workflow import FINAL, Stage

# From these on a panel is at work already, or has decided.
_SEATED = frozenset(
    {Stage.ASSESSING, Stage.AGREEING, Stage.THIRD_ASSESSMENT, Stage.MODERATING, Stage.RATIFYING, Stage.HELD}
)


@dataclass(frozen=True)
class Coming:
    """A registration as far as a forecast reads it: where it stands, and the last day to hand in."""

    pathway: str
    stage: Stage
    last_day: date


@dataclass(frozen=True)
class Offer:
    """What an assessor offers: places at a time, of which so many are taken today, pathways they may assess,
    months away, and whether they may lead."""

    places: int
    taken: int = 0
    pathways: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    may_lead: bool = False


@dataclass(frozen=True)
class Month:
    """A month of a forecast: portfolios expected by pathway, places offered by pathway; `free` and `leads`
    count everybody once."""

    name: str
    portfolios: dict[str, int]
    offered: dict[str, int]
    free: int
    leads: int


def pathways_open(edition: Edition, held: AbstractSet[str], offered: Iterable[str]) -> frozenset[str]:
    """The pathways somebody may assess in an edition: those their awards in good standing reach to, and of
    them those they offer; all where they name none."""
    may = {
        each.code
        for each in edition.pathways
        if not edition.panel.pathway_or_above or held & edition.at_or_above(each.code)
    }
    named = set(offered)
    return frozenset(may & named if named else may)


def expected_on(coming: Coming, today: date) -> date | None:
    """The day on which a panel will be needed at the latest: today for what has been handed in, else the last
    day; what is late is expected today. None where a panel sits already, or none will. What a candidate plans
    is theirs, and not read."""
    if coming.stage in FINAL | _SEATED:
        return None
    if coming.stage in {Stage.SUBMITTED, Stage.CHECKING, Stage.APPOINTING}:
        return today
    return max(coming.last_day, today)


def forecast(
    coming: Iterable[Coming], offers: Iterable[Offer], *, today: date, number: int = 12
) -> tuple[Month, ...]:
    """So many months from today's on. A place is taken for a month (the time allowed for assessing is about
    as long); of the present month, what is taken today is not offered any more."""
    names = _names(today, number)
    offers = list(offers)
    days = [(each, expected_on(each, today)) for each in coming]
    pathways = sorted(
        {each.pathway for each, _ in days} | {code for each in offers for code in each.pathways}
    )
    found = []
    for place, name in enumerate(names):
        here = [each.pathway for each, day in days if day is not None and f"{day:%Y-%m}" == name]
        free = [
            (each, max(each.places - (0 if place else each.taken), 0))
            for each in offers
            if name not in each.away
        ]
        found.append(
            Month(
                name=name,
                portfolios={code: here.count(code) for code in pathways},
                offered={code: sum(n for each, n in free if code in each.pathways) for code in pathways},
                free=sum(n for _, n in free),
                leads=sum(n for each, n in free if each.may_lead),
            )
        )
    return tuple(found)


def _names(today: date, number: int) -> list[str]:
    last = date(today.year + (today.month - 2 + number) // 12, (today.month - 2 + number) % 12 + 1, 1)
    return sorted(months(today, max(last, today)))
