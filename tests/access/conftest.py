"""Keeps the log quiet and refusals short: thousands of them are expected here."""

import logging
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse

from accredit.web.ui import errors


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def short_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer 403 and 404 without drawing the page, whose frame other tests look at."""
    drawn = errors.error_page

    def answer(request: HttpRequest, code: int, *, template: str = "") -> HttpResponse:
        return HttpResponse(status=code) if code in {403, 404} else drawn(request, code, template=template)

    monkeypatch.setattr(errors, "error_page", answer)
