"""Who do you want to be? In the demo only."""

import pytest
from django.test import Client, override_settings

from accredit.people.actions import Details, give_role, open_account
from accredit.people.models import Profile
from accredit.toolkit.actor import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db


def cast(address: str = "a.okafor@northmere.example", name: str = "Ada Okafor") -> Profile:
    """Somebody of the cast, as the demo makes them."""
    return open_account(email=address, details=Details(name=name), by=SYSTEM, at=factories.AT)


def test_outside_the_demo_the_page_does_not_exist(client: Client) -> None:
    ada = cast()
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/", {"person": str(ada.pk)}).status_code == 404
    assert client.get("/my/").status_code == 302


@override_settings(DEMO=True)
def test_one_click_makes_somebody_of_the_cast(client: Client) -> None:
    ada = cast()
    otis = cast("o.grant@office.example", "Otis Grant")
    give_role(otis, "office", by=SYSTEM, at=factories.AT)
    page = client.get("/demo/").content.decode()
    assert "Be Ada Okafor" in page
    assert page.count("<h1") == 1
    assert client.post("/demo/", {"person": str(ada.pk)}).headers["Location"] == "/my/"
    assert client.post("/demo/", {"person": str(otis.pk)}).headers["Location"] == "/office/"
    assert client.post("/demo/", {"person": "visitor"}).headers["Location"] == "/"
    assert client.get("/account/profile/").status_code == 302


@override_settings(DEMO=True)
@pytest.mark.parametrize("person", ["", "0", "-1", "x", "9" * 30, "\x00"])
def test_nobody_else_can_be_chosen(client: Client, person: str) -> None:
    assert client.post("/demo/", {"person": person}).status_code == 404


@override_settings(DEMO=True)
def test_people_outside_the_cast_cannot_be_chosen(client: Client) -> None:
    stranger = factories.person(sign_in=True)
    assert client.post("/demo/", {"person": str(stranger.pk)}).status_code == 404


@override_settings(DEMO=True)
def test_every_page_of_the_demo_leads_there_and_no_other(client: Client) -> None:
    factories.scheme()
    assert 'href="/demo/"' in client.get("/").content.decode()
    with override_settings(DEMO=False):
        assert 'href="/demo/"' not in client.get("/").content.decode()


@override_settings(DEMO=True)
def test_a_demo_still_being_built_says_so(client: Client) -> None:
    assert "Nobody is here yet" in client.get("/demo/").content.decode()
