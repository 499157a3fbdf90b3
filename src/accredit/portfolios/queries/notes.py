"""Reading notes to self: only ever of one's own portfolio."""

from django.db.models import F, QuerySet

from accredit.portfolios.models import Note, Portfolio


def notes_of(portfolio: Portfolio) -> QuerySet[Note]:
    """Return the notes of a portfolio with their entries: open ones first, the newest first."""
    rows = portfolio.notes.select_related("entry")
    return rows.order_by(F("done_at").desc(nulls_first=True), "-written_at", "-pk")
