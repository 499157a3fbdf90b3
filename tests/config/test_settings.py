"""The settings as a whole: nothing starts without its secrets, and every page is guarded."""

import os
import subprocess
import sys

import pytest
from django.test import Client

from accredit.config import testing


def start(tmp_path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with these settings only."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    kept["PYTHONPATH"] = str(testing.ROOT / "src")
    return subprocess.run(
        [sys.executable, "-m", "accredit", "manage", "check", "--deploy", "--fail-level=WARNING"],
        env=kept | {"ACCREDIT_HOME": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_secret_nothing_starts(tmp_path):
    done = start(tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("accredit: SECRET_KEY is not set; set SECRET_KEY, or SECRET_KEY_FILE")
    assert len(done.stderr.splitlines()) == 1


def test_without_a_host_nothing_starts(tmp_path):
    done = start(tmp_path, SECRET_KEY=os.urandom(40).hex())
    assert done.returncode == 2
    assert "ALLOWED_HOSTS is not set" in done.stderr


def test_a_complete_installation_has_nothing_to_mend(tmp_path):
    done = start(
        tmp_path, SECRET_KEY=os.urandom(40).hex(), ALLOWED_HOSTS="accredit.example.org", PROXY_COUNT="1"
    )
    assert done.returncode == 0, done.stderr


def test_the_demo_needs_nothing(tmp_path):
    done = start(tmp_path, ACCREDIT_DEMO="1")
    assert "SECRET_KEY is not set" not in done.stderr
    assert (tmp_path / "secret-key").exists()


@pytest.mark.django_db
def test_every_page_carries_the_policy():
    response = Client().get("/account/login/")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for part in ("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self'"):
        assert part in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
