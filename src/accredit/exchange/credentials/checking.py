"""Checking a badge somebody shows us: each question on its own. Nothing is fetched or believed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import jwt
from openbadgeslib import baking
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import OpenBadgeCredential, verify_data_integrity_proof
from openbadgeslib.ob3.did import pem_for_kid

PNG = b"\x89PNG\r\n\x1a\n"
MOST = 2 * 1024 * 1024


class Question(StrEnum):
    """What is asked of a badge, in this order."""

    SHAPE = "shape"  # is it an Open Badge 3.0 at all
    ISSUER = "issuer"  # does it name us
    SIGNATURE = "signature"  # is it signed with one of our keys, and unchanged
    RECORD = "record"  # is it, word for word, one we gave
    DATES = "dates"  # has it begun, and not ended
    REVOCATION = "revocation"
    SUSPENSION = "suspension"


@dataclass(frozen=True)
class Finding:
    """The answer to a question; None: it could not be asked, because an earlier answer was no."""

    question: Question
    is_good: bool | None


@dataclass(frozen=True)
class Shown:
    """A badge as somebody shows it: the document, and the token where it came as one."""

    document: dict[str, Any]
    token: str = ""


def shown_in(content: bytes) -> Shown | None:
    """Read a badge from a picture (PNG), a JSON document or a token; None where there is none in it.

    `content` has at most two megabytes; what is packed within a picture is bounded too.
    """
    if len(content) > MOST:
        return None
    try:
        text = (baking.extract_png(content) or "") if content.startswith(PNG) else content.decode()
        return _read(text.strip())
    # Whatever a stranger has sent that makes a reader stumble is no badge.
    except (ValueError, RecursionError, LibOpenBadgesException, jwt.PyJWTError):
        return None
    except Exception:  # noqa: BLE001 - the reader of pictures has no class of its own for what is damaged
        return None


def _read(text: str) -> Shown | None:
    if text.startswith("{"):
        found = json.loads(text)
        return Shown(found) if isinstance(found, dict) else None
    if text.count(".") == 2 and not any(each.isspace() for each in text):
        return Shown(jwt.decode(text, options={"verify_signature": False}), text)
    return None


def findings(
    shown: Shown,
    *,
    issuer: dict[str, Any],
    known: tuple[dict[str, Any], str] | None,
    is_revoked: bool,
    is_suspended: bool,
    at: datetime,
) -> Iterator[Finding]:
    """Answer each question. `issuer` is our document with its keys; `known` is the document and
    the token we gave under the name the badge bears, None where we gave none. What is known of it is asked
    only of a badge that is, word for word, ours: of any other these are None."""
    shape = _has_shape(shown)
    ours = shape and _issuer_of(shown.document) == issuer["id"]
    proven = ours and _is_proven(shown, issuer)
    same = proven and known is not None and shown in (Shown(known[0]), _token_of(known[1]))
    yield Finding(Question.SHAPE, shape)
    yield Finding(Question.ISSUER, ours if shape else None)
    yield Finding(Question.SIGNATURE, proven if ours else None)
    yield Finding(Question.RECORD, same if proven else None)
    yield Finding(Question.DATES, _is_in_time(shown.document, at) if same else None)
    yield Finding(Question.REVOCATION, not is_revoked if same else None)
    yield Finding(Question.SUSPENSION, not is_suspended if same else None)


def _token_of(token: str) -> Shown:
    return Shown(jwt.decode(token, options={"verify_signature": False}), token) if token else Shown({})


def _has_shape(shown: Shown) -> bool:
    read = OpenBadgeCredential.from_jwt_payload if shown.token else OpenBadgeCredential.from_vc_document
    try:
        read(shown.document)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return True


def _issuer_of(document: dict[str, Any]) -> object:
    issuer = document.get("issuer")
    return issuer.get("id") if isinstance(issuer, dict) else issuer


def _is_proven(shown: Shown, issuer: dict[str, Any]) -> bool:
    try:
        if shown.token:
            method = jwt.get_unverified_header(shown.token).get("kid")
            options = {"verify_exp": False, "verify_nbf": False, "verify_aud": False}
            key = pem_for_kid(issuer, issuer["id"], str(method))
            jwt.decode(shown.token, key, algorithms=["EdDSA"], options=options)  # type: ignore[arg-type]
        else:
            proof = shown.document.get("proof")
            method = proof.get("verificationMethod") if isinstance(proof, dict) else None
            verify_data_integrity_proof(shown.document, pem_for_kid(issuer, issuer["id"], str(method)))
    except (jwt.PyJWTError, LibOpenBadgesException, ValueError):
        return False
    return True


def _is_in_time(document: dict[str, Any], at: datetime) -> bool:
    begins, ends = document.get("validFrom"), document.get("validUntil")
    begun = isinstance(begins, str) and datetime.fromisoformat(begins) <= at
    return begun and (ends is None or (isinstance(ends, str) and at <= datetime.fromisoformat(ends)))
