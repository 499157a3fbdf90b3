"""What every public page shares: the scheme in force, its address, its summary for those who link to it."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accredit.web.public.reads import Showing, showing
from accredit.web.ui.pages import render
from accredit.web.ui.shell import href

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Showing, P], HttpResponse]


def public(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the view the scheme in force; before the installation is set up, show how to begin."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        found = showing(timezone.localdate())
        if found is None:
            return render(request, "public/beginning.html", {"sign_in": href("account_login")})
        return view(request, found, *args, **kwargs)

    return shown


def page(
    request: HttpRequest,
    template: str,
    *,
    found: Showing,
    title: str,
    summary: str,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Render a public page: `summary` is what search engines and shared links say of it."""
    frame = {
        "title": title,
        "summary": summary,
        "address": f"{settings.SITE_URL}{request.path}",
        "scheme": found.scheme,
        "rules": found.rules,
        "register_url": href("candidate:register") or href("account_signup"),
    }
    return render(request, f"public/{template}", frame | dict(context or {}))
