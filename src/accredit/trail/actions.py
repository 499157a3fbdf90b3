"""Writing the trail, and sealing what has been committed."""

import secrets
from datetime import datetime

from django.db import models

from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.trail.models import Row, Words
from accredit.trail.queries import digest_of, seal_of

BATCH = 500


@action
def record(
    what: str,
    *,
    by: Actor,
    at: datetime,
    subject: models.Model,
    registration: int | None = None,
    person: int | None = None,
    data: dict[str, object] | None = None,
    words: dict[str, str] | None = None,
) -> Row:
    """Append one row. `data` holds ids and codes; what a person wrote or is called goes into `words`."""
    salt = secrets.token_hex(16)
    row = Row.objects.create(
        at=at,
        what=what,
        actor=by.person,
        actor_role=by.role.value,
        impersonator=by.impersonator,
        subject=subject._meta.label_lower,
        subject_key=subject.pk,
        registration=registration,
        person=person,
        data=data or {},
        digest=digest_of(salt, words) if words else "",
    )
    if words:
        Words.objects.create(row=row, salt=salt, values=words)
    return row


@action
def seal(*, at: datetime) -> int:
    """Chain the committed rows that have no seal yet, oldest first; return how many.

    Runs in a task, one at a time: the last sealed row is locked, and the unique `sequence` refuses
    a second sealer that slipped past.
    """
    last = Row.objects.select_for_update().filter(sequence__isnull=False).order_by("-sequence").first()
    sequence, previous = (last.sequence or 0, last.seal) if last else (0, "")
    rows = list(Row.objects.select_for_update().filter(sequence=None).order_by("id")[:BATCH])
    for row in rows:
        sequence += 1
        row.sequence, row.sealed_at = sequence, at
        row.seal = previous = seal_of(row, previous)
    Row.objects.bulk_update(rows, ["sequence", "sealed_at", "seal"])
    return len(rows)


@action
def erase_words(row: Row, *, by: Actor, at: datetime) -> None:
    """Take the readable personal values of a row away; the chain still verifies."""
    Words.objects.filter(row=row).delete()
    record("words_erased", by=by, at=at, subject=row)
