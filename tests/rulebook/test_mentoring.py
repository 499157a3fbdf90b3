"""Critical friends: how an invitation stands, and who may be asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.faults import Code
from accredit.rulebook.mentoring import (
    LONGEST_DAYS,
    MOST_EVER,
    MOST_OPEN,
    Asking,
    Invitation,
    Standing,
    faults_of_asking,
    faults_of_terms,
    standing,
)

TODAY = date(2026, 11, 2)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
INVITATIONS = st.builds(Invitation, DAYS, st.booleans(), st.booleans(), st.booleans())


@pytest.mark.parametrize(
    ("invitation", "is_written", "expected"),
    [
        (Invitation(TODAY), True, Standing.INVITED),
        (Invitation(TODAY, accepted=True), True, Standing.READING),
        (Invitation(TODAY, accepted=True), False, Standing.RESTING),
        (Invitation(TODAY), False, Standing.RESTING),
        (Invitation(TODAY - timedelta(days=1), accepted=True), True, Standing.OVER),
        (Invitation(TODAY - timedelta(days=1)), False, Standing.OVER),
        (Invitation(TODAY, declined=True), True, Standing.DECLINED),
        (Invitation(TODAY, accepted=True, ended=True), True, Standing.ENDED),
        (Invitation(TODAY, declined=True, ended=True), True, Standing.ENDED),
    ],
)
def test_how_an_invitation_stands(invitation: Invitation, is_written: bool, expected: Standing) -> None:
    assert standing(invitation, on=TODAY, is_written=is_written) is expected


@given(INVITATIONS, DAYS, st.booleans())
def test_nobody_reads_but_who_accepted_in_time_while_it_is_written(
    invitation: Invitation, on: date, is_written: bool
) -> None:
    reads = standing(invitation, on=on, is_written=is_written) is Standing.READING
    assert reads == (
        invitation.accepted
        and not (invitation.declined or invitation.ended)
        and on <= invitation.until
        and is_written
    )


def asking(**values: object) -> Asking:
    usual = {
        "address": "mina@example.org",
        "own": frozenset({"ada@example.org"}),
        "asked": frozenset(),
        "ever": 0,
        "until": TODAY,
        "sections": 1,
    }
    return Asking(**(usual | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({}, set()),
        ({"until": TODAY + timedelta(days=LONGEST_DAYS)}, set()),
        ({"address": "ada@example.org"}, {Code.MENTOR_OWN_ADDRESS}),
        ({"asked": frozenset({"mina@example.org"})}, {Code.MENTOR_ASKED_ALREADY}),
        ({"asked": frozenset(str(each) for each in range(MOST_OPEN))}, {Code.MENTOR_TOO_MANY}),
        ({"ever": MOST_EVER}, {Code.MENTOR_TOO_OFTEN}),
        ({"sections": 0}, {Code.MENTOR_NO_SECTION}),
        ({"until": TODAY - timedelta(days=1)}, {Code.MENTOR_DAY_PAST}),
        ({"until": TODAY + timedelta(days=LONGEST_DAYS + 1)}, {Code.MENTOR_DAY_FAR}),
        ({"sections": 0, "until": date(2020, 1, 1)}, {Code.MENTOR_NO_SECTION, Code.MENTOR_DAY_PAST}),
    ],
)
def test_who_may_be_asked(values: dict[str, object], codes: set[Code]) -> None:
    assert {each.code for each in faults_of_asking(asking(**values), on=TODAY)} == codes


@given(DAYS, DAYS, st.integers(0, 20))
def test_terms_without_a_fault_leave_at_least_a_day_to_read(until: date, on: date, sections: int) -> None:
    if not faults_of_terms(until=until, sections=sections, on=on):
        assert sections
        assert 0 <= (until - on).days <= LONGEST_DAYS
