"""One award, in the office and on the page that checks it: what it says, what may be done, with a reason."""

from datetime import date

import pytest
from django.test import Client

from accredit.awards import actions
from accredit.awards.models import Award
from accredit.rulebook.lineage import Change
from accredit.toolkit.actor import SYSTEM
from tests import factories as make
from tests.web.assessor.conftest import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    return browser_of(make.person("Otis Example", sign_in=True, roles=("office",)))


def award(number: str = "004711", **values: object) -> Award:
    given = {"pathway": "cmalt", "issued_on": date(2026, 5, 1)} | values
    return actions.record_award(
        given.pop("holder", None) or make.person("Hugo Example"),
        edition=make.scheme().editions.get(),
        number=number,
        by=SYSTEM,
        at=make.AT,
        **given,
    )


def test_the_page_says_what_an_award_is_worth(browser: Client) -> None:
    found = award()
    higher = award("004712", holder=found.person, pathway="senior", issued_on=date(2026, 9, 1))
    page = browser.get(f"/office/awards/{found.pk}/").content.decode()
    for said in ("In good standing", "Award 004712 stands for it", "SCMALT", "1 May 2026", "Lineage"):
        assert said in page, said
    assert f"/office/awards/{higher.pk}/" in page
    person = browser.get(f"/office/people/{found.person_id}/").content.decode()
    assert f"/office/awards/{found.pk}/" in person


def test_an_award_is_suspended_with_a_reason_once(browser: Client) -> None:
    found = award()
    address = f"/office/awards/{found.pk}/suspend/"
    assert "it can be ended at any time" in browser.get(address).content.decode().lower()
    assert browser.post(address, {"because": " "}).status_code == 422
    assert browser.post(address, {"because": "Under investigation."}).status_code == 302
    again = browser.post(address, {"because": "Under investigation."})
    assert again.status_code == 422
    assert "The award is suspended" in again.content.decode()
    assert browser.get(address).status_code == 302
    found.refresh_from_db()
    assert found.suspended_at is not None
    assert browser.get(f"/office/awards/{found.pk}/paper/").status_code == 404
    assert "End the suspension" in browser.get(f"/office/awards/{found.pk}/").content.decode()


def test_another_name_is_written_on_a_certificate(browser: Client) -> None:
    found = award()
    address = f"/office/awards/{found.pk}/name/"
    assert browser.post(address, {"name": "", "because": ""}).status_code == 422
    assert browser.post(address, {"name": "x" * 201, "because": "Marriage."}).status_code == 422
    assert browser.post(address, {"name": "Hugo 王", "because": "Marriage."}).status_code == 302
    page = browser.get(f"/office/awards/{found.pk}/").content.decode()
    assert "Hugo 王" in page
    assert "cannot draw" in page
    assert browser.get(f"/office/awards/{found.pk}/paper/")["Content-Type"] == "application/pdf"


def test_what_is_no_change_is_not_found(browser: Client) -> None:
    found = award()
    assert browser.get(f"/office/awards/{found.pk}/delete/").status_code == 404
    assert browser.get("/office/awards/999999/").status_code == 404
    assert browser.get(f"/office/awards/{found.pk}/resume/").status_code == 302


def test_the_page_of_an_award_asks_the_same_of_a_long_lineage(
    browser: Client, django_assert_max_num_queries: object
) -> None:
    found = award(issued_on=date(2015, 5, 1))
    for number in range(3):
        award(f"00500{number}", holder=found.person, issued_on=date(2018 + 3 * number, 5, 1))
    browser.get(f"/office/awards/{found.pk}/")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        browser.get(f"/office/awards/{found.pk}/")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (None, "Valid"),
        (Change.RETIRE, "retired"),
        (Change.SUSPEND, "The award is suspended."),
        (Change.REVOKE, "The award has been revoked."),
    ],
)
def test_whoever_has_the_certificate_reads_what_it_is_worth(what: Change | None, said: str) -> None:
    found = award()
    if what is not None:
        actions.change_standing(found, what, because="A secret reason.", by=SYSTEM, at=make.AT)
    answer = Client().get(f"/certificate/{found.key}/")
    page = answer.content.decode()
    assert said in page
    assert "A secret reason." not in page
    assert "Hugo Example" in page
    assert answer["X-Robots-Tag"] == "noindex"
    assert ("Letters after the name" in page) == (what in (None, Change.RETIRE))


def test_a_certificate_nobody_has_is_not_found() -> None:
    award()
    assert Client().get("/certificate/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert Client().get("/certificate/004711/").status_code == 404


def test_a_holder_is_told_which_letters_to_write() -> None:
    holder = make.person("Hugo Example", sign_in=True)
    found = award(holder=holder)
    higher = award("004712", holder=holder, pathway="senior", issued_on=date(2026, 9, 1))
    mine = browser_of(holder)
    page = mine.get(f"/my/award/{found.pk}/").content.decode()
    assert "Hugo Example SCMALT" in page
    assert "You have since been accredited as Senior CMALT" in page
    assert str(found.key) in page
    assert mine.get(f"/my/award/{found.pk}/paper/").status_code == 200
    actions.change_standing(higher, Change.REVOKE, because="Why.", by=SYSTEM, at=make.AT)
    assert mine.get(f"/my/award/{higher.pk}/paper/").status_code == 404
    assert "This award is revoked" in mine.get(f"/my/award/{higher.pk}/").content.decode()
    assert browser_of(make.person("Eve Example")).get(f"/my/award/{found.pk}/paper/").status_code == 404
