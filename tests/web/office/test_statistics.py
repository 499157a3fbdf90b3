"""Statistics: what they are made of, what is marked as few, and what never counts."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accredit.assessments import actions
from accredit.assessments.models import Seat
from accredit.people.models import Profile
from tests import factories as make

pytestmark = pytest.mark.django_db
HERE = "/office/statistics/?period=all"


def compared(name: str, *, apart: bool = False) -> None:
    at = timezone.now()
    panel = make.panel(make.accepted(make.registration(make.person(name)), at=at), at=at)
    make.hand_in(make.place(panel, Seat.LEAD), "pass", at=at)
    second = ("minor", ("1a",)) if apart else ("pass", ())
    make.hand_in(make.place(panel, Seat.SECOND), *second, at=at)


def released(name: str) -> None:
    at = timezone.now()
    outcome = make.held(make.accepted(make.registration(make.person(name)), at=at), at=at)
    actions.release(outcome, by=make.office(), at=at)


def rows(office: Client, what: str) -> list[str]:
    answer = office.get(f"/office/statistics/{what}/?period=all")
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]


def test_the_figures_are_those_of_the_rows(office: Client) -> None:
    compared("Ada Abel")
    compared("Ben Bone", apart=True)
    released("Cleo Cole")
    page = office.get(HERE).content.decode()
    assert "few: of little weight" in page
    assert "Agreement by section" in page
    assert "1 of 1" in page
    marked = rows(office, "agreement")
    assert marked[0] == "registration,pathway,row,assessor,mark"
    sections = [each for each in marked if ",1a," in each]
    assert len(sections) == 6
    assert len(rows(office, "turnaround")) == 2
    assert len(rows(office, "outcomes")) == 2
    assert office.get("/office/statistics/nonsense/").status_code == 404


def test_a_panel_at_work_counts_for_nothing(office: Client) -> None:
    at = timezone.now()
    panel = make.panel(make.accepted(at=at), at=at)
    make.hand_in(make.place(panel, Seat.LEAD), "pass", at=at)
    page = office.get(HERE).content.decode()
    assert "No panel compared its assessments in this time." in page
    assert len(rows(office, "agreement")) == 1


def test_nothing_of_ones_own_panel(office: Client, otis: Profile) -> None:
    at = timezone.now()
    panel = make.panel(make.accepted(make.registration(otis), at=at), at=at)
    for seat in (Seat.LEAD, Seat.SECOND):
        make.hand_in(make.place(panel, seat), "pass", at=at)
    assert len(rows(office, "agreement")) == 1


def test_the_address_filters(office: Client) -> None:
    compared("Ada Abel")
    assert (
        "Agreement by section" in office.get("/office/statistics/?period=nonsense&pathway=x").content.decode()
    )
    page = office.get("/office/statistics/?period=all&pathway=senior").content.decode()
    assert "No panel compared its assessments in this time." in page


def test_as_many_queries_for_three_as_for_one(office: Client, queries: Callable[[str], int]) -> None:
    released("Ada Abel")
    first = queries(HERE)
    released("Ben Bone")
    compared("Cleo Cole")
    assert queries(HERE) == first <= 12
