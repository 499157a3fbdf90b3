"""Fetching what I am a critical friend of: other portfolios do not exist for these pages."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accredit.portfolios.models import Comment, Mentor
from accredit.portfolios.queries import comment_on, mentorships_of
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import Actor
from accredit.web.ui.pages import actor_of, me, sign_in_required
from accredit.web.ui.shell import person_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def friends_page(view: View[P]) -> View[P]:
    """Let in who is signed in; who has no profile yet is asked for it first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if person_of(request) is None:
            return redirect(f"{reverse('account:profile')}?next={request.path}")
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(sign_in_required(guarded))  # type: ignore[arg-type]


def actor(request: HttpRequest) -> Actor:
    """Return the signed-in person as a critical friend."""
    return actor_of(request, Role.MENTOR)


def my_mentorship(request: HttpRequest, pk: int) -> Mentor:
    """Return an invitation I have accepted, ended or not."""
    found = mentorships_of(me(request).pk).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def my_comment(request: HttpRequest, pk: int, key: int) -> Comment:
    """Return a comment I have written and not taken back."""
    mentor = my_mentorship(request, pk)
    found = comment_on(mentor.portfolio, key)
    if found is None or found.mentor_id != mentor.pk:
        raise Http404
    found.mentor = mentor
    return found
