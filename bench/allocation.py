"""Times the allocation of panels against a greedy and a random one, at three sizes, with slack and without.

Run by `./accredit bench allocation`, or with files of your own problems (their form is described in
`accredit.allocation.documents`): `./accredit bench allocation problem.json …`. Every way is measured in a
process of its own. Tight means that assessors offer as many places as there are seats.
"""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from accredit.allocation.checking import breaches  # noqa: E402  the path above has to stand first
from accredit.allocation.documents import BadDocument, read_problem  # noqa: E402
from accredit.allocation.problem import Answer, Problem, Seat  # noqa: E402
from accredit.allocation.solving import OutOfTime, solve  # noqa: E402
from bench import instances, machine, simple  # noqa: E402

SIZES = ((200, 120), (300, 150), (2000, 800))
SECONDS = 60.0
WAYS = ("optimal", "greedy", "random")
HEAD = """| portfolios × assessors | way | time s | empty seats | worst fit | total fit | gap | loads | MiB |
|---|---|---:|---:|---:|---:|---:|---|---:|"""


def main() -> int:
    """Measure each instance in each way, and print the table."""
    if sys.argv[1:2] == ["measure"]:
        return measure(sys.argv[2], sys.argv[3])
    files = sys.argv[1:]
    names = files or [f"{rows}x{columns}-{kind}" for rows, columns in SIZES for kind in ("slack", "tight")]
    print(f"# bench allocation\n\n{machine.describe()}\n\n{HEAD}", flush=True)
    return max(
        subprocess.run([sys.executable, __file__, "measure", name, way], check=False).returncode
        for name in names
        for way in WAYS
    )


def problem_of(name: str) -> Problem:
    """The problem of a file, or the one drawn under that name."""
    if Path(name).exists():
        return read_problem(Path(name).read_text(encoding="utf-8"))
    size, kind = name.split("-")
    rows, columns = size.split("x")
    return instances.make(int(rows), int(columns), tight=kind == "tight")


def measure(name: str, way: str) -> int:
    """Measure one way on one instance, and print its row."""
    try:
        problem = problem_of(name)
    except (BadDocument, OSError, ValueError) as wrong:
        print(f"{name}: {wrong}", file=sys.stderr)
        return 2
    start, gap = monotonic(), "—"
    if way == "optimal":
        try:
            answer = solve(problem, seconds=SECONDS)
        except OutOfTime:
            answer = None
        if not isinstance(answer, Answer):
            print(f"| {name} | {way} | {monotonic() - start:.1f} | {answer or 'no answer in time'} ||||||")
            return 0
        seats = tuple(each for panel in answer.panels for each in panel.seats)
        assert not (broken := breaches(problem, seats)), broken
        gap = f"{answer.gap:.4%}{'' if answer.worst_proven else ', worst fit not proven'}"
    else:
        seats = simple.greedy(problem) if way == "greedy" else simple.random_top_up(problem)
    took = monotonic() - start
    print(row(name, way, problem, seats, took, gap), flush=True)
    return 0


def row(name: str, way: str, problem: Problem, seats: tuple[Seat, ...], took: float, gap: str) -> str:
    """A row of the table. Loads: how many assessors have no, little, … of their places taken, in quarters."""
    fits = [int(problem.fit[each.portfolio, each.assessor]) for each in seats]
    empty = sum(each.size for each in problem.portfolios) - len(seats)
    new = Counter(each.assessor for each in seats)
    quarters = Counter(
        min(4, -(-4 * new[column] // each.capacity))
        for column, each in enumerate(problem.assessors)
        if each.capacity
    )
    loads = "/".join(str(quarters[each]) for each in range(5))
    told = name.replace("x", " × ").replace("-", ", ")
    return (
        f"| {told} | {way} | {took:.2f} | {empty} | {min(fits, default=0):,} | {sum(fits):,} | {gap} "
        f"| {loads} | {machine.peak_mebibytes():.0f} |"
    )


if __name__ == "__main__":
    sys.exit(main())
