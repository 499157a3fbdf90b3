"""Which fees are offered, what has been paid."""

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
    """Return the order of a registration with its payments."""
    return Order.objects.filter(registration_id=registration).prefetch_related("payments").first()


def unpaid() -> QuerySet[Order]:
    """Return the orders for which less than the amount has been received."""
    rows = Order.objects.annotate(received=Sum("payments__amount", default=0))
    return rows.filter(received__lt=F("amount")).order_by("ordered_at")
