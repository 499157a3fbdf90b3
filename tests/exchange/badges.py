"""Signed credentials for tests, and the contexts that verifiers are given."""

import json
from datetime import date, datetime
from importlib.resources import files
from typing import Any

import openbadgeslib.ob3

from accredit.awards import actions as awards
from accredit.awards.models import Award
from accredit.exchange import actions
from accredit.exchange.models import Credential
from accredit.exchange.queries.credentials import credential_of_award, issuer_document, status_list, unsigned
from accredit.people.models import Profile
from accredit.toolkit.actor import SYSTEM
from tests import factories as make

CONTEXTS = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
    "https://w3id.org/security/data-integrity/v2": "security-data-integrity-v2.json",
    "https://w3id.org/security/multikey/v1": "security-multikey-v1.json",
}


def contexts() -> dict[str, Any]:
    """The documents of the standards, out of the installed package."""
    folder = files(openbadgeslib.ob3) / "contexts"
    return {
        address: json.loads((folder / name).read_text(encoding="utf-8")) for address, name in CONTEXTS.items()
    }


def award(number: str = "004711", *, holder: Profile | None = None, **values: Any) -> Award:
    """An award recorded by hand; its credential waits to be signed."""
    given = {"pathway": "cmalt", "issued_on": date(2026, 5, 1)} | values
    edition = make.scheme().editions.get()
    return awards.record_award(
        holder or make.person(), edition=edition, number=number, by=SYSTEM, at=make.AT, **given
    )


def sign_all(at: datetime = make.AT) -> None:
    """What the background does."""
    for each in unsigned():
        actions.sign_credential(each, at=at)


def signed(found: Award | None = None) -> Credential:
    """The signed credential of an award, with a key made if there was none."""
    found = found or award()
    if issuer_document() is None:
        actions.make_signing_key(by=SYSTEM, at=make.AT)
    sign_all()
    row = credential_of_award(found.pk)
    assert row is not None
    return Credential.objects.get(pk=row.pk)


def asked(credential: Credential, *, at: datetime) -> dict[str, Any]:
    """Everything a verifier that fetches nothing needs."""
    found = {}
    for entry in credential.document["credentialStatus"]:
        *_rest, purpose, number, _end = entry["statusListCredential"].split("/")
        found[entry["statusListCredential"]] = status_list(int(number), purpose, at=at)
    return {
        "credential": credential.document,
        "did": issuer_document(),
        "lists": found,
        "contexts": contexts(),
        "at": at.isoformat(),
    }
