"""An Associate candidate registers, writes and submits, by forms alone."""

from datetime import date

import pytest
from django.test import Client

from accredit.fees.actions import set_fee
from accredit.people.models import Profile
from accredit.portfolios.models import Entry, Portfolio, Submission
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actor import SYSTEM
from tests import factories as make

pytestmark = pytest.mark.django_db


def registered(browser: Client) -> Registration:
    """Go through the three steps of registering."""
    fee = set_fee(
        make.scheme(), person_kind="any", title="Standard", pathway="", amount=15000, currency="GBP",
        valid_from_on=date(2020, 1, 1), by=SYSTEM, at=make.AT,
    )  # fmt: skip
    assert b"Choose your pathway" in browser.get("/my/register/").content
    assert b"Standard" in browser.get("/my/register/?pathway=associate").content
    check = browser.get(f"/my/register/?pathway=associate&fee={fee.pk}")
    assert "£150" in check.content.decode()
    browser.post("/my/register/", {"pathway": "associate", "fee": fee.pk})
    return Registration.objects.get()


def example(number: int, **values: object) -> dict[str, object]:
    """What the fields of an example send."""
    given = {"key": "", "title": "Mine", "description": "I did it.", "reflection": "It went well.", **values}
    return {f"e{number}-{name}": value for name, value in given.items()}


def test_register_write_submit(browser: Client, ada: Profile) -> None:
    attempt = registered(browser)
    receipt = browser.get(f"/my/{attempt.pk}/registered/").content.decode()
    assert "Invoice number" in receipt
    assert "£150" in receipt

    here = f"/my/{attempt.pk}/"
    browser.post(f"{here}evidence/", {"kind": "link", "title": "Our page", "address": "example.org/page"})
    portfolio = Portfolio.objects.get()
    piece = portfolio.evidence.get()
    for entry in portfolio.entries.all():
        page = browser.get(f"{here}section/{entry.section}/")
        assert page.status_code == 200
        form = page.context["form"]
        sent: dict[str, object] = {"version": entry.version, "count": form.shown, "text": "What I say."}
        sent["principles"] = [each.code for each in form.asked.rules.principles]
        for number in range(1, form.shown + 1):
            sent |= example(number, evidence=piece.pk, type="law", jurisdiction="England")
        answer = browser.post(f"{here}section/{entry.section}/", sent)
        assert answer.status_code == 302, answer.content.decode()
    browser.post(f"{here}confirmation/", {"name": "Ada Example", "agrees": "on"})

    check = browser.get(f"{here}submit/")
    assert check.context["found"].missing == ()
    assert check.context["found"].may_submit
    assert browser.post(f"{here}submit/")["Location"] == f"{here}submitted/"
    attempt.refresh_from_db()
    assert attempt.stage == Stage.SUBMITTED
    assert "Take it back" in browser.get(f"{here}submitted/").content.decode()


def test_registering_twice_is_once(browser: Client, ada: Profile) -> None:
    attempt = registered(browser)
    again = browser.post("/my/register/", {"pathway": "associate", "fee": "1"})
    assert again["Location"] == f"/my/{attempt.pk}/registered/"
    assert Registration.objects.count() == 1


def test_submitting_twice_is_once(browser: Client, whole: Portfolio) -> None:
    here = f"/my/{whole.registration_id}/"
    for _ in range(2):
        assert browser.post(f"{here}submit/")["Location"] == f"{here}submitted/"
    assert Submission.objects.count() == 1


def test_an_incomplete_portfolio_says_what_is_missing_and_links_there(
    browser: Client, draft: Portfolio
) -> None:
    page = browser.get(f"/my/{draft.registration_id}/submit/")
    assert f"/my/{draft.registration_id}/section/context/" in page.content.decode()
    assert "Submit your portfolio" not in page.content.decode()
    refused = browser.post(f"/my/{draft.registration_id}/submit/")
    assert refused.status_code == 409
    assert "It was not submitted" in refused.content.decode()
    assert not Submission.objects.exists()


def test_taking_back_twice_is_once(browser: Client, whole: Portfolio) -> None:
    here = f"/my/{whole.registration_id}/"
    browser.post(f"{here}submit/")
    assert browser.get(f"{here}take-back/").status_code == 200
    for _ in range(2):
        assert browser.post(f"{here}take-back/")["Location"] == here
    assert Registration.objects.get().stage == Stage.DRAFTING
    assert Entry.objects.filter(portfolio=whole).exists()


def test_withdrawing_twice_is_once(browser: Client, draft: Portfolio) -> None:
    here = f"/my/{draft.registration_id}/"
    assert browser.get(f"{here}withdraw/").status_code == 200
    for _ in range(2):
        assert browser.post(f"{here}withdraw/", {"because": ""})["Location"] == here
    assert Registration.objects.get().stage == Stage.WITHDRAWN
    assert "Withdrawn" in browser.get(here).content.decode()
