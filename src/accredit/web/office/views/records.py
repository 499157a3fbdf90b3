"""What the office writes down by hand: people, awards, earlier assessments, offers to assess, conflicts."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accredit.assessments import actions as assessments
from accredit.assessments.models import DeclaredConflict, Seat
from accredit.assessments.queries import assessor_of
from accredit.awards.actions import record_award
from accredit.frameworks.queries import default_scheme, edition_in_force, rules_of
from accredit.people.actions import record_person
from accredit.people.models import Profile
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.refusals import Refused
from accredit.web.office import scope
from accredit.web.office.forms.records import (
    AssessorForm,
    AwardForm,
    ConflictForm,
    DismissForm,
    PastForm,
    PersonForm,
)
from accredit.web.ui.forms import Form
from accredit.web.ui.pages import render, role_required
from accredit.web.ui.parts import Crumb

METHODS = ["GET", "HEAD", "POST"]
FIELDS = {
    Code.ADDRESS_TAKEN: "email",
    Code.STAY_ENDS_BEFORE_START: "earlier_until",
    Code.NUMBER_TAKEN: "number",
    Code.AWARD_ENDS_BEFORE_ISSUE: "valid_until",
    Code.NUMBER_TOO_SMALL: "number",
    Code.CONFLICT_ON_SELF: "about",
    Code.REASON_MISSING: "reason",
    Code.CONFLICT_ENDS_BEFORE: "until_on",
}


def _done(request: HttpRequest, form: Form, act: Callable[[], object], said: str) -> bool:
    """Do it when the form is right; a refusal becomes an error of the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refused as refused:
        form.add_refusal(refused, {code: name for code, name in FIELDS.items() if name in form.fields})
        return False
    messages.success(request, said)
    return True


def _page(
    request: HttpRequest, form: Form, title: str, button: str, person: Profile | None = None
) -> HttpResponse:
    crumbs = [Crumb(_("People"), reverse("office:people"))]
    if person is not None:
        crumbs.append(Crumb(person.name, reverse("office:person", args=[person.pk])))
    context = {"title": title, "crumbs": crumbs, "form": form, "button": button}
    return render(request, "office/form.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def person_new(request: HttpRequest) -> HttpResponse:
    """Record a person who has no sign-in here yet, then what they hold."""
    form, made = PersonForm(scope.sent(request)), list[Profile]()

    def act() -> None:
        email, by = form.cleaned_data["email"], scope.actor(request)
        made.append(record_person(form.details(), email=email, stays=form.stays(), by=by, at=timezone.now()))

    if _done(request, form, act, _("Recorded. Add the awards they hold, if any.")):
        return redirect("office:award_new", made[0].pk)
    return _page(request, form, _("Record a person"), _("Record"))


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def award_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an award a person already holds."""
    person, form = scope.person(pk), AwardForm(scope.sent(request))

    def act() -> None:
        record_award(person, **form.values(), by=scope.actor(request), at=timezone.now())

    if _done(request, form, act, _("The award is recorded.")):
        return redirect("office:person", pk)
    return _page(request, form, _("Record an award"), _("Record"), person)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def past_assessments(request: HttpRequest, pk: int) -> HttpResponse:
    """Record assessments made before this record began."""
    person, form = scope.person(pk), PastForm(scope.sent(request))

    def act() -> None:
        values = form.cleaned_data | {"seat": Seat(form.cleaned_data["seat"])}
        assessments.record_past_assessments(person, **values, by=scope.actor(request), at=timezone.now())

    if _done(request, form, act, _("The earlier assessments are recorded.")):
        return redirect("office:person", pk)
    return _page(request, form, _("Record earlier assessments"), _("Record"), person)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def assessor(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a person on the list of assessors, or change what they offered."""
    person, offer, scheme = scope.person(pk), assessor_of(pk), default_scheme()
    if scheme is None:
        raise Http404
    initial = {"areas": ", ".join(offer.areas)} if offer else None
    edition = rules_of(edition_in_force(scheme, localdate()))
    form = AssessorForm(edition, scope.sent(request), offer=offer, initial=initial, scheme=scheme)

    def act() -> None:
        assessments.volunteer(person, **form.cleaned_data, by=scope.actor(request), at=timezone.now())

    if _done(request, form, act, _("On the list of assessors.")):
        return redirect("office:person", pk)
    return _page(request, form, _("On the list of assessors"), _("Save"), person)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def conflict_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that two people should not assess each other."""
    person, form = scope.person(pk), ConflictForm(scope.sent(request))

    def act() -> None:
        assessments.declare_conflict(person, **form.cleaned_data, by=scope.actor(request), at=timezone.now())

    if _done(request, form, act, _("The conflict is recorded.")):
        return redirect("office:person", pk)
    return _page(request, form, _("Record a conflict of interest"), _("Record"), person)


@require_http_methods(METHODS)
@role_required(Role.OFFICE)
def conflict_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a declared conflict aside, with the reason."""
    found = get_object_or_404(DeclaredConflict.objects.select_related("person", "about"), pk=pk)
    form = DismissForm(scope.sent(request))

    def act() -> None:
        assessments.dismiss_conflict(found, **form.cleaned_data, by=scope.actor(request), at=timezone.now())

    if _done(request, form, act, _("The conflict is set aside.")):
        return redirect("office:person", found.person_id)
    title = _("Dismiss the conflict about %(name)s") % {"name": found.about.name}
    return _page(request, form, title, _("Dismiss"), found.person)
