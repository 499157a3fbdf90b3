"""The way in: the pages everybody meets first open, are accessible and fit a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.looks import seemly

pytestmark = pytest.mark.both


@pytest.mark.parametrize("path", ["/", "/account/login/", "/account/signup/", "/account/password/reset/"])
def test_the_way_in(visit: Callable[..., Page], path: str) -> None:
    page = visit(path)
    assert page.locator("h1").count() == 1
    seemly(page)
