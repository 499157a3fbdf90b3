"""Problems and answers on paper: nothing lost, nothing else taken for one."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from accredit.allocation.documents import (
    BadDocument,
    read_answer,
    read_problem,
    write_answer,
    write_problem,
)
from accredit.allocation.problem import Problem
from accredit.allocation.solving import solve
from tests.allocation.instances import problems
from tests.allocation.test_rules import problem


@given(problems())
def test_nothing_is_lost(made: Problem) -> None:
    found = read_problem(write_problem(made))
    assert np.array_equal(found.fit, made.fit)
    assert np.array_equal(found.bars, made.bars)
    assert replace(found, fit=made.fit, bars=made.bars) == made
    answer = solve(made, seconds=20)
    assert read_answer(write_answer(answer)) == answer


def test_an_empty_problem_goes_there_and_back() -> None:
    assert read_problem('{"format": "accredit-allocation-problem", "version": 1}').portfolios == ()


def _changed(**changed: object) -> str:
    return json.dumps(json.loads(write_problem(problem())) | changed)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("[]", "none of"),
        ('{"format": "else"}', "none of"),
        (_changed(version=2), "version 2"),
        (_changed(portfolios={}), "portfolios must be a list"),
        (_changed(portfolios=[{"key": 1}]), "portfolios[0]"),
        (_changed(portfolios=[{"key": True, "size": 1, "leads": 0}]), "no whole number"),
        (_changed(assessors=[{"key": 1, "capacity": -1}]), "is not from 0"),
        (_changed(fit=[[1]]), "fit must be 2 lists of 4"),
        (_changed(fit=[[1.5] * 4] * 2), "fit must hold whole numbers"),
        (_changed(fit=[["a"] * 4] * 2), "fit must be"),
        (_changed(fit=[[True] * 4] * 2), "fit must be"),
        (_changed(bars=[[5000] * 4] * 2), "bars must hold"),
        (_changed(bars=[[-1] * 4] * 2), "bars must hold"),
        (_changed(locked=[[9, 0, True]]), "locked[0]"),
        (_changed(locked=[[0, 0, 1]]), "true or false"),
        (_changed(distinct_groups="yes"), "true or false"),
    ],
)
def test_anything_else_is_refused_in_words(text: str, told: str) -> None:
    with pytest.raises(BadDocument) as refused:
        read_problem(text)
    assert told in str(refused.value)


def test_a_damaged_answer_is_refused() -> None:
    answer = json.loads(write_answer(solve(problem(), seconds=20)))
    del answer["panels"][0]["worst"]
    with pytest.raises(BadDocument):
        read_answer(json.dumps(answer))
