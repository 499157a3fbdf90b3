"""Times the pages of the journey at growing numbers of registrations, and serves them under load.

Run by `./accredit bench journey`. PostgreSQL (a throw-away cluster unless DATABASE_URL is set), the demo
scheme copied whole. A page's figures are the median of five requests inside one process; the load is four
connections to two served workers.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
HOME = Path(tempfile.mkdtemp(prefix="accredit-bench-"))

from bench import load, machine, served, volume  # noqa: E402  the path above has to stand first

SIZES = (60, 1_000, 10_000)
PORT = 8765
REPEATS = 5
CONNECTIONS = 4
SECONDS = 8


def main() -> None:
    """Measure and print the tables."""
    os.environ |= served.environment(HOME, served.cluster())
    import django  # noqa: PLC0415  settings need the cluster's address

    django.setup()
    from bench import pages  # noqa: PLC0415

    pages.prepare()
    print(f"# bench journey\n\n{machine.describe()}; {pages.database()}\n")
    copies = 0
    for size in SIZES:
        wanted = max(0, round(size / pages.demo_size()) - 1)
        began = time.perf_counter()
        volume.multiply(wanted, copies)
        copies = wanted
        print(f"## {pages.registrations():,} registrations (made in {time.perf_counter() - began:.0f} s)\n")
        print("| page | ms | queries | KiB |\n|---|---:|---:|---:|")
        for page in pages.everybodys():
            ms, queries, size_in_bytes = pages.measure(page, REPEATS)
            print(f"| {page.name} | {ms:.1f} | {queries} | {size_in_bytes / 1024:.0f} |", flush=True)
        print()
        if size >= 1_000:
            print("| served: two workers, four connections | requests/s | p95 ms |\n|---|---:|---:|")
            with served.running(PORT):
                for name, visitors in pages.loaded(CONNECTIONS).items():
                    rate, p95 = load.drive(PORT, visitors, SECONDS)
                    print(f"| {name} | {rate:.0f} | {p95:.0f} |", flush=True)
            print()


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
