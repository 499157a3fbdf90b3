"""Middleware: a refusal nobody caught becomes a page that says why; the frame is read before rendering."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse

from accredit.toolkit.refusals import Refused
from accredit.web.ui.pages import refusal_page
from accredit.web.ui.shell import shell_of


class UiMiddleware:
    """Set `FRAME` reading and refusals between the views and the outside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal with 409 and its sentences; leave everything else alone."""
        return refusal_page(request, exception) if isinstance(exception, Refused) else None

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        """Read the frame now: no query may run while a template renders."""
        shell_of(request)
        return response
