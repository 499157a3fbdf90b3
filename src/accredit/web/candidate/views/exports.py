"""Taking a portfolio away: which copies there are, asking for one, fetching it."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.exchange.actions import ask_export
from accredit.exchange.writers import WRITERS
from accredit.web.candidate.mine import actor, candidate_page, my_export, my_portfolio
from accredit.web.candidate.reads import exports as reads
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.files import attach
from accredit.web.ui.pages import render


@candidate_page
def exports(request: HttpRequest, pk: int) -> HttpResponse:
    """The copies and the forms they come in; asking for one. Works by loading the page again."""
    portfolio = my_portfolio(request, pk)
    if request.method == "POST":
        of, submission = reads.chosen_copy(portfolio, request.POST.get("of", ""))
        form = request.POST.get("form", "")
        ask_export(portfolio, form=form, submission=submission, by=actor(request), at=timezone.now())
        return redirect(reads.address(portfolio, of))
    title = _("Take your portfolio with you")
    found = reads.copies(portfolio, request.GET.get("of", ""))
    context = {
        "title": title,
        "crumbs": crumbs(pk, title),
        "registration": portfolio.registration,
        "found": found,
        "here": reads.address(portfolio, found.chosen),
    }
    return render(request, "candidate/exports.html", context)


@require_safe
@candidate_page
def export_file(request: HttpRequest, pk: int, export: int) -> HttpResponseBase:
    """A finished copy, as a download."""
    found, blob = my_export(request, pk, export)
    return attach(request, blob, found.name, WRITERS[found.form].media_type)
