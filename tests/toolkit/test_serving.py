"""Serving: static files are collected once, a database behind the code is refused."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from accredit.toolkit import serving

ROOT = Path(__file__).resolve().parents[2]


def test_static_files_are_collected_once(settings, tmp_path, monkeypatch):
    settings.STATIC_ROOT = tmp_path / "static"
    calls = []
    monkeypatch.setattr(
        serving, "call_command", lambda *words, **options: (calls.append(words), settings.STATIC_ROOT.mkdir())
    )
    serving.collect_static()
    serving.collect_static()
    assert calls == [("collectstatic",)]


def accredit(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command as an installation of its own: from the migrations, not from the models as tests are."""
    wanted = {"ACCREDIT_HOME": str(home), "SECRET_KEY": "s" * 40, "ALLOWED_HOSTS": "127.0.0.1"}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "-m", "accredit", *words]
    environment = kept | wanted | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)


def test_a_database_behind_the_code_is_refused(tmp_path):
    made = accredit(tmp_path, "migrate")
    assert made.returncode == 0, made.stderr
    with closing(sqlite3.connect(tmp_path / "accredit.sqlite3")) as database, database:
        database.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    refused = accredit(tmp_path, "serve", "--port", "1")
    assert refused.returncode == 2
    assert "then run ./accredit migrate" in refused.stderr


def test_the_server_is_told_where_to_listen(monkeypatch, capsys):
    told = {}

    class Server:
        def __init__(self, target: str, **options: object) -> None:
            told.update(options, target=target)

        def serve(self) -> None:
            told["served"] = True

    monkeypatch.setattr(serving, "Server", Server)
    monkeypatch.setattr(serving, "require_migrated", lambda: None)
    monkeypatch.setattr(serving, "collect_static", lambda: None)
    serving.serve("127.0.0.1", 8123, 3, False)
    assert told["target"] == "accredit.config.wsgi:application"
    assert (told["address"], told["port"], told["workers"], told["served"]) == ("127.0.0.1", 8123, 3, True)
    assert "127.0.0.1:8123" in capsys.readouterr().out


def test_the_background_worker_ends_with_the_server(monkeypatch):
    monkeypatch.setattr(serving.sys, "executable", "/bin/sleep")
    real = serving.subprocess.Popen
    started = []

    def start(command: list[str], **options: object):
        started.append(real(["/bin/sleep", "60"], **options))
        return started[0]

    monkeypatch.setattr(serving.subprocess, "Popen", start)
    with serving.background_worker():
        assert started[0].poll() is None
    assert started[0].poll() is not None
