"""Who leads panels: the office is asked once somebody has finished enough."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accredit.assessments import actions
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.leading import LeadForm
from accredit.web.office.reads import leading as reads
from accredit.web.ui.pages import render, role_required
from accredit.web.ui.parts import Crumb


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def leads(request: HttpRequest) -> HttpResponse:
    """List who is ready to lead, who leads and who does not; say it of those that are ticked."""
    form = LeadForm(scope.sent(request))
    if request.method == "POST" and _decided(request, form):
        return redirect("office:leads")
    found = reads.groups(localdate())
    lead = ngettext(
        "The edition asks for %(n)s finished assessment before leading. Who has it is ready; you decide.",
        "The edition asks for %(n)s finished assessments before leading. Who has them is ready; you decide.",
        found.needed,
    ) % {"n": found.needed}
    context = {
        "title": _("Who leads"),
        "lead": lead if found.needed else _("No edition asks for assessments before leading."),
        "crumbs": [Crumb(_("People"), reverse("office:people"))],
        "groups": found,
        "form": form,
    }
    return render(request, "office/leads.html", context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, form: LeadForm) -> bool:
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        made = actions.decide_leads(
            data["people"], **form.answer(), by=scope.actor(request), at=timezone.now()
        )
    except Refused as refused:
        form.add_refusal(refused)
        return False
    words = ngettext("Noted of %(n)s person.", "Noted of %(n)s people.", len(made)) % {"n": len(made)}
    messages.success(request, words)
    return True
