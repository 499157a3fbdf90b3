"""Fetching what is mine: an ended seat, another's desk or a panel not called do not exist for these pages."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from accredit.assessments.models import Appeal, Appointment, Outcome, Panel
from accredit.assessments.permissions import can_moderate, can_ratify, can_review_appeal
from accredit.assessments.queries import appeals_to_review, own_appointment, panels
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import Actor
from accredit.web.ui.pages import actor_of, me, sign_in_required
from accredit.web.ui.shell import person_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def assessor_page(view: View[P]) -> View[P]:
    """Let in who is signed in; who has no profile yet is asked for it first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if person_of(request) is None:
            return redirect(f"{reverse('account:profile')}?next={request.path}")
        return view(request, *args, **kwargs)

    return sign_in_required(guarded)  # type: ignore[arg-type]


def actor(request: HttpRequest, role: Role = Role.ASSESSOR) -> Actor:
    """Return the signed-in person in the role of the page."""
    return actor_of(request, role)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, even if that is nothing; None where the page is only read."""
    return request.POST if request.method == "POST" else None


def my_invitation(request: HttpRequest, pk: int) -> Appointment:
    """Return a place of mine that has not ended."""
    found = own_appointment(me(request).pk, pk)
    if found is None:
        raise Http404
    return found


def _accepted(request: HttpRequest) -> QuerySet[Appointment]:
    mine = Appointment.objects.filter(
        person_id=me(request).pk, ended_at=None, answer=Appointment.Answer.ACCEPTED
    )
    return mine.select_related(
        "person",
        "assessment",
        "panel__outcome",
        "panel__registration__person",
        "panel__registration__edition",
        "panel__registration__scheme",
        "panel__submission__edition",
    ).defer("panel__registration__edition__document", "panel__submission__edition__document")


def my_desk(request: HttpRequest, pk: int) -> Appointment:
    """Return the place whose assessment this is: mine, accepted, not ended."""
    found = _accepted(request).filter(assessment__pk=pk).first()
    if found is None:
        raise Http404
    return found


def my_place(request: HttpRequest, panel: int) -> Appointment:
    """Return my place on a panel."""
    found = _accepted(request).filter(panel_id=panel).first()
    if found is None:
        raise Http404
    return found


def _called(pk: int, stage: Stage) -> Panel:
    """Return a panel whose present round is in that stage."""
    found = panels().filter(pk=pk, registration__stage=stage.value).first()
    if found is None or found.round != found.registration.round:
        raise Http404
    return found


def panel_to_moderate(request: HttpRequest, pk: int) -> Panel:
    """Return a panel that waits for a moderator who had no part in it."""
    found = _called(pk, Stage.MODERATING)
    if not can_moderate(me(request).pk, found):
        raise Http404
    return found


def appeal_to_review(request: HttpRequest, pk: int) -> Appeal:
    """Return an appeal that waits for me to decide it."""
    found = appeals_to_review(me(request).pk).filter(pk=pk).first()
    if found is None or not can_review_appeal(me(request).pk, found):
        raise Http404
    return found


def outcome_to_ratify(request: HttpRequest, pk: int) -> Outcome:
    """Return an outcome that waits for a committee member who had no part in it."""
    panel = _called(pk, Stage.RATIFYING)
    found = Outcome.objects.filter(panel=panel).first()
    if found is None:
        raise Http404
    found.panel = panel
    if not can_ratify(me(request).pk, found):
        raise Http404
    return found
