"""Who may have a portfolio made into a document, and fetch it: its candidate; whoever assesses it, marked."""

from django.db.models import QuerySet

from accredit.assessments.models import Appointment
from accredit.assessments.permissions import can_assess
from accredit.exchange.models import Export
from accredit.portfolios.models import Portfolio
from accredit.portfolios.permissions import can_read


def can_export(person: int | None, portfolio: Portfolio) -> bool:
    """Say whether a person may take a portfolio out: evidence for assessors only is in the file."""
    return can_read(person, portfolio)


def can_fetch(person: int | None, export: Export) -> bool:
    """Say whether a person may fetch an export."""
    return exports_visible_to(person).filter(pk=export.pk).exists()


def exports_visible_to(person: int | None) -> QuerySet[Export]:
    """Return the exports `can_fetch` allows: of one's own portfolio, those made for assessors apart."""
    return Export.objects.filter(portfolio__registration__person_id=person, place=None)


def reading_copies_of(place: Appointment) -> QuerySet[Export]:
    """Return the copies made for an assessor to read offline: theirs alone, while they may assess."""
    if not can_assess(place.person_id, place):
        return Export.objects.none()
    return Export.objects.filter(place=place).select_related("blob").order_by("-asked_at", "-pk")
