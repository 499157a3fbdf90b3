"""A served installation for benchmarks: its environment, its database, its processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench import load
from tests import postgres

ROOT = Path(__file__).resolve().parents[1]


def environment(home: Path, database: str = "") -> dict[str, str]:
    """Return the environment of a demo installation in a folder; `database` '' is SQLite in that folder."""
    wanted = {
        "DJANGO_SETTINGS_MODULE": "accredit.config.settings",
        "ACCREDIT_DEMO": "1",
        "ACCREDIT_HOME": str(home),
        "CACHE_URL": os.environ.get("CACHE_URL", "database:"),
        "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
    }
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | wanted | ({"DATABASE_URL": database} if database else {})


def cluster() -> str:
    """Return DATABASE_URL, or the address of an empty database in a throw-away cluster."""
    if os.environ.get("DATABASE_URL"):
        return os.environ["DATABASE_URL"]
    address = postgres.start()
    with psycopg.connect(address.replace("/accredit?", "/postgres?"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE accredit")
    return address


@contextmanager
def running(port: int) -> Iterator[None]:
    """Serve the installation of this environment with two workers."""
    command = [sys.executable, "-m", "accredit", "serve", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=sys.stderr, env=os.environ | {"PYTHONPATH": str(ROOT / "src")}
    )
    try:
        load.wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
