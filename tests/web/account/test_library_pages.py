"""Every page of the sign-in library stands in our layout and works under the strict policy."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from accredit.people.models import Profile
from tests import factories

pytestmark = pytest.mark.django_db

OUTSIDE = (
    "/account/login/", "/account/signup/", "/account/password/reset/", "/account/password/reset/done/",
    "/account/password/reset/key/done/", "/account/confirm-email/", "/account/confirm-email/nonsense/",
    "/account/password/reset/key/1-nonsense/", "/account/inactive/", "/account/3rdparty/login/cancelled/",
)  # fmt: skip
INSIDE = (
    "/account/logout/", "/account/email/", "/account/password/change/", "/account/2fa/",
    "/account/2fa/totp/activate/", "/account/2fa/webauthn/", "/account/2fa/webauthn/add/",
    "/account/reauthenticate/", "/account/3rdparty/", "/account/profile/",
)  # fmt: skip


@pytest.fixture
def person() -> Profile:
    """Somebody with a confirmed address."""
    who = factories.person(sign_in=True)
    assert who.user is not None
    EmailAddress.objects.create(user=who.user, email=who.email, verified=True, primary=True)
    return who


def signed_in(client: Client, person: Profile) -> Client:
    """The client after signing in and giving the password again, so that no page asks who it is."""
    client.post("/account/login/", {"login": person.email, "password": "accredit-test"})
    client.post("/account/reauthenticate/", {"password": "accredit-test"})
    return client


def check(page: str) -> None:
    """Ours, with one heading, and nothing the policy would stop."""
    assert 'class="masthead"' in page
    assert page.count("<h1") == 1
    assert re.search(r"<title>\S", page)
    assert "style=" not in page
    assert not re.search(r"\son\w+=", page)
    assert "placeholder=" not in page
    assert "uccessfully" not in page
    for script in re.findall(r"<script[^>]*>", page):
        assert "src=" in script or "json" in script or "importmap" in script


@pytest.mark.parametrize("path", OUTSIDE)
def test_pages_before_signing_in(client: Client, path: str) -> None:
    factories.scheme()
    response = client.get(path, follow=True)
    assert response.status_code == 200
    check(response.content.decode())


def test_a_failed_sign_in_elsewhere_is_explained(client: Client) -> None:
    response = client.get("/account/3rdparty/login/error/")
    assert response.status_code == 401
    check(response.content.decode())


@pytest.mark.parametrize("path", INSIDE)
def test_pages_of_ones_account(client: Client, person: Profile, path: str) -> None:
    response = signed_in(client, person).get(path, follow=True)
    assert response.status_code == 200
    check(response.content.decode())


@pytest.mark.parametrize("path", [path for path in INSIDE if "logout" not in path])
def test_a_visitor_is_asked_to_sign_in(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/login/")


def test_the_second_step_is_set_up_used_and_turned_off(client: Client, person: Profile) -> None:
    signed_in(client, person)
    page = client.get("/account/2fa/totp/activate/").content.decode()
    found = re.search(r"<code>([A-Z2-7]{16,})</code>", page)
    assert found
    secret = found[1]
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    response = client.post("/account/2fa/totp/activate/", {"code": code}, follow=True)
    check(response.content.decode())
    for path in ("/account/2fa/", "/account/2fa/recovery-codes/", "/account/2fa/recovery-codes/generate/",
                 "/account/2fa/totp/deactivate/", "/account/reauthenticate/"):  # fmt: skip
        check(client.get(path, follow=True).content.decode())
    other = Client()
    asked = other.post("/account/login/", {"login": person.email, "password": "accredit-test"}, follow=True)
    assert "Second step" in asked.content.decode()
    check(asked.content.decode())
    wrong = other.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "to mend" in wrong.content.decode()
    assert other.get("/account/profile/").status_code == 302
    off = client.post("/account/2fa/totp/deactivate/", follow=True)
    assert "The authenticator app is off" in off.content.decode()


def test_signing_out_needs_a_post_and_says_so(client: Client, person: Profile) -> None:
    signed_in(client, person)
    client.get("/account/logout/")
    assert client.get("/account/profile/").status_code == 200
    response = client.post("/account/logout/", follow=True)
    assert "You are signed out." in response.content.decode()
    assert client.get("/account/profile/").status_code == 302
