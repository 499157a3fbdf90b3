"""Letting go of files in the background."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from accredit.files import actions, queries
from accredit.toolkit.background import every_day


@dataclass(frozen=True)
class Collected:
    """What a collection did: blobs that wait, blobs and bytes deleted, uploads forgotten."""

    waiting: int
    deleted: int
    freed: int
    uploads: int


@every_day(hour=3)
def collect_unused() -> None:
    """Mark what nothing refers to, and delete what has been so for longer than the grace time."""
    run_collection(at=timezone.now(), grace=timedelta(days=settings.FILES_GRACE_DAYS))


def run_collection(*, at: datetime, grace: timedelta) -> Collected:
    """Collect at a moment; each blob in a transaction of its own."""
    waiting = actions.mark_unused(at=at)
    found = queries.collectable(unused_before=at - grace)
    deleted = [each for each in found if actions.collect(each, unused_before=at - grace)]
    freed = sum(each.size for each in deleted)
    return Collected(waiting - len(deleted), len(deleted), freed, actions.sweep_uploads(at=at))
