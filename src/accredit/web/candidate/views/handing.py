"""The portfolio as a whole: as it is, confirmation, summary of changes, preview."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accredit.frameworks.queries import rules_of
from accredit.portfolios.actions import confirm, hand_over_as_it_is, summarise_changes, write_here
from accredit.portfolios.models import Portfolio
from accredit.rulebook.faults import Code
from accredit.rulebook.terms import RoundKind
from accredit.toolkit.refusals import Clash, Refused
from accredit.web.candidate.forms.handing import AsItIsForm, ConfirmationForm, SummaryForm
from accredit.web.candidate.mine import actor, candidate_page, is_editable, my_portfolio
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.candidate.reads.handing import preview as read_preview
from accredit.web.candidate.views.writing import is_autosave
from accredit.web.ui.files import send
from accredit.web.ui.pages import me, render
from accredit.wording import sentence

SOURCE_FIELDS = {
    Code.ADDRESS_NOT_WEB: "address",
    Code.SOURCE_MISSING: "address",
    Code.FILE_KIND_NOT_OPEN: "upload",
    Code.FILE_TOO_LARGE: "upload",
    Code.FILE_EMPTY: "upload",
    Code.FILE_NOT_WHAT_IT_SAYS: "upload",
    Code.FILE_DAMAGED: "upload",
    Code.PORTFOLIO_FULL: "upload",
}


def _editable(request: HttpRequest, pk: int) -> Portfolio:
    portfolio = my_portfolio(request, pk)
    if request.method == "GET" and not is_editable(portfolio.registration):
        raise Http404
    return portfolio


@candidate_page
def as_it_is(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over a portfolio that already stands elsewhere."""
    portfolio = _editable(request, pk)
    if not rules_of(portfolio.registration.edition).as_it_is:
        raise Http404
    stored = {
        "version": portfolio.version,
        "address": portfolio.source_address,
        "instructions": portfolio.instructions,
    }
    is_post = request.method == "POST"
    form = AsItIsForm(request.POST if is_post else None, request.FILES or None, initial=stored)
    if is_post and form.is_valid():
        try:
            _hand_over(request, portfolio, form)
        except Refused as refused:
            form.add_refusal(refused, SOURCE_FIELDS)
        else:
            messages.success(request, _("Noted. Now say for each section where it stands."))
            return redirect("candidate:registration", pk=pk)
    title = _("Hand over a portfolio as it is")
    context = {"title": title, "form": form, "portfolio": portfolio, "crumbs": crumbs(pk, title)}
    return render(request, "candidate/as_it_is.html", context, status=422 if form.errors else 200)


def _hand_over(request: HttpRequest, portfolio: Portfolio, form: AsItIsForm) -> None:
    given = form.cleaned_data
    upload = given["upload"]
    hand_over_as_it_is(
        portfolio,
        address=given["address"],
        upload=upload,
        name=upload.name if upload else "",
        instructions=given["instructions"],
        expected=given["version"],
        by=actor(request),
        at=timezone.now(),
    )


@require_POST
@candidate_page
def write_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back to writing here."""
    write_here(my_portfolio(request, pk), by=actor(request), at=timezone.now())
    messages.success(request, _("You write your portfolio here again. Nothing you wrote before was lost."))
    return redirect("candidate:registration", pk=pk)


@require_safe
@candidate_page
def source_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The document handed over as it is."""
    portfolio = my_portfolio(request, pk)
    if portfolio.source_blob is None:
        raise Http404
    return send(request, portfolio.source_blob, portfolio.source_name)


@candidate_page
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that the portfolio is about my own practice."""
    portfolio = _editable(request, pk)
    stored = {
        "name": portfolio.confirmed_name or me(request).name,
        "agrees": portfolio.confirmed_on is not None,
        "suggested_assessor": portfolio.suggested_assessor,
        "language": portfolio.language,
    }
    sent = request.POST if request.method == "POST" else None
    form = ConfirmationForm(portfolio.registration.scheme, sent, initial=stored)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "agrees"}
        confirm(portfolio, **given, by=actor(request), at=timezone.now())
        messages.success(request, _("Thank you. Your confirmation is noted."))
        return redirect("candidate:registration", pk=pk)
    context = {
        "title": _("Confirmation"),
        "form": form,
        "portfolio": portfolio,
        "crumbs": crumbs(pk, _("Confirmation")),
    }
    return render(request, "candidate/confirmation.html", context, status=422 if form.errors else 200)


@candidate_page
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what has changed since the last round."""
    portfolio = _editable(request, pk)
    if portfolio.registration.round_kind == RoundKind.FIRST:
        raise Http404
    stored = {"version": portfolio.version, "text": portfolio.summary_of_changes}
    form = SummaryForm(request.POST if request.method == "POST" else None, initial=stored)
    if request.method == "POST" and form.is_valid():
        return _summarised(request, portfolio, form)
    return _summary_page(request, portfolio, form)


def _summarised(request: HttpRequest, portfolio: Portfolio, form: SummaryForm) -> HttpResponse:
    pk, given = portfolio.registration_id, form.cleaned_data
    try:
        saved = summarise_changes(
            portfolio, given["text"], expected=given["version"], by=actor(request), at=timezone.now()
        )
    except Refused as refused:
        if is_autosave(request):
            told = [sentence(each) for each in refused.faults]
            is_clash = isinstance(refused, Clash)
            both = {"both": reverse("candidate:summary", args=[pk])} if is_clash else {}
            return JsonResponse({"errors": told, "refused": told, **both}, status=409 if is_clash else 422)
        form.add_refusal(refused)
        clashed = my_portfolio(request, pk).summary_of_changes if isinstance(refused, Clash) else ""
        return _summary_page(request, portfolio, form, stored=clashed)
    if is_autosave(request):
        now = timezone.localtime().strftime("%H:%M")
        return JsonResponse({"saved": now, "version": saved.version, "fields": {"version": saved.version}})
    messages.success(request, _("Saved."))
    return redirect("candidate:registration", pk=pk)


def _summary_page(
    request: HttpRequest, portfolio: Portfolio, form: SummaryForm, stored: str = ""
) -> HttpResponse:
    pk = portfolio.registration_id
    title = _("Summary of changes")
    latest = my_portfolio(request, pk).version if stored else portfolio.version
    context = {"title": title, "form": form, "portfolio": portfolio, "crumbs": crumbs(pk, title)}
    shown = context | {"stored": stored, "latest": latest}
    return render(
        request, "candidate/summary.html", shown, status=409 if stored else 422 if form.errors else 200
    )


@require_safe
@candidate_page
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The portfolio exactly as an assessor sees it."""
    portfolio = my_portfolio(request, pk)
    title = _("How assessors see your portfolio")
    context = {"title": title, "pk": pk, "reading": read_preview(portfolio), "crumbs": crumbs(pk, title)}
    return render(request, "candidate/preview.html", context)
