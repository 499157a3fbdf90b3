"""What a registration costs, what has come in, and what the fee table says."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.fees.models import Order
from accredit.fees.queries import compare, compared
from accredit.registrations.models import Registration
from accredit.web.ui.formats import day, money
from accredit.web.ui.parts import Row


@dataclass(frozen=True, slots=True)
class Bill:
    """What the registration costs and what has come in, in minor units."""

    order: int | None = None
    invoice: str = ""
    amount: int = 0
    currency: str = "GBP"
    kind: str | None = None
    payments: list[tuple[int, date, str]] = field(default_factory=list)

    @property
    def paid(self) -> int:
        """Return what has come in."""
        return sum(amount for amount, _on, _reference in self.payments)

    def shown(self, amount: int) -> str:
        """Write an amount."""
        return money(Decimal(amount) / 100, self.currency)


def bill_of(registration: int) -> Bill:
    """Return order and payments in one query."""
    names = ("pk", "invoice_number", "amount", "currency", "fee__person_kind")
    lines = list(
        Order.objects.filter(registration_id=registration)
        .order_by("payments__paid_on", "payments__pk")
        .values_list(*names, "payments__amount", "payments__paid_on", "payments__reference")
    )
    if not lines:
        return Bill()
    payments = [(line[5], line[6], line[7]) for line in lines if line[5] is not None]
    order, invoice, amount, currency, kind = lines[0][:5]
    return Bill(order, invoice, amount, currency, kind, payments)


def invoice(bill: Bill) -> str:
    """Return the invoice with everything paid, line by line."""
    if bill.order is None:
        return _("None")
    lines = [
        _("%(invoice)s: %(amount)s, paid %(paid)s")
        % {"invoice": bill.invoice, "amount": bill.shown(bill.amount), "paid": bill.shown(bill.paid)}
    ]
    lines += [f"{bill.shown(amount)} · {day(on)} · {reference}" for amount, on, reference in bill.payments]
    return "\n".join(lines)


def difference(registration: Registration, bill: Bill, on: date) -> list[Row]:
    """Return what the fee table asks of the pathway somebody changed to, where the invoice says otherwise."""
    if bill.order is None or not getattr(registration, "former_pathway", None):
        return []
    fee = compare(
        registration.scheme,
        kind=bill.kind,
        ordered=bill.amount,
        currency=bill.currency,
        pathway=registration.pathway,
        on=on,
    )
    if fee.table == fee.ordered:
        return []
    change = reverse("office:amend", args=[registration.pk])
    text = _("No line to compare with") if fee.table is None else bill.shown(fee.table)
    return [Row(_("Fee table for this pathway"), text, change, _("Change the invoice"))]


def table_lead(order: Order, pathway: str, on: date) -> str:
    """Say what the invoice and the fee table say."""
    fee, bill = compared(order, pathway=pathway, on=on), Bill(currency=order.currency)
    values = {"ordered": bill.shown(fee.ordered), "table": bill.shown(fee.table or 0)}
    if fee.table is None:
        return _("The invoice stands at %(ordered)s. The fee table has no line to compare it with.") % values
    return _("The invoice stands at %(ordered)s; the fee table says %(table)s for this pathway.") % values


def invoice_lead(bill: Bill) -> str:
    """Return what stands on the invoice and what is missing."""
    values = {"invoice": bill.invoice, "amount": bill.shown(bill.amount), "paid": bill.shown(bill.paid)}
    return _("Invoice %(invoice)s is for %(amount)s; %(paid)s has been received.") % values
