"""Results that are held: looked at one by one, released together, recalled; and for how long they may be."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accredit.assessments import actions
from accredit.frameworks.actions import set_hours
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.deciding import HoursForm
from accredit.web.office.reads import releasing as reads
from accredit.web.office.reads.books import schemes
from accredit.web.office.reads.titles import pathway_titles
from accredit.web.ui.pages import paginate, render, role_required
from accredit.web.ui.parts import Crumb
from accredit.wording import sentence

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def releases(request: HttpRequest) -> HttpResponse:
    """List what is held; release the ticked after saying exactly what will happen to each."""
    mine = scope.registrations(request)
    ticked = {int(each) for each in request.POST.getlist("result") if each.isascii() and each.isdigit()}
    if request.method == "POST" and "go" in request.POST:
        return _released(request, ticked)
    page = paginate(reads.held(mine), request, 50)
    lines = reads.lines(page.items, pathway_titles())
    context = {
        "title": _("Results to release"),
        "lead": _("What panels have decided and candidates do not know yet."),
        "page": page,
        "lines": lines,
        "chosen": [each for each in lines if each.outcome in ticked] if request.method == "POST" else [],
        "is_asked": request.method == "POST",
        "schemes": schemes(),
    }
    return render(request, "office/releases.html", context)


def _released(request: HttpRequest, ticked: set[int]) -> HttpResponse:
    """Release each by itself: one that cannot be is said, and holds back no other."""
    done, refused = 0, []
    for outcome in reads.held(scope.registrations(request)).filter(pk__in=ticked):
        try:
            actions.release(outcome, by=scope.actor(request), at=timezone.now())
            done += 1
        except Refused as why:
            reasons = " ".join(sentence(each) for each in why.faults)
            refused.append(f"{outcome.panel.registration.person.name}: {reasons}")
    words = ngettext("%(n)s result is released.", "%(n)s results are released.", done) % {"n": done}
    messages.success(request, words)
    for each in refused:
        messages.error(request, each)
    return redirect("office:releases")


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def hours(request: HttpRequest, scheme: str) -> HttpResponse:
    """Say for how long a released result may be recalled, and what an assessment is taken to need."""
    found = scope.scheme(scheme)
    known = {"recall": found.recall_hours, "assessing": found.assessing_hours}
    form = HoursForm(scope.sent(request), initial=known)
    if request.method == "POST" and form.is_valid():
        set_hours(found, **form.cleaned_data, by=scope.actor(request), at=timezone.now())
        messages.success(request, _("Changed. It holds from now on."))
        return redirect("office:releases")
    context = {
        "title": _("Hours"),
        "eyebrow": found.name,
        "crumbs": [Crumb(_("Results to release"), reverse("office:releases"))],
        "form": form,
        "button": _("Change them"),
    }
    return render(request, "office/form.html", context, status=422 if form.errors else 200)
