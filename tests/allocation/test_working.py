"""The allocation as a job: what it reads and writes in its folder."""

import json

import numpy as np
import pytest

from accredit.allocation import working
from accredit.allocation.documents import read_answer, write_problem
from accredit.allocation.problem import Answer, Assessor, Infeasible, Portfolio, Problem

PROBLEM = Problem(
    portfolios=(Portfolio(7, 2, 1),),
    assessors=(Assessor(1, 1), Assessor(2, 1)),
    fit=np.array([[400_000, 900_000]], np.int32),
    bars=np.zeros((1, 2), np.uint16),
)


def test_it_writes_its_answer_and_how_far_it_is(tmp_path):
    (tmp_path / working.PROBLEM).write_text(write_problem(PROBLEM), encoding="utf-8")
    assert working.job(tmp_path, seconds=10)
    answer = read_answer((tmp_path / working.ANSWER).read_text(encoding="utf-8"))
    assert isinstance(answer, Answer)
    assert answer.worst == 400_000
    assert json.loads((tmp_path / working.PROGRESS).read_text(encoding="utf-8"))["worst"] == 400_000


def test_no_panels_is_an_answer_too(tmp_path):
    poor = Problem(PROBLEM.portfolios, PROBLEM.assessors[:1], PROBLEM.fit[:, :1], PROBLEM.bars[:, :1])
    (tmp_path / working.PROBLEM).write_text(write_problem(poor), encoding="utf-8")
    assert working.job(tmp_path, seconds=10)
    assert isinstance(read_answer((tmp_path / working.ANSWER).read_text(encoding="utf-8")), Infeasible)


@pytest.mark.parametrize("told", [True, False])
def test_out_of_time_leaves_no_answer(tmp_path, told):
    (tmp_path / working.PROBLEM).write_text(write_problem(PROBLEM), encoding="utf-8")
    if told:
        (tmp_path / working.STOP).touch()
    assert not working.job(tmp_path, seconds=10 if told else 0)
    assert not (tmp_path / working.ANSWER).exists()
