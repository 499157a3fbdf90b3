"""`./accredit check`: every gate in turn, a line each, all of them even when one fails."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from accredit.config import documents

ROOT = Path(__file__).resolve().parents[3]
TOOLS = Path(sys.executable).parent
# The oldest Django that the templates have to suit; raised together with the lock.
TEMPLATES_FOR = "5.2"


@dataclass(frozen=True)
class Gate:
    """One check: its name and what runs it, returning nothing or what is wrong."""

    name: str
    run: Callable[[], str]


def run() -> int:
    """Run every gate and return 1 if one failed."""
    with tempfile.TemporaryDirectory(prefix="accredit-check-") as home:
        failed = [gate.name for gate in gates(home) if not _passes(gate)]
    print(f"\n{len(failed)} failed: {', '.join(failed)}" if failed else "\nAll gates passed.")
    return 1 if failed else 0


def gates(home: str) -> list[Gate]:
    """List the gates, the quick ones first."""
    deployed = _environment(home) | {"ALLOWED_HOSTS": "accredit.example.org", "PROXY_COUNT": "1"}
    manage = [sys.executable, "-m", "accredit", "manage"]
    strictly = ["--deploy", "--fail-level=WARNING"]
    ruff = [str(TOOLS / "ruff")]
    return [
        Gate("lint", lambda: _command([*ruff, "check", "--quiet", "--output-format=concise", "."])),
        Gate("format", lambda: _command([*ruff, "format", "--check", "--quiet", "."])),
        Gate("templates", _templates),
        Gate("documents", documents.stale),
        Gate("contracts", lambda: _command([str(TOOLS / "lint-imports"), "--no-logo"])),
        Gate("migrations", lambda: _command([*manage, "makemigrations", "--check", "--dry-run"], deployed)),
        Gate("deployment", lambda: _command([*manage, "check", *strictly], deployed)),
        Gate("house", lambda: _command([sys.executable, "-m", "pytest", "-q", "tests/house"])),
        Gate("types", lambda: _command([str(TOOLS / "mypy"), "src/accredit"], _typed(home))),
    ]


def _passes(gate: Gate) -> bool:
    start = time.monotonic()
    trouble = gate.run().strip()
    print(f"{'failed' if trouble else 'ok':<7}{gate.name:<12}{time.monotonic() - start:6.1f} s", flush=True)
    if trouble:
        print("\n".join(f"    {line}" for line in trouble.splitlines()), flush=True)
    return not trouble


def _environment(home: str) -> dict[str, str]:
    """The environment of an installation that has all it needs and nothing of whoever runs the check."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ}
    secret = {"SECRET_KEY": os.urandom(48).hex()}
    return kept | secret | {"ACCREDIT_HOME": home, "DJANGO_SETTINGS_MODULE": "accredit.config.settings"}


def _typed(home: str) -> dict[str, str]:
    """Our folder `tests` has to be found before one that a library has left among the installed packages."""
    return _environment(home) | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}


def _command(command: list[str], environment: dict[str, str] | None = None) -> str:
    result = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return (
        (result.stdout.strip() or f"{command[0]} ended with {result.returncode}") if result.returncode else ""
    )


def _templates() -> str:
    found = sorted(str(path) for path in (ROOT / "src").rglob("templates/**/*.html"))
    return (
        _command([str(TOOLS / "djade"), "--target-version", TEMPLATES_FOR, "--check", *found])
        if found
        else ""
    )
