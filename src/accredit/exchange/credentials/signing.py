"""Signing: Data Integrity (eddsa-rdfc-2022) and VC-JWT, both with the same Ed25519 key."""

from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from openbadgeslib.ob3 import OB3LdpSigner, add_data_integrity_proof

from accredit.exchange.credentials.badges import Badge, credential_of


def signed(badge: Badge, *, private: bytes, method: str, at: datetime) -> dict[str, Any]:
    """Return a credential with its proof. `method` is the address of the key, as in "did:web:…#key-1";
    the same facts, key and moment give the same proof."""
    document: dict[str, Any] = OB3LdpSigner(private, method).sign(credential_of(badge), created=_second(at))
    return document


def token_of(badge: Badge, *, private: bytes, method: str) -> str:
    """Return a credential as a compact VC-JWT, whose header names the key."""
    key = serialization.load_pem_private_key(private, password=None)
    payload = credential_of(badge).to_jwt_payload()
    return jwt.encode(payload, key, algorithm="EdDSA", headers={"kid": method, "typ": "JWT"})  # type: ignore[arg-type]


def signed_list(document: dict[str, Any], *, private: bytes, method: str, at: datetime) -> dict[str, Any]:
    """Return a status list with its proof."""
    made: dict[str, Any] = add_data_integrity_proof(document, private, method, created=_second(at))
    return made


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
