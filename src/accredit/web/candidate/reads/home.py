"""The candidate's home, the choice of a pathway and what follows a registration."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.awards.models import Award
from accredit.awards.queries import of_person as awards_of_person
from accredit.awards.queries import standing_of
from accredit.fees.models import Fee, Order
from accredit.fees.queries import order_of
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Plan
from accredit.portfolios.queries import plans_of
from accredit.registrations.models import Registration
from accredit.registrations.queries import of_person, windows_of
from accredit.rulebook import dates
from accredit.rulebook.framework import Edition
from accredit.rulebook.standing import GOOD
from accredit.rulebook.workflow import EDITABLE, FINAL, Stage
from accredit.web.candidate import phrases
from accredit.web.candidate.forms.enrolling import price
from accredit.web.candidate.reads.planning import Step, step_of
from accredit.web.ui.formats import day, moment, money
from accredit.web.ui.parts import Row


@dataclass(frozen=True, slots=True)
class Line:
    """A registration on the home page; `next` says what the candidate does or waits for."""

    href: str
    reference: str
    pathway: str
    stage: str
    next: str
    action: str
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class AwardLine:
    """An award on the home page."""

    href: str
    title: str
    number: str
    issued_on: date
    valid_until: date
    is_held: bool


@dataclass(frozen=True, slots=True)
class Home:
    """Everything of mine: what is open, what has ended, what I hold."""

    open: tuple[Line, ...]
    ended: tuple[Line, ...]
    awards: tuple[AwardLine, ...]


def home(person: int, on: date) -> Home:
    """Read the home page: three queries at any size."""
    rows, plans = list(of_person(person)), plans_of(person)
    return Home(
        open=tuple(_line(row, on, plans.get(row.pk)) for row in rows if Stage(row.stage) not in FINAL),
        ended=tuple(_line(row, on) for row in rows if Stage(row.stage) in FINAL),
        awards=tuple(_award(row, on) for row in awards_of_person(person)),
    )


def _line(row: Registration, on: date, plan: Plan | None = None) -> Line:
    stage = Stage(row.stage)
    rules = rules_of(row.edition)
    return Line(
        href=reverse("candidate:registration", args=[row.pk]),
        reference=row.reference,
        pathway=rules.pathway(row.pathway).title,
        stage=row.stage,
        next=phrases.what_next(row, on),
        action=str(phrases.ACTIONS.get(stage, _("See how it stands"))),
        step=step_of(plan, row.pk, on, rules=rules) if stage in EDITABLE else None,
    )


def _award(row: Award, on: date) -> AwardLine:
    return AwardLine(
        href=reverse("candidate:award", args=[row.pk]),
        title=rules_of(row.edition).pathway(row.pathway).title,
        number=row.number,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        is_held=standing_of(row, on) in GOOD,
    )


def windows(scheme: Scheme, at: datetime) -> str:
    """Say in a sentence when portfolios are taken."""
    known = windows_of(scheme)
    if dates.is_open(known, at):
        closing = dates.next_closing(known, at)
        if closing is None:
            return _("You can submit at any time.")
        return _("You can submit now, until %(moment)s.") % {"moment": moment(closing, scheme.time_zone)}
    opening = dates.next_opening(known, at)
    if opening is None:
        return _("Submissions are closed at the moment. The office announces when they open again.")
    return _("Submissions open on %(moment)s.") % {"moment": moment(opening, scheme.time_zone)}


def choices(rules: Edition, pathway: str, fee: Fee | None, on: date, deadlines: Sequence[date]) -> list[Row]:
    """Return the answers to check before registering."""
    change = reverse("candidate:register")
    chosen = rules.pathway(pathway)
    until = dates.registration_expiry(rules, on, deadlines)
    return [
        Row(_("Pathway"), chosen.title, change, _("Change")),
        Row(
            _("Fee"),
            f"{fee.title}: {price(fee)}" if fee else _("No fee"),
            f"{change}?pathway={pathway}" if fee else "",
            _("Change") if fee else "",
        ),
        Row(_("Your registration lasts until"), day(until)),
        Row(_("Rules that apply to you"), rules.title),
    ]


def receipt(registration: Registration, at: datetime) -> list[Row]:
    """Return what somebody who has registered needs to know: money, dates, window."""
    order = order_of(registration.pk)
    rows = [
        Row(_("Registration"), registration.reference),
        Row(_("Pathway"), rules_of(registration.edition).pathway(registration.pathway).title),
    ]
    return [
        *rows,
        *(_money(order) if order else []),
        Row(_("Valid until"), day(registration.expires_on)),
        Row(_("Submitting"), windows(registration.scheme, at)),
    ]


def _money(order: Order) -> list[Row]:
    received = sum(each.amount for each in order.payments.all())
    owed = order.amount - received
    rows = [
        Row(_("Fee"), money(f"{order.amount / 100:.2f}", order.currency)),
        Row(_("Invoice number"), order.invoice_number),
    ]
    if order.amount and owed <= 0:
        return [*rows, Row(_("Payment"), _("Received in full"))]
    if received:
        return [*rows, Row(_("Still to pay"), money(f"{owed / 100:.2f}", order.currency))]
    return rows


def is_owing(registration: Registration) -> bool:
    """Say whether anything is still to be paid."""
    order = order_of(registration.pk)
    return order is not None and order.amount > sum(each.amount for each in order.payments.all())
