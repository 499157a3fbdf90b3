"""Founding and closing cohorts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accredit.registrations.actions import close_cohort, found_cohort
from accredit.registrations.queries import cohorts as all_cohorts
from accredit.registrations.queries import places_of
from accredit.rulebook.workflow import Role
from accredit.web.office import scope
from accredit.web.office.forms.cohorts import CohortForm
from accredit.web.office.reads import cohorts as reads
from accredit.web.office.reads.books import schemes
from accredit.web.ui.pages import me, paginate, render, role_required
from accredit.web.ui.parts import Crumb


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def cohorts(request: HttpRequest) -> HttpResponse:
    """List the cohorts and found one."""
    form = CohortForm(schemes(), scope.sent(request))
    if request.method == "POST" and form.is_valid():
        made = found_cohort(**form.cleaned_data, by=scope.actor(request), at=timezone.now())
        messages.success(
            request,
            _("The cohort is founded. Give its code, %(code)s, to the coordinator.") % {"code": made.code},
        )
        return redirect("office:cohort", pk=made.pk)
    page = paginate(all_cohorts(), request)
    context = {
        "title": _("Cohorts"),
        "lead": _(
            "Candidates whom an employer or group brings together. Each decides what the coordinator sees."
        ),
        "page": page,
        "table": reads.cohorts(page.items),
        "form": form,
        "add": _("Found a cohort"),
    }
    return render(request, "office/book.html", context, status=422 if form.errors else 200)


@require_safe
@role_required(Role.OFFICE)
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one cohort and who is in it; registrations closed to this reader are left out."""
    found = get_object_or_404(all_cohorts(), pk=pk)
    page = paginate(places_of(found).exclude(registration__in=scope.closed_keys(me(request).pk)), request, 50)
    context = {
        "title": found.name,
        "crumbs": [Crumb(_("Cohorts"), reverse("office:cohorts"))],
        "cohort": found,
        "rows": reads.facts(found),
        "page": page,
        "table": reads.places(page.items),
    }
    return render(request, "office/cohort.html", context)


@require_POST
@role_required(Role.OFFICE)
def cohort_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a cohort."""
    close_cohort(get_object_or_404(all_cohorts(), pk=pk), by=scope.actor(request), at=timezone.now())
    messages.success(request, _("The cohort is closed. Its coordinator sees nothing any more."))
    return redirect("office:cohort", pk=pk)
