"""The interface in a browser: the gallery, writing that saves itself, errors, the keyboard, no scripts."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.looks import no_overflow, seemly

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.web.ui.urls")]
TEMPLATES = Path(__file__).parents[1] / "web" / "ui" / "templates"


@pytest.fixture
def writing(settings: Any, enter: Callable[..., Page]) -> Page:
    """A page that saves itself, open before somebody signed in."""
    engines = deepcopy(configured.TEMPLATES)
    engines[0]["DIRS"] = [TEMPLATES]
    settings.TEMPLATES = engines
    return enter(factories.person("Ada", sign_in=True).user, "/save/")


@pytest.mark.parametrize("path", ["/_gallery/", "/_gallery/?errors", "/code/404/", "/code/500/"])
def test_every_part_is_seemly(visit: Callable[..., Page], path: str) -> None:
    page = visit(path)
    seemly(page)
    no_overflow(page, 320)


def test_the_editor_has_a_name(visit: Callable[..., Page]) -> None:
    page = visit("/_gallery/")
    expect(page.get_by_role("textbox", name="Description")).to_be_visible()
    expect(page.get_by_role("toolbar", name="Description: formatting")).to_be_visible()


def test_writing_saves_itself_and_says_so_once(writing: Page) -> None:
    writing.get_by_label("Note").fill("Two words")
    expect(writing.locator("[data-save-words]")).to_have_text("Saved 14:03")
    expect(writing.locator("[data-announcer]")).to_have_text("Saved 14:03")
    expect(writing.locator("[name=version]")).to_have_value("2")
    expect(writing.locator("#id_note_words")).to_contain_text("2 words")


def test_a_failure_keeps_the_text_in_the_browser(writing: Page) -> None:
    writing.get_by_label("Note").fill("this will fail")
    expect(writing.locator("[data-save-words]")).to_contain_text("kept in this browser")
    writing.reload()
    writing.get_by_role("button", name="Put it back").click()
    expect(writing.get_by_label("Note")).to_have_value("this will fail")


def test_a_clash_offers_both_texts(writing: Page) -> None:
    writing.get_by_label("Note").fill("a clash")
    expect(writing.get_by_role("link", name="See both and choose")).to_have_attribute("href", "/both/")


def test_the_error_summary_has_the_focus_and_leads_to_the_field(writing: Page) -> None:
    writing.get_by_role("button", name="Go on").click()
    expect(writing.locator(".error-summary")).to_be_focused()
    writing.get_by_role("link", name="Fill in: Note").click()
    expect(writing.get_by_label("Note")).to_be_focused()
    assert writing.title().startswith("Error:")


def test_the_theme_needs_no_script(visit: Callable[..., Page]) -> None:
    page = visit("/_gallery/", java_script_enabled=False)
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_label("Description")).to_be_editable()
