"""What every view uses: rendering, the actor, paging, and who must be signed in."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render as django_render

from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Refused
from accredit.web.ui.shell import Person, person_of, shell_of
from accredit.wording import sentence

P = ParamSpec("P")
T = TypeVar("T")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render a page after its frame has been read; use this, not Django's shortcut."""
    shell_of(request)
    return django_render(request, template, dict(context or {}), status=status)


def actor_of(request: HttpRequest, role: Role) -> Actor:
    """Return who acts, in the role of the audience whose page this is."""
    return Actor(person=me(request).pk, role=role, address=str(request.META.get("REMOTE_ADDR", "")))


def me(request: HttpRequest) -> Person:
    """Return the signed-in person; refuse visitors."""
    person = person_of(request)
    if person is None:
        raise PermissionDenied
    return person


def sign_in_required(view: View[P]) -> View[P]:
    """Send visitors to sign in, and back to this page afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return cast("View[P]", guarded)


def role_required(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Let in only people who hold one of the roles; visitors are asked to sign in."""
    wanted = {role.value for role in roles}

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not wanted & me(request).roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return sign_in_required(cast("View[P]", guarded))

    return decorate


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, ready to draw: `items` are read, addresses keep the filters."""

    items: list[T]
    number: int
    last: int
    total: int
    first_shown: int
    links: tuple[tuple[int, str], ...] = ()
    previous: str = ""
    next: str = ""


def paginate(found: QuerySet[Any, T] | Sequence[T], request: HttpRequest, per_page: int = 25) -> Page[T]:
    """Cut a list into pages by `?page=`; one query for the count, one for the items."""
    paginator: Paginator[T] = Paginator(found, per_page)
    page = paginator.get_page(request.GET.get("page"))
    last = paginator.num_pages

    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = [n for n in range(1, last + 1) if n in (1, last) or abs(n - page.number) <= 2]
    return Page(
        items=list(page.object_list),
        number=page.number,
        last=last,
        total=paginator.count,
        first_shown=page.start_index(),
        links=tuple((number, address(number)) for number in numbers),
        previous=address(page.number - 1) if page.has_previous() else "",
        next=address(page.number + 1) if page.has_next() else "",
    )


def reference() -> str:
    """Return a short number by which a person can name what went wrong: no vowels, no look-alikes."""
    return "-".join("".join(secrets.choice("BCDFGHJKMNPQRSTVWXYZ23456789") for _ in range(4)) for _ in "12")


def refusal_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Answer 409 with a sentence per fault: as JSON to a script, as a page to a person."""
    sentences = [sentence(fault) for fault in refused.faults]
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"refused": sentences}, status=409)
    context = {"sentences": sentences, "reference": reference(), "back": request.headers.get("Referer", "")}
    return render(request, "ui/errors/409.html", context, status=409)
