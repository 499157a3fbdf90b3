"""The profile: who a person is, where they belong, several rows without scripts, nothing typed is lost."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accredit.fees.actions import set_fee
from accredit.people.models import Affiliation, Institution, Profile
from accredit.toolkit.actor import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db
PATH = "/account/profile/"


@pytest.fixture
def newcomer(client: Client) -> Profile:
    """Somebody new, signed in, in a scheme with sectors and fees."""
    scheme = factories.scheme(sectors=["Higher education", "Health"], job_roles=["Learning designer"])
    common: dict[str, Any] = {"valid_from_on": date(2020, 1, 1), "by": SYSTEM, "at": factories.AT}
    set_fee(scheme, person_kind="standard", title="Everybody else", amount=16500, **common)
    set_fee(scheme, person_kind="member", title="Members", amount=15000, **common)
    who = factories.newcomer("")
    assert who.user is not None
    client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return who


def answers(*rows: dict[str, str], **changed: str) -> dict[str, str]:
    """The form filled in, with rows of institutions."""
    given = {"name": "Ada Okafor", "job_role": "Learning designer", "sector": "Health", "country": "GB"}
    given |= {"kind": "member", "stay-TOTAL_FORMS": str(len(rows)), "stay-INITIAL_FORMS": "0"} | changed
    return given | {f"stay-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def test_a_complete_profile_leads_on(client: Client, newcomer: Profile) -> None:
    rows = (
        {"institution": "  Northmere   College ", "since": "2023-09-01"},
        {"institution": "Ardle", "since": "01/09/2019", "until": "2023-08-31"},
        {"institution": ""},
    )
    response = client.post(PATH, answers(*rows))
    assert response.headers["Location"] == "/my/"
    newcomer.refresh_from_db()
    assert (newcomer.name, newcomer.country, newcomer.kind) == ("Ada Okafor", "GB", "member")
    assert newcomer.completed_at
    stays = Affiliation.objects.filter(person=newcomer).order_by("since_on")
    assert [stay.institution.name for stay in stays] == ["Ardle", "Northmere College"]


def test_another_row_is_added_without_scripts_and_nothing_is_lost(client: Client, newcomer: Profile) -> None:
    given = answers({"institution": "Ardle", "since": "2019-09-01", "until": ""}, more="1", name="")
    page = client.post(PATH, given).content.decode()
    assert 'name="stay-1-institution"' in page
    assert 'value="Ardle"' in page
    assert 'value="2019-09-01"' in page
    assert 'value="Learning designer"' in page
    assert "to mend" not in page
    assert not Affiliation.objects.exists()


def test_a_removed_row_is_gone_whatever_stands_in_it(client: Client, newcomer: Profile) -> None:
    row = {"institution": "Ardle", "since": "2020-01-01", "until": "2010-01-01", "remove": "on"}
    assert client.post(PATH, answers(row)).status_code == 302
    assert not Affiliation.objects.exists()


@pytest.mark.parametrize(
    ("changed", "row", "sentence"),
    [
        ({"name": ""}, {}, "Give your name as it should stand"),
        ({"name": "   "}, {}, "Give your name as it should stand"),
        ({"name": "x" * 201}, {}, "at most 200"),
        ({"name": "a\x00b"}, {}, "Null characters"),
        ({"country": "ZZ"}, {}, "Choose one of the list"),
        ({"sector": ""}, {}, "Choose one of the list"),
        ({"kind": "free"}, {}, "not one of the available choices"),
        ({"job_role": ""}, {}, "Say what your job role is"),
        ({}, {"since": "2020-01-01"}, "Name the institution"),
        ({}, {"institution": "Ardle", "since": "2021-01-01", "until": "2020-01-01"}, "before you began"),
        ({}, {"institution": "Ardle", "since": "yesterday"}, "valid date"),
        ({}, {"institution": "x" * 201}, "at most 200"),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    client: Client, newcomer: Profile, changed: dict[str, str], row: dict[str, str], sentence: str
) -> None:
    response = client.post(PATH, answers(row, **changed))
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert "There is one thing to mend" in page
    assert not Affiliation.objects.exists()
    newcomer.refresh_from_db()
    assert newcomer.completed_at is None


def test_rows_without_end_are_refused(client: Client, newcomer: Profile) -> None:
    rows = [{"institution": f"Place {number}"} for number in range(40)]
    assert client.post(PATH, answers(*rows)).status_code == 200
    assert client.post(PATH, answers(**{"stay-TOTAL_FORMS": "999999999", "more": "1"})).status_code == 200
    assert client.post(PATH, answers(**{"stay-TOTAL_FORMS": "x"})).status_code == 200
    assert not Institution.objects.exists()


def test_markup_in_a_name_stays_text(client: Client, newcomer: Profile) -> None:
    client.post(PATH, answers({"institution": "<b>Ardle</b>"}, name="<script>alert(1)</script>"))
    page = client.get(PATH).content.decode()
    assert "<script>alert" not in page
    assert "<b>Ardle" not in page


def test_saving_twice_keeps_one_row_each(client: Client, newcomer: Profile) -> None:
    given = answers({"institution": "Ardle"}, {"institution": "Ardle"})
    client.post(PATH, given)
    client.post(PATH, given)
    assert Affiliation.objects.count() == 1


def test_what_was_given_stands_in_the_form_later(client: Client, newcomer: Profile) -> None:
    client.post(PATH, answers({"institution": "Ardle", "since": "2019-09-01"}))
    page = client.get(PATH).content.decode()
    for text in ('value="Ada Okafor"', 'value="Ardle"', 'value="2019-09-01"', '<option value="GB" selected>'):
        assert text in page


def test_it_leads_back_to_where_it_was_asked_for_only(client: Client, newcomer: Profile) -> None:
    assert client.post(PATH, answers(next="/fees/")).headers["Location"] == "/fees/"
    assert client.post(PATH, answers(next="https://elsewhere.example/")).headers["Location"] == "/my/"


def test_a_scheme_without_sectors_and_fees_asks_for_neither(client: Client) -> None:
    who = factories.newcomer()
    assert who.user is not None
    client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(PATH).content.decode()
    assert 'name="kind"' not in page
    given = {name: value for name, value in answers(sector="").items() if name != "kind"}
    assert client.post(PATH, given).status_code == 302


def test_the_page_asks_the_database_little(
    client: Client, newcomer: Profile, django_assert_max_num_queries: Any
) -> None:
    client.post(PATH, answers(*({"institution": f"Place {number}"} for number in range(10))))
    with django_assert_max_num_queries(12):
        client.get(PATH)
