"""Letting go of files: what no row refers to is marked, and deleted when the grace time is over."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from accredit.files.actions.uploads import drop_parts
from accredit.files.models import Blob, Upload
from accredit.files.queries import referred_to, unreferred
from accredit.toolkit.actions import action
from accredit.toolkit.background import on_commit

# An upload of which nothing has been heard for so long is not coming any more.
ABANDONED = timedelta(days=7)


@action
def mark_unused(*, at: datetime) -> int:
    """Note since when no row refers to a blob, forget it where one does again; return how many wait."""
    Blob.objects.filter(unreferred(), unused_since=None).update(unused_since=at)
    Blob.objects.filter(referred_to(), unused_since__isnull=False).update(unused_since=None)
    return Blob.objects.filter(unused_since__isnull=False).count()


@action
def collect(blob: Blob, *, unused_before: datetime) -> bool:
    """Delete a blob, row and content, that has been unused since before a moment; say whether it was.

    The row is locked first: `keep` of the same content either has it and the blob stays, or waits and
    stores the content anew. The content goes before the transaction ends, for the same reason.
    """
    waiting = Blob.objects.select_for_update(skip_locked=True, of=("self",))
    locked = waiting.filter(pk=blob.pk, unused_since__lte=unused_before).first()
    if locked is None or not Blob.objects.filter(unreferred(), pk=locked.pk).exists():
        return False
    path = locked.path
    locked.delete()
    default_storage.delete(path)
    return True


@action
def sweep_uploads(*, at: datetime) -> int:
    """Forget uploads not heard of for a week, and parts no upload names; return how many uploads."""
    # The folders are read before the rows: a row is there before its folder is.
    folders = _folders()
    old = Upload.objects.filter(touched_at__lt=at - ABANDONED)
    swept, _by_model = old.delete()
    known = {each.hex for each in Upload.objects.values_list("key", flat=True)}
    for name in folders:
        if name not in known:
            on_commit(drop_parts, f"uploads/{name}")
    return swept


def _folders() -> Iterable[str]:
    with suppress(FileNotFoundError):
        return default_storage.listdir("uploads")[0]
    return ()
