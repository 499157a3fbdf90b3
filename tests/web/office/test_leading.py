"""The office says who leads."""

from collections.abc import Callable

import pytest
from django.test import Client

from accredit.assessments.models import Assessor
from accredit.people.models import Profile
from tests import factories as make
from tests.assessments.test_actions_leading import three_done

pytestmark = pytest.mark.django_db
PAGE = "/office/people/leads/"


def leads(who: Profile) -> bool:
    return Assessor.objects.get(person=who).leads_since is not None


def test_today_leads_to_it_and_a_tick_is_enough(office: Client) -> None:
    nell = three_done()
    assert "1 assessor has finished enough to lead" in office.get("/office/").content.decode()
    page = office.get(PAGE).content.decode()
    assert "Nell Example" in page
    assert "3 assessments, of them 3 before this record" in page
    answer = office.post(PAGE, {"person": [nell.pk], "say": "yes"}, follow=True)
    assert "Noted of 1 person." in answer.content.decode()
    assert leads(nell)
    assert "finished enough to lead" not in office.get("/office/").content.decode()
    assert "Leads panels" in office.get(f"/office/people/{nell.pk}/").content.decode()


def test_a_no_is_kept_with_its_reason(office: Client) -> None:
    nell = three_done()
    office.post(PAGE, {"person": [nell.pk], "say": "no", "reason": "One more as <b>second</b>"})
    page = office.get(PAGE).content.decode()
    assert "One more as &lt;b&gt;second&lt;/b&gt;" in page
    assert "No: One more as" in office.get(f"/office/people/{nell.pk}/").content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Tick at least one person"),
        ({"say": "yes"}, "Tick at least one person"),
        ({"say": "yes", "person": ["\u0661", "x", "-1"]}, "Tick at least one person"),
        ({"say": "yes", "person": ["9" * 19, "9" * 5000]}, "Tick at least one person"),
        ({"say": "no", "person": ["NELL"]}, "Say why"),
        ({"say": "perhaps", "person": ["NELL"]}, "Select a valid choice"),
        ({"say": "yes", "person": ["NELL", "9999999999999999"]}, "is not on the list of assessors"),
        ({"say": "no", "person": ["NELL"], "reason": "x" * 2001}, "2000"),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_noted(
    office: Client, sent: dict[str, object], words: str
) -> None:
    nell = three_done()
    given = sent.get("person", [])
    assert isinstance(given, list)
    people = [nell.pk if each == "NELL" else each for each in given]
    answer = office.post(PAGE, sent | {"person": people})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not leads(nell)


def test_as_many_queries_for_three_as_for_one(queries: Callable[[str], int]) -> None:
    three_done("A Example")
    make.assessor("L Example")
    before = queries(PAGE), queries("/office/")
    for name in ("B Example", "C Example"):
        three_done(name)
        make.assessor(f"L{name}")
    assert (queries(PAGE), queries("/office/")) == before
    assert max(before) <= 12
