"""Times writing, importing and exporting portfolios of real size.

Run by `./accredit bench portfolio`. Each database is measured in a process of its own: the demo scheme with
50, then 200 people who have the editor open. Each saves every 15 seconds; the time of a save counts from the
moment it was due, so that a server that stalls cannot look quick. Then eight of them save without a pause.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench import machine, served  # noqa: E402  the path above has to stand first

WRITERS = (50, 200)
EVERY = 15.0
SECONDS = 60.0
AT_ONCE = 8
BURST = 10.0
PORT = 8767


def main() -> None:
    """Measure on each database in turn, and print the tables."""
    if len(sys.argv) > 1:
        measure()
        return
    print(f"# bench portfolio\n\n{machine.describe()}\n", flush=True)
    for address in ("", served.cluster()):
        home = tempfile.mkdtemp(prefix="accredit-bench-")
        environment = served.environment(Path(home), address)
        try:
            subprocess.run([sys.executable, __file__, "measure"], env=environment, check=True)
        finally:
            shutil.rmtree(home, ignore_errors=True)


def measure() -> None:
    """Measure on the database that the environment names."""
    import django  # noqa: PLC0415  settings need the environment of this database

    django.setup()
    from django.utils import timezone  # noqa: PLC0415

    from bench import documents, pages, writers  # noqa: PLC0415

    pages.prepare()
    print(f"## {pages.database()}\n", flush=True)
    print("| saving | saves | saves/s | p50 ms | p95 ms | max ms |\n|---|---:|---:|---:|---:|---:|")
    everybody = writers.make(max(WRITERS), at=timezone.now())
    with served.running(PORT):
        for number in WRITERS:
            some = everybody[:number]
            took = writers.at_their_pace(PORT, some, every=EVERY, seconds=SECONDS)
            report(f"{number} writers, one save every {EVERY:.0f} s", some, took)
        some = everybody[:AT_ONCE]
        took = writers.without_pause(PORT, some, seconds=BURST)
        report(f"{AT_ONCE} writers without a pause", some, took)
    print(flush=True)
    documents.measure()


def report(name: str, writers: "list[writers.Writer]", seconds: float) -> None:  # noqa: F821
    """Print one row; a save that was refused fails the benchmark."""
    faults = [fault for each in writers for fault in each.faults]
    if faults:
        raise RuntimeError(f"{name}: {len(faults)} saves refused, such as {faults[0]}")
    took = sorted(each * 1000 for writer in writers for each in writer.took)
    p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
    row = f"{len(took)} | {len(took) / seconds:.1f} | {p50:.0f} | {p95:.0f} | {took[-1]:.0f}"
    print(f"| {name} | {row} |", flush=True)
    for writer in writers:
        writer.took.clear()


if __name__ == "__main__":
    main()
