"""Conflicts of interest between one assessor and one candidate: looked at, set aside, restored."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accredit.assessments import actions
from accredit.assessments.queries import set_aside_between
from accredit.people.models import Profile
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.records import DismissForm
from accredit.web.office.reads import interests as reads
from accredit.web.office.reads.registration import crumbs
from accredit.web.ui.pages import me, render, role_required

Key = tuple[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def interests(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Show what stands between an assessor and the candidate; set one finding aside with a reason."""
    registration, assessor = scope.registration(request, pk), scope.person(person)
    if me(request).pk == assessor.pk:
        raise Http404
    chosen = (request.POST.get("kind", "")[:60], request.POST.get("found", "")[:200])
    form = DismissForm(scope.sent(request))
    if request.method == "POST" and _done(request, registration, assessor, chosen, form):
        return redirect("office:interests", pk, person)
    lines = reads.lines(registration, assessor, localdate())
    context = {
        "title": _("Conflicts of interest: %(name)s") % {"name": assessor.name},
        "eyebrow": f"{registration.reference} · {registration.person.name}",
        "crumbs": crumbs(registration),
        "registration": registration,
        "assessor": assessor,
        "lines": _with_forms(lines, chosen, form),
        "lost": form if form.errors and chosen not in {(each.kind, each.found) for each in lines} else None,
    }
    return render(request, "office/interests.html", context, status=422 if form.errors else 200)


def _with_forms(
    lines: list[reads.Line], chosen: Key, form: DismissForm
) -> list[tuple[reads.Line, DismissForm]]:
    """Return each line with a form of its own, the one that was sent with what was typed."""
    return [
        (each, form if chosen == (each.kind, each.found) else DismissForm(auto_id=f"conflict-{number}-%s"))
        for number, each in enumerate(lines, 1)
    ]


def _done(
    request: HttpRequest, registration: Registration, assessor: Profile, key: Key, form: DismissForm
) -> bool:
    """Set aside or restore; a refusal becomes an error of the form."""
    by, at = scope.actor(request), timezone.now()
    if "restore" in request.POST:
        dismissed = set_aside_between(registration, assessor.pk).get(key)
        if dismissed is not None:
            actions.restore_conflict(dismissed, by=by, at=at)
        messages.success(request, _("The conflict counts again."))
        return True
    if not form.is_valid():
        return False
    try:
        reason = form.cleaned_data["reason"]
        actions.set_conflict_aside(registration, assessor, key=key, reason=reason, by=by, at=at)
    except Refused as refused:
        form.add_refusal(refused)
        return False
    messages.success(request, _("The conflict is set aside. Your reason stays on record."))
    return True
