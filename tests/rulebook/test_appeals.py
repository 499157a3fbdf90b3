"""Appeals: until when, on which grounds, and what follows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.appeals import (
    kind_for_new_panel,
    lacking,
    last_day,
    move_back,
    not_open,
    revise_until,
    titles_of,
)
from accredit.rulebook.elements import Ground
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.reading import BadEdition, read_edition
from accredit.rulebook.terms import Effect, RoundKind
from accredit.rulebook.workflow import Stage, rule_of
from tests.rulebook.editions import document, edition

ORCHARD, CMALT = edition("orchard-2025"), edition("cmalt-2026")
RELEASED = date(2026, 3, 2)
LAST = date(2026, 3, 30)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def test_the_document_says_days_and_grounds() -> None:
    assert ORCHARD.appeals is not None
    assert ORCHARD.appeals.days == 28
    assert Ground("overlooked", "Something I handed in was not read") in ORCHARD.appeals.grounds
    assert CMALT.appeals is None


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("days = 0", "appeals.days: must be a whole number from 1 to 366"),
        ('days = 28\nby = "post"', "appeals.by: unknown key"),
    ],
)
def test_a_document_that_says_it_badly_is_refused(given: str, problem: str) -> None:
    with pytest.raises(BadEdition) as refused:
        read_edition(document("orchard-2025").replace("days = 28", given))
    assert problem in str(refused.value)


def test_a_ground_stands_once() -> None:
    text = document("orchard-2025").replace('code = "overlooked"', 'code = "procedure"')
    with pytest.raises(BadEdition) as refused:
        read_edition(text)
    assert "appeals.grounds" in str(refused.value)


TABLE = [
    (Effect.FAIL, RELEASED, ()),
    (Effect.REFER_MAJOR, LAST, ()),
    (Effect.REFER_MINOR, LAST, ()),
    (Effect.PASS, RELEASED, (fault(Code.APPEAL_AGAINST_PASS),)),
    (Effect.FAIL, LAST + timedelta(days=1), (fault(Code.APPEAL_TOO_LATE, date="2026-03-30"),)),
]


@pytest.mark.parametrize(("effect", "on", "expected"), TABLE)
def test_what_may_be_appealed_and_until_when(effect: Effect, on: date, expected: tuple[object, ...]) -> None:
    assert not_open(ORCHARD, effect, released_on=RELEASED, on=on) == expected


@pytest.mark.parametrize("effect", Effect)
def test_an_edition_without_appeals_has_none(effect: Effect) -> None:
    assert not_open(CMALT, effect, released_on=RELEASED, on=RELEASED) == (fault(Code.APPEALS_NOT_OPEN),)
    assert last_day(CMALT, RELEASED) is None
    assert lacking(CMALT, grounds=["procedure"], has_words=True) == (
        fault(Code.GROUND_UNKNOWN, ground="procedure"),
    )


@given(DAYS, st.integers(0, 400), st.sampled_from(sorted(set(Effect) - {Effect.PASS})))
def test_the_last_day_is_the_last_day(released: date, later: int, effect: Effect) -> None:
    until = last_day(ORCHARD, released)
    on = released + timedelta(days=later)
    assert until is not None
    assert (not_open(ORCHARD, effect, released_on=released, on=on) == ()) == (on <= until)


@pytest.mark.parametrize(
    ("grounds", "has_words", "expected"),
    [
        (["partial"], True, ()),
        ([], True, (fault(Code.GROUND_MISSING),)),
        (["partial"], False, (fault(Code.APPEAL_WORDS_MISSING),)),
        (["anger", "partial"], True, (fault(Code.GROUND_UNKNOWN, ground="anger"),)),
        ([], False, (fault(Code.GROUND_MISSING), fault(Code.APPEAL_WORDS_MISSING))),
    ],
)
def test_what_an_appeal_lacks(grounds: list[str], has_words: bool, expected: tuple[object, ...]) -> None:
    assert lacking(ORCHARD, grounds=grounds, has_words=has_words) == expected


def test_grounds_are_named_as_the_edition_names_them() -> None:
    assert titles_of(ORCHARD, ["partial", "gone"]) == ("A reader was not impartial", "gone")
    assert titles_of(CMALT, ["partial"]) == ("partial",)


@pytest.mark.parametrize("effect", sorted(set(Effect) - {Effect.PASS}))
def test_a_result_that_stands_leads_back_to_where_it_led(effect: Effect) -> None:
    back = rule_of(move_back(effect))
    assert back.sources == {Stage.APPEALING}
    assert back.target == (Stage.FAILED if effect is Effect.FAIL else Stage.REVISING)


def test_a_review_is_read_again_as_a_whole() -> None:
    kinds = {each: kind_for_new_panel(each) for each in RoundKind}
    assert kinds == {each: each for each in RoundKind} | {RoundKind.REVIEW: RoundKind.REASSESSMENT}


@given(DAYS, DAYS, DAYS)
def test_an_appeal_takes_no_time_from_the_revision(until: date, made: date, decided: date) -> None:
    later = revise_until(until, appealed_on=made, decided_on=decided)
    assert later - until == max(timedelta(0), decided - made)
