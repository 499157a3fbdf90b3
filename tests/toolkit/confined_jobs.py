"""What the tests of `confined` have a child process do."""

import os
import time
from pathlib import Path

from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse


def double(folder: Path, *, number: int) -> int:
    """Return twice the number."""
    (folder / "made.txt").write_text("here", encoding="utf-8")
    return number * 2


def refuses(folder: Path) -> None:
    """Say no with a value."""
    refuse(Code.FILE_DAMAGED, name="a.docx")


def breaks(folder: Path) -> None:
    """Fail in a way nobody foresaw."""
    raise KeyError("nothing here")


def eats(folder: Path) -> int:
    """Take a gigabyte."""
    return len(bytearray(1024**3))


def spins(folder: Path) -> None:
    """Never end."""
    while True:
        pass


def sleeps(folder: Path, *, seconds: float) -> None:
    """Do nothing for too long, and let a child of its own do the same."""
    if os.fork() == 0:
        time.sleep(seconds)
        os._exit(0)
    time.sleep(seconds)


def writes(folder: Path) -> None:
    """Fill the disk."""
    with (folder / "big").open("wb") as big:
        for _ in range(64):
            big.write(bytes(1024 * 1024))


def recurses(folder: Path) -> None:
    """Go down and down."""
    recurses(folder)


def environment(folder: Path) -> dict[str, str]:
    """Return what it was started with."""
    return dict(os.environ)


def double_of_stranger(folder: Path) -> str:
    """Import a module that a stranger left a file for."""
    import colorsys  # noqa: PLC0415

    return colorsys.__file__
