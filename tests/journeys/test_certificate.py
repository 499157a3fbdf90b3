"""From a pass to the certificate, its badge before a stranger, and before the same once it is revoked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from accredit.assessments.actions import release
from accredit.awards.models import Award
from accredit.exchange.actions import make_signing_key
from accredit.toolkit.actor import SYSTEM
from tests import factories as make
from tests.exchange.badges import sign_all
from tests.journeys import stage
from tests.journeys.looks import seemly
from tests.web.candidate.conftest import with_sign_in

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]


def check(visitor: Page, picture: Path) -> None:
    """Show a picture to the page that checks, and look at what it says."""
    visitor.goto("/check/")
    visitor.get_by_label("A badge, as a file").set_input_files(picture)
    visitor.get_by_role("button", name="Check", exact=True).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("What was found")
    seemly(visitor)


def test_a_badge_is_believed_until_it_is_revoked(visit: Open, enter: Open, tmp_path: Path) -> None:
    cast = stage.cast()
    outcome = make.held()
    attempt = outcome.panel.registration
    ada = with_sign_in(attempt.person)
    make_signing_key(by=SYSTEM, at=make.AT)
    release(outcome, by=make.office(), at=make.SOON)
    sign_all()
    award = Award.objects.get(registration=attempt)

    holder = enter(ada.user, f"/my/award/{award.pk}/")
    seemly(holder)
    with holder.expect_download() as coming:
        holder.get_by_role("link", name="Badge as a picture").click()
    picture = tmp_path / "badge.png"
    coming.value.save_as(picture)
    with holder.expect_download() as coming:
        holder.get_by_role("link", name="Certificate as PDF").click()
    assert coming.value.suggested_filename == f"certificate-{award.number}.pdf"

    visitor = visit("/check/")
    seemly(visitor)
    visitor.get_by_role("button", name="Check", exact=True).click()
    expect(visitor.locator("main")).to_contain_text("Give a file")
    seemly(visitor)
    check(visitor, picture)
    expect(visitor.locator("main")).to_contain_text("holds today")
    visitor.get_by_role("link", name="The certificate it belongs to").click()
    expect(visitor.locator("main")).to_contain_text("The award is valid until")
    seemly(visitor)
    visitor.goto(f"/credentials/of/{award.edition.code}/{award.pathway}/")
    seemly(visitor)

    otis = enter(cast.otis, f"/office/awards/{award.pk}/")
    seemly(otis)
    otis.get_by_role("link", name="Another name").click()
    expect(otis.get_by_role("heading", level=1)).to_have_text("Another name on the certificate")
    seemly(otis)
    otis.goto(f"/office/awards/{award.pk}/")
    otis.get_by_role("link", name="Revoke").focus()
    otis.keyboard.press("Enter")
    expect(otis.get_by_role("heading", level=1)).to_have_text(f"Revoke: {award.number}")
    seemly(otis)
    otis.get_by_label("Why").focus()
    otis.keyboard.type("The portfolio was somebody else’s.")
    otis.keyboard.press("Tab")
    otis.keyboard.press("Enter")
    expect(otis.locator("main")).to_contain_text("Revoked")

    check(visitor, picture)
    expect(visitor.locator("main")).to_contain_text("It was revoked")
    holder.reload()
    expect(holder.locator("main")).to_contain_text("This award is revoked")
    seemly(holder)
