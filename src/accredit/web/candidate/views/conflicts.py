"""People who should not assess me, in my words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accredit.assessments.actions import name_conflict
from accredit.assessments.models import NamedConflict
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Refused
from accredit.web.candidate.forms.conflicts import NamedConflictForm
from accredit.web.candidate.mine import actor, candidate_page, my_profile, my_registration
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.pages import render

FIELDS = {Code.NAME_MISSING: "name", Code.REASON_MISSING: "reason", Code.CONFLICT_ON_SELF: "email"}


@candidate_page
def conflicts(request: HttpRequest, pk: int) -> HttpResponse:
    """Read whom I have named; name somebody. Whether they are known here is not told."""
    registration, person = my_registration(request, pk), my_profile(request)
    form = NamedConflictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            name_conflict(person, **form.cleaned_data, by=actor(request), at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused, FIELDS)
        else:
            messages.success(request, _("Noted. The office sees to it that they do not assess you."))
            return redirect("candidate:conflicts", pk)
    title = _("People who should not assess you")
    context = {
        "title": title,
        "crumbs": crumbs(pk, title),
        "registration": registration,
        "form": form,
        "named": list(NamedConflict.objects.filter(person=person).order_by("named_at", "pk")),
    }
    return render(request, "candidate/conflicts.html", context, status=422 if form.errors else 200)
