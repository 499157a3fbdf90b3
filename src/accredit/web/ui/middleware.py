"""Middleware: a refusal nobody caught becomes a page that says why; the frame is read before rendering."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

from accredit.toolkit.refusals import Refused
from accredit.web.ui.pages import refusal_page
from accredit.web.ui.shell import shell_of

# No database keeps a larger key: nothing can stand at such an address.
LARGEST_KEY = 2**63 - 1


class UiMiddleware:
    """Set `FRAME` reading and refusals between the views and the outside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; what a signed-in person sees is kept by no cache."""
        response = self.get_response(request)
        if "Cache-Control" not in response.headers and _is_signed_in(request):
            response["Cache-Control"] = "private, no-store"
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> None:
        """Refuse keys that no row can have before they reach the database."""
        if any(isinstance(value, int) and value > LARGEST_KEY for value in kwargs.values()):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with 409 and its sentences; leave everything else alone."""
        return refusal_page(request, exception) if isinstance(exception, Refused) else None

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        """Read the frame now: no query may run while a template renders."""
        shell_of(request)
        return response


def _is_signed_in(request: HttpRequest) -> bool:
    # Asking the session would read it, and let the answer vary by cookie, where no view wanted that.
    return bool(request.session.accessed and SESSION_KEY in request.session)
