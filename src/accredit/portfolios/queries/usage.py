"""How much room portfolios take."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from accredit.portfolios.models import Evidence, Portfolio


@dataclass(frozen=True)
class Size:
    """A portfolio and the bytes its files take, each file once."""

    portfolio: Portfolio
    size: int


def largest(portfolios: "QuerySet[Portfolio]", *, most: int) -> list[Size]:
    """Return the largest of some portfolios, the largest first, with registration, person and scheme.

    Two queries at any number: the first finds them by the sum of their pieces, the second counts a file
    that is used twice once, with captions.
    """
    rows = Evidence.objects.filter(portfolio__in=portfolios.values("pk"), removed_at=None)
    sums = (
        rows.exclude(blob=None)
        .values("portfolio")
        .annotate(all=Sum("blob__size"))
        .order_by("-all", "portfolio")
    )
    found = [row["portfolio"] for row in sums[:most]]
    pieces = Evidence.objects.filter(removed_at=None, portfolio__in=found).select_related(
        "blob", "captions", "portfolio__registration__person", "portfolio__registration__scheme"
    )
    known: dict[int, Portfolio] = {}
    sizes: dict[int, dict[int, int]] = defaultdict(dict)
    for row in pieces.defer("text"):
        known[row.portfolio_id] = row.portfolio
        for blob in filter(None, (row.blob, row.captions)):
            sizes[row.portfolio_id][blob.pk] = blob.size
    made = [Size(known[key], sum(sizes[key].values())) for key in found if key in known]
    return sorted(made, key=lambda each: (-each.size, each.portfolio.pk))


def size_by_scheme() -> dict[int, int]:
    """Return the bytes in all lockers by scheme, of a file in two pieces twice; one query."""
    rows = Evidence.objects.filter(removed_at=None).values("portfolio__registration__scheme")
    return {
        row["portfolio__registration__scheme"]: int(row["all"] or 0)
        for row in rows.annotate(all=Sum("blob__size")).order_by()
    }
