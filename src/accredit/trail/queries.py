"""Reading the trail and proving it whole."""

import hashlib
import json
from dataclasses import dataclass

from django.db.models import QuerySet

from accredit.trail.models import Row


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(salt: str, words: dict[str, str]) -> str:
    """Return the salted digest that stays in the row when its words are erased."""
    return hashlib.sha256(salt.encode() + _canonical(words)).hexdigest()


def seal_of(row: Row, previous: str) -> str:
    """Return the seal of a row that follows the row sealed `previous`."""
    content = {
        "sequence": row.sequence,
        "at": row.at.isoformat(),
        "what": row.what,
        "actor": row.actor,
        "actor_role": row.actor_role,
        "impersonator": row.impersonator,
        "subject": row.subject,
        "subject_key": row.subject_key,
        "registration": row.registration,
        "person": row.person,
        "data": row.data,
        "digest": row.digest,
    }
    return hashlib.sha256(previous.encode() + _canonical(content)).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: rows sealed, rows not yet sealed, and the first link that is broken."""

    sealed: int
    unsealed: int
    broken_at: int | None = None
    reason: str = ""


def verify() -> Verdict:
    """Walk the chain from its start; name the first broken link and count the unsealed tail."""
    unsealed = Row.objects.filter(sequence=None).count()
    previous, expected = "", 1
    for row in (
        Row.objects.filter(sequence__isnull=False).select_related("words").order_by("sequence").iterator()
    ):
        if row.sequence != expected:
            return Verdict(expected - 1, unsealed, expected, "missing")
        if row.seal != seal_of(row, previous):
            return Verdict(expected - 1, unsealed, expected, "changed")
        words = getattr(row, "words", None)
        if words is not None and digest_of(words.salt, words.values) != row.digest:
            return Verdict(expected - 1, unsealed, expected, "words changed")
        previous, expected = row.seal, expected + 1
    return Verdict(expected - 1, unsealed)


def of_registration(registration: int) -> QuerySet[Row]:
    """Return everything recorded about a registration, oldest first, with its words."""
    return Row.objects.filter(registration=registration).select_related("words").order_by("id")
