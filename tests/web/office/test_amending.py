"""The office sees that a pathway was changed and what the fee table says, and changes the invoice."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accredit.fees.actions import enrol, set_fee
from accredit.fees.models import Order
from accredit.portfolios import actions as portfolios
from accredit.toolkit.actor import SYSTEM
from accredit.trail.models import Row
from tests import factories as make

pytestmark = pytest.mark.django_db


def changed(*, senior: int | None = 20000) -> Order:
    """An order of £165 whose candidate has changed to Senior."""
    scheme, who = make.scheme(), make.person()
    said = {"person_kind": "standard", "valid_from_on": date(2020, 1, 1), "by": SYSTEM, "at": make.AT}
    mine = set_fee(scheme, title="Associate", amount=16500, pathway="associate", **said)
    if senior is not None:
        set_fee(scheme, title="Senior", amount=senior, pathway="senior", **said)
    by = make.candidate(who)
    attempt = enrol(who, scheme=scheme, pathway="associate", fee=mine, by=by, at=make.AT)
    portfolios.change_pathway(make.portfolio(attempt), pathway="senior", by=by, at=make.SOON)
    return Order.objects.get(registration=attempt)


def page(order: Order, rest: str = "") -> str:
    return f"/office/registration/{order.registration_id}/{rest}"


def test_the_change_and_its_fee_are_seen(office: Client):
    order = changed()
    shown = office.get(page(order)).content.decode()
    assert "Senior CMALT (before: Associate CMALT)" in shown
    assert "Pathway changed from Associate CMALT to Senior CMALT" in shown
    assert "£200" in shown
    pipeline = office.get("/office/pipeline/").content.decode()
    assert "before: Associate CMALT" in pipeline
    lead = office.get(page(order, "amount/")).content.decode()
    assert "the fee table says £200 for this pathway" in lead


def test_where_the_table_has_no_line_that_is_said(office: Client):
    order = changed(senior=None)
    assert "No line to compare with" in office.get(page(order)).content.decode()
    assert "no line to compare it with" in office.get(page(order, "amount/")).content.decode()


def test_where_the_fee_is_the_same_nothing_is_asked(office: Client):
    shown = office.get(page(changed(senior=16500))).content.decode()
    assert "Fee table for this pathway" not in shown


def test_the_invoice_is_changed_once_with_its_reason(office: Client):
    order = changed()
    given = {"amount": "200.00", "because": "The table of this year."}
    for _ in range(2):
        assert office.post(page(order, "amount/"), given)["Location"] == page(order)
    order.refresh_from_db()
    assert order.amount == 20000
    assert Row.objects.filter(what="order_amended").count() == 1
    shown = office.get(page(order)).content.decode()
    assert "changed from £165 to £200" in shown
    assert "The table of this year." in shown
    assert "Fee table for this pathway" not in shown


@pytest.mark.parametrize(
    "given",
    [
        {"amount": "", "because": "So."},
        {"amount": "-1", "because": "So."},
        {"amount": "x", "because": "So."},
        {"amount": "200", "because": "  "},
        {"amount": "99999999999", "because": "So."},
    ],
)
def test_no_amount_or_no_reason_changes_nothing(office: Client, given: dict[str, str]):
    order = changed()
    assert office.post(page(order, "amount/"), given).status_code == 422
    order.refresh_from_db()
    assert order.amount == 16500


def test_the_page_of_a_changed_registration_keeps_its_budget(office: Client, queries: Callable[[str], int]):
    order = changed()
    assert queries(page(order)) <= 12
    assert queries(page(order, "amount/")) <= 12
    assert queries("/office/pipeline/") <= 12
