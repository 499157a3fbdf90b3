"""The one door by which a file enters: bounded, recognised, cleaned, stored once."""

import hashlib
import io
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage

from accredit.files.actions.images import reencoded
from accredit.files.actions.recognising import ENDINGS, Kind, ending_of, kind_of, recognise
from accredit.files.models import Blob
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.refusals import refuse

CHUNK = 1024 * 1024
MEBIBYTE = 1024 * 1024
# Below this size a file is looked at in memory; a larger one lies on the disk meanwhile.
IN_MEMORY = 4 * MEBIBYTE
Admit = Callable[[Blob], None]


def _anything(blob: Blob) -> None:
    """Refuse nothing."""


@action
def keep(
    upload: "File[Any] | BinaryIO", *, name: str, at: datetime, limit: int, admit: Admit = _anything
) -> Blob:
    """Store an uploaded file and return its blob; `limit` is in bytes. `admit` may refuse it, by its row.

    What it is follows from its content, and must be what its name says; images are made anew without
    the data a camera adds. Refused in words when it is empty, too large, of a kind nobody here can open,
    damaged, or would unpack to far more than it is. The same content is stored once. A refusal later in
    the caller's transaction would leave content behind that no row names: what the caller has against a
    file belongs into `admit`, which is asked before anything is stored.
    """
    name = own_name(name)
    kind = kind_of(name)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as content:
        _receive(upload, content, name=name, limit=limit)
        media_type = recognise(content, kind=kind, name=name)
        if kind is not Kind.IMAGE:
            return _store(content, media_type=media_type, at=at, admit=admit)
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as image:
            reencoded(content, image, name=name)
            return _store(image, media_type=media_type, at=at, admit=admit)


@action
def keep_unseen(
    upload: "File[Any] | BinaryIO", *, name: str, at: datetime, limit: int, admit: Admit = _anything
) -> Blob:
    """Store a file as it came, without a look at it; `limit` is in bytes, `admit` may refuse it.

    For documents that a confined process reads later: nobody is ever sent the file itself.
    """
    name = own_name(name)
    media_type = ENDINGS.get(ending_of(name), (None, "application/octet-stream"))[1]
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as content:
        _receive(upload, content, name=name, limit=limit)
        return _store(content, media_type=media_type, at=at, admit=admit)


@action
def keep_made(content: IO[bytes], *, media_type: str, at: datetime) -> Blob:
    """Store a file the program has made itself: there is nothing to recognise in it, and no limit."""
    return _store(content, media_type=media_type, at=at)


def own_name(name: str) -> str:
    """Return a file's name without the folders, blanks and control characters somebody may send with it."""
    bare = "".join(each for each in name if each.isprintable())
    return Path(bare.replace("\\", "/")).name.strip()[-200:] or "file"


def received(upload: "File[Any] | BinaryIO", *, name: str, limit: int) -> bytes:
    """Return the content of a small file; refused when it is empty or larger than `limit` bytes."""
    content = io.BytesIO()
    _receive(upload, content, name=name, limit=limit)
    return content.getvalue()


def _receive(upload: "File[Any] | BinaryIO", content: IO[bytes], *, name: str, limit: int) -> None:
    if upload.seekable():
        upload.seek(0)
    size = 0
    while chunk := upload.read(CHUNK):
        size += len(chunk)
        if size > limit:
            refuse(Code.FILE_TOO_LARGE, name=name, allowed=limit // MEBIBYTE)
        content.write(chunk)
    if not size:
        refuse(Code.FILE_EMPTY, name=name)


def _store(content: IO[bytes], *, media_type: str, at: datetime, admit: Admit = _anything) -> Blob:
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    blob = _row(digest.hexdigest(), size=size, media_type=media_type, at=at)
    admit(blob)
    # The row is not seen by others before the transaction ends, and it ends well only with the content.
    if not _is_whole(blob):
        content.seek(0)
        stored = default_storage.save(blob.path, File(content, name=blob.sha256))
        if stored != blob.path:  # somebody stored the same content in the same moment
            default_storage.delete(stored)
    return blob


def _row(sha256: str, *, size: int, media_type: str, at: datetime) -> Blob:
    """Return the row of a content. One that waits to be collected is taken back under lock, or made anew."""
    values = {"size": size, "media_type": media_type, "stored_at": at}
    while True:
        blob, _is_new = Blob.objects.get_or_create(sha256=sha256, defaults=values)
        if blob.unused_since is None:
            return blob
        locked = Blob.objects.select_for_update().filter(pk=blob.pk).first()
        if locked is not None:
            locked.unused_since = None
            locked.save(update_fields=["unused_since"])
            return locked


def _is_whole(blob: Blob) -> bool:
    """Say whether the storage holds the content; what a process left half written when it died goes."""
    if not default_storage.exists(blob.path):
        return False
    if default_storage.size(blob.path) == blob.size:
        return True
    default_storage.delete(blob.path)
    return False
