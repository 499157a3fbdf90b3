"""Dates with their zone, money, names: how values read."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

ZONES = {"Europe/London": "UK time", "Europe/Dublin": "Irish time", "UTC": "UTC"}
SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


def day(value: date | datetime | None) -> str:
    """Write “31 January 2027”."""
    if value is None:
        return ""
    return date_format(timezone.localtime(value) if isinstance(value, datetime) else value, "j F Y")


def moment(value: datetime | None, zone: str = "") -> str:
    """Write “31 January 2027, 12:00 UK time”; the zone is the current one unless named."""
    if value is None:
        return ""
    here = ZoneInfo(zone) if zone else timezone.get_current_timezone()
    local = value.astimezone(here)
    return _("%(day)s, %(time)s %(zone)s") % {
        "day": date_format(local, "j F Y"),
        "time": local.strftime("%H:%M"),
        "zone": _(ZONES.get(str(here), local.tzname() or "")),
    }


def iso(value: date | datetime | None) -> str:
    """Write the value for the `datetime` attribute."""
    return value.isoformat() if value else ""


def money(amount: Decimal | int | str | None, currency: str = "GBP") -> str:
    """Write “£165” or “£94.50”; an unknown currency stands before the number by its code."""
    if amount is None or amount == "":
        return ""
    number = Decimal(amount)
    places = 0 if number == number.to_integral_value() else 2
    shown = number_format(abs(number), places, use_l10n=True, force_grouping=True)
    sign = "−" if number < 0 else ""
    return f"{sign}{SIGNS.get(currency, f'{currency} ')}{shown}"


def initials(name: str) -> str:
    """Return one or two letters for the chip of a person."""
    words = [word for word in name.split() if word[:1].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def ago(value: datetime, at: datetime) -> str:
    """Write “3 days”: how long before `at`; only the largest unit."""
    return timesince(value, at, depth=1)
