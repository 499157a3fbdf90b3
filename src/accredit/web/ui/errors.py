"""Error pages: a clear sentence, a reference number, a way on. Named in the root URLconf as handlers."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accredit.web.ui.pages import reference
from accredit.web.ui.shell import shell_of

log = logging.getLogger("accredit.errors")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 when more was sent than is read at once."""
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that is too old or comes from elsewhere."""
    return error_page(request, 403, template="ui/errors/csrf.html")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return error_page(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer 429."""
    return error_page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database: it may be what broke."""
    request._accredit_broken = True  # type: ignore[attr-defined]
    return error_page(request, 500)


def error_page(request: HttpRequest, code: int, *, template: str = "") -> HttpResponse:
    """Render the page for `code` (400 403 404 409 413 429 500); its reference is also in the log."""
    number = reference()
    log.warning("%s %s answered %s, reference %s", request.method, request.path, code, number)
    if not getattr(request, "_accredit_broken", False):
        shell_of(request)
    context = {"reference": number, "code": code, "title": _("Something is not right")}
    body = render_to_string(template or f"ui/errors/{code}.html", context, request)
    return HttpResponse(body, status=code)
