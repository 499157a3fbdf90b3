"""A candidate's appeal: looked at, given to a reviewer, or not admitted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accredit.assessments import actions
from accredit.assessments.models import Appeal
from accredit.assessments.permissions import can_review_appeal
from accredit.assessments.queries import appeal_of, edition_of
from accredit.people.models import Profile, RoleHeld
from accredit.people.queries import people_with
from accredit.rulebook.appeals import titles_of
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.appealing import ReviewerForm, TurnAwayForm
from accredit.web.office.reads.registration import crumbs
from accredit.web.ui.labels import APPEALS
from accredit.web.ui.pages import me, render, role_required


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.OFFICE)
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Read an appeal; name a reviewer, another one, or turn it away with reasons."""
    registration = scope.registration(request, pk)
    found = appeal_of(registration.pk)
    if found is None:
        raise Http404
    edition = edition_of(found.outcome.panel)
    forms = _forms(request, found)
    if request.method == "POST" and _done(request, found, forms):
        return redirect("office:appeal", pk)
    context = {
        "title": _("Appeal"),
        "eyebrow": f"{registration.reference} · {registration.person.name}",
        "crumbs": crumbs(registration),
        "registration": registration,
        "appeal": found,
        "look": APPEALS[found.decision],
        "grounds": titles_of(edition, found.grounds),
        "outcome": edition.outcome(found.outcome.code),
        **forms,
    }
    wrong = any(form.errors for form in forms.values())
    return render(request, "office/appeal.html", context, status=422 if wrong else 200)


def _forms(request: HttpRequest, found: Appeal) -> dict[str, Any]:
    """Return the forms of what can be done now, the one that was sent with what was typed."""
    if found.decided_at is not None:
        return {}
    sent = scope.sent(request)
    away = sent is not None and "away" in sent
    people = _reviewers(found, me(request).pk)
    forms: dict[str, Any] = {"name": ReviewerForm(people, None if away else sent)}
    if found.reviewer_id is None:
        forms["away"] = TurnAwayForm(sent if away else None)
    return forms


def _reviewers(found: Appeal, by: int) -> list[Profile]:
    """Return the moderators who may decide it."""
    people = [each for each in people_with(RoleHeld.Name.MODERATOR) if each.pk != by]
    return [each for each in people if can_review_appeal(each.pk, found)]


def _done(request: HttpRequest, found: Appeal, forms: dict[str, Any]) -> bool:
    """Do what was asked; a refusal becomes an error of its form."""
    what = "away" if "away" in request.POST else "name"
    form = forms.get(what)
    if form is None:
        return True
    if not form.is_valid():
        return False
    by, at = scope.actor(request), timezone.now()
    try:
        if what == "away":
            actions.turn_appeal_away(found, **form.cleaned_data, by=by, at=at)
            messages.success(request, _("Not admitted. The candidate is told by e-mail, with your reasons."))
        else:
            reviewer = scope.person(form.cleaned_data["reviewer"])
            actions.admit_appeal(found, reviewer=reviewer, by=by, at=at)
            messages.success(
                request, _("%(name)s is asked by e-mail to decide it.") % {"name": reviewer.name}
            )
    except Refused as refused:
        form.add_refusal(refused, {Code.REASON_MISSING: "reasons", Code.REVIEWER_HAD_PART: "reviewer"})
        return False
    return True
