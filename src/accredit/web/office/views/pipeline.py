"""The pipeline: every registration, filtered, sorted, exported."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.rulebook.workflow import Role
from accredit.web.office import scope
from accredit.web.office.reads import pipeline as reads
from accredit.web.office.reads.titles import pathway_titles
from accredit.web.ui.pages import paginate, render, role_required
from accredit.web.ui.spreadsheets import csv_response


@require_safe
@role_required(Role.OFFICE)
def pipeline(request: HttpRequest) -> HttpResponse:
    """Show the registrations the address asks for, with how many stand in each stage."""
    asked, at, titles = reads.wanted(request), timezone.now(), pathway_titles()
    mine = scope.registrations(request)
    page = paginate(reads.found(mine, asked), request, 50)
    context = {
        "title": _("Pipeline"),
        "page": page,
        "stages": reads.stage_counts(mine, asked, request.GET, at),
        "filters": reads.filters(asked, titles),
        "table": reads.table(request, page, asked, titles, at),
        "query": request.GET.urlencode(),
    }
    return render(request, "office/pipeline.html", context)


@require_safe
@role_required(Role.OFFICE)
def export(request: HttpRequest) -> HttpResponseBase:
    """Send the filtered list as CSV, all pages of it."""
    rows = reads.found(scope.registrations(request), reads.wanted(request))
    return csv_response("registrations.csv", reads.export_head(), reads.export_lines(rows))
