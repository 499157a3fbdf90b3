"""The register of holders: by consent only, searchable, one page each."""

import json
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accredit.awards.actions import record_award
from accredit.awards.models import Award
from accredit.frameworks.queries import edition_in_force
from accredit.register.actions import consent, withdraw_consent
from accredit.toolkit.actor import SYSTEM
from tests import factories
from tests.web.public.test_pages import LINKED

pytestmark = pytest.mark.django_db
NUMBERS = count(100001)


def holder(name: str, *, pathway: str = "cmalt", listed: bool = True, issued_on: date | None = None) -> Award:
    """A holder; with `listed` one who agreed to be in the register."""
    scheme = factories.scheme()
    who = factories.person(name)
    award = record_award(
        who,
        edition=edition_in_force(scheme, factories.AT.date()),
        pathway=pathway,
        issued_on=issued_on or timezone.localdate() - timedelta(days=100),
        number=str(next(NUMBERS)),
        by=SYSTEM,
        at=timezone.now(),
    )
    if listed:
        consent(who, scheme, words="I agree.", by=factories.candidate(who), at=timezone.now())
    return award


def test_only_who_agreed_is_listed(client: Client) -> None:
    holder("Hugo Listed")
    hidden = holder("Hanna Hidden", listed=False)
    page = client.get("/register/").content.decode()
    assert "Hugo Listed" in page
    assert "Hanna Hidden" not in page
    assert client.get(f"/register/{hidden.pk}/").status_code == 404


def test_who_withdraws_is_gone_at_once(client: Client) -> None:
    award = holder("Hugo Listed")
    withdraw_consent(award.person, award.scheme, by=factories.candidate(award.person), at=timezone.now())
    assert "Hugo Listed" not in client.get("/register/").content.decode()
    assert client.get(f"/register/{award.pk}/").status_code == 404


def test_an_award_that_has_lapsed_is_not_listed(client: Client) -> None:
    award = holder("Hugo Listed", listed=False, issued_on=timezone.localdate() - timedelta(days=365 * 9))
    assert client.get(f"/register/{award.pk}/").status_code == 404


def test_the_search_narrows_by_name_and_pathway(client: Client) -> None:
    holder("Hugo Lind")
    holder("Lena Brand", pathway="senior")
    by_name = client.get("/register/?q=lena").content.decode()
    assert "Lena Brand" in by_name
    assert "Hugo Lind" not in by_name
    by_pathway = client.get("/register/?pathway=cmalt").content.decode()
    assert "Hugo Lind" in by_pathway
    assert "Lena Brand" not in by_pathway


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%25_",
        "q='--",
        "pathway=nonsense",
        "pathway=%00",
        "page=-3",
        "page=x",
        "q=" + "a" * 3000,
        "q=" + "a+" * 800,
    ],
)
def test_hostile_searches_find_nothing_and_break_nothing(client: Client, query: str) -> None:
    holder("Hugo Listed")
    assert client.get(f"/register/?{query}").status_code == 200


def test_a_number_too_large_for_any_database_is_not_found(client: Client) -> None:
    factories.scheme()
    assert client.get(f"/register/{10**30}/").status_code == 404


def test_a_search_without_result_says_what_to_do(client: Client) -> None:
    factories.scheme()
    assert "Nobody is listed yet" in client.get("/register/").content.decode()
    assert "Nobody listed matches" in client.get("/register/?q=zz").content.decode()


def test_the_list_asks_as_much_for_three_as_for_one(client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/register/").status_code == 200
        return len(queries)

    holder("First Holder")
    one = asked()
    holder("Second Holder")
    holder("Third Holder", pathway="senior")
    assert asked() == one


def test_long_lists_come_in_pages_that_keep_the_search(client: Client) -> None:
    for number in range(27):
        holder(f"Holder Number {number:02}")
    first = client.get("/register/?q=holder").content.decode()
    assert "Holder Number 00" in first
    assert "Holder Number 26" not in first
    assert "?q=holder&amp;page=2" in first
    assert "Holder Number 26" in client.get("/register/?q=holder&page=2").content.decode()


def test_a_holder_has_a_page_with_linked_data_and_nothing_private(client: Client) -> None:
    award = holder("Hugo <i>Listed</i>")
    page = client.get(f"/register/{award.pk}/").content.decode()
    assert award.number in page
    assert "<i>Listed" not in page
    assert award.person.email not in page
    found = LINKED.search(page)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    assert data["name"] == "Hugo <i>Listed</i>"
    assert data["hasCredential"]["identifier"] == award.number
