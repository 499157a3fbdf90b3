"""Finding registrations and the windows open to them."""

from datetime import datetime

from django.db.models import QuerySet

from accredit.frameworks.models import Scheme
from accredit.registrations.models import Registration, Window
from accredit.rulebook import dates
from accredit.rulebook.workflow import FINAL


def of_person(person: int) -> QuerySet[Registration]:
    """Return a person's registrations, the newest first."""
    return Registration.objects.filter(person_id=person).select_related("edition", "scheme").order_by("-id")


def open_of(person: int, scheme: Scheme) -> Registration | None:
    """Return the one registration of a person that has not ended."""
    return of_person(person).filter(scheme=scheme).exclude(stage__in=[each.value for each in FINAL]).first()


def windows_of(scheme: Scheme) -> list[dates.Window]:
    """Return the scheme's windows as the rulebook reads them."""
    return [facts_of_window(row) for row in Window.objects.filter(scheme=scheme).order_by("opens_at", "id")]


def facts_of_window(window: Window) -> dates.Window:
    """Return a window's mode and moments for the rulebook."""
    return dates.Window(mode=dates.Mode(window.mode), opens_at=window.opens_at, closes_at=window.closes_at)


def open_window(scheme: Scheme, at: datetime) -> Window | None:
    """Return a window open at a moment, the one that stays open longest."""
    found = [row for row in Window.objects.filter(scheme=scheme) if dates.is_open(facts_of_window(row), at)]
    return max(found, key=lambda row: (row.closes_at is None, row.closes_at), default=None)
