"""Which fees are offered, what has been paid, what a change of pathway means for an order."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Sum

from accredit.fees.models import Fee, Order, Payment
from accredit.frameworks.models import Scheme
from accredit.registrations.models import Registration


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
    """Return the order of a registration with its payments."""
    return Order.objects.filter(registration_id=registration).prefetch_related("payments").first()


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
    """Compare an order with the fee table on a day. Three queries, two where order and fee are at hand.

    A line for the pathway goes before one for all pathways. An order made where no fee was set stays
    comparable: while the table is still empty, nothing is asked.
    """
    scheme = Registration.objects.select_related("scheme").get(pk=order.registration_id).scheme
    lines = offered(scheme, on=on, pathway=pathway)
    if order.fee is None:
        return FeeComparison(order.amount, None if lines else order.amount, order.currency)
    kind = order.fee.person_kind
    own = [row for row in lines if row.person_kind == kind]
    found = max(own, key=lambda row: bool(row.pathway), default=None)
    is_like = found is not None and found.currency == order.currency
    return FeeComparison(order.amount, found.amount if found and is_like else None, order.currency)
