"""The log of the edition's clock in one registration, past and to come."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.rulebook.workflow import Role
from accredit.web.office import scope
from accredit.web.office.reads import reminders as reads
from accredit.web.office.reads.registration import crumbs
from accredit.web.ui.pages import render, role_required


@require_safe
@role_required(Role.OFFICE)
def reminders(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was and will be asked of whom, and by which rule."""
    registration = scope.registration(request, pk)
    context = {
        "title": _("Reminders"),
        "eyebrow": f"{registration.reference} · {registration.person.name}",
        "lead": _(
            "What the edition’s clock has written, and what it will. An answer or a moved date changes it."
        ),
        "crumbs": crumbs(registration),
        "upcoming": reads.upcoming(pk, timezone.now()),
        "past": reads.past(pk),
    }
    return render(request, "office/reminders.html", context)
