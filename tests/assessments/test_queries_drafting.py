"""The question a draft puts: the same rules as everywhere, for everybody at once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from accredit.allocation.problem import Bar, Seat
from accredit.assessments import actions
from accredit.assessments.models import Assessor, Draft, DraftPanel, DraftSeat, ForbiddenPair
from accredit.assessments.models import Seat as Named
from accredit.assessments.queries import (
    areas_of,
    drafted,
    judged,
    problem_of,
    rule_of,
    seat_names,
    suiting_for,
    weights_of,
)
from accredit.assessments.queries.drafting import BARS, COUNTED
from accredit.frameworks.models import Scheme
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration
from accredit.rulebook import panel
from accredit.rulebook.fit import DEFAULTS, Kind
from accredit.toolkit.actions import allow_writes
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db
ON = AT.date()
DUE = ON + timedelta(days=28)


def appointing(name: str, institution: str = "", pathway: str = "associate") -> Registration:
    made = make.accepted(make.registration(make.person(name, institution=institution), pathway=pathway))
    return Registration.objects.select_related("edition", "scheme").get(pk=made.portfolio.registration_id)


def draft_of(*registrations: Registration, **values: Any) -> Draft:
    with allow_writes():
        made = Draft.objects.create(scheme=registrations[0].scheme, due_on=DUE, opened_at=AT, **values)
        DraftPanel.objects.bulk_create(DraftPanel(draft=made, registration=each) for each in registrations)
    return made


def cast() -> list[int]:
    """Assessors who differ in everything the rules look at."""
    people = [
        make.assessor("Able", holding="senior"),
        make.assessor("Busy", holding="senior", at_most=1),
        make.assessor("Close", holding="senior", institution="Fernhill College"),
        make.assessor("New", holding="senior", completed=0),
        make.assessor("Junior", holding="associate"),
        make.assessor("Away", holding="senior"),
        make.assessor("Choosy", holding="senior"),
        make.assessor("Few", holding="senior"),
    ]
    offers = {
        "Away": {"months_away": [f"{ON:%Y-%m}"]},
        "Choosy": {"pathways": ["cmalt"]},
        "Few": {"per_year": 1},
    }
    for who in people:
        if who.name in offers:
            actions.volunteer(who, at_most=3, areas=[], by=make.office(), at=AT, **offers[who.name])
    return [each.pk for each in people]


def by_name(draft: Draft, bars: Any) -> dict[str, Bar]:
    people = {row.person_id: row.person.name for row in Assessor.objects.select_related("person")}
    return {people[person]: Bar(int(bars[column])) for column, person in enumerate(sorted(people))}


def test_each_rule_is_a_bar_or_a_number() -> None:
    people = cast()
    ada = appointing("Ada", "Fernhill College")
    problem = problem_of(draft_of(ada), ON)
    assert [each.key for each in problem.portfolios] == [ada.pk]
    assert [each.key for each in problem.assessors] == sorted(people)
    assert by_name(draft_of, problem.bars[0]) == {  # type: ignore[arg-type]
        "Able": Bar(0),
        "Busy": Bar(0),
        "Close": Bar.INSTITUTION,
        "New": Bar.NOT_LEAD,
        "Junior": Bar(0),
        "Away": Bar.AWAY,
        "Choosy": Bar.UNWILLING,
        "Few": Bar(0),
    }
    places = dict(zip(sorted(people), (each.capacity for each in problem.assessors), strict=True))
    assert [places[each] for each in people] == [3, 1, 3, 3, 3, 3, 3, 1]
    assert problem.distinct_groups


def test_a_senior_portfolio_is_not_for_an_associate() -> None:
    cast()
    problem = problem_of(draft_of(appointing("Sam", pathway="senior")), ON)
    assert by_name(draft_of, problem.bars[0])["Junior"] == Bar.PATHWAY  # type: ignore[arg-type]


def test_the_bars_are_what_the_rules_say_of_each_pair() -> None:
    people = cast()
    rows = [
        appointing("Ada", "Fernhill College"),
        appointing("Ben", "Southwick"),
        appointing("Cleo", pathway="senior"),
    ]
    with allow_writes():
        make.person("Nobody")
    actions.declare_conflict(
        Assessor.objects.get(person_id=people[0]).person,
        rows[1].person,
        reason="We wrote a book.",
        by=make.office(),
        at=AT,
    )
    draft = draft_of(*rows)
    problem = problem_of(draft, ON)
    panels = {each.registration_id: each for each in drafted(draft)}
    for row, each in enumerate(problem.portfolios):
        registration = panels[each.key].registration
        rule, edition = rule_of(registration)
        (found,) = judged(people, [registration], ON, due=DUE)
        for column, assessor in enumerate(problem.assessors):
            one = replace(found.assessors[assessor.key], capacity=None, per_year=None)
            judging = (rule, edition, one, found.candidate)
            sayings = [
                {each.code for each in panel.faults_of_assessor(*judging, lead=lead)}
                for lead in (False, True)
            ]
            bars = Bar(int(problem.bars[row, column]))
            assert bool(bars & ~Bar.NOT_LEAD) == bool(sayings[0] - COUNTED)
            assert (Bar.NOT_LEAD in bars) == bool(sayings[1] - sayings[0])
            assert all(BARS.get(code, Bar.CONFLICT) in bars for code in sayings[0] - COUNTED)


def test_who_has_left_or_is_kept_off_is_barred_and_who_sits_stands() -> None:
    made = make.panel()
    place = make.place(made, Named.SECOND)
    leading = make.place(made, Named.LEAD)
    actions.accept_invitation(leading, by=make.as_assessor(leading), at=AT)
    actions.decline(place, reason="No time.", is_conflict=False, by=make.as_assessor(place), at=AT)
    standing = Draft.objects.get()
    other = make.assessor("Other")
    with allow_writes():
        ForbiddenPair.objects.create(panel=standing.panels.get(), person=other)
    problem = problem_of(standing, ON)
    columns = {each.key: number for number, each in enumerate(problem.assessors)}
    assert Bar.FORBIDDEN in Bar(int(problem.bars[0, columns[place.person_id]]))
    assert Bar.FORBIDDEN in Bar(int(problem.bars[0, columns[other.pk]]))
    leads = columns[make.place(made, Named.LEAD).person_id]
    assert problem.locked == (Seat(0, leads, True),)
    assert problem.assessors[leads].capacity == 3
    assert problem.assessors[leads].load == 0
    assert problem.keeps_current


def test_the_draft_as_it_stands_is_what_to_keep() -> None:
    people = cast()
    draft = draft_of(appointing("Ada"))
    with allow_writes():
        row = draft.panels.get()
        DraftSeat.objects.create(panel=row, person_id=people[0], seat="lead", fit=1, is_locked=True)
        DraftSeat.objects.create(panel=row, person_id=people[1], seat="second", fit=1)
    problem = problem_of(draft, ON)
    columns = {each.key: number for number, each in enumerate(problem.assessors)}
    assert problem.locked == (Seat(0, columns[people[0]], True),)
    assert problem.current == (Seat(0, columns[people[1]], False),)
    assert not problem.keeps_current


def test_the_fit_is_of_areas_sector_and_experience() -> None:
    ada = appointing("Ada", pathway="cmalt")
    (area,) = areas_of(Submission.objects.get(portfolio__registration=ada))
    fits, others = make.assessor("Fits", holding="cmalt"), make.assessor("Others", holding="cmalt")
    actions.volunteer(fits, at_most=3, areas=[area.upper()], by=make.office(), at=AT)
    draft = draft_of(ada)
    problem = problem_of(draft, ON)
    columns = {each.key: number for number, each in enumerate(problem.assessors)}
    assert problem.fit[0, columns[fits.pk]] > problem.fit[0, columns[others.pk]]
    suits = suiting_for(draft, drafted(draft), [fits.pk, others.pk], ON)
    assert suits.fit(ada.pk, fits.pk) == problem.fit[0, columns[fits.pk]]
    assert {each.kind for each in suits.parts(ada.pk, fits.pk)} >= {Kind.AREAS, Kind.EXPERIENCE}
    with allow_writes():
        Scheme.objects.update(fit_weights={"areas": 0})
    again = problem_of(Draft.objects.get(pk=draft.pk), ON)
    assert again.fit[0, columns[fits.pk]] == again.fit[0, columns[others.pk]]
    assert weights_of(Scheme.objects.get()) == dict(DEFAULTS) | {Kind.AREAS: 0}


def test_as_many_queries_for_three_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    cast()
    rows = [appointing(name) for name in ("Ada", "Ben", "Cleo")]
    one = draft_of(rows[0], dropped_at=AT)
    three = draft_of(*rows, dropped_at=AT)
    with django_assert_max_num_queries(25) as first:
        problem_of(one, ON)
    with django_assert_max_num_queries(len(first.captured_queries)):
        assert np.array_equal(problem_of(three, ON).bars.shape, (3, 8))


@pytest.mark.parametrize(
    ("seats", "held", "expected"),
    [
        ([(1, True), (2, False)], {}, {1: "lead", 2: "second"}),
        ([(2, False), (3, False), (1, True)], {3: "second"}, {1: "lead", 3: "second", 2: "member"}),
        ([(1, True), (2, True)], {}, {1: "lead", 2: "second"}),
        ([(n, False) for n in (1, 2, 3)], {}, {1: "second", 2: "member", 3: "member"}),
    ],
)  # fmt: skip
def test_names_of_seats(
    seats: list[tuple[int, bool]], held: dict[int, str], expected: dict[int, str]
) -> None:
    rule, _ = rule_of(make.registration())
    assert seat_names(replace(rule, size=3), seats, held) == expected
