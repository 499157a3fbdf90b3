"""What no page of ours sends: keys beyond any database, digits that are none, methods of other programs."""

from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accredit.notices.models import Notice
from accredit.portfolios.models import Portfolio
from accredit.registrations.actions import withdraw
from accredit.registrations.models import Registration
from tests import factories as make
from tests.web.candidate.conftest import signed_in

pytestmark = pytest.mark.django_db
BEYOND = 10**30


@pytest.fixture
def draft() -> Portfolio:
    """Ada's empty portfolio."""
    return make.portfolio(make.registration(make.person("Ada Example", sign_in=True)))


@pytest.fixture
def browser(draft: Portfolio) -> Client:
    """Ada's browser."""
    return signed_in(draft.registration.person)


@pytest.mark.parametrize("page", ["", "section/1a/", "evidence/", "evidence/1/file/", "submit/", "preview/"])
def test_keys_no_row_can_have_are_not_found(browser: Client, page: str) -> None:
    assert browser.get(f"/my/{BEYOND}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["check/", "panel/", "third/", "release/", "submission/1/"])
def test_the_office_finds_nothing_there_either(page: str) -> None:
    otis = signed_in(make.person("Otis Example", sign_in=True, roles=("office",)))
    assert otis.get(f"/office/registration/{BEYOND}/{page}").status_code == 404
    assert otis.get(f"/office/file/{BEYOND}/").status_code == 404


@pytest.mark.parametrize("piece", ["²", "9" * 25, "9" * 5000, "-1", "1.5", "\u0661"])
def test_pieces_that_are_no_keys_are_refused_with_the_text_kept(
    browser: Client, draft: Portfolio, piece: str
) -> None:
    make.link(draft)
    sent: dict[str, Any] = {
        "version": 0, "count": 1, "e1-key": "", "e1-description": "Typed words", "e1-evidence": piece,
    }  # fmt: skip
    answer = browser.post(f"/my/{draft.registration_id}/section/1a/", sent)
    assert answer.status_code == 422
    assert "Typed words" in answer.content.decode()


def test_a_count_of_rows_that_is_no_number_is_none(browser: Client) -> None:
    given = {"more": "1", "stay-TOTAL_FORMS": "9" * 5000}
    assert browser.post("/account/profile/", given).status_code == 200


def test_a_stretch_nobody_can_count_is_not_read(browser: Client, draft: Portfolio) -> None:
    given = {"kind": "file", "title": "Notes", "upload": SimpleUploadedFile("notes.txt", b"Some words.")}
    browser.post(f"/my/{draft.registration_id}/evidence/", given)
    piece = draft.evidence.get()
    address = f"/my/{draft.registration_id}/evidence/{piece.pk}/file/"
    assert browser.get(address, headers={"Range": f"bytes={'1' * 5000}-"}).status_code == 200


@pytest.mark.parametrize("page", ["section/1a/", "evidence/", "submit/", "withdraw/", "confirmation/"])
def test_pages_are_read_or_posted_to(browser: Client, draft: Portfolio, page: str) -> None:
    address = f"/my/{draft.registration_id}/{page}"
    assert browser.head(address).status_code == browser.get(address).status_code == 200
    for method in (browser.put, browser.patch, browser.delete):
        assert method(address).status_code == 405


def test_no_cache_keeps_what_a_signed_in_person_sees(browser: Client, draft: Portfolio) -> None:
    registration: Registration = draft.registration
    for address in ("/my/", f"/my/{registration.pk}/", "/account/profile/"):
        assert browser.get(address)["Cache-Control"] == "private, no-store"
    assert "no-store" not in Client().get("/").get("Cache-Control", "")
    assert browser.get("/_ui/brand.css")["Cache-Control"] == "public, max-age=3600"


def test_the_second_click_on_withdraw_finds_it_withdrawn(browser: Client, draft: Portfolio) -> None:
    address = f"/my/{draft.registration_id}/withdraw/"

    def and_before(registration: Registration, **given: Any) -> Registration:
        withdraw(registration, **given)
        return withdraw(registration, **given)

    with patch("accredit.web.candidate.views.submitting.registrations.withdraw", and_before):
        answer = browser.post(address, {"because": "Too busy."})
    assert (answer.status_code, answer["Location"]) == (302, f"/my/{draft.registration_id}/")
    assert Notice.objects.filter(kind="withdrawn").count() == 1
