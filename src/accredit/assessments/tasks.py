"""Working draft panels out in the background: enqueued on commit, swept for in case a worker died."""

import json
import logging
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from accredit.allocation import working
from accredit.allocation.documents import read_answer, write_problem
from accredit.allocation.problem import Answer, Infeasible, Problem
from accredit.assessments import actions, queries
from accredit.assessments.models import Run
from accredit.rulebook.faults import Code, fault
from accredit.toolkit import confined
from accredit.toolkit.background import every_minutes, task

log = logging.getLogger("accredit.assessments")
MEBIBYTE = 1024 * 1024
JOB = "accredit.allocation.working:job"
# The solver's libraries reserve far more addresses than they use.
MEMORY = 6 * 1024 * MEBIBYTE
# Reading the problem and finding out why there are no panels go on after the time allowed.
GRACE = 90


@task
def work_out(run: int) -> None:
    """Work one draft out now, if nobody is doing it."""
    for found in queries.runs_waiting(timezone.now()).filter(pk=run):
        run_one(found)


@every_minutes(1)
def sweep_runs() -> None:
    """Work out what waits and nobody is at; give up what has waited in vain."""
    at = timezone.now()
    for run in queries.runs_given_up(at):
        actions.fail_run(run, fault=fault(Code.RUN_BROKE), at=at)
    for run in queries.runs_waiting(at)[:5]:
        run_one(run)


@every_minutes(30)
def call_where_time_is_over() -> None:
    """Call somebody else to the panels that have not agreed in their edition's time."""
    at = timezone.now()
    for panel in queries.lapsed(at):
        actions.escalate_lapsed(panel, at=at)


@every_minutes(1)
def release_what_is_due() -> None:
    """Tell the candidates whose results were released and have not been recalled in the scheme's hours."""
    at = timezone.now()
    for outcome in queries.to_release(at):
        actions.release_due(outcome, at=at)


def run_one(run: Run) -> None:
    """Claim, build the problem, solve it in a confined process, keep both: a crash leaves a row to sweep."""
    if not actions.claim_run(run, at=timezone.now()):
        return
    problem = None
    try:
        problem = queries.problem_of(run.draft, localdate())
        answer = _solved(run, problem)
    except confined.Overran:
        actions.fail_run(run, fault=fault(Code.RUN_OVERRAN), problem=problem, at=timezone.now())
    except Exception:
        # Whatever it was, somebody waits for an answer.
        log.exception("run %s broke", run.pk)
        actions.fail_run(run, fault=fault(Code.RUN_BROKE), problem=problem, at=timezone.now())
    else:
        if answer is None:
            actions.fail_run(run, fault=fault(Code.RUN_OUT_OF_TIME), problem=problem, at=timezone.now())
        else:
            actions.finish_run(run, problem=problem, answer=answer, at=timezone.now())


def _solved(run: Run, problem: Problem) -> Answer | Infeasible | None:
    clock = run.limit + GRACE
    limits = confined.Limits(memory=MEMORY, processor=4 * clock, clock=clock)
    with tempfile.TemporaryDirectory(prefix="accredit-run-") as name:
        folder = Path(name)
        (folder / working.PROBLEM).write_text(write_problem(problem), encoding="utf-8")

        def watch() -> None:
            if actions.note_run(run, _progress(folder)):
                (folder / working.STOP).touch()

        found = confined.run(JOB, values={"seconds": run.limit}, folder=folder, limits=limits, watch=watch)
        if not found.value:
            return None
        return read_answer((folder / working.ANSWER).read_text(encoding="utf-8"))


def _progress(folder: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        found: dict[str, Any] = json.loads((folder / working.PROGRESS).read_text(encoding="utf-8"))
        return found
    return {}
