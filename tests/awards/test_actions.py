"""Awards: granted once per registration, numbered, linked to the one before; standing by date."""

from datetime import date

import pytest

from accredit.awards import actions, queries
from accredit.awards.models import Award
from accredit.people.models import Profile
from accredit.rulebook.faults import Code
from accredit.rulebook.standing import Standing
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.refusals import Refused
from tests import factories as make

pytestmark = pytest.mark.django_db


def record(who: Profile, number: str = "100001", **values: object) -> Award:
    edition = make.scheme().editions.get()
    defaults = {"edition": edition, "pathway": "cmalt", "issued_on": date(2025, 5, 1), "number": number}
    return actions.record_award(who, by=SYSTEM, at=make.AT, **(defaults | values))


def test_a_registration_earns_one_award() -> None:
    registration = make.registration()
    first = actions.grant(registration, areas=["Video"], distinction=True, by=make.office(), at=make.AT)
    again = actions.grant(registration, areas=[], distinction=False, by=make.office(), at=make.SOON)
    assert first == again
    assert (first.number, first.valid_until) == ("000001", date(2029, 11, 2))
    assert queries.standing_of(first, date(2026, 12, 1)) is Standing.ACTIVE


def test_a_number_taken_by_hand_is_passed_over() -> None:
    record(make.person(), number="000001")
    assert (
        actions.grant(make.registration(), areas=[], distinction=False, by=make.office(), at=make.AT).number
        == "000002"
    )


def test_a_new_award_follows_the_last() -> None:
    who = make.person()
    old = record(who)
    new = actions.grant(make.registration(who), areas=[], distinction=False, by=make.office(), at=make.AT)
    assert new.follows == old
    assert list(queries.of_person(who.pk)) == [new, old]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"pathway": "other"}, Code.PATHWAY_UNKNOWN),
        ({"valid_until": date(2024, 1, 1)}, Code.AWARD_ENDS_BEFORE_ISSUE),
    ],
)
def test_what_cannot_be_is_not_recorded(values: dict[str, object], code: Code) -> None:
    with pytest.raises(Refused) as caught:
        record(make.person(), **values)
    assert caught.value.faults[0].code is code
    assert not Award.objects.exists()


def test_a_number_is_given_once() -> None:
    record(make.person())
    with pytest.raises(Refused) as caught:
        record(make.person())
    assert caught.value.faults[0].code is Code.NUMBER_TAKEN


def test_only_awards_in_good_standing_are_held() -> None:
    holder, lapsed = make.person(), make.person()
    record(holder)
    record(lapsed, number="100002", issued_on=date(2015, 5, 1))
    assert queries.holds([holder.pk, lapsed.pk], date(2026, 11, 2)) == {holder.pk: frozenset({"cmalt"})}
