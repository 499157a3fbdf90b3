"""`./accredit test` and `./accredit bench`: pytest on both databases, and the benchmarks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

ROOT = Path(__file__).resolve().parents[3]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
OVERALL = "95"
NOTHING_SELECTED = 5


def run(arguments: list[str]) -> int:
    """Run everything on SQLite, then what touches the database on PostgreSQL; measure a full run.

    Only what does not walk through everything is measured, and on SQLite only: the rest runs the same code,
    and measuring doubles its time and more.
    """
    if not ensure_browser():
        return 1
    full = not arguments
    runs = [
        ("sqlite", "not postgresql and not walk", full),
        ("sqlite", "not postgresql and walk", False),
        ("postgresql", "both or postgresql", False),
    ]
    codes = {_pytest(database, marks, arguments, coverage=measured) for database, marks, measured in runs}
    if codes == {NOTHING_SELECTED}:
        print("accredit: no test matches; see ./accredit test --collect-only -q", file=sys.stderr)
        return NOTHING_SELECTED
    if codes - {0, NOTHING_SELECTED}:
        return 1
    return _covered() if full else 0


def nightly(arguments: list[str]) -> int:
    """Run the tests that take hours, on both databases; what follows goes to pytest."""
    return run(["--nightly", "-n0", *arguments])


def bench(name: str, arguments: list[str]) -> int:
    """Run one benchmark of the folder bench/; what follows its name goes to it."""
    path = ROOT / "bench" / f"{name}.py"
    if not name.isidentifier() or not path.exists():
        known = sorted(found.stem for found in path.parent.glob("[a-z]*.py"))
        print(f"accredit: there is no benchmark {name!r}; choose one of: {', '.join(known)}", file=sys.stderr)
        return 2
    return subprocess.run([sys.executable, path, *arguments], check=False).returncode


def browser() -> str | None:
    """Return the path of a Chromium, the one named in CHROMIUM first."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _driver_runs() -> bool:
    """Say whether the program that drives the browser finds the system libraries it stands on."""
    node = compute_driver_executable()[0]
    return subprocess.run([node, "--version"], capture_output=True, check=False).returncode == 0


def ensure_browser() -> bool:
    """Install Chromium with the system's package manager when it is missing, or say what to do."""
    missing = [*([] if browser() else ["chromium"]), *([] if _driver_runs() else ["libatomic1"])]
    if not missing:
        return True
    mend = f"the browser tests need {' and '.join(missing)}: as root apt-get install {' '.join(missing)}."
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"accredit: {mend}", file=sys.stderr)
        return False
    print(f"For the browser tests {' and '.join(missing)} is installed with apt-get (once) …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
        done = subprocess.run(["apt-get", *command], env=quiet, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            print(f"accredit: {mend}", file=sys.stderr)
            return False
    return browser() is not None


def _pytest(database: str, marks: str, arguments: list[str], *, coverage: bool) -> int:
    wanted, rest = _split_marks(arguments)
    parallel = [] if _chooses_processes(rest) else ["-n", str(os.cpu_count() or 2), "--dist=worksteal"]
    measured = ["--cov=accredit", "--cov-report="] if coverage else []
    expression = f"({wanted}) and ({marks})" if wanted else marks
    print(f"\n— {database} —", flush=True)
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            f"--database={database}",
            *parallel,
            *measured,
            *rest,
            "-m",
            expression,
        ],
        cwd=ROOT,
        env={**os.environ, "CHROMIUM": browser() or ""},
        check=False,
    ).returncode


def _split_marks(arguments: list[str]) -> tuple[str, list[str]]:
    """Take the caller's `-m` out: pytest would let the last one win, and both have to hold."""
    rest, marks = list(arguments), ""
    while "-m" in rest[:-1]:
        place = rest.index("-m")
        marks = rest[place + 1]
        del rest[place : place + 2]
    return marks, rest


def _chooses_processes(arguments: list[str]) -> bool:
    return any(word.startswith(("-n", "--numprocesses", "--pdb", "--trace")) for word in arguments)


def _covered() -> int:
    """Hold the thresholds: every branch of the pure rules, nearly all of the rest."""
    pure = ["*/accredit/rulebook/*", "*/accredit/allocation/*"]
    reports = ([f"--include={','.join(pure)}", "--fail-under=100"], [f"--fail-under={OVERALL}"])
    codes = [
        subprocess.run(
            [sys.executable, "-m", "coverage", "report", *report], cwd=ROOT, check=False
        ).returncode
        for report in reports
    ]
    return 1 if any(codes) else 0
