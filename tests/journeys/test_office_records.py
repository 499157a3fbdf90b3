"""Otis records what was before: holders, earlier assessments, conflicts; and looks into the books."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys import stage
from tests.journeys.steps.office import Office

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_a_body_starts_with_history(enter: Callable[..., Page]) -> None:
    cast = stage.cast()
    user, made = stage.accepted(cast)
    otis = Office(enter(cast.otis, "/office/"), made.portfolio.registration_id)
    otis.record_holder("Nell Okafor", "nell@meadow.example", "Meadow College")
    person = otis.page.url
    otis.let_lead("Nell Okafor")
    otis.page.goto(person)
    otis.record_conflict(user.email)
    otis.go(otis.at("panel/"))
    otis.refuses("Nell Okafor", "conflict")
    otis.page.goto(person)
    otis.dismiss_conflict()
    otis.appoint(lead="Nell Okafor", second=stage.OMAR)
    otis.go(otis.at())
    otis.reads("Nell Okafor")


@pytest.mark.parametrize("page", ["people", "windows", "fees", "editions", "notices", "trail", "pipeline"])
def test_the_books(enter: Callable[..., Page], page: str) -> None:
    cast = stage.cast()
    stage.accepted(cast)
    otis = Office(enter(cast.otis, "/office/"), 0)
    otis.go(f"/office/{page}/")
    if page == "notices":
        otis.page.locator("main table a").first.click()
        otis.look()
