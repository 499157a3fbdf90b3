"""Expiry, revisions, windows, and the standing of awards."""

# ruff: noqa: DTZ001 - windows are written in the local time of a named zone

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.dates import (
    Window,
    WindowMode,
    end_of,
    is_open,
    next_closing,
    next_opening,
    referral_due,
    registration_expiry,
    years_after,
)
from accredit.rulebook.standing import (
    GOOD,
    Award,
    Standing,
    earliest_valid_until,
    lapses_on,
    renewal_opens_on,
    standing,
    valid_until,
)
from accredit.rulebook.terms import Effect
from tests.rulebook.editions import edition

RULES = edition("cmalt-2026")
LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("registered", "deadlines", "expected"),
    [
        (date(2019, 2, 10), [date(2021, 1, 31), date(2021, 5, 31), date(2021, 9, 30)], date(2021, 5, 31)),
        (date(2019, 5, 31), [date(2021, 9, 30), date(2021, 5, 31)], date(2021, 5, 31)),
        (date(2019, 2, 10), [date(2020, 1, 31)], date(2021, 5, 11)),
        (date(2024, 2, 29), [], date(2026, 5, 29)),
    ],
)
def test_registration_expiry(registered: date, deadlines: list[date], expected: date) -> None:
    assert registration_expiry(RULES, registered, deadlines) == expected


def test_years_after_a_leap_day() -> None:
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert years_after(date(2024, 2, 29), -1) == date(2023, 2, 28)


def test_revisions_are_due_at_the_end_of_a_day_in_the_zone() -> None:
    late = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)
    assert referral_due(RULES, Effect.REFER_MINOR, late, LONDON) == datetime(2026, 4, 21, 23, tzinfo=UTC)
    assert referral_due(RULES, Effect.REFER_MAJOR, late, "Pacific/Auckland") == end_of(
        date(2026, 9, 7), "Pacific/Auckland"
    )


NOON = datetime(2023, 5, 15, 12)
OPENING = Window(WindowMode.OPENING, LONDON, NOON, NOON + timedelta(days=14))
DEADLINE = Window(WindowMode.DEADLINE, LONDON, closes=datetime(2022, 1, 31, 23, 59))
ROLLING = Window(WindowMode.ROLLING, LONDON)


@pytest.mark.parametrize(
    ("window", "at", "expected"),
    [
        (OPENING, datetime(2023, 5, 15, 10, 59, 59, tzinfo=UTC), False),
        (OPENING, datetime(2023, 5, 15, 11, tzinfo=UTC), True),
        (OPENING, datetime(2023, 5, 29, 10, 59, 59, tzinfo=UTC), True),
        (OPENING, datetime(2023, 5, 29, 11, tzinfo=UTC), False),
        (DEADLINE, datetime(2000, 1, 1, tzinfo=UTC), True),
        (DEADLINE, datetime(2022, 1, 31, 23, 58, tzinfo=UTC), True),
        (DEADLINE, datetime(2022, 1, 31, 23, 59, tzinfo=UTC), False),
        (ROLLING, datetime(2026, 1, 1, tzinfo=UTC), True),
    ],
)
def test_windows(window: Window, at: datetime, expected: bool) -> None:
    assert window.is_open(at) == is_open([window], at) == expected


def test_next_opening_and_closing() -> None:
    before, within = datetime(2023, 5, 1, tzinfo=UTC), datetime(2023, 5, 20, tzinfo=UTC)
    assert not is_open([], before)
    assert next_opening([OPENING, DEADLINE, ROLLING], before) == datetime(2023, 5, 15, 11, tzinfo=UTC)
    assert next_opening([OPENING], within) is None
    assert next_closing([OPENING], within) == datetime(2023, 5, 29, 11, tzinfo=UTC)
    assert next_closing([OPENING], before) is None
    assert next_closing([OPENING, ROLLING], within) is None


@given(st.datetimes(datetime(2023, 1, 1), datetime(2024, 1, 1)))
def test_a_window_that_is_announced_opens(at: datetime) -> None:
    moment = at.replace(tzinfo=UTC)
    following = next_opening([OPENING], moment)
    assert following is None or is_open([OPENING], following)
    closing = next_closing([OPENING], moment)
    assert closing is None or not is_open([OPENING], closing)


def test_validity() -> None:
    assert valid_until(RULES, date(2026, 3, 1)) == date(2029, 3, 1)
    assert valid_until(edition("orchard-2025"), date(2024, 2, 29)) == date(2029, 2, 28)


ENDS = date(2029, 3, 1)
AWARD = Award(ENDS)


@pytest.mark.parametrize(
    ("award", "on", "expected"),
    [
        (AWARD, ENDS - timedelta(days=181), Standing.ACTIVE),
        (AWARD, ENDS - timedelta(days=180), Standing.DUE),
        (AWARD, ENDS, Standing.DUE),
        (AWARD, ENDS + timedelta(days=1), Standing.IN_GRACE),
        (AWARD, ENDS + timedelta(days=90), Standing.IN_GRACE),
        (AWARD, ENDS + timedelta(days=91), Standing.LAPSED),
        (replace(AWARD, retired=True), ENDS + timedelta(days=999), Standing.RETIRED),
        (replace(AWARD, suspended=True, retired=True), ENDS, Standing.SUSPENDED),
        (replace(AWARD, revoked=True, suspended=True), ENDS, Standing.REVOKED),
    ],
)
def test_standing(award: Award, on: date, expected: Standing) -> None:
    assert standing(RULES, award, on) is expected


def test_grace_and_the_opening_of_renewal_are_settings() -> None:
    strict = edition("orchard-2025")
    assert lapses_on(strict, AWARD) == ENDS + timedelta(days=31)
    assert earliest_valid_until(strict, lapses_on(strict, AWARD) - timedelta(days=1)) == ENDS
    assert renewal_opens_on(strict, AWARD) == ENDS - timedelta(days=90)
    assert {Standing.ACTIVE, Standing.DUE, Standing.IN_GRACE, Standing.RETIRED} == GOOD
