"""Who issues: the document of the issuer (did:web) with every key ever used, and its status lists."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from openbadgeslib.ob3 import build_status_list_credential

# 131,072 places: the least the standard allows, so that one bit among them tells nothing of whose it is.
PLACES = 131072
# A copy of a list is no proof after this time; readers are asked to look again after five minutes.
FRESH = timedelta(days=2)
LOOK_AGAIN = 5 * 60 * 1000
# Coprime to the number of places: the order of issue cannot be read from the places.
_STRIDE = 51151


def did_of(site: str) -> str:
    """Return the name of the issuer that has this site: did:web of its host (and port, where it has one)."""
    return f"did:web:{quote(urlsplit(site).netloc, safe='')}"


def did_document(did: str, keys: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the document of an issuer: its keys as pairs of name and public half, the newest first. One
    that no longer signs stays in it, so that what it has signed stays verifiable."""
    methods = [
        {"id": f"{did}#{name}", "type": "Multikey", "controller": did, "publicKeyMultibase": public}
        for name, public in keys
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
    }


def place_of(count: int, start: int) -> int:
    """Return the place of the credential that is the `count`th (from 0) on a list; no two share one."""
    return (start + count * _STRIDE) % PLACES


def list_of(
    issuer: str, address: str, purpose: str, places: Iterable[int], *, on: datetime
) -> dict[str, Any]:
    """Return a status list with bits at these places, without a proof; the same all day long."""
    day = on.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    made: dict[str, Any] = build_status_list_credential(
        issuer, address, purpose, places, PLACES, issued=day, valid_until=day + FRESH, ttl=LOOK_AGAIN
    )
    return made
