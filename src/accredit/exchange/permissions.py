"""Who may have a portfolio made into a document, and fetch it: its candidate alone."""

from django.db.models import QuerySet

from accredit.exchange.models import Export
from accredit.portfolios.models import Portfolio
from accredit.portfolios.permissions import can_read


def can_export(person: int | None, portfolio: Portfolio) -> bool:
    """Say whether a person may take a portfolio out: evidence for assessors only is in the file."""
    return can_read(person, portfolio)


def can_fetch(person: int | None, export: Export) -> bool:
    """Say whether a person may fetch an export."""
    return can_export(person, export.portfolio)


def exports_visible_to(person: int | None) -> QuerySet[Export]:
    """Return the exports `can_fetch` allows."""
    return Export.objects.filter(portfolio__registration__person_id=person)
