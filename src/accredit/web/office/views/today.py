"""The office's first page: what waits, oldest first, and what is about to be late."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accredit.assessments.queries import leads_to_offer
from accredit.frameworks.queries import editions
from accredit.rulebook.workflow import Role
from accredit.web.office import scope
from accredit.web.office.reads import places
from accredit.web.office.reads import today as reads
from accredit.web.office.reads.titles import pathway_titles
from accredit.web.ui.pages import render, role_required


@require_safe
@role_required(Role.OFFICE)
def today(request: HttpRequest) -> HttpResponse:
    """Show what waits for the office, with the step that does it."""
    mine, at, known = scope.registrations(request), timezone.now(), editions()
    context = {
        "title": _("Today"),
        "waiting": reads.waiting(mine, pathway_titles(known), at),
        "stats": reads.stats(mine),
        "to_lead": len(leads_to_offer(known, localdate(at))),
        "given_up": places.given_up(mine),
        "late": reads.late_assessments(mine, at, known),
        "ending": reads.ending(mine, at),
        "unpaid": reads.unpaid(mine),
    }
    return render(request, "office/today.html", context)
