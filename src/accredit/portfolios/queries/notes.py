"""Reading notes to self: only ever of one's own portfolio."""

from django.db.models import F, QuerySet

from accredit.portfolios.models import Entry, Note, Portfolio


def notes_of(portfolio: Portfolio, *, beside: Entry | None = None) -> QuerySet[Note]:
    """Return the notes of a portfolio, or those beside an entry: open ones first, the newest first."""
    rows = portfolio.notes.select_related("entry")
    rows = rows.filter(entry=beside) if beside else rows
    return rows.order_by(F("done_at").desc(nulls_first=True), "-written_at", "-pk")
