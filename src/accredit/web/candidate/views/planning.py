"""Coverage and the plan: what helps to finish."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.web.candidate.mine import candidate_page, my_portfolio
from accredit.web.candidate.reads.coverage import covered
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.pages import render


@require_safe
@candidate_page
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    """Where each principle is shown."""
    portfolio = my_portfolio(request, pk)
    title = _("Where each principle is shown")
    context = {"title": title, "crumbs": crumbs(pk, title), "found": covered(portfolio, timezone.localdate())}
    return render(request, "candidate/coverage.html", context | {"portfolio": portfolio})
