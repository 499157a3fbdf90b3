"""The three pathways handed in by keyboard alone: from signing in to the confirmation."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from accredit.portfolios.models import Portfolio, Submission
from tests.journeys import stage
from tests.journeys.steps.keyboard import Keyboard

pytestmark = [pytest.mark.django_db(transaction=True)]
Visit = Callable[..., Page]
SECTIONS = {"associate": "Constraints and benefits", "cmalt": "My area in 5", "senior": "My area in 6"}


def signed_in(visit: Visit, cast: stage.Cast, pathway: str) -> tuple[Keyboard, Portfolio]:
    """Sign in by keyboard as Ada, whose portfolio lacks one section and the confirmation."""
    user, draft = stage.written(cast, pathway, is_confirmed=False)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    keys = Keyboard(visit("/account/login/"))
    keys.type("E-mail address", user.email)
    keys.type("^Password", "accredit-test")
    keys.page.keyboard.press("Enter")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("My accreditation")
    return keys, draft


@pytest.mark.parametrize("pathway", ["associate", "cmalt", "senior"])
def test_handing_in_by_keyboard_alone(visit: Visit, pathway: str) -> None:
    keys, draft = signed_in(visit, stage.cast(), pathway)
    stage.empty(draft, {"associate": "1a", "cmalt": "5", "senior": "6"}[pathway])
    keys.open("^Go on writing")
    keys.open("^Next: ")
    _write(keys, pathway)
    keys.open("^Next: ")
    keys.type("^Your name", "Ada Example")
    keys.tick("^To the best of my knowledge")
    keys.open("^Confirm$")
    keys.open("^Check and submit$")
    keys.open("^Submit your portfolio$")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Your portfolio is submitted")
    assert Submission.objects.filter(portfolio=draft).count() == 1


def _write(keys: Keyboard, pathway: str) -> None:
    """Write the section that is missing, with a piece of evidence added on the way."""
    if pathway != "associate":
        keys.type("^What you call this area", "Film for learning")
    if pathway == "senior":
        for title in ("Communicating", "Empathy", "Exploring", "Keeping up"):
            keys.type(f"^{title}", "How it shows in what I do.")
    keys.type("^Title", "A film about citing")
    keys.type("^Description", "I made a short film, and captioned it.")
    keys.open("^Save and add evidence")
    keys.open("^A link$")
    keys.type("^Address", "https://example.org/film")
    keys.type("^Title", "The film")
    keys.tick("^For assessors only")
    keys.open("^Add$")
    expect(keys.page.get_by_role("checkbox", name="The film (link)")).to_be_checked()
    keys.type("^Reflection", "It worked for most; next time I would ask sooner.")
    keys.open("^Save and go to the task list")
