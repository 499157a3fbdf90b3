"""A candidate in a browser: registering, autosave, a second tab, submitting, reading the result."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from playwright.sync_api import Page, expect

from accredit.assessments.actions import release
from accredit.awards.models import Award
from accredit.fees.actions import set_fee
from accredit.people.models import Profile
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import PieceContent
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actor import SYSTEM
from tests import factories as make
from tests.journeys.looks import seemly
from tests.web.candidate.conftest import with_sign_in

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[..., Page]


@pytest.fixture
def ada() -> Profile:
    """A candidate, and a scheme with fees."""
    for title, amount in (("Standard", 16_500), ("Member", 12_000)):
        set_fee(
            make.scheme(), person_kind=title, title=title, amount=amount, valid_from_on=date(2020, 1, 1),
            by=SYSTEM, at=make.AT,
        )  # fmt: skip
    return make.person("Ada Example", sign_in=True)


def picture() -> "ContentFile[bytes]":
    """A small PNG."""
    made = BytesIO()
    Image.new("RGB", (400, 300), (10, 90, 90)).save(made, "PNG")
    return ContentFile(made.getvalue(), "chart.png")


def go(page: Page, *paths: str) -> None:
    """Look at pages one after the other."""
    for path in paths:
        page.goto(path)
        seemly(page)


def test_registering_by_choices_that_the_address_carries(ada: Profile, enter: Enter) -> None:
    page = enter(ada.user, "/my/")
    seemly(page)
    page.get_by_role("link", name="Register for a pathway").click()
    page.get_by_role("button", name="Continue").click()
    seemly(page)
    page.get_by_label("Associate").check()
    page.get_by_role("button", name="Continue").click()
    seemly(page)
    page.get_by_label("Standard").check()
    page.get_by_role("button", name="Continue").click()
    seemly(page)
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are registered")
    seemly(page)
    page.get_by_role("link", name="Go to your portfolio").click()
    expect(page.get_by_text("0 of 8 sections ready", exact=True).first).to_be_visible()
    seemly(page)


def test_writing_without_scripts(ada: Profile, enter: Enter) -> None:
    draft = make.portfolio(make.registration(ada))
    page = enter(ada.user, f"/my/{draft.registration_id}/section/1a/", java_script_enabled=False)
    page.get_by_label("Description").fill("I did it.")
    page.get_by_role("button", name="Save and add another example").click()
    expect(page.get_by_role("heading", name="Example 2")).to_be_visible()
    page.locator("#example-1").get_by_role("button", name="Save and add evidence").click()
    page.get_by_role("link", name="A link").click()
    page.get_by_label("Address").fill("example.org/mine")
    page.get_by_label("Title").fill("Our page")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_label("Our page (link)")).to_be_checked()


def with_evidence(draft: Portfolio) -> int:
    """Fill the draft and put a picture into it."""
    by = make.owner_of(draft)
    piece = portfolios.add_evidence(
        draft, kind="file", content=PieceContent("Chart", alt="A line"), upload=picture(), name="chart.png",
        by=by, at=make.AT,
    )  # fmt: skip
    make.fill(draft)
    portfolios.confirm(draft, name="Ada Example", by=by, at=make.AT)
    return piece.pk


def test_every_page_around_writing_and_submitting(ada: Profile, enter: Enter) -> None:
    draft = make.portfolio(make.registration(ada))
    here = f"/my/{draft.registration_id}/"
    page = enter(ada.user, "/my/")
    go(page, f"{here}submit/", f"{here}evidence/?kind=text")
    piece = with_evidence(draft)
    go(page, f"{here}evidence/", f"{here}evidence/{piece}/", f"{here}evidence/{piece}/remove/")
    go(page, here, f"{here}section/context/", f"{here}section/3a/", f"{here}section/1a/remove/?example=1")
    go(page, f"{here}as-it-is/", f"{here}confirmation/", f"{here}preview/", f"{here}withdraw/")
    page.goto(f"{here}submit/")
    seemly(page)
    page.get_by_role("button", name="Submit your portfolio").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your portfolio is submitted")
    seemly(page)
    go(page, here, f"{here}submission/1/", f"{here}take-back/", f"{here}section/1a/")
    page.goto(f"{here}take-back/")
    page.get_by_role("button", name="Take it back").click()
    assert Registration.objects.get().stage == Stage.DRAFTING


def released(enter: Enter, **values: Any) -> tuple[Page, Registration]:
    """A candidate who looks at a released result."""
    outcome = make.held(**values)
    attempt = outcome.panel.registration
    who = with_sign_in(attempt.person)
    release(outcome, by=make.office(), at=make.SOON)
    return enter(who.user, f"/my/{attempt.pk}/"), attempt


def test_a_pass_to_the_certificate_and_the_register(enter: Enter) -> None:
    page, attempt = released(enter)
    seemly(page)
    award = Award.objects.get(registration=attempt)
    go(page, f"/my/award/{award.pk}/share/", f"/my/award/{award.pk}/share/1a/")
    go(page, f"/my/{attempt.pk}/result/1/", f"/my/award/{award.pk}/", "/my/register-entry/")
    page.get_by_role("button", name="I agree").click()
    seemly(page)
    go(page, "/my/")


def test_a_referral_opens_the_named_sections(enter: Enter) -> None:
    page, attempt = released(enter, outcome="minor", revise=("1a",))
    here = f"/my/{attempt.pk}/"
    seemly(page)
    go(page, f"{here}result/1/", f"{here}section/1a/", f"{here}section/1b/", f"{here}summary-of-changes/")


def test_the_areas_of_a_senior_portfolio(ada: Profile, enter: Enter) -> None:
    draft = make.portfolio(make.registration(ada, pathway="senior"))
    here = f"/my/{draft.registration_id}/"
    page = enter(ada.user, here)
    seemly(page)
    go(page, f"{here}section/5a/", f"{here}section/6a/")
