"""Files that arrive in parts: begun, taken part by part, settled or cancelled.

The parts lie in the configured storage, so that any process, on any machine, can take the next one.
"""

import uuid
from contextlib import suppress
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accredit.files.actions.keeping import MEBIBYTE, own_name
from accredit.files.actions.recognising import kind_of
from accredit.files.models import Blob, Upload
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.background import on_commit
from accredit.toolkit.refusals import refuse

MOST_RUNNING = 20
MOST_PART = 4 * MEBIBYTE
# As many digits as the largest size a database keeps: names sort as their offsets do.
_OFFSET = "{:019d}"


@action
def begin_upload(*, owner: int, bound_for: str, name: str, size: int, limit: int, at: datetime) -> Upload:
    """Begin an upload of `size` bytes and return it, with its key.

    Refused at once, before a byte is sent, when the kind is not taken or the file is empty or larger than
    `limit` bytes, and when this owner has 20 running already.
    """
    name = own_name(name)
    kind_of(name)
    if size <= 0:
        refuse(Code.FILE_EMPTY, name=name)
    if size > limit:
        refuse(Code.FILE_TOO_LARGE, name=name, allowed=limit // MEBIBYTE)
    if Upload.objects.filter(owner=owner, became=None).count() >= MOST_RUNNING:
        refuse(Code.UPLOADS_TOO_MANY, allowed=MOST_RUNNING)
    return Upload.objects.create(
        key=uuid.uuid4(), owner=owner, bound_for=bound_for, name=name, size=size, started_at=at, touched_at=at
    )


@action
def take_part(upload: Upload, content: bytes, *, offset: int, at: datetime) -> Upload:
    """Add a part, at most 4 MB, and return the upload with what has been received now.

    A part that is here already is not taken again. Refused when the part begins elsewhere than where the
    last one ended (the upload says where to go on), or goes beyond the size that was named.
    """
    locked = _locked(upload)
    end = offset + len(content)
    if end <= locked.received:
        return locked
    if end > locked.size or len(content) > MOST_PART:
        refuse(Code.UPLOAD_TOO_MUCH, name=locked.name)
    if offset != locked.received:
        refuse(Code.UPLOAD_OUT_OF_STEP, name=locked.name)
    path = f"{locked.folder}/{_OFFSET.format(offset)}"
    # What a process left here when it died before it could say so.
    if default_storage.exists(path):
        default_storage.delete(path)
    default_storage.save(path, ContentFile(content))
    locked.received, locked.touched_at = end, at
    locked.save(update_fields=["received", "touched_at"])
    return locked


@action
def settle_upload(upload: Upload, *, blob: Blob, became: int, at: datetime) -> None:
    """Write down what an upload has become; its parts go, its row stays for whoever asks twice."""
    Upload.objects.filter(pk=upload.pk).update(blob=blob, became=became, touched_at=at)
    on_commit(drop_parts, upload.folder)


@action
def cancel_upload(upload: Upload) -> None:
    """Forget an upload and what has arrived of it; what it has become already stays."""
    Upload.objects.filter(pk=upload.pk, became=None).delete()
    on_commit(drop_parts, upload.folder)


def lock_upload(upload: Upload) -> Upload:
    """Return the upload under lock, as it stands now; refused when it has been cancelled meanwhile."""
    return _locked(upload)


def _locked(upload: Upload) -> Upload:
    locked = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if locked is None:
        refuse(Code.UPLOAD_GONE)
    return locked


def drop_parts(folder: str) -> None:
    """Delete the parts of an upload from the storage; whatever has gone already is gone."""
    with suppress(FileNotFoundError):
        _folders, names = default_storage.listdir(folder)
        for name in names:
            default_storage.delete(f"{folder}/{name}")
        # Only a file system has folders of their own; object stores have nothing there to delete.
        default_storage.delete(folder)
