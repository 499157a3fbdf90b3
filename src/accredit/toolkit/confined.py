"""Work on what strangers send: a named function in a fresh interpreter with limits, killed when it overruns.

The child sees one folder, gets and gives JSON, and inherits no secret of ours in its environment.
"""

import contextlib
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from accredit.rulebook.faults import Code, fault
from accredit.toolkit.refusals import Refused

MEBIBYTE = 1024 * 1024
ASKED, ANSWER, WORDS = "confined-asked.json", "confined-answer.json", "confined-words.txt"
WATCHED_EVERY = 1.0
SOURCES = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT")


@dataclass(frozen=True)
class Limits:
    """What the child may use: memory and the largest file in bytes, processor and clock in seconds."""

    memory: int = 1024 * MEBIBYTE
    largest_file: int = 512 * MEBIBYTE
    processor: int = 60
    clock: int = 120
    open_files: int = 256


@dataclass(frozen=True)
class Done:
    """What the child gave back, the most memory it held (bytes) and how long it took (seconds)."""

    value: Any
    peak: int
    seconds: float


class Overran(Exception):
    """The child was stopped at a limit, or died: it cannot be said more exactly from outside."""


class Broke(Exception):
    """The function raised something that is no refusal; the message is the child's last line."""


def run(
    job: str,
    *,
    values: Mapping[str, Any],
    folder: Path,
    limits: Limits | None = None,
    watch: Callable[[], None] | None = None,
) -> Done:
    """Run `job` ("package.module:function") as `function(folder, **values)` in a child process.

    `values` and what it returns are JSON; bytes go through files in `folder`, which the caller makes and
    throws away. A `Refused` of the function is raised here again. Raises `Overran` or `Broke` otherwise.
    `watch` is called about every second while the child works; what it raises ends the child.
    """
    limits = limits or Limits()
    asked = {"job": job, "values": dict(values), "limits": asdict(limits)}
    (folder / ASKED).write_text(json.dumps(asked), encoding="utf-8")
    began = time.monotonic()
    returned = _wait(folder, limits, watch)
    answer = _answer(folder)
    if returned or answer is None:
        if returned < 0 or (answer or {}).get("overran"):
            raise Overran(job)
        raise Broke(_last_words(folder))
    if "refused" in answer:
        raise Refused(*(fault(Code(code), **values) for code, values in answer["refused"]))
    return Done(answer["value"], answer["peak"], time.monotonic() - began)


def _wait(folder: Path, limits: Limits, watch: Callable[[], None] | None) -> int:
    """Start the child and wait; at the end of the clock it and whatever it started are killed."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # Each thread's arena would reserve 64 MB of the addresses that the limit counts.
    environment |= {"PYTHONPATH": str(SOURCES), "MALLOC_ARENA_MAX": "2", "HOME": str(folder)}
    with (folder / WORDS).open("wb") as words:
        child = subprocess.Popen(
            # Without -P a stranger's file in the folder could be imported in place of a module.
            [sys.executable, "-P", "-m", "accredit.toolkit.confined", str(folder)],
            cwd=folder,
            env=environment | {"TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            start_new_session=True,
        )
    try:
        return _watched(child, limits, watch) if watch else child.wait(timeout=limits.clock)
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _watched(child: "subprocess.Popen[bytes]", limits: Limits, watch: Callable[[], None]) -> int:
    end = time.monotonic() + limits.clock
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.wait(timeout=min(WATCHED_EVERY, max(end - time.monotonic(), 0)))
        if time.monotonic() >= end:
            raise subprocess.TimeoutExpired(child.args, limits.clock)
        watch()


def _answer(folder: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads((folder / ANSWER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _last_words(folder: Path) -> str:
    lines = (folder / WORDS).read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else ""


def _limit(limits: Limits) -> None:
    """Bind this process; done before anything of a stranger's is opened."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.processor),
        (resource.RLIMIT_FSIZE, limits.largest_file),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    # The parent may be killed: the child then ends by itself.
    signal.alarm(limits.clock + 1)


def _peak() -> int:
    """Return the most memory this program has held: what it was forked from is counted by `getrusage` too."""
    with contextlib.suppress(OSError):
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _child(folder: Path) -> int:
    """Do what is asked in the folder; the entry point of the child process."""
    asked = json.loads((folder / ASKED).read_text(encoding="utf-8"))
    _limit(Limits(**asked["limits"]))
    module, _, name = asked["job"].partition(":")
    try:
        value = getattr(importlib.import_module(module), name)(folder, **asked["values"])
        answer = {"value": value, "peak": _peak()}
    except Refused as refused:
        answer = {"refused": [(each.code, dict(each.values)) for each in refused.faults]}
    except (MemoryError, RecursionError):
        answer = {"overran": True}
    (folder / ANSWER).write_text(json.dumps(answer), encoding="utf-8")
    return 1 if "overran" in answer else 0


if __name__ == "__main__":
    sys.exit(_child(Path(sys.argv[1])))
