"""The links of a portfolio, and what those of a submission answered."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accredit.portfolios.actions import ask_again
from accredit.toolkit.refusals import Refused
from accredit.web.candidate.mine import actor, candidate_page, my_portfolio, my_submission
from accredit.web.candidate.reads import links as reads
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.answered import answered_page
from accredit.web.ui.pages import render
from accredit.wording import sentence


@candidate_page
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """What each link answers; a post asks them again."""
    portfolio = my_portfolio(request, pk)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            count = ask_again(portfolio, by=actor(request), at=timezone.now())
        except Refused as refused:
            refusals = [sentence(each) for each in refused.faults]
        else:
            told = ngettext("%(count)d link is asked now", "%(count)d links are asked now", count)
            messages.success(request, _("%s: come back in a minute.") % (told % {"count": count}))
            return redirect("candidate:submit" if "submit" in request.POST else "candidate:links", pk=pk)
    context = reads.page(portfolio, at=timezone.now()) | {"refusals": refusals}
    return render(request, "candidate/links.html", context, status=409 if refusals else 200)


@require_safe
@candidate_page
def answered(request: HttpRequest, pk: int, number: int, snapshot: int) -> HttpResponse:
    """What a link of a frozen copy answered."""
    found = my_submission(request, pk, number).snapshots.filter(pk=snapshot, fetched_at__isnull=False).first()
    if found is None:
        raise Http404
    context = answered_page(found) | {"crumbs": crumbs(pk, _("What a link answered"))}
    return render(request, "ui/portfolio/answered.html", context)
