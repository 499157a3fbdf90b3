"""Times the pages of the journey at growing numbers of registrations, and serves them under load.

Run by `./accredit bench journey`. PostgreSQL (a throw-away cluster unless DATABASE_URL is set), the demo
scheme copied whole. A page's figures are the median of five requests inside one process; the load is four
connections to two served workers.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
HOME = Path(tempfile.mkdtemp(prefix="accredit-bench-"))
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "accredit.config.settings",
    "ACCREDIT_DEMO": "1",
    "ACCREDIT_HOME": str(HOME),
    "CACHE_URL": os.environ.get("CACHE_URL", "database:"),
    "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
}

from bench import load, machine, volume  # noqa: E402  the environment above has to stand first
from tests import postgres  # noqa: E402

SIZES = (60, 1_000, 10_000)
PORT = 8765
REPEATS = 5
CONNECTIONS = 4
SECONDS = 8


def main() -> None:
    """Measure and print the tables."""
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or _cluster()
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
            with served():
                for name, visitors in pages.loaded(CONNECTIONS).items():
                    rate, p95 = load.drive(PORT, visitors, SECONDS)
                    print(f"| {name} | {rate:.0f} | {p95:.0f} |", flush=True)
            print()


def _cluster() -> str:
    """Start a throw-away cluster with an empty database and return its address."""
    address = postgres.start()
    with psycopg.connect(address.replace("/accredit?", "/postgres?"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE accredit")
    return address


@contextmanager
def served() -> Iterator[None]:
    """Serve the installation with two workers."""
    command = [sys.executable, "-m", "accredit", "serve", "--port", str(PORT), "--workers", "2"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT / "src")})
    try:
        load.wait_for(PORT)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
