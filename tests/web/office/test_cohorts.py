"""The office founds and closes cohorts, and sees who is one's critical friend, not what was said."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accredit.notices.models import Notice
from accredit.portfolios.models import Entry, Mentor
from accredit.portfolios.queries import token_of
from accredit.registrations.models import Cohort
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_cohort_is_founded_and_closed(office: Client) -> None:
    make.scheme()
    cora = make.person("Cora Example", institution="Northmere College")
    sent = {"scheme": make.scheme().pk, "name": "Spring", "coordinator": cora.email.upper()}
    page = office.post("/office/cohorts/", sent | {"institution": "northmere college"})
    founded = Cohort.objects.get()
    assert page["Location"] == f"/office/cohorts/{founded.pk}/"
    assert (founded.coordinator, founded.institution.name) == (cora, "Northmere College")
    make.joined(make.registration(), founded, "nothing")
    assert "Ada Example" in office.get(page["Location"]).content.decode()
    assert founded.code in office.get("/office/cohorts/").content.decode()
    office.post(f"/office/cohorts/{founded.pk}/close/")
    founded.refresh_from_db()
    assert founded.closed_at is not None


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"coordinator": "nobody@example.org"}, "Nobody here has this address"),
        ({"institution": "Nowhere"}, "No institution is called this"),
        ({"name": ""}, "Fill in: Name"),
    ],
)
def test_an_odd_cohort_is_refused(office: Client, values: dict[str, str], told: str) -> None:
    sent = {"scheme": make.scheme().pk, "name": "Spring", "coordinator": make.person().email}
    page = office.post("/office/cohorts/", sent | values)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not Cohort.objects.exists()


def test_the_list_asks_no_more_for_three_than_for_one(queries: Callable[[str], int]) -> None:
    counts = []
    for name in ("Ada", "Bea", "Cleo"):
        make.joined(make.registration(make.person(name)), make.cohort(make.person(f"Cora {name}")))
        counts.append(queries("/office/cohorts/"))
    assert counts[0] == counts[2] <= 12


def test_the_letter_the_office_reads_holds_neither_link_nor_message(office: Client) -> None:
    draft = make.portfolio()
    entry = Entry.objects.filter(portfolio=draft)[0]
    make.invite(draft, "mina@example.org", entry, message="Between us.", at=timezone.now())
    letter = Notice.objects.get(kind="mentor_invited")
    page = office.get(f"/office/notices/{letter.pk}/").content.decode()
    assert "mina@example.org" in page
    assert token_of(Mentor.objects.get()) not in page
    assert "Between us." not in page
    trail = office.get("/office/trail/").content.decode()
    assert "Critical friend invited" in trail
    assert "Between us." not in trail
    assert office.get(f"/office/registration/{draft.registration_id}/").status_code == 200
    assert office.get("/office/notices/?q=mina").status_code == 200
