"""Enrolling with an order, paying, and the fee table."""

from datetime import date

import pytest

from accredit.fees import actions, queries
from accredit.fees.models import Order
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make

pytestmark = pytest.mark.django_db


def fee(amount: int = 16500, **values: object) -> object:
    defaults = {"person_kind": "standard", "title": "Standard", "valid_from_on": date(2026, 1, 1)}
    return actions.set_fee(make.scheme(), amount=amount, by=SYSTEM, at=make.AT, **(defaults | values))


def enrol(**values: object) -> Registration:
    who = values.pop("who", None) or make.person()
    defaults = {"scheme": make.scheme(), "pathway": "cmalt", "fee": None}
    return actions.enrol(who, by=make.candidate(who), at=make.AT, **(defaults | values))


def test_enrolling_makes_an_order_with_its_invoice_number() -> None:
    first, second = enrol(fee=fee()), enrol()
    one, two = (queries.order_of(each.pk) for each in (first, second))
    assert one is not None
    assert two is not None
    assert (one.amount, one.currency, one.invoice_number) == (16500, "GBP", "2026-00001")
    assert (two.amount, two.invoice_number) == (0, "2026-00002")
    assert list(queries.unpaid()) == [one]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"pathway": "grandmaster"}, Code.PATHWAY_UNKNOWN),
        ({"pathway": ""}, Code.PATHWAY_UNKNOWN),
    ],
)
def test_an_unknown_pathway_is_refused(values: dict[str, object], code: Code) -> None:
    with pytest.raises(Refused) as caught:
        enrol(**values)
    assert caught.value.faults[0].code is code
    assert not Registration.objects.exists()


def test_nobody_registers_before_their_profile_is_complete() -> None:
    with pytest.raises(Refused) as caught:
        enrol(who=make.newcomer())
    assert caught.value.faults[0].code is Code.PROFILE_INCOMPLETE


@pytest.mark.parametrize("values", [{"valid_from_on": date(2030, 1, 1)}, {"pathway": "senior"}])
def test_a_fee_of_another_time_or_pathway_is_not_taken(values: dict[str, object]) -> None:
    with pytest.raises(Refused) as caught:
        enrol(fee=fee(**values))
    assert caught.value.faults[0].code is Code.FEE_NOT_OFFERED


def test_a_payment_is_recorded_once() -> None:
    registration = enrol(fee=fee())
    order = Order.objects.get(registration=registration)
    by = make.office()
    money = {"amount": 16500, "paid_on": date(2026, 11, 3), "reference": "BACS 1"}
    actions.record_payment(order, **money, by=by, at=make.SOON)
    with pytest.raises(Refused) as caught:
        actions.record_payment(order, **money, by=by, at=make.SOON)
    assert caught.value.faults[0].code is Code.PAYMENT_RECORDED
    assert queries.paid(order) == 16500
    assert not queries.unpaid()


@pytest.mark.parametrize("amount", [0, -5])
def test_a_payment_of_nothing_is_refused(amount: int) -> None:
    order = Order.objects.get(registration=enrol(fee=fee()))
    with pytest.raises(Refused) as caught:
        actions.record_payment(
            order, amount=amount, paid_on=date(2026, 11, 3), reference="x", by=make.office(), at=make.SOON
        )
    assert caught.value.faults[0].code is Code.PAYMENT_AMOUNT


def test_the_newest_line_in_force_is_offered() -> None:
    fee(100, valid_from_on=date(2025, 1, 1))
    newer = fee(200)
    fee(300, valid_from_on=date(2027, 1, 1))
    special = fee(50, pathway="associate")
    assert queries.offered(make.scheme(), on=date(2026, 6, 1)) == [newer, special]
    assert queries.offered(make.scheme(), on=date(2026, 6, 1), pathway="cmalt") == [newer]


def comparison(of: Registration, pathway: str) -> tuple[int, int | None, int]:
    order = queries.order_of(of.pk)
    assert order is not None
    found = queries.compared(order, pathway=pathway, on=make.AT.date())
    return found.ordered, found.table, found.difference


def test_a_change_of_pathway_is_compared_with_the_line_of_the_same_kind_of_person() -> None:
    mine = fee(15000, person_kind="member")
    fee(16500)
    fee(9000, person_kind="member", pathway="associate")
    fee(20000, person_kind="member", pathway="senior")
    fee(1, person_kind="member", pathway="senior", currency="EUR")
    made = enrol(fee=mine)
    assert comparison(made, "cmalt") == (15000, 15000, 0)
    assert comparison(made, "associate") == (15000, 9000, -6000)
    assert comparison(made, "senior") == (15000, None, 0)


def test_the_newest_line_counts_and_one_for_the_pathway_goes_first() -> None:
    mine = fee(15000)
    made = enrol(fee=mine)
    fee(18000, valid_from_on=date(2026, 6, 1))
    assert comparison(made, "senior") == (15000, 18000, 3000)
    fee(20000, pathway="senior")
    assert comparison(made, "senior") == (15000, 20000, 5000)
    fee(99000, valid_from_on=date(2030, 1, 1))
    assert comparison(made, "senior") == (15000, 20000, 5000)


def test_an_order_without_a_fee_is_compared_while_nothing_is_asked() -> None:
    made = enrol()
    assert comparison(made, "senior") == (0, 0, 0)
    fee()
    assert comparison(made, "senior") == (0, None, 0)


def test_an_order_is_amended_once_with_its_reason() -> None:
    made = enrol(fee=fee())
    order, by = queries.order_of(made.pk), make.office()
    assert order is not None
    for _ in range(2):
        actions.amend_order(order, amount=20000, because="Now on Senior CMALT.", by=by, at=make.SOON)
    assert Order.objects.get().amount == 20000
    row = Row.objects.get(what="order_amended")
    assert (row.data["before"], row.data["amount"], row.registration) == (16500, 20000, made.pk)


@pytest.mark.parametrize(
    ("amount", "because", "code"),
    [(-1, "So.", Code.PAYMENT_AMOUNT), (100, "  ", Code.REASON_MISSING)],
)
def test_no_order_is_amended_without_a_reason_or_below_nothing(amount: int, because: str, code: Code) -> None:
    order = queries.order_of(enrol(fee=fee()).pk)
    assert order is not None
    with pytest.raises(Refused) as caught:
        actions.amend_order(order, amount=amount, because=because, by=make.office(), at=make.SOON)
    assert caught.value.faults[0].code is code
    assert Order.objects.get().amount == 16500
