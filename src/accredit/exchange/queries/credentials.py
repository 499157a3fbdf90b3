"""Reading credentials: what each says, who signs, and which bits of a status list are set."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.awards.models import Award
from accredit.exchange.credentials.badges import PURPOSES, REVOCATION, Badge
from accredit.exchange.credentials.checking import Finding, Question, Shown, findings
from accredit.exchange.credentials.issuing import did_document, did_of, list_of
from accredit.exchange.credentials.keys import private_key
from accredit.exchange.credentials.signing import signed_list
from accredit.exchange.models import BitList, Credential, SigningKey
from accredit.frameworks.models import Edition
from accredit.frameworks.queries import rules_of
from accredit.rulebook.dates import end_of
from accredit.rulebook.framework import Pathway

_ADDRESS = re.compile(r"/credentials/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/$")


def whole(name: str, *args: object) -> str:
    """Return the whole address of a page of this site."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def issuer() -> str:
    """Return the name (did:web) under which this installation issues."""
    return did_of(settings.SITE_URL)


def issuer_document() -> dict[str, Any] | None:
    """Return the issuer's document with all its keys, the one that signs first; None before there is one."""
    keys = list(SigningKey.objects.order_by("-made_at", "-pk").values_list("name", "public"))
    return did_document(issuer(), keys) if keys else None


def key_in_use() -> SigningKey | None:
    """Return the key that signs now; None before one has been made."""
    return SigningKey.objects.filter(signs=True).first()


def method_of(key: SigningKey) -> str:
    """Return the address of a key within the issuer's document."""
    return f"{issuer()}#{key.name}"


def folder_of_keys() -> Path:
    """Return where the private halves lie."""
    return Path(settings.SIGNING_KEYS)


def unsigned() -> QuerySet[Credential]:
    """Return the credentials that wait for their signature, the oldest first."""
    rows = Credential.objects.filter(signed_at=None, ended_at=None)
    return rows.select_related("award__person", "award__scheme", "award__edition", "bit_list").order_by("pk")


def without_credential() -> QuerySet[Award]:
    """Return the awards that could have a credential and have none, the oldest first."""
    given = Credential.objects.filter(award_id=OuterRef("pk"))
    return Award.objects.filter(~Exists(given), revoked_at=None).order_by("pk")


def credential_of_award(award: int) -> Credential | None:
    """Return the credential of an award that counts; it may still wait for its signature."""
    return Credential.objects.filter(award_id=award, ended_at=None).defer("document", "token").first()


def signed_credential(award: int) -> Credential | None:
    """Return the credential of an award that counts, with its document; None before it is signed."""
    return Credential.objects.filter(award_id=award, ended_at=None, signed_at__isnull=False).first()


def credential_of_key(key: UUID) -> Credential | None:
    """Return a signed credential by the secret part of its address; None for any other."""
    return Credential.objects.filter(key=key, signed_at__isnull=False).select_related("award").first()


def criteria_of(edition: Edition, pathway: Pathway) -> str:
    """Return what an award of a pathway asks, in a paragraph and a list: for a credential."""
    rules = rules_of(edition)
    sections = [each.label for each in rules.sections_for(pathway.code) if each.is_rated]
    lead = _("A portfolio assessed by peers against the criteria of %(edition)s, with these sections:") % {
        "edition": rules.title
    }
    return "\n".join([lead, "", *(f"- {each}" for each in sections)])


def badge_of(credential: Credential) -> Badge:
    """Return the facts of a credential, as they are now. It expires with the last day of its award, in the
    scheme's zone; that of somebody retired does not."""
    award = credential.award
    rules, scheme = rules_of(award.edition), award.scheme
    pathway = rules.pathway(award.pathway)
    zone = ZoneInfo(scheme.time_zone)
    return Badge(
        address=whole("public:credential", credential.key),
        issuer=issuer(),
        body=scheme.body,
        site=f"{settings.SITE_URL}/",
        contact=scheme.contact_email,
        achievement=whole("public:achievement", award.edition.code, pathway.code),
        title=pathway.title,
        summary=pathway.summary,
        criteria=criteria_of(award.edition, pathway),
        picture=whole("public:badge", award.edition.code, pathway.code),
        tags=[each for each in award.areas if each],
        name=award.name,
        email=award.person.email or "",
        salt=credential.salt,
        valid_from=datetime(award.issued_on.year, award.issued_on.month, award.issued_on.day, tzinfo=zone),
        valid_until=None if award.retired_on else end_of(award.valid_until, scheme.time_zone),
        lists={each: list_address(credential.bit_list.number, each) for each in PURPOSES},
        place=credential.place,
    )


def list_address(number: int, purpose: str) -> str:
    """Return where a status list is read."""
    return whole("public:status_list", purpose, number)


def places_set(number: int, purpose: str) -> tuple[int, ...]:
    """Return the places on a list whose bit is set: one query.

    Revoked counts what the office has revoked and what another credential has taken the place of.
    """
    rows = Credential.objects.filter(bit_list__number=number)
    if purpose == REVOCATION:
        rows = rows.filter(Q(ended_at__isnull=False) | Q(award__revoked_at__isnull=False))
    else:
        rows = rows.filter(award__suspended_at__isnull=False)
    return tuple(rows.order_by("place").values_list("place", flat=True))


def status_list(number: int, purpose: str, *, at: datetime) -> dict[str, Any] | None:
    """Return a status list, signed, as it stands at a moment; None where there is no such list or no key."""
    key = key_in_use()
    if purpose not in PURPOSES or key is None or not BitList.objects.filter(number=number).exists():
        return None
    folder, places = str(folder_of_keys()), places_set(number, purpose)
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    of = (list_address(number, purpose), purpose, places)
    return _signed_list((folder, key.name, method_of(key)), of, day)


@lru_cache(maxsize=64)
def _signed_list(
    by: tuple[str, str, str], of: tuple[str, str, tuple[int, ...]], day: datetime
) -> dict[str, Any]:
    """Sign a list; the same bits of the same day are signed once."""
    (folder, name, method), (address, purpose, places) = by, of
    plain = list_of(issuer(), address, purpose, places, on=day)
    return signed_list(plain, private=private_key(Path(folder), name), method=method, at=day)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found about a badge, and the award it is of; None where it is not, word for word, ours."""

    findings: tuple[Finding, ...]
    award: Award | None

    @property
    def is_good(self) -> bool:
        """Whether every question was answered with yes."""
        return all(each.is_good for each in self.findings)


def check(shown: Shown, *, at: datetime) -> Checked:
    """Ask everything there is to ask of a badge somebody shows; at most three queries."""
    row = _named_by(shown.document)
    found = tuple(
        findings(
            shown,
            issuer=issuer_document() or did_document(issuer(), []),
            known=(row.document or {}, row.token) if row else None,
            is_revoked=row is not None and (row.ended_at is not None or row.award.revoked_at is not None),
            is_suspended=row is not None and row.award.suspended_at is not None,
            at=at,
        )
    )
    is_ours = any(each.question is Question.RECORD and each.is_good for each in found)
    return Checked(found, row.award if row and is_ours else None)


def _named_by(document: dict[str, Any]) -> Credential | None:
    """Return the credential whose address a badge bears."""
    match = _ADDRESS.search(str(document.get("id", "")))
    rows = Credential.objects.filter(signed_at__isnull=False).select_related("award")
    return rows.filter(key=UUID(match[1])).first() if match else None
