"""Awards: granted once per registration, numbered, linked to the one before; standing by date."""

from datetime import date

import pytest

from accredit.awards import actions, queries
from accredit.awards.models import Award
from accredit.notices.models import Notice
from accredit.people.models import Profile
from accredit.rulebook.faults import Code
from accredit.rulebook.lineage import Change
from accredit.rulebook.standing import Standing
from accredit.rulebook.terms import RoundKind
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
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
    ("kind", "until"), [(RoundKind.RENEWAL, date(2030, 2, 1)), (RoundKind.FIRST, date(2029, 11, 2))]
)
def test_a_renewal_in_time_goes_on_where_the_award_before_it_ends(kind: RoundKind, until: date) -> None:
    who = make.person()
    record(who, issued_on=date(2024, 2, 1))
    registration = make.registration(who)
    registration.round_kind = kind
    new = actions.grant(registration, areas=[], distinction=False, by=make.office(), at=make.AT)
    assert new.valid_until == until


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


TODAY = date(2026, 11, 2)


def change(award: Award, what: Change, because: str = "Found out later.") -> Award:
    return actions.change_standing(award, what, because=because, by=make.office(), at=make.AT)


@pytest.mark.parametrize(
    ("steps", "standing"),
    [
        ([Change.SUSPEND], Standing.SUSPENDED),
        ([Change.SUSPEND, Change.RESUME], Standing.ACTIVE),
        ([Change.SUSPEND, Change.REVOKE], Standing.REVOKED),
        ([Change.REVOKE], Standing.REVOKED),
        ([Change.RETIRE], Standing.RETIRED),
        ([Change.RETIRE, Change.RETURN], Standing.ACTIVE),
        ([Change.RETIRE, Change.SUSPEND, Change.RESUME], Standing.RETIRED),
    ],
)
def test_the_office_changes_where_an_award_stands(steps: list[Change], standing: Standing) -> None:
    award = record(make.person())
    for step in steps:
        change(award, step)
    award.refresh_from_db()
    assert queries.standing_of(award, TODAY) is standing
    assert [row.what for row in Row.objects.filter(what__startswith="award_", subject_key=award.pk)] == [
        "award_recorded",
        *(f"award_{each.value}" for each in steps),
    ]
    letters = Notice.objects.filter(kind="award_standing", person=award.person)
    assert letters.count() == len(steps)
    assert all("Found out later." in each.text and "100001" in each.subject for each in letters)


@pytest.mark.parametrize(
    ("before", "what", "because", "code"),
    [
        ([], Change.RESUME, "why", Code.AWARD_CHANGE_NOT_OPEN),
        ([], Change.RETURN, "why", Code.AWARD_CHANGE_NOT_OPEN),
        ([], Change.SUSPEND, "  ", Code.REASON_MISSING),
        ([Change.SUSPEND], Change.SUSPEND, "why", Code.AWARD_CHANGE_NOT_OPEN),
        ([Change.REVOKE], Change.RESUME, "why", Code.AWARD_CHANGE_NOT_OPEN),
        ([Change.REVOKE], Change.REVOKE, "why", Code.AWARD_CHANGE_NOT_OPEN),
    ],
)
def test_what_an_award_does_not_allow_is_refused(
    before: list[Change], what: Change, because: str, code: Code
) -> None:
    award = record(make.person())
    for step in before:
        change(award, step)
    office = make.office()
    written = Row.objects.count(), Notice.objects.count()
    with pytest.raises(Refused) as caught:
        actions.change_standing(award, what, because=because, by=office, at=make.AT)
    assert caught.value.faults[0].code is code
    assert (Row.objects.count(), Notice.objects.count()) == written


def test_a_renamed_award_keeps_number_and_dates() -> None:
    award = record(make.person())
    before = (award.number, award.issued_on, award.valid_until, award.key)
    for _again in range(2):
        actions.rename_award(
            award, name="  Ada   Newname ", because="Marriage.", by=make.office(), at=make.AT
        )
    award.refresh_from_db()
    assert award.name == "Ada Newname"
    assert (award.number, award.issued_on, award.valid_until, award.key) == before
    row = Row.objects.select_related("words").get(what="award_renamed")
    assert row.words.values == {"from": "Ada Example", "to": "Ada Newname", "because": "Marriage."}
    letter = Notice.objects.get(kind="award_renamed")
    assert "Ada Newname" in letter.text
    assert "Marriage" not in letter.text


@pytest.mark.parametrize(
    ("name", "because", "code"),
    [(" ", "why", Code.AWARD_NAME_MISSING), ("Ada", " ", Code.REASON_MISSING)],
)
def test_a_name_needs_letters_and_a_reason(name: str, because: str, code: Code) -> None:
    award = record(make.person())
    with pytest.raises(Refused) as caught:
        actions.rename_award(award, name=name, because=because, by=make.office(), at=make.AT)
    assert caught.value.faults[0].code is code


def test_a_higher_award_stands_for_a_lower_one_until_it_is_gone() -> None:
    holder = make.person()
    lower = record(holder, issued_on=date(2024, 5, 1))
    higher = record(holder, number="100002", pathway="senior", issued_on=date(2026, 5, 1))
    held = queries.held_by(lower, TODAY)
    assert (held.instead, held.letters, held.since) == (higher, "SCMALT", date(2024, 5, 1))
    assert queries.held_by(higher, TODAY).instead is None
    change(higher, Change.REVOKE)
    held = queries.held_by(lower, TODAY)
    assert (held.instead, held.letters, held.is_good) == (None, "CMALT", True)


def test_somebody_else_s_awards_are_of_another_lineage() -> None:
    mine = record(make.person())
    record(make.person(), number="100002", pathway="senior")
    assert queries.lineage_of(mine) == [mine]
