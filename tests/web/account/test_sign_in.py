"""Creating an account, confirming it, signing in: whoever the office recorded is joined, nobody else."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings

from accredit.people.actions import Details, record_person
from accredit.people.models import Profile, User
from accredit.toolkit.actor import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "four plain words together"


def sign_up(client: Client, address: str = "ada@example.org", password: str = PASSWORD) -> Any:
    """Fill the form of a new account."""
    return client.post("/account/signup/", {"email": address, "password1": password}, follow=True)


def link_in(message: Any) -> str:
    """The path of the link a message carries."""
    found = re.search(r"http://testserver(/\S+)", message.body)
    assert found
    return found[1]


def confirm(client: Client) -> Any:
    """Open the link of the newest message and say yes."""
    path = link_in(mail.outbox[-1])
    assert client.get(path).status_code == 200
    return client.post(path, follow=True)


def verified(user: User) -> User:
    """Mark the address of a sign-in as confirmed."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_a_new_account_ends_at_its_profile(client: Client) -> None:
    factories.scheme()
    page = sign_up(client).content.decode()
    assert "Open the link we have sent you" in page
    response = confirm(client)
    assert response.redirect_chain[-1][0] == "/account/profile/"
    person = Profile.objects.get()
    assert person.email == "ada@example.org"
    assert person.completed_at is None


def test_the_message_is_ours_in_text_and_html(client: Client) -> None:
    factories.scheme()
    sign_up(client)
    message: Any = mail.outbox[0]
    assert message.subject == "Confirm your address for Test scheme"
    assert "Thank you for using" not in message.body
    [html, kind] = message.alternatives[0]
    assert kind == "text/html"
    assert "<a href=" in html
    assert link_in(message) in html


def test_whoever_the_office_recorded_is_joined_when_the_address_is_confirmed(client: Client) -> None:
    factories.scheme()
    known = record_person(Details(name="Hugo Holder"), email="Hugo@example.org", by=SYSTEM, at=factories.AT)
    sign_up(client, "hugo@example.org")
    assert Profile.objects.get(pk=known.pk).user is None
    response = confirm(client)
    known.refresh_from_db()
    assert known.user is not None
    assert Profile.objects.count() == 1
    assert response.redirect_chain[-1][0] == "/my/"


def test_an_address_that_is_not_confirmed_neither_signs_in_nor_claims(client: Client) -> None:
    factories.scheme()
    known = record_person(Details(name="Hugo Holder"), email="hugo@example.org", by=SYSTEM, at=factories.AT)
    sign_up(client, "hugo@example.org")
    response = client.post(
        "/account/login/", {"login": "hugo@example.org", "password": PASSWORD}, follow=True
    )
    assert "Open the link we have sent you" in response.content.decode()
    known.refresh_from_db()
    assert known.user is None
    assert client.get("/account/profile/").status_code == 302


def test_a_taken_address_is_not_given_away(client: Client) -> None:
    verified(User.objects.create_user("ada@example.org", PASSWORD))
    page = sign_up(client).content.decode()
    assert "Open the link we have sent you" in page
    assert User.objects.count() == 1
    assert "already" in mail.outbox[-1].subject


@pytest.mark.parametrize(
    ("address", "password"),
    [("", ""), ("no address", PASSWORD), ("ada@example.org", "tooshort9"), ("a" * 260 + "@e.org", PASSWORD),
     ("ada@example.org", "password123"), ("ada\x00@example.org", PASSWORD)],
)  # fmt: skip
def test_what_cannot_be_an_account_is_refused_with_the_address_kept(
    client: Client, address: str, password: str
) -> None:
    page = sign_up(client, address, password).content.decode()
    assert "to mend" in page
    assert not User.objects.exists()
    assert not password or f'"{password}"' not in page


def test_a_wrong_password_is_said_and_nothing_else(client: Client) -> None:
    verified(User.objects.create_user("ada@example.org", PASSWORD))
    for address in ("ada@example.org", "nobody@example.org"):
        page = client.post("/account/login/", {"login": address, "password": "wrong wrong"}).content.decode()
        assert "do not belong together" in page


def test_a_safe_next_page_wins_and_a_foreign_one_does_not(client: Client) -> None:
    user = verified(User.objects.create_user("ada@example.org", PASSWORD))
    given = {"login": user.email, "password": PASSWORD}
    assert client.post("/account/login/", given | {"next": "/fees/"}).headers["Location"] == "/fees/"
    client.logout()
    response = client.post("/account/login/", given | {"next": "https://elsewhere.example/"})
    assert "elsewhere" not in response.headers.get("Location", "")


@pytest.mark.parametrize(
    ("roles", "expected"),
    [(("office",), "/office/"), (("moderator",), "/assess/"), (("committee",), "/assess/"), ((), "/my/")],
)
def test_people_land_where_their_work_is(client: Client, roles: tuple[str, ...], expected: str) -> None:
    who = factories.person(sign_in=True, roles=roles)
    assert who.user is not None
    verified(who.user)
    given = {"login": who.email, "password": "accredit-test"}
    assert client.post("/account/login/", given).headers["Location"] == expected


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client: Client) -> None:
    user = verified(User.objects.create_user("ada@example.org", PASSWORD))
    page = client.post("/account/password/reset/", {"email": user.email}, follow=True).content.decode()
    assert "Look into your mail" in page
    path = link_in(mail.outbox[-1])
    form = client.get(path, follow=True)
    new = {"password1": "another four plain words", "password2": "another four plain words"}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert done.status_code == 200
    assert Client().login(username=user.email, password="another four plain words")
    assert "This link cannot be used" in Client().get(path, follow=True).content.decode()


def test_an_unknown_address_gets_a_message_and_the_page_says_the_same(client: Client) -> None:
    page = client.post("/account/password/reset/", {"email": "no@example.org"}, follow=True).content.decode()
    assert "Look into your mail" in page
    assert "No account" in mail.outbox[-1].subject


def test_a_changed_address_is_the_persons_too_once_confirmed(client: Client) -> None:
    who = factories.person(sign_in=True)
    assert who.user is not None
    verified(who.user)
    client.post("/account/login/", {"login": who.email, "password": "accredit-test"})
    asked = client.post("/account/email/", {"email": "new@example.org", "action_add": ""})
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/", {"password": "accredit-test"})
    client.post("/account/email/", {"email": "new@example.org", "action_add": ""})
    who.refresh_from_db()
    assert who.email != "new@example.org"
    links = [message for message in mail.outbox if "confirm-email" in message.body]
    client.post(link_in(links[-1]))
    who.refresh_from_db()
    assert who.email == "new@example.org"


@override_settings(ACCOUNT_RATE_LIMITS={})
def test_too_many_requests_are_answered_by_our_page(client: Client) -> None:
    cache.clear()
    for number in range(40):
        response = client.post("/account/signup/", {"email": f"x{number}@example.org", "password1": PASSWORD})
        if response.status_code == 429:
            break
    assert response.status_code == 429
    assert "Please wait a moment" in response.content.decode()
    cache.clear()
