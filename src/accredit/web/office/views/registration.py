"""One registration: its page, its frozen copies and files, money, time, withdrawal."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accredit.fees.actions import amend_order, record_payment
from accredit.fees.models import Order
from accredit.portfolios.models import SubmittedFile
from accredit.registrations import actions
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import FINAL, Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.registration import AmendForm, ExtendForm, PaymentForm, WithdrawForm
from accredit.web.office.reads import billing, checking
from accredit.web.office.reads import registration as reads
from accredit.web.ui.files import send
from accredit.web.ui.forms import Form
from accredit.web.ui.pages import render, role_required


@require_safe
@role_required(Role.OFFICE)
def registration(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that ever happened to a registration and what may be done now."""
    found = get_object_or_404(reads.with_portfolio(scope.registrations(request)), pk=pk)
    bill, seats, submissions = billing.bill_of(pk), reads.seats_of(found), reads.submissions_of(pk)
    context = {
        "title": f"{found.reference} · {found.person.name}",
        "crumbs": reads.crumbs(),
        "registration": found,
        "rows": reads.summary(found, bill, localdate()),
        "steps": reads.steps(found, submissions, seats),
        "submissions": reads.submissions_table(pk, submissions),
        "seats": reads.seats_table(found, seats, localdate()),
        "notices": reads.notices_table(pk),
        "moments": reads.history(found),
    }
    return render(request, "office/registration.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """Record money received for a registration."""
    found = scope.registration(request, pk)
    order = get_object_or_404(Order, registration=found)
    bill = billing.bill_of(pk)
    initial = {"amount": f"{max(bill.amount - bill.paid, 0) / 100:.2f}", "paid_on": localdate()}
    form = PaymentForm(scope.sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            record_payment(order, **form.values(), by=scope.actor(request), at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused, {Code.PAYMENT_RECORDED: "reference", Code.PAYMENT_AMOUNT: "amount"})
        else:
            messages.success(request, _("Payment recorded. The candidate is told by e-mail."))
            return redirect("office:registration", pk)
    lead = billing.invoice_lead(bill)
    return _form(request, found, form, _("Record a payment"), button=_("Record the payment"), lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a registration costs, with the reason."""
    found = scope.registration(request, pk)
    order = get_object_or_404(Order.objects.select_related("fee"), registration=found)
    form = AmendForm(scope.sent(request), initial={"amount": f"{order.amount / 100:.2f}"})
    if request.method == "POST" and form.is_valid():
        try:
            amend_order(order, **form.values(), by=scope.actor(request), at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused, {Code.REASON_MISSING: "because", Code.PAYMENT_AMOUNT: "amount"})
        else:
            messages.success(request, _("The invoice is changed. The candidate is told by e-mail."))
            return redirect("office:registration", pk)
    lead = billing.table_lead(order, found.pathway, localdate())
    return _form(request, found, form, _("Change the invoice"), button=_("Change the invoice"), lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a registration or its revision more time."""
    found = get_object_or_404(scope.registrations(request).exclude(stage__in=FINAL), pk=pk)
    form = ExtendForm(scope.sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend(found, **form.cleaned_data, by=scope.actor(request), at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused, {Code.EXTENSION_NOT_LATER: "until"})
        else:
            messages.success(request, _("The new last day is recorded."))
            return redirect("office:registration", pk)
    return _form(request, found, form, _("Give more time"), button=_("Give more time"))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a registration for its candidate."""
    found = scope.registration(request, pk)
    form = WithdrawForm(scope.sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(found, **form.cleaned_data, by=scope.actor(request), at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("The registration is withdrawn. The candidate is told by e-mail."))
            return redirect("office:registration", pk)
    lead = _("The registration of %s ends, its panel too, and cannot be taken up again.") % found.person.name
    title, button = _("Withdraw for the candidate"), _("Withdraw the registration")
    return _form(request, found, form, title, button=button, lead=lead, kind="danger")


def _form(request: HttpRequest, found: Registration, form: Form, title: str, **more: str) -> HttpResponse:
    context = {
        "title": title,
        "eyebrow": f"{found.reference} · {found.person.name}",
        "crumbs": reads.crumbs(found),
        "form": form,
        **more,
    }
    return render(request, "office/form.html", context, status=422 if form.errors else 200)


@require_safe
@role_required(Role.OFFICE)
def submission(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show the frozen copy of a round with its files."""
    rows = scope.submissions(request).filter(portfolio__registration_id=pk, set_aside_at=None)
    found = get_object_or_404(rows, round=number)
    files = checking.files_of(found)
    owner = found.portfolio.registration
    context = {
        "title": _("Round %(round)s as submitted") % {"round": number},
        "eyebrow": f"{owner.reference} · {owner.person.name}",
        "crumbs": reads.crumbs(owner),
        "submission": found,
        "reading": checking.reading(found, files),
    }
    return render(request, "office/submission.html", context)


@require_safe
@role_required(Role.OFFICE)
def file(request: HttpRequest, file: int) -> HttpResponseBase:
    """Open a submitted file of a registration this person runs."""
    mine = scope.registrations(request).values("pk")
    rows = SubmittedFile.objects.filter(submission__portfolio__registration__in=mine).select_related("blob")
    found = get_object_or_404(rows, pk=file)
    return send(request, found.blob, found.name, found.captions)
