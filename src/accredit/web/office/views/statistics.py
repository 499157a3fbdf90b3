"""Statistics about assessing, with the rows behind each table."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.rulebook.workflow import Role
from accredit.web.office import scope
from accredit.web.office.reads import statistics as reads
from accredit.web.ui.pages import render, role_required
from accredit.web.ui.spreadsheets import csv_response


@require_safe
@role_required(Role.OFFICE)
def statistics(request: HttpRequest) -> HttpResponse:
    """Show how long it takes, who does the work, and how far assessors agree."""
    asked, named = reads.wanted(request, localdate()), reads.names()
    context = {
        "title": _("Statistics"),
        "lead": _("Only panels all of whose assessments are in are counted."),
        "filters": reads.filters(request, named),
        "figures": reads.figures(request, asked, scope.closed(request), named),
    }
    return render(request, "office/statistics.html", context)


@require_safe
@role_required(Role.OFFICE)
def rows(request: HttpRequest, what: str) -> HttpResponseBase:
    """Send the rows behind a table as CSV."""
    asked = reads.wanted(request, localdate())
    found = reads.behind(what, asked, scope.closed(request))
    if found is None:
        raise Http404
    head, lines = found
    return csv_response(f"{what}.csv", head, lines)
