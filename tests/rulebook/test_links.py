"""What to make of an answer, and when to ask again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.links import ANSWERING, BROKEN, PASSING, UNCERTAIN, ends_soon, next_check, next_try
from accredit.rulebook.terms import Finding

AT = datetime(2027, 3, 3, 14, 5, tzinfo=UTC)


def test_each_finding_is_one_of_three_kinds() -> None:
    assert frozenset(Finding) == ANSWERING | UNCERTAIN | BROKEN
    assert len(Finding) == len(ANSWERING) + len(UNCERTAIN) + len(BROKEN)


@pytest.mark.parametrize(
    ("finding", "failures", "after"),
    [
        (Finding.GONE, 0, timedelta(hours=1)),
        (Finding.GONE, 1, timedelta(hours=1)),
        (Finding.SERVER_ERROR, 2, timedelta(days=1)),
        (Finding.NO_SUCH_NAME, 3, timedelta(days=3)),
        (Finding.TOO_SLOW, 4, timedelta(days=7)),
        (Finding.TOO_SLOW, 400, timedelta(days=7)),
        (Finding.OK, 0, timedelta(days=14)),
        (Finding.NEEDS_SIGN_IN, 0, timedelta(days=14)),
    ],
)
def test_a_broken_link_is_asked_again_sooner(finding: Finding, failures: int, after: timedelta) -> None:
    assert next_check(finding, failures=failures, key=0, at=AT) == AT + after


@given(st.sampled_from(sorted(Finding)), st.integers(0, 1000), st.integers(0, 10**9))
def test_every_link_is_asked_again_within_three_weeks(finding: Finding, failures: int, key: int) -> None:
    again = next_check(finding, failures=failures, key=key, at=AT)
    assert timedelta(hours=1) <= again - AT <= timedelta(days=18)
    assert next_check(finding, failures=failures + 1, key=key, at=AT) >= again


def test_links_found_together_are_spread_over_days() -> None:
    days = {next_check(Finding.OK, failures=0, key=key, at=AT).date() for key in range(50)}
    assert len(days) >= 4


@pytest.mark.parametrize(
    ("finding", "tries", "after"),
    [
        (Finding.OK, 1, None),
        (Finding.GONE, 1, None),
        (Finding.NEEDS_SIGN_IN, 1, None),
        (Finding.TOO_SLOW, 0, timedelta(minutes=10)),
        (Finding.TOO_SLOW, 1, timedelta(minutes=10)),
        (Finding.UNREACHABLE, 2, timedelta(hours=2)),
        (Finding.SERVER_ERROR, 3, timedelta(hours=24)),
        (Finding.SERVER_ERROR, 4, None),
    ],
)
def test_a_snapshot_is_tried_again_where_time_may_mend_it(
    finding: Finding, tries: int, after: timedelta | None
) -> None:
    assert next_try(finding, tries=tries, at=AT) == (None if after is None else AT + after)


@given(st.sampled_from(sorted(Finding)))
def test_a_snapshot_is_never_tried_for_ever(finding: Finding) -> None:
    assert next_try(finding, tries=4, at=AT) is None
    assert (next_try(finding, tries=1, at=AT) is None) is (finding not in PASSING)


@pytest.mark.parametrize(
    ("days", "soon"), [(None, False), (-1, True), (0, True), (20, True), (21, False), (90, False)]
)
def test_a_certificate_that_ends_soon(days: int | None, soon: bool) -> None:
    until = None if days is None else AT + timedelta(days=days)
    assert ends_soon(until, at=AT) is soon
