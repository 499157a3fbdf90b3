"""Reading uploads: what is on its way, and what has arrived as one file."""

import io
from typing import IO, Any, cast

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import Sum

from accredit.files.models import Upload
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse


def running_uploads(*, bound_for: str) -> list[Upload]:
    """Return the uploads for one thing that have become nothing yet, the oldest first."""
    return list(Upload.objects.filter(bound_for=bound_for, became=None).order_by("pk"))


def reserved_bytes(*, bound_for: str) -> int:
    """Return the room that running uploads for one thing will take."""
    rows = Upload.objects.filter(bound_for=bound_for, became=None)
    return int(rows.aggregate(all=Sum("size"))["all"] or 0)


def arrived(upload: Upload) -> "File[Any]":
    """Return what has arrived of an upload as one file, its parts read one after the other.

    Refused at its end when the storage no longer holds all of it.
    """
    _folders, names = default_storage.listdir(upload.folder) if upload.received else ([], [])
    parts = _Parts([f"{upload.folder}/{name}" for name in sorted(names)], expected=upload.size)
    return File(cast(IO[bytes], parts), name=upload.name)


class _Parts(io.RawIOBase):
    """Parts of a file as a stream; each is opened when the one before it has been read."""

    def __init__(self, paths: list[str], *, expected: int) -> None:
        self.paths = iter(paths)
        self.left = expected
        self.part: File[Any] | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, fewer at the end of a part, none at the end of the file."""
        while True:
            if self.part is None and (path := next(self.paths, None)) is not None:
                self.part = default_storage.open(path, "rb")
            if self.part is None:
                return self._ended()
            if content := self.part.read(size):
                self.left -= len(content)
                return bytes(content)
            self.part.close()
            self.part = None

    def _ended(self) -> bytes:
        # The storage has lost a part: what is left would be another file.
        if self.left:
            refuse(Code.UPLOAD_GONE)
        return b""
