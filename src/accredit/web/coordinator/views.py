"""Cohorts as their coordinators see them."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.registrations.models import Cohort
from accredit.registrations.queries import places_seen
from accredit.web.coordinator import reads
from accredit.web.ui.pages import me, paginate, render, sign_in_required
from accredit.web.ui.parts import Crumb
from accredit.web.ui.shell import person_of
from accredit.web.ui.spreadsheets import csv_response


def _my_cohort(request: HttpRequest, pk: int) -> Cohort:
    found = next((each for each in reads.cohorts(me(request).pk) if each.pk == pk), None)
    if found is None:
        raise Http404
    return found


@require_safe
@sign_in_required
def home(request: HttpRequest) -> HttpResponse:
    """List my cohorts."""
    person = person_of(request)
    found = reads.cohorts(person.pk) if person else []
    return render(request, "coordinator/home.html", {"title": _("My cohorts"), "cohorts": found})


@require_safe
@sign_in_required
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the candidates of a cohort have agreed to show."""
    found = _my_cohort(request, pk)
    page = paginate(places_seen(found), request, 25)
    context = {
        "title": found.name,
        "crumbs": [Crumb(_("My cohorts"), reverse("coordinator:home")), Crumb(found.name)],
        "cohort": found,
        "page": page,
        "table": reads.table(reads.shown(page.items, localdate())),
    }
    return render(request, "coordinator/cohort.html", context)


@require_safe
@sign_in_required
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the same as CSV."""
    rows = reads.shown(places_seen(_my_cohort(request, pk)), localdate())
    return csv_response("cohort.csv", reads.export_head(), [reads.export_line(each) for each in rows])
