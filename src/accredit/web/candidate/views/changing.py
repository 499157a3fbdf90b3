"""Changing the pathway of a draft: choose, see exactly what it means, confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accredit.frameworks.queries import rules_of
from accredit.portfolios.actions import change_pathway
from accredit.portfolios.models import Portfolio
from accredit.web.candidate.forms.structure import PathwayForm
from accredit.web.candidate.mine import actor, candidate_page, my_portfolio
from accredit.web.candidate.reads import changing as reads
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.pages import render


@candidate_page
def pathway(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose another pathway, see what it means, confirm."""
    portfolio = my_portfolio(request, pk)
    wanted = request.POST.get("to", "") if request.method == "POST" else ""
    if wanted and wanted == portfolio.registration.pathway:
        # The first of two clicks has changed it.
        return _changed(request, portfolio)
    if not reads.may_change(portfolio):
        return redirect("candidate:registration", pk=pk)
    rules = rules_of(portfolio.registration.edition)
    given = request.POST if request.method == "POST" else request.GET if "to" in request.GET else None
    form = PathwayForm(given, pathways=reads.others(rules, portfolio.registration.pathway))
    if not form.is_valid():
        return _choosing(request, portfolio, form)
    if request.method == "POST":
        change_pathway(portfolio, pathway=form.cleaned_data["to"], by=actor(request), at=timezone.now())
        return _changed(request, my_portfolio(request, pk))
    found = reads.preview(portfolio, form.cleaned_data["to"], timezone.localdate())
    title = _("Change to %(pathway)s?") % {"pathway": found.pathway.title}
    context = {"title": title, "crumbs": crumbs(pk, title), "found": found, "pk": pk}
    return render(request, "candidate/pathway_check.html", context)


def _choosing(request: HttpRequest, portfolio: Portfolio, form: PathwayForm) -> HttpResponse:
    pk, title = portfolio.registration_id, _("Change your pathway")
    now = rules_of(portfolio.registration.edition).pathway(portfolio.registration.pathway)
    context = {"title": title, "crumbs": crumbs(pk, title), "form": form, "now": now, "pk": pk}
    return render(request, "candidate/pathway.html", context, status=422 if form.errors else 200)


def _changed(request: HttpRequest, portfolio: Portfolio) -> HttpResponse:
    registration = portfolio.registration
    title = rules_of(registration.edition).pathway(registration.pathway).title
    messages.success(
        request,
        _("Your pathway is now %(pathway)s. Nothing you have written is lost.") % {"pathway": title},
    )
    return redirect("candidate:registration", pk=registration.pk)
