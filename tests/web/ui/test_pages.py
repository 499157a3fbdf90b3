"""The frame: pages, errors, refusals, who is let in, colours."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from accredit.people.models import Profile
from accredit.toolkit.colour import DARK_PAPER, LIGHT_PAPER, brand_css, contrast, parse
from accredit.web.ui.pages import paginate
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.ui.urls")]


@pytest.fixture
def otis() -> Profile:
    """Someone of the office, able to sign in."""
    return factories.person("Otis Marlowe", sign_in=True, roles=("office",))


@pytest.fixture
def ada() -> Profile:
    """A candidate, able to sign in."""
    return factories.person("Ada Whitcombe", sign_in=True)


def signed_in(person: Profile) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    assert person.user is not None
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_frame_takes_two_queries(otis: Profile, django_assert_max_num_queries: DjangoAssertNumQueries):
    client = signed_in(otis)
    with django_assert_max_num_queries(7):
        # Session, user, scheme, person, and the session written back for the gallery's messages.
        answer = client.get("/_gallery/")
    assert answer.status_code == 200
    assert "Otis Marlowe" in answer.content.decode()


def test_visitors_need_neither_cookie_nor_token(client: Client):
    answer = client.get("/code/404/")
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.content.decode()


@pytest.mark.parametrize("number", [400, 403, 404, 413, 429, 500])
def test_every_error_has_a_sentence_and_a_reference(client: Client, number: int):
    answer = client.get(f"/code/{number}/")
    page = answer.content.decode()
    assert answer.status_code == number
    assert "Reference:" in page
    assert "is-error" in page


def test_too_large_a_form_is_answered_in_words(client: Client, settings: Any):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = client.post("/save/", {"note": "x" * 100}, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


def test_a_refusal_nobody_caught_is_a_page_with_its_sentence(client: Client):
    answer = client.get("/refused/")
    assert answer.status_code == 409
    assert "This is not possible at the moment" in answer.content.decode()


def test_a_script_gets_the_refusal_as_data(client: Client):
    answer = client.get("/refused/", headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert len(answer.json()["refused"]) == 1


def test_a_broken_page_says_so_without_the_database(django_assert_num_queries: DjangoAssertNumQueries):
    client = Client(raise_request_exception=False)
    with django_assert_num_queries(0):
        answer = client.get("/broken/")
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()


def test_visitors_are_asked_to_sign_in_and_brought_back(client: Client):
    answer = client.get("/mine/?a=1")
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/mine/%3Fa%3D1")


def test_a_role_opens_a_page(otis: Profile, ada: Profile):
    assert signed_in(otis).get("/office/").status_code == 200
    assert signed_in(ada).get("/office/").status_code == 403
    assert signed_in(ada).get("/mine/").content == b"Ada Whitcombe"


@pytest.mark.parametrize(
    ("back", "expected"), [("/register/?q=1", "/register/?q=1"), ("//evil.example", "/")]
)
def test_the_theme_is_remembered_and_leads_back(client: Client, back: str, expected: str):
    answer = client.post("/_ui/theme", {"theme": "dark", "next": back})
    assert (answer["Location"], answer.cookies["theme"].value) == (expected, "dark")
    assert 'data-theme="dark"' in client.get("/code/404/").content.decode()
    assert client.post("/_ui/theme", {"theme": "auto"}).cookies["theme"].value == ""


def test_pages_of_a_list_keep_its_filters(django_assert_num_queries: DjangoAssertNumQueries):
    for number in range(3):
        factories.person(f"Person {number}")
    request = RequestFactory().get("/", {"q": "a b", "page": "2"})
    with django_assert_num_queries(2):
        page = paginate(Profile.objects.order_by("pk"), request, 1)
        assert [each.name for each in page.items] == ["Person 1"]
    assert (page.total, page.last, page.previous, page.next) == (3, 3, "?q=a+b&page=1", "?q=a+b&page=3")


@pytest.mark.parametrize("accent", ["#0f5566", "#ffcc00", "#8a2b3a", "#ffffff", "#000000"])
def test_any_accent_can_be_read(accent: str):
    light, dark = (parse(part[:6]) for part in brand_css(accent).split(":#")[1:])
    assert light
    assert dark
    assert contrast(light, LIGHT_PAPER) >= 4.5
    assert contrast(dark, DARK_PAPER) >= 4.5


def test_what_is_no_colour_changes_nothing():
    assert brand_css("red}body{display:none") == ""
