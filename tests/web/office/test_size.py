"""Every page takes the same number of queries with one row and with three, and twelve at most."""

import itertools
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accredit.assessments import actions as assessments
from accredit.fees.actions import record_payment, set_fee
from accredit.fees.models import Order
from accredit.registrations.actions import set_window
from accredit.toolkit.actor import SYSTEM
from tests import factories as make
from tests.web.office.test_orchard import to_review

pytestmark = pytest.mark.django_db
Count = Callable[[str], int]
MOST = 12
NUMBERS = itertools.count(1)


def same(count: Count, path: str, add: Callable[[], object]) -> None:
    """Count with one, add two, count again."""
    add()
    first = count(path)
    add()
    add()
    assert count(path) == first
    assert first <= MOST


@pytest.mark.parametrize(
    "path", ["/office/", "/office/pipeline/", "/office/pipeline/export/", "/office/pipeline/?q=ada&stage="]
)
def test_registrations_waiting(queries: Count, path: str):
    same(queries, path, lambda: make.submission(make.registration()))


@pytest.mark.parametrize("path", ["/office/", "/office/pipeline/?stage=held"])
def test_results_waiting(queries: Count, path: str):
    same(queries, path, lambda: make.held(make.accepted(make.registration(make.person()))))


def test_late_assessments(queries: Count):
    same(queries, "/office/", lambda: make.panel(at=timezone.now() - timedelta(days=60)))


def test_registrations_of_a_person_and_awards(queries: Count):
    lena = make.assessor()
    path = f"/office/people/{lena.pk}/"

    def add() -> None:
        make.assessments.record_past_assessments(
            lena, seat=make.Seat.LEAD, number=1, source="A list", by=SYSTEM, at=make.AT
        )
        assessments.declare_conflict(lena, make.person(), reason="Friends", by=SYSTEM, at=make.AT)
        make.record_award(
            lena, edition=make.scheme().editions.get(), pathway="associate", issued_on=date(2021, 1, 1),
            number=f"x{next(NUMBERS)}", by=SYSTEM, at=make.AT,
        )  # fmt: skip

    same(queries, path, add)


@pytest.mark.parametrize(
    "path", ["/office/people/", "/office/people/?who=assessor", "/office/people/?who=holder&q=lena"]
)
def test_people(queries: Count, path: str):
    same(queries, path, lambda: make.assessor(institution="Northmere"))


@pytest.mark.parametrize("path", ["/office/notices/", "/office/trail/"])
def test_notices_and_trail(queries: Count, path: str):
    same(queries, path, lambda: make.submission(make.registration(make.person())))


def test_windows(queries: Count):
    home = make.scheme()
    same(
        queries,
        "/office/windows/",
        lambda: set_window(home, mode="rolling", opens_at=None, closes_at=None, by=SYSTEM, at=make.AT),
    )


def test_fees(queries: Count):
    values = {"person_kind": "x", "title": "X", "amount": 100, "valid_from_on": date(2026, 1, 1)}
    same(queries, "/office/fees/", lambda: set_fee(make.scheme(), **values, by=SYSTEM, at=make.AT))


def test_editions(queries: Count):
    codes = iter(("cmalt-2016", "cmalt-2019", "cmalt-2026"))
    same(queries, "/office/editions/", lambda: make.scheme(next(codes)))


def test_the_panel_page_with_many_assessors(queries: Count):
    found = make.accepted()
    path = f"/office/registration/{found.portfolio.registration_id}/panel/"
    make.scheme()
    same(queries, path, lambda: make.assessor(institution="Northmere"))


def test_the_page_of_a_registration(queries: Count):
    outcome = make.held()
    pk = outcome.panel.registration_id
    order = Order.objects.get(registration_id=pk)
    numbers = iter("abc")

    def add() -> None:
        reference = next(numbers)
        record_payment(order, amount=1, paid_on=date(2026, 1, 1), reference=reference, by=SYSTEM, at=make.AT)

    same(queries, f"/office/registration/{pk}/", add)


def test_check_submission_and_release_take_twelve_at_most(queries: Count):
    outcome = make.held()
    path = f"/office/registration/{outcome.panel.registration_id}/"
    for rest in ("check/", "submission/1/", "release/", "release/words/", "payment/", "extend/", "withdraw/"):
        assert queries(path + rest) <= MOST, rest


def test_replacing_takes_twelve_at_most(queries: Count):
    on = make.panel()
    place = make.place(on, make.Seat.SECOND)
    path = f"/office/registration/{on.registration_id}/panel/replace/{place.pk}/"
    same(queries, path, lambda: make.assessor(institution="Northmere"))


def test_reading_a_review_takes_twelve_at_most(queries: Count):
    assert queries(f"/office/registration/{to_review()}/review/") <= MOST
