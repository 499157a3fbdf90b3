"""The allocation as a job in a folder: reads the problem, writes how far it is and the answer.

In the folder: `problem.json` is read, `progress.json` written anew at each step, `answer.json` at the end; a
file named `stop` ends the search with the best panels found so far.
"""

import json
from dataclasses import asdict
from pathlib import Path

from accredit.allocation.documents import read_problem, write_answer
from accredit.allocation.solving import OutOfTime, Progress, solve

PROBLEM, PROGRESS, ANSWER, STOP = "problem.json", "progress.json", "answer.json", "stop"


def job(folder: Path, *, seconds: float) -> bool:
    """Solve the problem in the folder within so many seconds; False when the time ended without an answer."""
    problem = read_problem((folder / PROBLEM).read_text(encoding="utf-8"))

    def tell(progress: Progress) -> None:
        written = folder / f"{PROGRESS}.new"
        written.write_text(json.dumps(asdict(progress)), encoding="utf-8")
        written.replace(folder / PROGRESS)

    try:
        answer = solve(problem, seconds=seconds, progress=tell, should_stop=(folder / STOP).exists)
    except OutOfTime:
        return False
    (folder / ANSWER).write_text(write_answer(answer), encoding="utf-8")
    return True
