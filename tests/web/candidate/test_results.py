"""Results, certificate, register: what the candidate may read and when."""

from typing import Any

import pytest
from django.test import Client

from accredit.assessments.actions import release
from accredit.awards.models import Award
from accredit.people.models import Profile
from accredit.register.models import Consent, RegisterEntry
from accredit.registrations.models import Registration
from tests import factories as make
from tests.web.candidate.conftest import signed_in, with_sign_in

pytestmark = pytest.mark.django_db


def decided(**values: Any) -> tuple[Client, Registration, Any]:
    """A candidate whose outcome is held."""
    outcome = make.held(**values)
    attempt = outcome.panel.registration
    return signed_in(with_sign_in(attempt.person)), attempt, outcome


def test_nothing_is_told_before_the_release() -> None:
    browser, attempt, _ = decided()
    here = f"/my/{attempt.pk}/"
    assert browser.get(f"{here}result/1/").status_code == 404
    page = browser.get(here).content.decode()
    assert "Being assessed" in page
    for hidden in ("Lena", "Omar", "Ready to release", "What you may read."):
        assert hidden not in page


def test_a_pass_shows_both_columns_without_names_and_leads_to_the_certificate() -> None:
    browser, attempt, outcome = decided()
    release(outcome, by=make.office(), at=make.SOON)
    page = browser.get(f"/my/{attempt.pk}/result/1/").content.decode()
    for shown in ("Assessor 1", "Assessor 2", "What you may read.", "What I think of 1a."):
        assert shown in page
    for hidden in ("Lena", "Omar", "Private"):
        assert hidden not in page
    award = Award.objects.get(registration=attempt)
    certificate = browser.get(f"/my/award/{award.pk}/").content.decode()
    assert award.number in certificate
    assert "ACMALT" in certificate
    assert f"/my/award/{award.pk}/" in browser.get("/my/").content.decode()
    other = signed_in(make.person("Ruth Example", sign_in=True))
    assert other.get(f"/my/award/{award.pk}/").status_code == 404
    assert other.get(f"/my/{attempt.pk}/result/1/").status_code == 404


def test_a_referral_names_the_sections_and_the_comments_stand_beside_the_text() -> None:
    browser, attempt, outcome = decided(outcome="minor", revise=("1a",))
    release(outcome, by=make.office(), at=make.SOON)
    page = browser.get(f"/my/{attempt.pk}/result/1/").content.decode()
    assert "Begin your revisions" in page
    beside = browser.get(f"/my/{attempt.pk}/section/1a/").content.decode()
    assert "What was said" in beside
    assert "What I think of 1a." in beside
    assert browser.get(f"/my/{attempt.pk}/summary-of-changes/").status_code == 200


def test_queries_of_result_and_revision(django_assert_max_num_queries: Any) -> None:
    browser, attempt, outcome = decided(outcome="minor", revise=("1a",))
    release(outcome, by=make.office(), at=make.SOON)
    for path in ("result/1/", "", "section/1a/"):
        with django_assert_max_num_queries(16):
            assert browser.get(f"/my/{attempt.pk}/{path}").status_code == 200


def test_consent_is_given_and_withdrawn_and_the_words_are_kept() -> None:
    browser, attempt, outcome = decided()
    assert "Only holders stand in the register" in browser.get("/my/register-entry/").content.decode()
    assert browser.post("/my/register-entry/", {"agree": "yes"}).status_code == 409
    release(outcome, by=make.office(), at=make.SOON)
    assert "I agree that" in browser.get("/my/register-entry/").content.decode()
    for _ in range(2):
        browser.post("/my/register-entry/", {"agree": "yes"})
    assert Consent.objects.get().words.startswith("I agree that Test body shows my name")
    for _ in range(2):
        browser.post("/my/register-entry/", {"agree": "no"})
    assert RegisterEntry.objects.get().consented_at is None
    assert Consent.objects.count() == 2
    assert attempt.person_id == RegisterEntry.objects.get().person_id


def test_who_has_no_profile_yet_is_asked_for_it(db: None) -> None:
    visitor = make.newcomer()
    browser = signed_in(visitor)
    assert browser.get("/my/").status_code == 200
    make.scheme()
    assert "/account/profile/" in browser.get("/my/register/")["Location"]
    assert Profile.objects.filter(pk=visitor.pk, completed_at=None).exists()
