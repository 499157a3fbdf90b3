"""What a coordinator sees: of each candidate what they agreed to, of the others nothing."""

import csv
import io
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accredit.people.models import Profile
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Entry
from accredit.registrations import actions as registrations
from accredit.registrations.models import Cohort, CohortPlace
from accredit.toolkit.actor import SYSTEM
from tests import factories as make
from tests.web.mentor.conftest import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora(db: None) -> Profile:
    """A coordinator."""
    return make.person("Cora Example")


@pytest.fixture
def cohort(cora: Profile) -> Cohort:
    """Her cohort, nobody in it."""
    return make.cohort(cora, name="Spring")


def joins(cohort: Cohort, name: str, shows: str) -> CohortPlace:
    """Somebody with a complete draft joins."""
    draft = make.complete_portfolio(make.registration(make.person(name)))
    return make.joined(draft.registration, cohort, shows)


def text(browser: Client, path: str) -> str:
    """A page that has to answer 200."""
    page = browser.get(path)
    assert page.status_code == 200, path
    return unescape(page.content.decode())


def rows(browser: Client, cohort: Cohort) -> list[list[str]]:
    """The exported rows."""
    page = browser.get(f"/cohorts/{cohort.pk}/export/")
    sent = b"".join(page.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(sent)))


def test_each_is_shown_as_agreed_and_who_shows_nothing_is_not_there(cora: Profile, cohort: Cohort) -> None:
    for name, shows in (("Ada", "progress"), ("Bea", "stage"), ("Nell", "nothing")):
        joins(cohort, f"{name} Example", shows)
    browser = browser_of(cora)
    page = text(browser, f"/cohorts/{cohort.pk}/")
    assert "Ada Example" in page
    assert "8 of 8" in page
    assert "Nell" not in page
    assert "What I say" not in page
    assert "2 candidates show you something" in text(browser, "/cohorts/")
    head, *lines = rows(browser, cohort)
    assert [line[0] for line in lines] == ["Ada Example", "Bea Example"]
    assert lines[0][head.index("Sections ready")] == "8"
    assert lines[1][3:] == ["", "", "", ""]


def test_a_change_of_mind_holds_at_once(cora: Profile, cohort: Cohort) -> None:
    place = joins(cohort, "Ada Example", "progress")
    browser, by = browser_of(cora), make.candidate(place.registration.person)
    registrations.agree_to_show(place, shows="stage", by=by, at=make.AT)
    assert "8 of 8" not in text(browser, f"/cohorts/{cohort.pk}/")
    registrations.leave_cohort(place, by=by, at=make.AT)
    assert "Ada" not in text(browser, f"/cohorts/{cohort.pk}/")
    assert "0 candidates" in text(browser, "/cohorts/")


def test_a_coordinator_learns_no_more_of_a_panel_than_the_candidate(cora: Profile, cohort: Cohort) -> None:
    place = joins(cohort, "Ada Example", "progress")
    draft = Entry.objects.filter(portfolio__registration=place.registration)[0].portfolio
    made = portfolios.submit(draft, by=make.owner_of(draft), at=make.AT)
    by = make.office()
    portfolios.begin_check(made, by=by, at=make.AT)
    portfolios.accept(made, by=by, at=make.AT)
    page = text(browser_of(cora), f"/cohorts/{cohort.pk}/")
    assert "Being assessed" in page
    assert "appointed" not in page
    assert "2 November 2026" in page


def test_other_cohorts_and_closed_ones_do_not_exist(cora: Profile, cohort: Cohort) -> None:
    other = make.cohort(make.person("Otto Example"), name="Autumn")
    browser = browser_of(cora)
    for path in (f"/cohorts/{other.pk}/", f"/cohorts/{other.pk}/export/", "/cohorts/999999/"):
        assert browser.get(path).status_code == 404
    registrations.close_cohort(cohort, by=SYSTEM, at=make.AT)
    assert browser.get(f"/cohorts/{cohort.pk}/").status_code == 404
    assert "You coordinate no cohort" in text(browser, "/cohorts/")


def test_it_asks_no_more_for_three_than_for_one(cora: Profile, cohort: Cohort) -> None:
    browser, path = browser_of(cora), f"/cohorts/{cohort.pk}/"

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            text(browser, path)
        return len([each for each in caught.captured_queries if "SAVEPOINT" not in each["sql"]])

    joins(cohort, "Ada Example", "progress")
    one = count()
    for name in ("Bea", "Cleo"):
        joins(cohort, f"{name} Example", "progress")
    assert count() == one <= 12


def test_a_name_that_looks_like_a_formula_is_not_run(cora: Profile, cohort: Cohort) -> None:
    joins(cohort, "=HYPERLINK(1)", "stage")
    assert rows(browser_of(cora), cohort)[1][0] == "'=HYPERLINK(1)"
