"""A lineage: which award is shown, since when and until when, and what may be done to it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accredit.rulebook.dates import years_after
from accredit.rulebook.framework import Edition
from accredit.rulebook.lineage import (
    Change,
    Link,
    changes_open,
    held_since,
    post_nominals,
    renewed_until,
    shown,
    superseded,
)
from accredit.rulebook.standing import GOOD, Award, Standing, lapses_on, standing
from accredit.rulebook.terms import CountsFrom
from tests.rulebook.editions import edition

CMALT_2026 = edition("cmalt-2026")
TODAY = date(2026, 11, 2)


def link(key: int, pathway: str, issued_on: date, **marks: bool) -> Link:
    until = years_after(issued_on, CMALT_2026.validity_years)
    return Link(key, CMALT_2026, pathway, issued_on, Award(until, **marks))


OLD = link(1, "cmalt", date(2021, 3, 1))  # lapsed in 2024
RENEWED = link(2, "cmalt", date(2024, 4, 1))  # within the grace of the old one
SENIOR = link(3, "senior", date(2026, 5, 1))


@pytest.mark.parametrize(
    ("links", "on", "top", "letters", "since", "hidden"),
    [
        ([], TODAY, None, "", None, set()),
        ([OLD], TODAY, None, "", None, set()),
        ([OLD, RENEWED], TODAY, RENEWED, "CMALT", OLD.issued_on, set()),
        ([OLD, RENEWED], date(2024, 4, 2), RENEWED, "CMALT", OLD.issued_on, {1}),
        ([RENEWED, SENIOR], TODAY, SENIOR, "SCMALT", RENEWED.issued_on, {2}),
        ([RENEWED, SENIOR], date(2026, 4, 30), RENEWED, "CMALT", RENEWED.issued_on, set()),
        # A lower award given later does not stand for a higher one.
        ([SENIOR, link(4, "cmalt", date(2026, 6, 1))], TODAY, SENIOR, "SCMALT", SENIOR.issued_on, {4}),
        # With the higher one gone the lower one counts again, by its own dates.
        ([RENEWED, replace(SENIOR, award=replace(SENIOR.award, revoked=True))], TODAY, RENEWED, "CMALT",
         RENEWED.issued_on, set()),
        # A gap ends the time.
        ([OLD, SENIOR], TODAY, SENIOR, "SCMALT", SENIOR.issued_on, set()),
        # What has been revoked continues nothing; what is retired does.
        ([link(1, "cmalt", date(2022, 3, 1), revoked=True), RENEWED], TODAY, RENEWED, "CMALT",
         RENEWED.issued_on, set()),
        ([link(1, "cmalt", date(2015, 3, 1), retired=True), RENEWED], TODAY, RENEWED, "CMALT",
         date(2015, 3, 1), {1}),
    ],
)  # fmt: skip
def test_one_award_stands_for_all(
    links: list[Link], on: date, top: Link | None, letters: str, since: date | None, hidden: set[int]
) -> None:
    assert shown(links, on) == top
    assert post_nominals(links, on) == letters
    assert held_since(links, on) == since
    assert superseded(links, on) == hidden


GRANTED = CMALT_2026
FROM_GRANT = replace(CMALT_2026, renewal=replace(CMALT_2026.renewal, counts_from=CountsFrom.GRANT))


@pytest.mark.parametrize(
    ("rules", "granted_on", "until"),
    [
        (GRANTED, date(2027, 1, 10), date(2030, 4, 1)),  # early: nothing is lost
        (GRANTED, date(2027, 5, 1), date(2030, 5, 1)),  # in grace: not before it was granted
        (GRANTED, date(2027, 12, 1), date(2030, 12, 1)),  # lapsed
        (FROM_GRANT, date(2027, 1, 10), date(2030, 1, 10)),
    ],
)
def test_how_long_a_renewal_holds(rules: Edition, granted_on: date, until: date) -> None:
    assert renewed_until(rules, RENEWED, granted_on) == until


def test_without_an_award_before_it_a_renewal_counts_from_its_day() -> None:
    assert renewed_until(GRANTED, None, TODAY) == date(2029, 11, 2)


@pytest.mark.parametrize(
    ("now", "open_"),
    [
        (Standing.ACTIVE, {Change.SUSPEND, Change.REVOKE, Change.RETIRE}),
        (Standing.DUE, {Change.SUSPEND, Change.REVOKE, Change.RETIRE}),
        (Standing.IN_GRACE, {Change.SUSPEND, Change.REVOKE, Change.RETIRE}),
        (Standing.LAPSED, {Change.REVOKE}),
        (Standing.SUSPENDED, {Change.RESUME, Change.REVOKE}),
        (Standing.RETIRED, {Change.SUSPEND, Change.REVOKE, Change.RETURN}),
        (Standing.REVOKED, set()),
    ],
)
def test_what_may_be_done_to_an_award(now: Standing, open_: set[Change]) -> None:
    assert set(changes_open(now)) == open_


days = st.dates(date(2015, 1, 1), date(2035, 1, 1))


@st.composite
def lineages(draw: st.DrawFn) -> list[Link]:
    rows = draw(st.lists(st.tuples(days, st.sampled_from(["associate", "cmalt", "senior"]), st.booleans(),
                                   st.booleans(), st.booleans()), max_size=6))  # fmt: skip
    return [
        link(key, pathway, day, suspended=suspended, revoked=revoked, retired=retired)
        for key, (day, pathway, suspended, revoked, retired) in enumerate(rows)
    ]


@given(lineages(), days)
def test_of_what_is_held_exactly_one_is_shown(links: list[Link], on: date) -> None:
    good = {
        each.key for each in links
        if each.issued_on <= on and standing(each.edition, each.award, on) in GOOD
    }  # fmt: skip
    top = shown(links, on)
    assert (top is None) == (not good)
    assert superseded(links, on) == good - ({top.key} if top else set())
    since = held_since(links, on)
    assert (since is None) == (top is None)
    if top is not None and since is not None:
        assert since <= top.issued_on <= on
        assert all(each.place <= top.place for each in links if each.key in good)


@given(days, st.integers(-400, 400))
def test_renewing_early_never_costs_time(issued_on: date, late: int) -> None:
    before = link(1, "cmalt", issued_on)
    granted_on = before.award.valid_until + timedelta(days=late)
    until = renewed_until(CMALT_2026, before, granted_on)
    assert until >= years_after(granted_on, 3)
    if granted_on < lapses_on(CMALT_2026, before.award):
        assert until >= years_after(before.award.valid_until, 3)
