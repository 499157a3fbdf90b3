"""Vic reads the public pages and finds a pathway, with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys import stage
from tests.journeys.steps.visitor import Visitor

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False])
def test_reading_what_is_public(visit: Callable[..., Page], scripts: bool) -> None:
    stage.cast()
    vic = Visitor(visit("/", java_script_enabled=scripts), scripts=scripts)
    vic.read_everything()
    vic.find_a_pathway()
