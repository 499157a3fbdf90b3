"""The cohort: joining, what its coordinator sees, leaving."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accredit.registrations.actions import agree_to_show, join_cohort, leave_cohort
from accredit.registrations.models import CohortPlace, Registration
from accredit.registrations.queries import place_in_cohort
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Refused
from accredit.web.candidate.forms.friends import JoinForm, ShowsForm
from accredit.web.candidate.mine import actor, candidate_page, is_editable, my_registration
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.pages import render

FIELDS = {Code.COHORT_CODE_UNKNOWN: "code"}


@candidate_page
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a cohort, or change what its coordinator sees."""
    registration = my_registration(request, pk)
    place = place_in_cohort(pk)
    sent = request.POST if request.method == "POST" else None
    form = ShowsForm(sent, initial={"shows": place.shows}) if place else JoinForm(sent)
    if sent is not None and form.is_valid() and _done(request, registration, place, form):
        return redirect("candidate:cohort", pk=pk)
    context = {
        "title": place.cohort.name if place else _("Join a cohort"),
        "crumbs": crumbs(pk, _("Cohort")),
        "registration": registration,
        "place": place,
        "form": form,
        "may_join": is_editable(registration),
    }
    return render(request, "candidate/cohort.html", context, status=422 if form.errors else 200)


def _done(
    request: HttpRequest, registration: Registration, place: CohortPlace | None, form: JoinForm | ShowsForm
) -> bool:
    by, at = actor(request), timezone.now()
    try:
        if place is None:
            join_cohort(registration, **form.cleaned_data, by=by, at=at)
            messages.success(request, _("You are in the cohort. What you agreed to holds from now on."))
        else:
            agree_to_show(place, shows=form.cleaned_data["shows"], by=by, at=at)
            messages.success(request, _("Changed. It holds at once."))
    except Refused as refused:
        form.add_refusal(refused, FIELDS)
        return False
    return True


@require_POST
@candidate_page
def cohort_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the cohort."""
    my_registration(request, pk)
    place = place_in_cohort(pk)
    if place is not None:
        leave_cohort(place, by=actor(request), at=timezone.now())
        messages.success(request, _("You have left the cohort. Its coordinator no longer sees you."))
    return redirect("candidate:cohort", pk=pk)
