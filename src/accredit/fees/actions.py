"""Enrolling with an order, recording payments, setting fees. Money is whole minor units."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accredit.fees.events import OrderAmended, PaymentRecorded
from accredit.fees.models import Fee, Order, Payment
from accredit.frameworks.actions import next_number
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import edition_in_force, rules_of
from accredit.people.models import Profile
from accredit.registrations.actions import open_registration
from accredit.registrations.models import Registration
from accredit.registrations.queries import deadlines_of
from accredit.rulebook import dates
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def enrol(
    person: Profile, *, scheme: Scheme, pathway: str, fee: Fee | None, by: Actor, at: datetime
) -> Registration:
    """Open a registration under the edition in force, with its order and invoice number.

    `fee` is None only where the scheme has no fee for the pathway. The registration lasts as the
    edition says: so many years, or to the next deadline after them.
    """
    today = localdate(at)
    edition = edition_in_force(scheme, today)
    rules = rules_of(edition)
    if person.completed_at is None:
        refuse(Code.PROFILE_INCOMPLETE)
    if pathway not in {each.code for each in rules.pathways}:
        refuse(Code.PATHWAY_UNKNOWN, pathway=pathway)
    if fee and (fee.scheme_id != scheme.pk or fee.pathway not in ("", pathway) or fee.valid_from_on > today):
        refuse(Code.FEE_NOT_OFFERED)
    registration = open_registration(
        person,
        edition=edition,
        pathway=pathway,
        expires_on=dates.registration_expiry(rules, today, deadlines_of(scheme)),
        by=by,
        at=at,
    )
    order = Order.objects.create(
        registration=registration,
        fee=fee,
        invoice_number=f"{at:%Y}-{next_number(scheme, 'invoice'):05d}",
        amount=fee.amount if fee else 0,
        currency=fee.currency if fee else "GBP",
        ordered_at=at,
    )
    trail.record(
        "ordered",
        by=by,
        at=at,
        subject=order,
        registration=registration.pk,
        person=person.pk,
        data={"amount": order.amount, "currency": order.currency, "invoice": order.invoice_number},
    )
    return registration


@action
def record_payment(
    order: Order, *, amount: int, paid_on: date, reference: str, by: Actor, at: datetime
) -> Payment:
    """Write down money received; the same reference for the same order is refused as a double."""
    if amount <= 0:
        refuse(Code.PAYMENT_AMOUNT)
    try:
        with transaction.atomic():
            payment = Payment.objects.create(
                order=order,
                amount=amount,
                paid_on=paid_on,
                reference=reference,
                recorded_at=at,
                recorded_by_id=by.person,
            )
    except IntegrityError:
        refuse(Code.PAYMENT_RECORDED, reference=reference)
    trail.record(
        "payment_recorded",
        by=by,
        at=at,
        subject=payment,
        registration=order.registration_id,
        data={"amount": amount, "paid_on": paid_on.isoformat(), "order": order.pk},
        words={"reference": reference},
    )
    publish(PaymentRecorded(payment.pk, order.registration_id))
    return payment


@action
def amend_order(order: Order, *, amount: int, because: str, by: Actor, at: datetime) -> Order:
    """Change what a registration costs; the reason goes into the trail and to the candidate.

    The same amount again changes nothing. What the difference has to be is not known: the office says.
    """
    locked = Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if amount < 0:
        refuse(Code.PAYMENT_AMOUNT)
    if not because.strip():
        refuse(Code.REASON_MISSING)
    if amount == locked.amount:
        return locked
    before, locked.amount = locked.amount, amount
    order.amount = amount
    locked.save(update_fields=["amount"])
    row = trail.record(
        "order_amended",
        by=by,
        at=at,
        subject=locked,
        registration=locked.registration_id,
        data={
            "before": before,
            "amount": amount,
            "currency": locked.currency,
            "invoice": locked.invoice_number,
        },
        words={"because": because.strip()},
    )
    publish(OrderAmended(locked.pk, locked.registration_id, row.pk))
    return locked


@action
def set_fee(
    scheme: Scheme,
    *,
    person_kind: str,
    title: str,
    amount: int,
    valid_from_on: date,
    by: Actor,
    at: datetime,
    pathway: str = "",
    currency: str = "GBP",
    is_sample: bool = False,
) -> Fee:
    """Add a line to the fee table; earlier lines stay, the newest in force is offered."""
    fee = Fee.objects.create(
        scheme=scheme,
        person_kind=person_kind,
        title=title,
        pathway=pathway,
        amount=amount,
        currency=currency,
        valid_from_on=valid_from_on,
        is_sample=is_sample,
    )
    trail.record("fee_set", by=by, at=at, subject=fee, data={"amount": amount, "currency": currency})
    return fee
