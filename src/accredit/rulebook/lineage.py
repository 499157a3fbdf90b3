"""Several awards of one person in one scheme: which of them is shown, since when, and what may change.

Source: a renewal and a higher pathway follow an award (the slide deck, about 2019: holders may progress
upward; the association's pages: renewal every three years). That the higher award stands for the lower one is
our reading: post-nominal letters of one ladder are written once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accredit.rulebook.dates import years_after
from accredit.rulebook.framework import Edition
from accredit.rulebook.standing import GOOD, Award, Standing, lapses_on, standing
from accredit.rulebook.terms import CountsFrom


@dataclass(frozen=True)
class Link:
    """One award as its lineage sees it; `key` names it, `pathway` is a code of its edition."""

    key: int
    edition: Edition
    pathway: str
    issued_on: date
    award: Award

    @property
    def place(self) -> tuple[int, date, int]:
        """Higher pathways come after lower ones, later awards after earlier ones."""
        return self.edition.pathway(self.pathway).rank, self.issued_on, self.key


def shown(links: Iterable[Link], on: date) -> Link | None:
    """The one award that stands for all of them on a day: of those in good standing the highest, and of
    equal ones the latest. None where nothing is held."""
    held = [each for each in links if each.issued_on <= on and _standing(each, on) in GOOD]
    return max(held, key=lambda each: each.place, default=None)


def superseded(links: Iterable[Link], on: date) -> frozenset[int]:
    """The keys of awards in good standing for which another one stands on a day."""
    rows = list(links)
    top = shown(rows, on)
    held = (each for each in rows if each.issued_on <= on and _standing(each, on) in GOOD)
    return frozenset(each.key for each in held if each is not top)


def post_nominals(links: Iterable[Link], on: date) -> str:
    """The letters that may be written on a day; empty where nothing is held."""
    top = shown(links, on)
    return top.edition.pathway(top.pathway).post_nominals if top else ""


def held_since(links: Iterable[Link], on: date) -> date | None:
    """The first day of the unbroken time for which something has been held, up to a day; None where nothing
    is. An award that began before the one before it had lapsed continues it, on whatever pathway; what is
    suspended or revoked today continues nothing."""
    top = shown(links := list(links), on)
    if top is None:
        return None
    since = top.issued_on
    for each in sorted(links, key=lambda link: link.issued_on, reverse=True):
        kept = not (each.award.suspended or each.award.revoked)
        goes_on = each.award.retired or lapses_on(each.edition, each.award) >= since
        if kept and goes_on and each.issued_on < since:
            since = each.issued_on
    return since


def renewed_until(edition: Edition, before: Link | None, granted_on: date) -> date:
    """The last day of an award granted by a renewal: the years of the edition, counted from the last day of
    the award it renews, so that nobody loses time by renewing early; from the day it was granted where that
    award has lapsed. Source: not known for any scheme; a setting (`[renewal] counts_from`)."""
    days = [granted_on]
    is_added = before is not None and edition.renewal.counts_from is CountsFrom.END
    if before is not None and is_added and granted_on < lapses_on(before.edition, before.award):
        days.append(before.award.valid_until)
    return years_after(max(days), edition.validity_years)


class Change(StrEnum):
    """What the office may do to an award."""

    SUSPEND = "suspend"
    RESUME = "resume"
    REVOKE = "revoke"
    RETIRE = "retire"
    RETURN = "return"


_BY_DATE = frozenset({Standing.ACTIVE, Standing.DUE, Standing.IN_GRACE, Standing.LAPSED})
# What was revoked stays so: verifiers elsewhere may have kept it. A new award can be given.
_OPEN: dict[Change, frozenset[Standing]] = {
    Change.SUSPEND: GOOD,
    Change.RESUME: frozenset({Standing.SUSPENDED}),
    Change.REVOKE: _BY_DATE | {Standing.SUSPENDED, Standing.RETIRED},
    Change.RETIRE: GOOD - {Standing.RETIRED},
    Change.RETURN: frozenset({Standing.RETIRED}),
}


def changes_open(now: Standing) -> tuple[Change, ...]:
    """What may be done to an award of that standing. Source: not known; retired holders are exempt from
    renewal (the association's pages)."""
    return tuple(each for each in Change if now in _OPEN[each])


def _standing(link: Link, on: date) -> Standing:
    return standing(link.edition, link.award, on)
