"""When a panel is not left to agree by itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.decision import Step, escalation
from accredit.rulebook.escalation import has_lapsed, too_far_apart
from accredit.rulebook.framework import Edition
from accredit.rulebook.reading import read_edition
from tests.rulebook.editions import CODES, document, edition

SCALE = [each.code for each in edition("cmalt-2026").form.marks if not each.outside]
OUTSIDE = next(each.code for each in edition("cmalt-2026").form.marks if each.outside)
SINCE = date(2026, 3, 1)


def with_rule(spread: int | None = None, lapse_days: int | None = None) -> Edition:
    found = edition("cmalt-2026")
    return replace(found, agreement=replace(found.agreement, spread=spread, lapse_days=lapse_days))


TABLE = [
    (None, SCALE[0], SCALE[3], False),
    (1, SCALE[0], SCALE[1], False),
    (1, SCALE[0], SCALE[2], True),
    (2, SCALE[0], SCALE[2], False),
    (2, SCALE[3], SCALE[0], True),
    (1, SCALE[0], OUTSIDE, False),
    (1, SCALE[0], "", False),
]


@pytest.mark.parametrize(("spread", "one", "other", "expected"), TABLE)
def test_marks_too_far_apart(spread: int | None, one: str, other: str, expected: bool) -> None:
    marks = [{"1a": one, "1b": SCALE[1]}, {"1a": other, "1b": SCALE[1]}]
    assert too_far_apart(with_rule(spread), marks) == (("1a",) if expected else ())


def test_of_three_the_outermost_count() -> None:
    marks = [{"1a": SCALE[1]}, {"1a": SCALE[0]}, {"1a": SCALE[2]}, {}]
    assert too_far_apart(with_rule(1), marks) == ("1a",)


@pytest.mark.parametrize(
    ("days", "passed", "expected"), [(None, 9999, False), (14, 14, False), (14, 15, True), (1, 1, False)]
)
def test_a_lapse_of_time(days: int | None, passed: int, expected: bool) -> None:
    on = SINCE + timedelta(days=passed)
    assert has_lapsed(with_rule(lapse_days=days), since=SINCE, on=on) is expected


def test_who_is_called() -> None:
    assert escalation(edition("cmalt-2026")) is Step.THIRD
    assert escalation(edition("orchard-2025")) is Step.MODERATE


def test_an_edition_that_says_nothing_leaves_it_to_the_panel() -> None:
    for code in CODES:
        if "spread" not in document(code):
            assert edition(code).agreement.spread is None
            assert edition(code).agreement.lapse_days is None


def test_both_are_read() -> None:
    text = document("cmalt-2026").replace("[agreement]\n", "[agreement]\nspread = 2\nlapse_days = 30\n")
    found = read_edition(text).agreement
    assert (found.spread, found.lapse_days) == (2, 30)


marks = st.dictionaries(st.sampled_from(["1a", "1b", "2a"]), st.sampled_from([*SCALE, OUTSIDE, ""]))


@given(st.integers(1, 4), st.lists(marks, max_size=4))
def test_a_wider_rule_never_finds_more(spread: int, given: list[dict[str, str]]) -> None:
    wider = set(too_far_apart(with_rule(spread + 1), given))
    assert wider <= set(too_far_apart(with_rule(spread), given))


@given(st.lists(marks, min_size=2, max_size=4))
def test_the_order_of_assessors_does_not_matter(given: list[dict[str, str]]) -> None:
    rule = with_rule(1)
    assert set(too_far_apart(rule, given)) == set(too_far_apart(rule, given[::-1]))
