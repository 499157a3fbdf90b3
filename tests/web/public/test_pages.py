"""The public pages: drawn from the edition, without cookies, and friendly before anything is set up."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from accredit.fees.actions import set_fee
from accredit.toolkit.actor import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db

PATHWAYS = ("/pathways/", "/pathways/associate/", "/pathways/cmalt/", "/pathways/senior/", "/which-pathway/")
PLAIN = ("/", "/about/", "/fees/", "/register/", "/contact/", "/accessibility/", "/privacy/")
PAGES = PATHWAYS + PLAIN
LINKED = re.compile(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', re.DOTALL)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_shown_without_cookies_and_names_itself(client: Client, path: str) -> None:
    factories.scheme()
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    page = response.content.decode()
    assert page.count("<h1") == 1
    assert '<meta property="og:description"' in page
    assert f'<link rel="canonical" href="http://testserver{path}">' in page
    assert re.search(r'<meta name="description" content="[^"]{20,}">', page)
    assert "style=" not in page


@pytest.mark.parametrize("path", [*PAGES, "/register/7/", "/pathways/nothing/"])
def test_before_anything_is_set_up_every_page_says_how_to_begin(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "./accredit createadmin" in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_pages_ask_the_database_little(client: Client, path: str, django_assert_max_num_queries: Any) -> None:
    factories.scheme()
    with django_assert_max_num_queries(6):
        client.get(path)


@pytest.mark.parametrize("path", ["/pathways/nothing/", "/register/999999/", "/no-such-page/"])
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    factories.scheme()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_the_public_pages_only_read(client: Client, path: str) -> None:
    factories.scheme()
    assert client.post(path).status_code == 405


def test_the_matrix_shows_what_only_the_higher_pathways_ask(client: Client) -> None:
    factories.scheme()
    page = client.get("/pathways/").content.decode()
    rows = dict(re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL))
    [learners] = [cells for row, cells in rows.items() if "2b" in row]
    associate, cmalt, senior = re.findall(r"<td>(.*?)</td>", learners, re.DOTALL)
    assert "No" in associate
    assert "1 to 2 examples" in cmalt
    assert "1 to 2 examples" in senior or "2" in senior
    assert "The same as lists" in page


def test_a_pathway_page_says_what_is_new_against_the_one_below(client: Client) -> None:
    factories.scheme()
    page = client.get("/pathways/senior/").content.decode()
    assert "Not part of CMALT" in page
    assert "two areas or more" in page or "at least two" in page
    assert "Not part of" not in client.get("/pathways/associate/").content.decode()


def test_an_edition_without_a_questionnaire_or_fees_still_has_its_pages(client: Client) -> None:
    factories.scheme("orchard-2025")
    for path in ("/", "/about/", "/pathways/", "/which-pathway/", "/fees/", "/register/"):
        assert client.get(path).status_code == 200
    assert "No fees have been published yet" in client.get("/fees/").content.decode()


def test_fees_of_today_are_shown_and_samples_are_marked(client: Client) -> None:
    scheme = factories.scheme()
    common: dict[str, Any] = {
        "valid_from_on": factories.AT.date().replace(year=2020),
        "by": SYSTEM,
        "at": factories.AT,
    }
    set_fee(scheme, person_kind="standard", title="Everybody else", amount=16550, is_sample=True, **common)
    set_fee(scheme, person_kind="member", title="Members <b>of</b> the body", amount=15000, **common)
    page = client.get("/fees/").content.decode()
    assert "£165.50" in page
    assert "£150" in page
    assert "These are sample fees" in page
    assert "Members &lt;b&gt;of&lt;/b&gt; the body" in page


def test_linked_data_is_readable_and_cannot_end_its_script(client: Client) -> None:
    factories.scheme()
    for path in ("/", "/pathways/cmalt/"):
        page = client.get(path).content.decode()
        found = LINKED.search(page)
        assert found
        assert "<" not in found[1]
        assert json.loads(found[1])["@context"] == "https://schema.org"


def test_machines_find_robots_sitemap_and_a_contact(client: Client) -> None:
    factories.scheme(contact_email="office@example.org")
    assert "Disallow: /my/" in client.get("/robots.txt").content.decode()
    assert "/pathways/senior/</loc>" in client.get("/sitemap.xml").content.decode()
    security = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:office@example.org" in security
    assert "Expires: 20" in security


def test_without_a_contact_there_is_no_security_file(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    assert client.get("/sitemap.xml").status_code == 200
