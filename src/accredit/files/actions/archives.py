"""Documents are archives: what is in them, once it is certain that unpacking them does no harm."""

import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import IO

from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse

CHUNK = 1024 * 1024
MOST_PARTS = 20_000
MOST_UNPACKED = 1024 * 1024 * 1024
MOST_RATIO = 200
SMALL = 10 * CHUNK
# Parts that say what the others are; of these the beginning is returned.
TOLD = frozenset({"[Content_Types].xml", "mimetype"})
HEAD = 256 * 1024
# RuntimeError: it asks for a password.
_BROKEN = (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error)


def parts_of(content: IO[bytes], *, name: str) -> Mapping[str, bytes]:
    """Return the names of an archive's parts, with the beginning of those in `TOLD`; none where it is no
    archive. Every part is unpacked once, piece by piece: its directory may lie about sizes and sums.

    Refused when it cannot be read, names places outside of itself, or unpacks to far more than it is.
    """
    content.seek(0)
    if not zipfile.is_zipfile(content):
        return {}
    try:
        with zipfile.ZipFile(content) as archive:
            return _unpacked(archive, archive.infolist(), name)
    except _BROKEN:
        refuse(Code.FILE_DAMAGED, name=name)


def _unpacked(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> dict[str, bytes]:
    if _is_swollen(parts):
        refuse(Code.FILE_UNPACKS_TOO_LARGE, name=name)
    if any(_leads_out(part) for part in parts):
        refuse(Code.FILE_DAMAGED, name=name)
    return {part.filename: _read(archive, part) for part in parts}


def _is_swollen(parts: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    is_far_more = unpacked > SMALL and unpacked > MOST_RATIO * max(1, packed)
    places = {part.header_offset for part in parts}
    return len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or is_far_more or len(places) < len(parts)


def _leads_out(part: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(part.filename.replace("\\", "/"))
    mode = part.external_attr >> 16
    return path.is_absolute() or ".." in path.parts or ":" in part.filename or stat.S_ISLNK(mode)


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Unpack a part to its end, so that its checksum is compared; keep the beginning of what is told."""
    with archive.open(part) as file:
        head = file.read(HEAD)
        while file.read(CHUNK):
            pass
    return head if part.filename in TOLD else b""
