"""Declining an invitation from the link in its letter, without signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accredit.assessments import actions
from accredit.assessments.permissions import can_answer
from accredit.assessments.queries import edition_of, place_of_token
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import Actor
from accredit.web.assessor.forms.answering import DeclineForm
from accredit.web.assessor.mine import posted
from accredit.web.ui.pages import render


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first, for a scanner of mail may open any link; then decline. Nothing of the candidate is shown."""
    place = place_of_token(token)
    if place is None:
        raise Http404
    is_open = can_answer(place.person_id, place)
    form = DeclineForm(posted(request))
    is_done = False
    if request.method == "POST" and is_open and form.is_valid():
        address = str(request.META.get("REMOTE_ADDR", ""))
        by = Actor(person=place.person_id, role=Role.ASSESSOR, address=address)
        actions.decline(place, **form.given(), by=by, at=timezone.now())
        is_done = True
    context = {
        "title": _("Thank you for the answer") if is_done else _("Decline this invitation?"),
        "place": place,
        "pathway": edition_of(place.panel).pathway(place.panel.registration.pathway).title,
        "form": form,
        "is_open": is_open,
        "is_done": is_done,
    }
    return render(request, "assessor/decline.html", context, status=422 if form.errors else 200)
