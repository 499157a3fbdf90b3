"""Lena and Omar in the browser: invitation, desk, handing in, agreement."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accredit.people.models import Profile
from tests import factories as make
from tests.journeys import stage
from tests.journeys.steps.walker import Walker

pytestmark = [pytest.mark.django_db(transaction=True)]
SLOTS = ("1a", "1b", "2a", "3a", "4a")
PRINCIPLES = ("Communicating", "Empathy", "Exploring", "Keeping up")


def test_two_assess_and_agree(enter: Callable[..., Page]) -> None:
    cast = stage.cast()
    on = make.panel(make.accepted(pathway="associate"))
    people = [make.user_of(Profile.objects.get(pk=each.person_id)) for each in on.appointments.order_by("pk")]
    assert cast.scheme.pk
    lena, omar = (Walker(enter(user, "/assess/")) for user in people)
    _assess(lena)
    lena.reads("You may reopen it until the other is in")
    lena.follow("Reopen it")
    lena.press("Reopen it")
    lena.go(lena.page.url)
    lena.press("Check and hand in")
    lena.press("Hand in your assessment")
    _assess(omar)
    lena.go(f"/assess/panel/{on.pk}/")
    lena.choose(re.compile("^Pass:"))
    lena.write("Feedback for the candidate", "We read your portfolio with pleasure.")
    lena.press("Propose it to the others")
    omar.go("/assess/")
    omar.follow("Answer")
    omar.choose(re.compile("^Yes"))
    omar.press("Send your answer")
    omar.reads("What was decided")
    omar.go("/assess/record/")
    omar.go("/assess/offer/")


def _assess(walker: Walker) -> None:
    walker.follow("See the invitation")
    walker.press("Send your answer", state="empty")
    walker.choose(re.compile("^I know of no conflict"))
    walker.press("Send your answer")
    for slot in SLOTS:
        row = walker.page.locator(f"#rate-{slot}")
        row.get_by_label("Adequate").check()
    expect(walker.page.locator("[data-save-words]")).to_contain_text("Saved", timeout=8000)
    walker.press("Check and hand in", state="missing")
    walker.follow("Back to the desk")
    for kind in ("context", "plans"):
        walker.page.locator(f"#rate-{kind}").get_by_label("Complete", exact=True).check()
    for title in PRINCIPLES:
        group = walker.page.get_by_role("radiogroup", name=re.compile(f"^{title}"))
        group.get_by_label("Strong").check()
    walker.write("Comment on 1a", "Your comparison of two tools persuades me.")
    walker.write("Overall comment", "A clear account of steady practice.")
    walker.choose(re.compile("^Pass:"))
    walker.write("Private notes", "Ask about the second film.")
    walker.press("Save")
    walker.press("Check and hand in", state="complete")
    walker.press("Hand in your assessment")
