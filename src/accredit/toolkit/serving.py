"""Serving: static files, the web server and the background worker beside it."""

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

# Python runs one thread at a time; the others wait for the database or the disk.
THREADS = 2


def migrate() -> None:
    """Bring the database up to date, with the table of the shared cache."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def require_migrated() -> None:
    """Refuse to serve from a database that is behind the code."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise ImproperlyConfigured(
            f"{len(waiting)} changes of the database are waiting; make a backup, then run ./accredit migrate."
        )
    call_command("createcachetable", verbosity=0)


def collect_static() -> None:
    """Copy, compress and name the static files; nothing is done when they have not changed."""
    root = Path(str(settings.STATIC_ROOT))
    stamp = root / ".collected"
    state = _state_of_static()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=root.exists())
    stamp.write_text(state, encoding="utf-8")


def _state_of_static() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            entry = Path(storage.path(path)).stat()
            digest.update(f"{path}|{entry.st_mtime_ns}|{entry.st_size}\n".encode())
    return digest.hexdigest()


@contextmanager
def background_worker() -> Iterator[None]:
    """Run the background worker as a child process; it ends with this one."""
    process = subprocess.Popen([sys.executable, "-m", "accredit", "worker"], env=os.environ)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def serve(host: str, port: int, workers: int, with_worker: bool) -> None:
    """Serve until interrupted."""
    require_migrated()
    collect_static()
    if with_worker:
        with background_worker():
            listen(host, port, workers)
    else:
        listen(host, port, workers)


def let_go_of_databases() -> None:
    """Close connections and their pools: a pool's threads do not live on in a forked process."""
    connections.close_all()
    for each in connections.all(initialized_only=True):
        close_pool = getattr(each, "close_pool", None)
        if close_pool is not None:
            close_pool()


def listen(host: str, port: int, workers: int) -> None:
    """Start the web server; connections of this process are closed first, its workers open their own."""
    let_go_of_databases()
    print(
        f"Accredit is at {settings.SITE_URL} (listening at http://{host}:{port}; stop it with Ctrl-C)",
        flush=True,
    )
    Server(
        str(settings.WSGI_APPLICATION).replace(".application", ":application"),
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    ).serve()
