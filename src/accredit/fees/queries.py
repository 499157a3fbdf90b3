"""Which fees are offered, what has been paid, what a change of pathway means for an order."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Sum

from accredit.fees.models import Fee, Order, Payment
from accredit.frameworks.models import Scheme


def offered(scheme: Scheme, *, on: date, pathway: str = "") -> list[Fee]:
    """Return the fees in force on a day: the newest of each kind of person and pathway."""
    rows = Fee.objects.filter(scheme=scheme, valid_from_on__lte=on).order_by("valid_from_on", "id")
    newest = {(row.person_kind, row.pathway): row for row in rows}
    fees = [row for row in newest.values() if not pathway or row.pathway in ("", pathway)]
    return sorted(fees, key=lambda row: (row.pathway, -row.amount, row.id))


def paid(order: Order) -> int:
    """Return what has been received for an order, in minor units."""
    return Payment.objects.filter(order=order).aggregate(sum=Sum("amount"))["sum"] or 0


def order_of(registration: int) -> Order | None:
    """Return the order of a registration with its fee and payments."""
    rows = Order.objects.filter(registration_id=registration).select_related("fee")
    return rows.prefetch_related("payments").first()


def unpaid() -> QuerySet[Order]:
    """Return the orders for which less than the amount has been received."""
    rows = Order.objects.annotate(received=Sum("payments__amount", default=0))
    return rows.filter(received__lt=F("amount")).order_by("ordered_at")


@dataclass(frozen=True)
class FeeComparison:
    """What an order comes to, and what the fee table says today of a pathway for the same kind of person.

    In minor units. `table` is None where the table has no such line in the order's currency: then only the
    office can say.
    """

    ordered: int
    table: int | None
    currency: str

    @property
    def difference(self) -> int:
        """Return how much more the table asks; less than nothing where it asks less."""
        return 0 if self.table is None else self.table - self.ordered


def compared(order: Order, *, pathway: str, on: date) -> FeeComparison:
    """Compare an order with the fee table on a day; one query where its scheme and fee are at hand."""
    return compare(
        order.registration.scheme,
        kind=order.fee.person_kind if order.fee else None,
        ordered=order.amount,
        currency=order.currency,
        pathway=pathway,
        on=on,
    )


def compare(
    scheme: Scheme, *, kind: str | None, ordered: int, currency: str, pathway: str, on: date
) -> FeeComparison:
    """Compare what was ordered with the fee table on a day; one query.

    A line for the pathway goes before one for all pathways. An order made where no fee was set (`kind` is
    None) stays comparable: while the table is still empty, nothing is asked.
    """
    lines = offered(scheme, on=on, pathway=pathway)
    if kind is None:
        return FeeComparison(ordered, None if lines else ordered, currency)
    own = [row for row in lines if row.person_kind == kind]
    found = max(own, key=lambda row: bool(row.pathway), default=None)
    is_like = found is not None and found.currency == currency
    return FeeComparison(ordered, found.amount if found and is_like else None, currency)
