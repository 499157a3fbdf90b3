"""The edition's clock: what falls due when, what withdraws it, what is caught up."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.clock import TO_OFFICE, Place, Tick, What, due, ticks
from accredit.rulebook.elements import Clock

LONDON = "Europe/London"
CLOCK = Clock()
INVITED = Place(invited_on=date(2026, 3, 2), due_on=date(2026, 4, 1))
ACCEPTED = replace(INVITED, accepted_on=date(2026, 3, 3))
COMPARED = replace(ACCEPTED, in_on=date(2026, 3, 20), compared_on=date(2026, 4, 1), is_awaited=True)


def told(place: Place, at: datetime, clock: Clock = CLOCK) -> list[tuple[What, int]]:
    return [(each.what, each.days) for each in due(clock, place, at=at, zone=LONDON)]


@pytest.mark.parametrize(
    ("place", "day", "expected"),
    [
        (INVITED, (2026, 3, 4), []),
        (INVITED, (2026, 3, 5), [(What.ANSWER, 3)]),
        (INVITED, (2026, 3, 9), [(What.ANSWER, 3), (What.UNANSWERED, 7)]),
        (ACCEPTED, (2026, 3, 24), []),
        (ACCEPTED, (2026, 3, 25), [(What.DUE, 7)]),
        (ACCEPTED, (2026, 3, 31), [(What.DUE, 1)]),
        (ACCEPTED, (2026, 4, 2), [(What.OVERDUE, 1)]),
        (ACCEPTED, (2026, 4, 14), [(What.OVERDUE, 7)]),
        (ACCEPTED, (2026, 4, 15), [(What.OVERDUE, 7), (What.RELIEVE, 14)]),
        (replace(ACCEPTED, due_on=date(2026, 6, 1)), (2026, 4, 15), []),
        (replace(ACCEPTED, in_on=date(2026, 3, 20)), (2026, 4, 15), []),
        (replace(ACCEPTED, is_open=False), (2026, 4, 15), []),
        (replace(ACCEPTED, accepted_on=date(2026, 3, 25)), (2026, 3, 26), []),
        (COMPARED, (2026, 4, 8), [(What.AGREE, 7)]),
        (replace(COMPARED, is_awaited=False), (2026, 4, 8), []),
    ],
)  # fmt: skip
def test_what_is_due(place: Place, day: tuple[int, int, int], expected: list[tuple[What, int]]) -> None:
    assert told(place, datetime(*day, 12, tzinfo=UTC)) == expected


def test_a_reminder_falls_in_the_morning_on_both_sides_of_the_change_of_clocks() -> None:
    before, after = Tick(What.DUE, 4, date(2026, 4, 1)), Tick(What.DUE, 3, date(2026, 4, 1))
    assert before.at(LONDON).astimezone(UTC) == datetime(2026, 3, 28, 8, tzinfo=UTC)
    assert after.at(LONDON).astimezone(UTC) == datetime(2026, 3, 29, 7, tzinfo=UTC)
    place, clock = ACCEPTED, replace(CLOCK, due_reminders=(3,))
    assert told(place, datetime(2026, 3, 29, 6, 59, tzinfo=UTC), clock) == []
    assert told(place, datetime(2026, 3, 29, 7, tzinfo=UTC), clock) == [(What.DUE, 3)]


def test_no_reminder_to_answer_once_the_office_is_asked() -> None:
    clock = replace(CLOCK, answer_days=5, answer_reminders=(2, 5, 9))
    found = ticks(clock, INVITED)
    assert [(each.what, each.days) for each in found] == [(What.ANSWER, 2), (What.UNANSWERED, 5)]


days = st.integers(0, 60)
dates = st.dates(date(2026, 1, 1), date(2027, 12, 31))
clocks = st.builds(
    Clock,
    answer_days=st.integers(1, 60),
    answer_reminders=st.lists(days, max_size=4).map(tuple),
    due_reminders=st.lists(days, max_size=4).map(tuple),
    overdue_reminders=st.lists(days, max_size=4).map(tuple),
    overdue_escalation=days,
    agreement_reminders=st.lists(days, max_size=4).map(tuple),
)
places = st.builds(
    Place,
    invited_on=dates,
    due_on=dates,
    accepted_on=st.none() | dates,
    in_on=st.none() | dates,
    compared_on=st.none() | dates,
    is_awaited=st.booleans(),
    is_open=st.booleans(),
)


@given(clocks, places, dates.map(lambda day: datetime(day.year, day.month, day.day, 9, tzinfo=UTC)))
def test_the_latest_reminder_alone_is_due_and_each_key_is_single(
    clock: Clock, place: Place, at: datetime
) -> None:
    everything = ticks(clock, place)
    assert len({each.key for each in everything}) == len(everything)
    found = due(clock, place, at=at, zone=LONDON)
    assert set(found) <= set(everything)
    reminders = [each for each in found if each.what not in TO_OFFICE]
    assert len(reminders) <= 1
    for each in everything:
        if each.at(LONDON) <= at and each not in found:
            assert reminders
            assert each.on <= reminders[0].on


@given(clocks, places, dates)
def test_what_is_in_or_over_is_not_reminded_of(clock: Clock, place: Place, day: date) -> None:
    own = replace(place, in_on=day, compared_on=None)
    assert ticks(clock, own) == ()
    waiting = replace(place, in_on=None, compared_on=None, accepted_on=day)
    assert all(each.on > day for each in ticks(clock, waiting))
    assert ticks(clock, replace(place, is_open=False)) == ()
