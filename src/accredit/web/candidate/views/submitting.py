"""Submitting, taking back, withdrawing, and the frozen copies."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.portfolios import actions as portfolios
from accredit.portfolios.queries import current_submission
from accredit.registrations import actions as registrations
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Move, Role, Stage, permitted
from accredit.toolkit.refusals import Refused
from accredit.web.candidate.forms.handing import ReasonForm
from accredit.web.candidate.mine import (
    actor,
    candidate_page,
    is_editable,
    my_portfolio,
    my_registration,
    my_submission,
)
from accredit.web.candidate.reads import handing as reads
from accredit.web.ui.files import send
from accredit.web.ui.pages import render
from accredit.wording import sentence


@candidate_page
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing; check your answers; hand it in."""
    portfolio = my_portfolio(request, pk)
    if not is_editable(portfolio.registration):
        return redirect("candidate:submitted", pk=pk)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            portfolios.submit(portfolio, by=actor(request), at=timezone.now())
        except Refused as refused:
            if not is_editable(my_registration(request, pk)):
                # The first of two clicks has handed it in.
                return redirect("candidate:submitted", pk=pk)
            refusals = [sentence(each) for each in refused.faults]
        else:
            return redirect("candidate:submitted", pk=pk)
    found = reads.submitting(portfolio, timezone.now())
    title = _("Check and submit")
    context = {"title": title, "registration": portfolio.registration, "found": found, "refusals": refusals}
    context["crumbs"] = reads.crumbs(pk, title)
    return render(request, "candidate/submit.html", context, status=409 if refusals else 200)


@require_safe
@candidate_page
def submitted(request: HttpRequest, pk: int) -> HttpResponse:
    """It is handed in: what happens next and when."""
    registration = my_registration(request, pk)
    submission = current_submission(pk)
    if submission is None or is_editable(registration):
        return redirect("candidate:registration", pk=pk)
    context = {
        "title": _("Your portfolio is submitted"),
        "registration": registration,
        "submission": submission,
        "may_take_back": registration.stage == Stage.SUBMITTED,
        "target_days": registration.scheme.target_days,
    }
    return render(request, "candidate/submitted.html", context)


@candidate_page
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the portfolio back to go on writing."""
    registration = my_registration(request, pk)
    submission = current_submission(pk)
    if is_editable(registration) or submission is None:
        return redirect("candidate:registration", pk=pk)
    if request.method == "POST":
        portfolios.take_back(submission, by=actor(request), at=timezone.now())
        messages.success(request, _("You have your portfolio back. Submit it again when it is ready."))
        return redirect("candidate:registration", pk=pk)
    if registration.stage != Stage.SUBMITTED:
        raise Http404
    title = _("Take your portfolio back?")
    context = {"title": title, "registration": registration, "crumbs": reads.crumbs(pk, title)}
    return render(request, "candidate/take_back.html", context)


@candidate_page
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End the registration, after asking."""
    registration = my_registration(request, pk)
    if registration.stage == Stage.WITHDRAWN:
        return redirect("candidate:registration", pk=pk)
    if not permitted(Stage(registration.stage), Move.WITHDRAW, Role.CANDIDATE):
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _withdrawn(request, registration, form.cleaned_data["because"])
    title = _("Withdraw your registration?")
    context = {"title": title, "registration": registration, "form": form, "crumbs": reads.crumbs(pk, title)}
    return render(request, "candidate/withdraw.html", context)


def _withdrawn(request: HttpRequest, registration: Registration, because: str) -> HttpResponse:
    try:
        registrations.withdraw(registration, because=because, by=actor(request), at=timezone.now())
    except Refused:
        # The second of two clicks finds it withdrawn, as wanted.
        if my_registration(request, registration.pk).stage != Stage.WITHDRAWN:
            raise
    else:
        messages.success(request, _("You have withdrawn. Nothing more happens with this registration."))
    return redirect("candidate:registration", pk=registration.pk)


@require_safe
@candidate_page
def submission(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The frozen copy of a round."""
    found = my_submission(request, pk, number)
    title = _("What you submitted")
    context = {
        "title": title,
        "submission": found,
        "reading": reads.frozen(found),
        "crumbs": reads.crumbs(pk, title),
    }
    return render(request, "candidate/submission.html", context)


@require_safe
@candidate_page
def submitted_file(request: HttpRequest, pk: int, number: int, file: int) -> HttpResponseBase:
    """A file of a frozen copy."""
    found = my_submission(request, pk, number).files.filter(pk=file).select_related("blob").first()
    if found is None:
        raise Http404
    return send(request, found.blob, found.name, found.captions)
