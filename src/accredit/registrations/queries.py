"""Finding registrations and the windows open to them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from accredit.frameworks.models import Scheme
from accredit.registrations.models import Registration, Window
from accredit.rulebook import dates
from accredit.rulebook.workflow import EDITABLE, FINAL


def of_person(person: int) -> QuerySet[Registration]:
    """Return a person's registrations, the newest first."""
    return Registration.objects.filter(person_id=person).select_related("edition", "scheme").order_by("-id")


def open_of(person: int, scheme: Scheme) -> Registration | None:
    """Return the one registration of a person that has not ended."""
    return of_person(person).filter(scheme=scheme).exclude(stage__in=[each.value for each in FINAL]).first()


def windows_of(scheme: Scheme) -> list[dates.Window]:
    """Return the scheme's windows as the rulebook reads them."""
    return [
        facts_of_window(row, scheme)
        for row in Window.objects.filter(scheme=scheme).order_by("opens_at", "id")
    ]


def facts_of_window(window: Window, scheme: Scheme) -> dates.Window:
    """Return a window in the scheme's local time, for the rulebook."""
    zone = ZoneInfo(scheme.time_zone)
    return dates.Window(
        mode=dates.WindowMode(window.mode),
        zone=scheme.time_zone,
        opens=window.opens_at.astimezone(zone).replace(tzinfo=None) if window.opens_at else None,
        closes=window.closes_at.astimezone(zone).replace(tzinfo=None) if window.closes_at else None,
    )


def deadlines_of(scheme: Scheme) -> list[date]:
    """Return the days on which the scheme's announced windows close."""
    closings = [window.closes_at for window in windows_of(scheme)]
    return [each.date() for each in closings if each is not None]


def is_window_open(scheme: Scheme, at: datetime) -> bool:
    """Say whether a first submission is taken at a moment."""
    return dates.is_open(windows_of(scheme), at)


def overdue(at: datetime) -> list[Registration]:
    """Return what the candidate still writes although its last day, in the scheme's zone, has passed."""
    rows = Registration.objects.filter(stage__in=[each.value for each in EDITABLE]).select_related("scheme")
    return [row for row in rows if last_day(row) < at.astimezone(ZoneInfo(row.scheme.time_zone)).date()]


def last_day(registration: Registration) -> date:
    """Return the last day on which the candidate may hand in: of the revision, else of the registration."""
    revising = registration.revise_until if registration.round > 1 else None
    return revising or registration.expires_on
