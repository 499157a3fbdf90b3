"""How long an award holds, and its standing on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from accredit.rulebook.dates import years_after
from accredit.rulebook.framework import Edition


class Standing(StrEnum):
    """Whether an award may be shown as held."""

    ACTIVE = "active"
    DUE = "due"  # still valid, renewal open
    IN_GRACE = "in_grace"  # past its end, not yet lapsed
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    RETIRED = "retired"


# In these an award is held: its post-nominals may be used and its holder may assess.
GOOD = frozenset({Standing.ACTIVE, Standing.DUE, Standing.IN_GRACE, Standing.RETIRED})


@dataclass(frozen=True)
class Award:
    """Dates of one award; `valid_until` is its last day."""

    valid_until: date
    suspended: bool = False
    revoked: bool = False
    retired: bool = False


def valid_until(edition: Edition, granted_on: date) -> date:
    """The last day of validity: the anniversary after the edition's years. Source: three years, as printed
    on published certificates."""
    return years_after(granted_on, edition.validity_years)


def lapses_on(edition: Edition, award: Award) -> date:
    """The first day on which an award that was not renewed has lapsed."""
    return award.valid_until + timedelta(days=edition.grace_days + 1)


def earliest_valid_until(edition: Edition, on: date) -> date:
    """The earliest last day of validity with which an award has not lapsed by that day."""
    return on - timedelta(days=edition.grace_days)


def renewal_opens_on(edition: Edition, award: Award) -> date:
    """The first day on which the holder can renew."""
    return award.valid_until - timedelta(days=edition.renewal.opens_days_before)


def standing(edition: Edition, award: Award, on: date) -> Standing:
    """The standing on a day. Revoked and suspended come first; retired holders are exempt from renewal
    (source: the association's pages)."""
    if award.revoked:
        return Standing.REVOKED
    if award.suspended:
        return Standing.SUSPENDED
    if award.retired:
        return Standing.RETIRED
    return _by_date(edition, award, on)


def _by_date(edition: Edition, award: Award, on: date) -> Standing:
    if on >= lapses_on(edition, award):
        return Standing.LAPSED
    if on > award.valid_until:
        return Standing.IN_GRACE
    return Standing.DUE if on >= renewal_opens_on(edition, award) else Standing.ACTIVE
