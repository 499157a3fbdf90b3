"""The plan by keyboard, what stays open, and the pages that help to finish as a browser shows them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accredit.people.models import Profile
from tests import factories as make
from tests.journeys.looks import seemly

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[..., Page]


@pytest.fixture
def ada() -> Profile:
    """A candidate who can sign in."""
    return make.person("Ada Example", sign_in=True)


def test_one_small_step_by_keyboard(ada: Profile, enter: Enter) -> None:
    draft = make.portfolio(make.registration(ada, pathway="cmalt"))
    page = enter(ada.user, f"/my/{draft.registration_id}/")
    page.get_by_role("link", name="Plan one small next step").focus()
    page.keyboard.press("Enter")
    page.get_by_label("The next small step").focus()
    page.keyboard.type("List the tools")
    seemly(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="List the tools")).to_be_visible()
    seemly(page)
    page.get_by_role("button", name="Done").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your plan")
    page.goto(f"/my/{draft.registration_id}/coverage/")
    seemly(page)


def test_guidance_stays_as_it_was_left(ada: Profile, enter: Enter) -> None:
    draft = make.portfolio(make.registration(ada, pathway="cmalt"))
    page = enter(ada.user, f"/my/{draft.registration_id}/section/1a/")
    guidance = page.locator("details[data-remember=guidance]")
    expect(guidance).to_have_attribute("open", "")
    guidance.locator("summary").click()
    expect(guidance).not_to_have_attribute("open", "")
    page.goto(f"/my/{draft.registration_id}/section/1b/")
    expect(guidance).not_to_have_attribute("open", "")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="What this section asks, and guidance").click()
    expect(page.get_by_role("heading", name="What it asks")).to_be_in_viewport()
