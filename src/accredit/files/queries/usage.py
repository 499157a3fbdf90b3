"""What refers to blobs, and how much room they take."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Sum

from accredit.files.models import Blob

WEEKS = 12


def keys_to_blobs() -> list[tuple[type[models.Model], str]]:
    """Return every key of every model that refers to a blob: derived, so that a new one is seen by itself."""
    return [
        (model, field.attname)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Blob
    ]


def referred_to() -> Q:
    """Return the condition under which a blob is referred to by some row; for `filter`."""
    rows = (model._base_manager.filter(**{name: OuterRef("pk")}) for model, name in keys_to_blobs())
    return Q(*(Exists(each) for each in rows), _connector=Q.OR)


def unreferred() -> Q:
    """Return the condition under which no row refers to a blob."""
    return ~referred_to()


def collectable(*, unused_before: datetime) -> list[Blob]:
    """Return the blobs that have been marked unused since before a moment, the oldest first."""
    return list(Blob.objects.filter(unused_since__lte=unused_before).order_by("unused_since", "pk"))


@dataclass(frozen=True)
class Usage:
    """How much is stored: `weeks` are the bytes that came in each of the last weeks, the oldest first.

    `waiting` bytes are referred to by nothing and will be collected. `free` is None where the storage is
    not a disk of this machine.
    """

    files: int
    size: int
    waiting: int
    weeks: tuple[int, ...]
    free: int | None


def usage(*, at: datetime) -> Usage:
    """Return how much is stored at a moment; one query."""
    starts = [at - timedelta(weeks=number) for number in range(WEEKS, 0, -1)]
    weeks = {
        f"week{number}": Sum("size", filter=Q(stored_at__gt=start, stored_at__lte=start + timedelta(weeks=1)))
        for number, start in enumerate(starts)
    }
    waiting = Sum("size", filter=Q(unused_since__isnull=False))
    found = Blob.objects.aggregate(files=Count("pk"), all=Sum("size"), waiting=waiting, **weeks)
    return Usage(
        files=found["files"],
        size=int(found["all"] or 0),
        waiting=int(found["waiting"] or 0),
        weeks=tuple(int(found[name] or 0) for name in weeks),
        free=free_bytes(),
    )


def free_bytes() -> int | None:
    """Return the free room of the local disk that keeps the files; None where they lie elsewhere."""
    if not isinstance(default_storage, FileSystemStorage):
        return None
    folder = Path(default_storage.location)
    # The folder is made with the first file.
    return shutil.disk_usage(next(each for each in (folder, *folder.parents) if each.exists())).free
