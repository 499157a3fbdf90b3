"""Which registrations this person of the office runs: never their own, nor one they are about to assess."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from accredit.assessments.models import Appointment, Panel
from accredit.assessments.queries import panels
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import default_scheme
from accredit.people.models import Profile
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import Actor
from accredit.web.ui.pages import actor_of, me


def actor(request: HttpRequest) -> Actor:
    """Return the signed-in person as the office."""
    return actor_of(request, Role.OFFICE)


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent; nothing at all still counts as sent, so that the form says what is missing."""
    return request.POST if request.method == "POST" else None


def _blind_to(person: int) -> QuerySet[Appointment]:
    """Return the places of a person whose own assessment is not in: they blind to the whole panel."""
    mine = Appointment.objects.filter(person_id=person, ended_at=None, panel__outcome=None)
    return mine.filter(assessment__submitted_at=None)


def closed_to(person: int) -> Q:
    """Return which registrations are closed to a person of the office; for `exclude` and `filter(~…)`."""
    blind = _blind_to(person).filter(panel__registration=OuterRef("pk"))
    return Q(person_id=person) | Q(Exists(blind))


def closed_keys(person: int) -> list[int]:
    """Return the keys of the registrations closed to a person, for rows that name them by number."""
    return list(Registration.objects.filter(closed_to(person)).values_list("pk", flat=True))


def closed(request: HttpRequest) -> QuerySet[Registration]:
    """Return the registrations closed to this person of the office."""
    return Registration.objects.filter(closed_to(me(request).pk))


def registrations(request: HttpRequest) -> QuerySet[Registration]:
    """Return the registrations this person of the office runs."""
    return Registration.objects.filter(~closed_to(me(request).pk))


def registration(request: HttpRequest, pk: int) -> Registration:
    """Return one of them with its person, scheme and edition; 404 otherwise."""
    return get_object_or_404(registrations(request).select_related("person", "scheme", "edition"), pk=pk)


def submissions(request: HttpRequest) -> QuerySet[Submission]:
    """Return the submissions of those registrations, with everything a page about one needs."""
    mine = registrations(request).values("pk")
    rows = Submission.objects.filter(portfolio__registration__in=mine)
    return rows.select_related(
        "edition",
        "portfolio__registration__person",
        "portfolio__registration__scheme",
        "portfolio__registration__edition",
    )


def current_submission(request: HttpRequest, pk: int) -> Submission:
    """Return what is before the office of one registration; 404 when nothing is."""
    rows = submissions(request).filter(portfolio__registration_id=pk, set_aside_at=None)
    return get_object_or_404(rows.order_by("-round")[:1])


def panel(request: HttpRequest, pk: int) -> Panel:
    """Return the latest panel of a registration; 404 when there is none."""
    rows = panels().filter(registration_id=pk, registration__in=registrations(request).values("pk"))
    return get_object_or_404(rows.order_by("-round")[:1])


def person(pk: int) -> Profile:
    """Return a person; 404 otherwise."""
    return get_object_or_404(Profile, pk=pk)


def usual_scheme() -> Scheme:
    """Return the scheme somebody is led to who names none; 404 where there is none yet."""
    found = default_scheme()
    if found is None:
        raise Http404
    return found


def scheme(code: str) -> Scheme:
    """Return the scheme an address names; 404 otherwise."""
    return get_object_or_404(Scheme, code=code)
