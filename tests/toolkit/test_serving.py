"""Serving: static files are collected once, a database behind the code is refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from accredit.toolkit import serving


def test_static_files_are_collected_once(settings, tmp_path, monkeypatch):
    settings.STATIC_ROOT = tmp_path / "static"
    calls = []
    monkeypatch.setattr(
        serving, "call_command", lambda *words, **options: (calls.append(words), settings.STATIC_ROOT.mkdir())
    )
    serving.collect_static()
    serving.collect_static()
    assert calls == [("collectstatic",)]


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_served():
    serving.migrate()
    serving.require_migrated()


@pytest.mark.django_db(transaction=True)
def test_a_database_behind_the_code_is_refused():
    recorded = "DELETE FROM django_migrations WHERE app = 'sessions'"
    with connection.cursor() as cursor:
        cursor.execute(recorded)
    try:
        with pytest.raises(ImproperlyConfigured, match=r"then run \./accredit migrate"):
            serving.require_migrated()
    finally:
        call_command("migrate", "sessions", fake=True, verbosity=0)


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
