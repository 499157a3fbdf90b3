"""Zip files that are the same bytes every time: fixed dates and order, nothing squeezed."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

EARLIEST = (1980, 1, 1, 0, 0, 0)
CHUNK = 1024 * 1024


class Archive:
    """A zip under way; members stand in the order in which they are put in."""

    def __init__(self, into: zipfile.ZipFile) -> None:
        self._zip = into

    def write(self, name: str, content: bytes) -> None:
        """Put bytes in under a name."""
        self._zip.writestr(_member(name), content)

    def copy(self, name: str, source: Path) -> None:
        """Put a file in under a name, a piece at a time."""
        member = _member(name)
        member.file_size = source.stat().st_size
        with source.open("rb") as file, self._zip.open(member, "w") as out:
            while chunk := file.read(CHUNK):
                out.write(chunk)


@contextmanager
def archive(target: Path | IO[bytes]) -> Iterator[Archive]:
    """Open a new zip for writing."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as into:
        yield Archive(into)


def settled(path: Path) -> None:
    """Write a zip made by somebody else's library anew, so that it is the same bytes every time."""
    other = path.with_name(f"{path.name}.settled")
    _settle(path, other)
    other.replace(path)


def settled_bytes(content: IO[bytes]) -> bytes:
    """Return such a zip written anew, for one that is small enough to be held."""
    into = BytesIO()
    _settle(content, into)
    return into.getvalue()


def _settle(made: Path | IO[bytes], target: Path | IO[bytes]) -> None:
    with zipfile.ZipFile(made) as source, archive(target) as into:
        for name in source.namelist():
            into.write(name, source.read(name))


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, EARLIEST)
    member.external_attr = 0o644 << 16
    # The number of the system that made it would differ from one machine to the next.
    member.create_system = 3
    return member
