"""What a credential says: an Open Badges 3.0 credential from plain facts, without a proof yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from openbadgeslib.ob3 import (
    Achievement,
    IdentityObject,
    Issuer,
    OpenBadgeCredential,
    status_entry,
)

# What the two status lists of a credential tell, in the words of the standard.
REVOCATION, SUSPENSION = "revocation", "suspension"
PURPOSES = (REVOCATION, SUSPENSION)


@dataclass(frozen=True)
class Badge:
    """The facts of one credential. Addresses are whole; `place` is its bit on both lists; the recipient is
    told by salted hashes alone, and `email` may be empty."""

    address: str
    issuer: str
    body: str
    site: str
    contact: str
    achievement: str
    title: str
    summary: str
    criteria: str
    picture: str
    tags: Sequence[str]
    name: str
    email: str
    salt: str
    valid_from: datetime
    valid_until: datetime | None
    lists: dict[str, str]  # purpose -> address
    place: int


def credential_of(badge: Badge) -> OpenBadgeCredential:
    """Return the credential as the library holds it, without a proof. The same facts give the same one."""
    known = [("name", badge.name), ("emailAddress", badge.email.lower())]
    return OpenBadgeCredential(
        id=badge.address,
        issuer=Issuer(id=badge.issuer, name=badge.body, url=badge.site, email=badge.contact or None),
        recipient_id=None,
        name=badge.title,
        achievement=Achievement(
            id=badge.achievement,
            name=badge.title,
            description=badge.summary,
            criteria_narrative=badge.criteria,
            image_url=badge.picture,
            tags=list(badge.tags),
            achievement_type="Certification",
        ),
        issuance_date=badge.valid_from,
        expiration_date=badge.valid_until,
        identifiers=[
            IdentityObject.create(value, salt=badge.salt, identity_type=kind)
            for kind, value in known
            if value
        ],
        credential_status=[status_entry(badge.lists[each], each, badge.place) for each in PURPOSES],
    )
