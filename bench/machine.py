"""Names the machine a figure was measured on."""

import os
import platform
import resource
from pathlib import Path


def describe() -> str:
    """Return processor, cores, memory and Python in one line."""
    cpu = next(
        (line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor() or "unknown processor",
    )
    memory = next(
        (int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0
    )
    return f"{cpu}, {os.cpu_count()} cores, {memory // 1024 // 1024} GiB, Python {platform.python_version()}"


def peak_mebibytes() -> float:
    """Return the most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []
