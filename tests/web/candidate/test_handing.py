"""As it is, confirmation, preview, submitting late or early, frozen copies."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accredit.frameworks.queries import rules_of
from accredit.people.models import Profile
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Portfolio, Submission
from accredit.portfolios.queries import EntryContent
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actions import allow_writes
from tests import factories as make
from tests.web.candidate.conftest import signed_in

pytestmark = pytest.mark.django_db
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
PAGES = (
    "", "registered/", "section/1a/", "section/1a/clash/", "section/1a/remove/", "evidence/", "as-it-is/",
    "as-it-is/file/", "confirmation/", "summary-of-changes/", "preview/", "submit/", "submitted/",
    "take-back/", "withdraw/", "submission/1/", "submission/1/file/1/", "result/1/",
)  # fmt: skip


def here(draft: Portfolio, more: str = "") -> str:
    """The address of a page of a registration."""
    return f"/my/{draft.registration_id}/{more}"


def test_as_it_is_from_address_to_submission(browser: Client, draft: Portfolio) -> None:
    given = {"version": 0, "address": "example.org/mine", "instructions": "The password is apple."}
    assert browser.post(here(draft, "as-it-is/"), given)["Location"] == here(draft)
    page = browser.get(here(draft, "section/1a/"))
    assert set(page.context["form"].fields) == {"version", "count", "tab", "link", "pages"}
    for entry in draft.entries.all():
        browser.post(here(draft, f"section/{entry.section}/"), {"version": entry.version, "pages": "1–3"})
    browser.post(here(draft, "confirmation/"), {"name": "Ada", "agrees": "on"})
    preview = browser.get(here(draft, "preview/")).content.decode()
    assert "The password is apple." in preview
    assert "Pages 1–3" in preview
    assert browser.post(here(draft, "submit/"))["Location"] == here(draft, "submitted/")
    assert Submission.objects.get().content["source"]["address"] == "https://example.org/mine"


def test_a_document_as_it_is_and_back_to_writing(browser: Client, draft: Portfolio) -> None:
    make.write(draft.entries.get(section="plans"), EntryContent(text="<p>Written before.</p>"))
    bad = {"version": 0, "upload": SimpleUploadedFile("mine.zip", b"PK")}
    assert browser.post(here(draft, "as-it-is/"), bad).context["form"].errors["upload"]
    assert browser.post(here(draft, "as-it-is/"), {"version": 0}).context["form"].errors["address"]
    given = {"version": 0, "upload": SimpleUploadedFile("mine.pdf", PDF)}
    assert browser.post(here(draft, "as-it-is/"), given)["Location"] == here(draft)
    file = browser.get(here(draft, "as-it-is/file/"))
    assert file["Content-Type"] == "application/pdf"
    assert file["X-Frame-Options"] == "SAMEORIGIN"
    for _ in range(2):
        assert browser.post(here(draft, "write-here/"))["Location"] == here(draft)
    assert "Written before." in browser.get(here(draft, "preview/")).content.decode()


def test_where_the_edition_does_not_take_it_as_it_is(ada: Profile) -> None:
    draft = make.portfolio(make.registration(ada, within=make.scheme("orchard-2025"), pathway=orchard()))
    assert signed_in(ada).get(here(draft, "as-it-is/")).status_code == 404


def orchard() -> str:
    """The first pathway of the fictional scheme."""
    scheme = make.scheme("orchard-2025")
    return rules_of(scheme.editions.get()).pathways[0].code


def test_the_confirmation_needs_its_tick_and_keeps_the_suggestion_from_assessors(
    browser: Client, draft: Portfolio
) -> None:
    assert browser.post(here(draft, "confirmation/"), {"name": "Ada"}).status_code == 422
    given = {"name": "Ada", "agrees": "on", "suggested_assessor": "Professor Plum"}
    browser.post(here(draft, "confirmation/"), given)
    assert "Professor Plum" in browser.get(here(draft, "submit/")).content.decode()
    assert "Professor Plum" not in browser.get(here(draft, "preview/")).content.decode()


def test_a_closed_window_says_so_and_takes_nothing(ada: Profile, browser: Client) -> None:
    draft = make.complete_portfolio(make.registration(ada, within=make.scheme(window="")))
    page = browser.get(here(draft, "submit/")).content.decode()
    assert "Submissions are closed at the moment" in page
    assert "Submit your portfolio" not in page
    assert browser.post(here(draft, "submit/")).status_code == 409


def test_a_warning_does_not_block(browser: Client, whole: Portfolio) -> None:
    found = browser.get(here(whole, "submit/")).context["found"]
    assert found.warnings
    assert found.may_submit


def test_the_frozen_copy_stays_when_the_draft_changes(browser: Client, whole: Portfolio) -> None:
    browser.post(here(whole, "submit/"))
    browser.post(here(whole, "take-back/"))
    browser.post(here(whole, "submit/"))
    copy = browser.get(here(whole, "submission/1/")).content.decode()
    assert "I made a thing and showed it to colleagues." in copy
    assert Submission.objects.get(set_aside_at=None).sha256 in copy
    assert browser.get(here(whole, "submission/2/")).status_code == 404
    assert browser.get(here(whole, "submission/1/file/999/")).status_code == 404


def test_taking_back_ends_when_the_check_begins(browser: Client, whole: Portfolio) -> None:
    browser.post(here(whole, "submit/"))
    portfolios.begin_check(Submission.objects.get(), by=make.office(), at=make.AT)
    assert browser.get(here(whole, "take-back/")).status_code == 404
    assert browser.post(here(whole, "take-back/")).status_code == 409
    assert Registration.objects.get().stage == Stage.CHECKING


def test_returned_shows_the_reasons_on_top(browser: Client, whole: Portfolio) -> None:
    browser.post(here(whole, "submit/"))
    by = make.office()
    portfolios.begin_check(Submission.objects.get(), by=by, at=make.AT)
    portfolios.return_for_correction(
        Submission.objects.get(), reasons="The link in 1a is locked.", by=by, at=make.AT
    )
    assert "The link in 1a is locked." in browser.get(here(whole)).content.decode()
    assert browser.post(here(whole, "submit/"))["Location"] == here(whole, "submitted/")


def test_a_registration_that_has_run_out_is_refused_in_words(browser: Client, whole: Portfolio) -> None:
    with allow_writes():
        Registration.objects.update(expires_on=make.AT.date() - timedelta(days=1))
    answer = browser.post(here(whole, "submit/"))
    assert answer.status_code == 409
    assert "It was not submitted" in answer.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_finds_any_page(whole: Portfolio, path: str) -> None:
    portfolios.submit(whole, by=make.owner_of(whole), at=make.AT)
    other = signed_in(make.person("Ruth Example", sign_in=True))
    assert other.get(here(whole, path)).status_code == 404
    assert other.post(here(whole, path)).status_code in (404, 405)
    assert "/account/login" in Client().get(here(whole, path))["Location"]


@pytest.mark.parametrize("path", ["", "registered/", "section/1a/", "evidence/", "as-it-is/", "confirmation/", "preview/", "submit/", "withdraw/"])  # fmt: skip # noqa: E501
def test_a_page_takes_few_queries(
    browser: Client, whole: Portfolio, path: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        assert browser.get(here(whole, path)).status_code == 200


@pytest.mark.parametrize("path", ["", "submitted/", "submission/1/", "take-back/", "section/1a/"])
def test_a_page_of_a_submitted_one_takes_few_queries(
    browser: Client, whole: Portfolio, path: str, django_assert_max_num_queries: Any
) -> None:
    portfolios.submit(whole, by=make.owner_of(whole), at=make.AT)
    with django_assert_max_num_queries(12):
        assert browser.get(here(whole, path)).status_code == 200


def test_home_takes_the_same_queries_with_one_and_three(
    ada: Profile, browser: Client, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (1, 2):
        for _ in range(number):
            draft = make.portfolio(make.registration(ada))
            browser.post(here(draft, "withdraw/"), {"because": ""})
        with django_assert_max_num_queries(12) as seen:
            assert browser.get("/my/").status_code == 200
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
