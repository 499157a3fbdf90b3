"""Asking critical friends, changing and ending it; joining and leaving a cohort."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from accredit.notices.models import Notice
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Entry, Mentor, Portfolio
from accredit.portfolios.queries import token_of
from accredit.registrations.models import CohortPlace
from accredit.toolkit.actions import allow_writes
from tests import factories as make

pytestmark = pytest.mark.django_db


def here(draft: Portfolio, more: str = "") -> str:
    """An address of the registration."""
    return f"/my/{draft.registration_id}/{more}"


def asked(draft: Portfolio, **values: object) -> dict[str, object]:
    """The form of an invitation."""
    entry = Entry.objects.get(portfolio=draft, section="1a")
    until = timezone.localdate() + timedelta(days=7)
    usual = {"name": "Mina", "email": "mina@example.org", "entries": [entry.pk], "until_on": until}
    return usual | {"message": "Be frank."} | values


def text(page: object) -> str:
    """What a page says."""
    return unescape(page.content.decode())  # type: ignore[attr-defined]


def test_asking_lists_the_friend_and_sends_a_letter(browser: Client, draft: Portfolio) -> None:
    page = browser.post(here(draft, "friends/invite/"), asked(draft))
    assert page["Location"] == here(draft, "friends/")
    listed = text(browser.get(here(draft, "friends/")))
    assert all(each in listed for each in ("Mina", "No answer yet", "1a Constraints"))
    assert Notice.objects.get(kind="mentor_invited").address == "mina@example.org"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"email": "nothing"}, "Enter a valid email address"),
        ({"entries": []}, "Choose at least one: Sections they may read"),
        ({"entries": ["999999"]}, "Select a valid choice"),
        ({"until_on": "2020-01-01"}, "has passed"),
        ({"until_on": "2190-01-01"}, "days ahead"),
        ({"name": ""}, "Fill in: Name"),
        ({"message": "x" * 3000}, "at most 2000 characters"),
    ],
)
def test_what_was_typed_stays_when_an_invitation_is_refused(
    browser: Client, draft: Portfolio, values: dict[str, object], told: str
) -> None:
    page = browser.post(here(draft, "friends/invite/"), asked(draft, **values))
    assert page.status_code == 422
    assert told in text(page)
    assert str(values.get("message", "Be frank.")) in text(page)
    assert not Mentor.objects.exists()


def test_own_address_and_twice_the_same_are_told_at_the_field(browser: Client, draft: Portfolio) -> None:
    own = draft.registration.person.email
    assert "your own address" in text(browser.post(here(draft, "friends/invite/"), asked(draft, email=own)))
    browser.post(here(draft, "friends/invite/"), asked(draft))
    page = browser.post(here(draft, "friends/invite/"), asked(draft, email="MINA@example.org"))
    assert page.status_code == 422
    assert "has an open invitation already" in text(page)


def test_sections_change_the_letter_goes_again_and_it_ends(browser: Client, draft: Portfolio) -> None:
    browser.post(here(draft, "friends/invite/"), asked(draft))
    made = Mentor.objects.get()
    one = here(draft, f"friends/{made.pk}/")
    entry, later = (
        Entry.objects.get(portfolio=draft, section="2a"),
        timezone.localdate() + timedelta(days=30),
    )
    assert browser.post(one, {"entries": [entry.pk], "until_on": later}).status_code == 302
    assert browser.post(one, {"entries": [entry.pk], "until_on": "2020-01-01"}).status_code == 422
    made.refresh_from_db()
    assert (made.until_on, list(made.entries.all())) == (later, [entry])
    assert browser.post(f"{one}again/").status_code == 409
    token = token_of(made)
    with allow_writes():
        Mentor.objects.update(invited_at=timezone.now() - timedelta(hours=1))
    assert browser.post(f"{one}again/").status_code == 302
    made.refresh_from_db()
    assert token_of(made) != token
    assert "End it now?" in text(browser.get(f"{one}end/"))
    browser.post(f"{one}end/")
    made.refresh_from_db()
    assert made.ended_at is not None
    assert "Ended" in text(browser.get(here(draft, "friends/")))


def test_nobody_is_asked_once_it_is_handed_in(browser: Client, whole: Portfolio) -> None:
    portfolios.submit(whole, by=make.owner_of(whole), at=timezone.now())
    assert browser.get(here(whole, "friends/invite/"))["Location"] == here(whole, "friends/")
    assert browser.post(here(whole, "friends/invite/"), asked(whole)).status_code == 302
    assert not Mentor.objects.exists()
    assert "Nobody reads along" in text(browser.get(here(whole, "friends/")))


def test_a_cohort_is_joined_changed_and_left(browser: Client, draft: Portfolio) -> None:
    founded = make.cohort(make.person("Cora Example"), name="Spring")
    path = here(draft, "cohort/")
    page = browser.post(path, {"code": "NOTHERE2", "shows": "stage"})
    assert page.status_code == 422
    assert "No open cohort has this code" in text(page)
    assert browser.post(path, {"code": founded.code, "shows": "everything"}).status_code == 422
    browser.post(path, {"code": founded.code.lower(), "shows": "stage"})
    page = browser.get(path)
    assert all(each in text(page) for each in ("Spring", "Cora Example"))
    browser.post(path, {"shows": "progress"})
    assert CohortPlace.objects.get().shows == "progress"
    assert browser.post(f"{path}leave/").status_code == 302
    assert browser.post(f"{path}leave/").status_code == 302
    assert CohortPlace.objects.get().left_at is not None
    assert "Join a cohort" in text(browser.get(path))
