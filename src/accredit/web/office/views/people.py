"""The list of people and one person; roles, and pausing an assessor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accredit.assessments import actions as assessments
from accredit.assessments.models import Assessor
from accredit.people import actions
from accredit.people.models import Profile
from accredit.rulebook.workflow import Role
from accredit.web.office import scope
from accredit.web.office.forms.records import RoleForm
from accredit.web.office.reads import people as reads
from accredit.web.office.reads.telling import ROLES
from accredit.web.ui.pages import me, paginate, render, role_required
from accredit.web.ui.parts import Crumb


@require_safe
@role_required(Role.OFFICE)
def people(request: HttpRequest) -> HttpResponse:
    """List people."""
    asked = reads.wanted(request)
    page = paginate(reads.found(asked, localdate()), request, 50)
    context = {
        "title": _("People"),
        "page": page,
        "filters": reads.filters(asked),
        "table": reads.table(request, page, asked),
    }
    return render(request, "office/people.html", context)


@require_safe
@role_required(Role.OFFICE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person: details, awards, roles, assessing, conflicts, registrations."""
    found = get_object_or_404(reads.with_roles(Profile.objects.all()), pk=pk)
    mine = scope.registrations(request)
    context = {
        "title": found.name or _("(no name yet)"),
        "crumbs": [Crumb(_("People"), _people())],
        "person": found,
        "rows": reads.details(found),
        "awards": reads.awards(pk, localdate()),
        "record": reads.record(mine, pk),
        "conflicts": reads.conflicts(pk),
        "registrations": reads.registrations(mine, pk),
        "roles": [(name, ROLES[name], getattr(found, f"is_{name}")) for name in reads.ROLE_NAMES],
        "is_me": me(request).pk == pk,
    }
    return render(request, "office/person.html", context)


def _people() -> str:
    return reverse("office:people")


@require_POST
@role_required(Role.OFFICE)
def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role or end it; nobody ends their own office role, so that one always stays."""
    found, form = scope.person(pk), RoleForm(request.POST)
    if form.is_valid():
        name, by, at = form.cleaned_data["role"], scope.actor(request), timezone.now()
        if form.cleaned_data["do"] == "give":
            actions.give_role(found, name, by=by, at=at)
        elif me(request).pk == pk:
            messages.error(request, _("You cannot end your own role. Ask a colleague of the office."))
        else:
            actions.end_role(found, name, by=by, at=at)
    return redirect("office:person", pk)


@require_POST
@role_required(Role.OFFICE)
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop new invitations to an assessor."""
    found = get_object_or_404(Assessor, person_id=pk)
    assessments.pause(found, by=scope.actor(request), at=timezone.now())
    messages.success(
        request, _("No new invitations go to this assessor until they are put on the list again.")
    )
    return redirect("office:person", pk)
