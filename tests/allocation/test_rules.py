"""Each hard rule, broken on purpose: the checker sees it, and the solver does without."""

import contextlib
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from accredit.allocation.checking import breaches
from accredit.allocation.infeasible import with_remedy
from accredit.allocation.problem import (
    Answer,
    Assessor,
    Bar,
    Infeasible,
    Portfolio,
    Problem,
    Remedy,
    Rule,
    Seat,
)
from accredit.allocation.solving import OutOfTime, Progress, solve


def problem(rows: int = 2, columns: int = 4, **changed: object) -> Problem:
    """Portfolios for a lead and a second, assessors with two places each; 0 fits best."""
    fit = np.tile(np.arange(columns, 0, -1, dtype=np.int32) * 100, (rows, 1))
    made = Problem(
        portfolios=tuple(Portfolio(row, 2, 1) for row in range(rows)),
        assessors=tuple(Assessor(column, 2) for column in range(columns)),
        fit=fit,
        bars=np.zeros((rows, columns), np.uint16),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def barred(base: Problem, *pairs: tuple[int, int], by: Bar) -> Problem:
    """The same with bars on these pairs."""
    bars = base.bars.copy()
    for pair in pairs:
        bars[pair] |= np.uint16(by)
    return replace(base, bars=bars)


def solved(given: Problem, **options: object) -> Answer:
    """Its answer, which must be one."""
    answer = solve(given, seconds=20, **options)  # type: ignore[arg-type]
    assert isinstance(answer, Answer)
    return answer


def impossible(given: Problem) -> Infeasible:
    """Why it has none."""
    answer = solve(given, seconds=20)
    assert isinstance(answer, Infeasible)
    for remedy in answer.remedies:
        assert isinstance(solve(with_remedy(given, remedy), seconds=20), Answer)
    return answer


def pairs(answer: Answer) -> set[tuple[int, int]]:
    """Who sits where."""
    return {(each.portfolio, each.assessor) for panel in answer.panels for each in panel.seats}


def rules(given: Problem, seats: Iterable[Seat]) -> set[Rule]:
    """The rules that seats break."""
    return {each.rule for each in breaches(given, seats)}


LEAD, SECOND = Seat(0, 0, True), Seat(0, 1, False)


@pytest.mark.parametrize(
    ("seats", "broken"),
    [
        ((LEAD, SECOND), set()),
        ((LEAD,), {Rule.PANEL_SIZE}),
        ((LEAD, SECOND, Seat(0, 2, False)), {Rule.PANEL_SIZE}),
        ((LEAD, Seat(0, 0, False)), {Rule.PANEL_SIZE}),
        ((LEAD, Seat(0, 1, True)), {Rule.LEADS}),
        ((Seat(0, 0, False), SECOND), {Rule.LEADS}),
    ],
)
def test_a_panel_has_its_size_and_leads(seats: tuple[Seat, ...], broken: set[Rule]) -> None:
    assert rules(problem(rows=1), seats) == broken


@pytest.mark.parametrize("bar", [each for each in Bar if each is not Bar.NOT_LEAD])
def test_a_barred_pair_never_sits(bar: Bar) -> None:
    given = barred(problem(rows=1), (0, 0), by=bar)
    assert rules(given, (LEAD, SECOND)) == {Rule.BARRED}
    assert pairs(solved(given)) == {(0, 1), (0, 2)}


def test_who_may_not_lead_is_a_member() -> None:
    given = barred(problem(rows=1), (0, 0), (0, 1), by=Bar.NOT_LEAD)
    assert rules(given, (LEAD, SECOND)) == {Rule.LEADS}
    (panel,) = solved(given).panels
    assert panel.seats == (Seat(0, 2, True), Seat(0, 0, False))


def test_nobody_takes_more_than_they_offer() -> None:
    few = (Assessor(0, 1), *(Assessor(column, 2) for column in range(1, 4)))
    given = problem(assessors=few)
    both = (LEAD, SECOND, Seat(1, 0, True), Seat(1, 1, False))
    assert rules(given, both) == {Rule.CAPACITY}
    answer = solved(given)
    assert max(each.new for each in answer.loads if each.assessor == 0) == 1
    assert any(each.assessor == 0 and each.why == "full" for panel in answer.panels for each in panel.close)


def test_nobody_takes_more_in_a_period_than_they_offer() -> None:
    people = (Assessor(0, 2, per_period=((5, 1), (9, 0))), *(Assessor(column, 2) for column in range(1, 4)))
    given = problem(assessors=people, portfolios=tuple(Portfolio(row, 2, 1, period=5) for row in range(2)))
    both = (LEAD, SECOND, Seat(1, 0, True), Seat(1, 1, False))
    assert rules(given, both) == {Rule.CAPACITY}
    answer = solved(given)
    assert sum(column == 0 for _, column in pairs(answer)) == 1
    assert any(each.assessor == 0 and each.why == "full" for panel in answer.panels for each in panel.close)


def test_two_of_one_institution_do_not_sit_together() -> None:
    people = tuple(Assessor(column, 2, groups=frozenset({column // 2})) for column in range(4))
    given = problem(assessors=people)
    assert rules(given, (LEAD, SECOND, Seat(1, 2, True), Seat(1, 0, False))) == {Rule.GROUPS}
    answer = solved(given)
    assert all({0, 1} - {each.assessor for each in panel.seats} for panel in answer.panels)
    assert any(each.why == "group" for panel in answer.panels for each in panel.close)
    assert (
        rules(replace(given, distinct_groups=False), (LEAD, SECOND, *solved(given).panels[1].seats)) == set()
    )


def test_what_is_locked_stays_whatever_else_is_better() -> None:
    given = barred(problem(locked=(Seat(0, 3, True),)), (0, 3), by=Bar.CONFLICT)
    answer = solved(given)
    assert Seat(0, 3, True) in answer.panels[0].seats
    assert rules(given, ()) >= {Rule.LOCKED, Rule.PANEL_SIZE}
    assert Rule.BARRED not in rules(given, answer.panels[0].seats)


def test_more_locked_than_seats_is_refused() -> None:
    answer = solve(problem(locked=(LEAD, Seat(0, 1, True))), seconds=5)
    assert isinstance(answer, Infeasible)
    assert (answer.portfolios, answer.rules) == ((0,), (Rule.LOCKED,))


def test_the_draft_is_kept_where_all_else_is_equal_or_before_all_else() -> None:
    level = np.full((2, 4), 500, np.int32)
    draft = (Seat(0, 3, True), Seat(0, 2, False), Seat(1, 1, True), Seat(1, 0, False))
    assert solved(problem(fit=level, current=draft)).changes == 0
    given = problem(current=draft)
    assert solved(given).changes == 2
    repaired = solved(barred(replace(given, keeps_current=True), (0, 3), by=Bar.CONFLICT))
    assert repaired.changes == 1
    assert {(0, 2), (1, 1), (1, 0)} < pairs(repaired)


def test_too_few_places_is_named_with_how_many_more() -> None:
    answer = impossible(problem(rows=3, columns=4, assessors=tuple(Assessor(each, 1) for each in range(4))))
    assert (len(answer.portfolios), answer.rules) == (3, (Rule.CAPACITY,))
    assert {(each.rule, each.places + each.leads) for each in answer.remedies} == {
        (Rule.CAPACITY, 2), (Rule.PANEL_SIZE, 2),
    }  # fmt: skip


def test_seats_missing_by_twos_name_no_more_portfolios_than_it_takes() -> None:
    answer = impossible(problem(rows=2, columns=2, assessors=(Assessor(0, 1), Assessor(1, 1))))
    assert (answer.portfolios, answer.is_smallest) == ((0, 1), True)
    many = impossible(problem(rows=9, columns=2, assessors=(Assessor(0, 2), Assessor(1, 2))))
    assert (len(many.portfolios), many.is_smallest) == (3, True)


def test_a_large_set_is_not_called_the_smallest_where_institutions_play_a_part() -> None:
    people = tuple(Assessor(each, 20, groups=frozenset({each // 2})) for each in range(4))
    short = (replace(people[0], capacity=19), *people[1:])
    answer = impossible(problem(rows=40, assessors=short))
    assert (len(answer.portfolios), answer.is_smallest) == (40, False)
    assert {(each.rule, each.places + each.leads) for each in answer.remedies} == {
        (Rule.CAPACITY, 1), (Rule.PANEL_SIZE, 1),
    }  # fmt: skip
    apart = impossible(problem(rows=40, assessors=short, distinct_groups=False))
    assert (len(apart.portfolios), apart.is_smallest) == (40, True)


def test_a_place_too_few_in_a_period_is_named() -> None:
    people = tuple(Assessor(each, 2, per_period=((0, 0),)) for each in range(2))
    answer = impossible(problem(rows=1, columns=2, assessors=people))
    assert answer.rules == (Rule.CAPACITY,)
    assert Remedy(Rule.CAPACITY, places=2, assessors=(0, 1)) in answer.remedies


def test_too_few_leads_are_named_with_who_could() -> None:
    base = problem(rows=1, columns=2)
    answer = impossible(barred(base, (0, 0), (0, 1), by=Bar.NOT_LEAD))
    assert answer.rules == (Rule.LEADS,)
    assert [(each.rule, each.leads) for each in answer.remedies] == [(Rule.LEADS, 1), (Rule.PANEL_SIZE, 1)]


def test_a_bar_that_binds_is_named_with_the_pair() -> None:
    answer = impossible(barred(problem(rows=1, columns=2), (0, 1), by=Bar.AWAY))
    assert answer.rules == (Rule.BARRED,)
    assert Remedy(Rule.BARRED, bar=Bar.AWAY, portfolios=(0,), assessors=(1,)) in answer.remedies


def test_one_institution_alone_is_named() -> None:
    people = tuple(Assessor(each, 2, groups=frozenset({1})) for each in range(4))
    answer = impossible(problem(rows=1, assessors=people))
    assert answer.rules == (Rule.GROUPS,)
    assert [each.rule for each in answer.remedies] == [Rule.PANEL_SIZE]


def test_several_rules_may_bind_together() -> None:
    people = (Assessor(0, 0, groups=frozenset({1})), Assessor(1, 2, groups=frozenset({1})))
    answer = impossible(problem(rows=1, columns=2, assessors=people))
    assert answer.rules == (Rule.CAPACITY, Rule.LEADS, Rule.GROUPS)


def test_locked_places_elsewhere_count_where_a_part_is_judged() -> None:
    people = (Assessor(0, 1, per_period=((0, 1), (3, 1))), Assessor(1, 2), Assessor(2, 0))
    answer = impossible(problem(rows=2, columns=3, assessors=people, locked=(LEAD,)))
    assert answer.portfolios == (1,)


def test_no_time_is_said_and_nothing_half_done() -> None:
    with pytest.raises(OutOfTime):
        solve(problem(), seconds=0)
    with pytest.raises(OutOfTime):
        solve(problem(), seconds=20, should_stop=lambda: True)


class Patience:
    """Stops at the so-many-th question whether to stop."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_a_stop_at_any_moment_leaves_a_valid_answer_or_none() -> None:
    people = tuple(Assessor(column, 2, groups=frozenset({min(column, 2)})) for column in range(5))
    given = problem(
        rows=2, columns=5, assessors=people, fit=np.tile(np.array([9, 1, 8, 7, 6], np.int32), (2, 1))
    )
    best, told = solved(given), set()
    for number in range(40):
        try:
            answer = solve(given, seconds=20, should_stop=Patience(number))
        except OutOfTime:
            continue
        assert isinstance(answer, Answer)
        assert breaches(given, [each for panel in answer.panels for each in panel.seats]) == ()
        assert answer.worst <= best.worst
        assert answer.bound >= answer.total
        told.add(answer.worst_proven)
    assert True in told


def test_a_worst_fit_that_might_be_better_is_not_called_proven() -> None:
    people = (Assessor(0, 1, groups=frozenset({1})), Assessor(1, 1, groups=frozenset({1})), Assessor(2, 1))
    given = problem(rows=1, columns=3, assessors=people, fit=np.array([[900, 900, 100]], np.int32))
    early = []
    for number in range(30):
        with contextlib.suppress(OutOfTime):
            answer = solve(given, seconds=20, should_stop=Patience(number))
            assert isinstance(answer, Answer)
            early += [] if answer.worst_proven else [answer]
    assert early
    assert all(each.worst == 100 and each.bound >= 1000 and each.gap > 0 for each in early)


def test_a_stop_while_looking_for_reasons_keeps_to_what_is_known() -> None:
    people = tuple(Assessor(each, 2, groups=frozenset({1})) for each in range(4))
    given = problem(rows=2, assessors=people)
    for number in range(60):
        try:
            answer = solve(given, seconds=20, should_stop=Patience(number))
        except OutOfTime:
            continue
        assert isinstance(answer, Infeasible)
        assert set(answer.portfolios) <= {0, 1}


def test_progress_is_told() -> None:
    told: list[Progress] = []
    answer = solved(problem(), progress=told.append)
    assert [each.step for each in told] == ["bound", "found"]
    assert (told[-1].worst, told[-1].total) == (answer.worst, answer.total)


def test_an_empty_problem_has_an_empty_answer() -> None:
    given = Problem((), (Assessor(0, 2),), np.zeros((0, 1), np.int32), np.zeros((0, 1), np.uint16))
    answer = solved(given)
    assert (answer.panels, answer.total, answer.gap) == ((), 0, 0.0)
