"""The locker: pieces of evidence, kept within the scheme's limits."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.core.files import File

from accredit.files import actions as files
from accredit.files.models import Blob
from accredit.portfolios.actions.desk import Desk, line, long_text, open_desk, web_address
from accredit.portfolios.models import Evidence, Portfolio, Use, Visibility
from accredit.portfolios.queries import used_bytes
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse
from accredit.toolkit.richtext import clean_html

MEBIBYTE = 1024 * 1024
DOUBLE_CLICK = timedelta(minutes=1)


def require_room(desk: Desk, blob: Blob, *, instead_of: Evidence | None = None) -> None:
    """Refuse what would take the portfolio over the scheme's limit; a file kept already takes no room."""
    portfolio, limit = desk.portfolio, desk.registration.scheme.portfolio_limit
    if portfolio.evidence.filter(removed_at=None, blob=blob).exists():
        return
    have = used_bytes(portfolio, without=instead_of) + blob.size
    if have > limit:
        refuse(Code.PORTFOLIO_FULL, have=-(-have // MEBIBYTE), allowed=limit // MEBIBYTE)


def name_of(upload: "File[Any] | BinaryIO", name: str) -> str:
    """Return the name given, else the upload's own, without folders."""
    own = name or str(getattr(upload, "name", None) or "")
    return line(own.replace("\\", "/").rpartition("/")[2][-200:], at_most=200)


@action
def add_evidence(
    portfolio: Portfolio,
    *,
    kind: str,
    title: str,
    shows: str = "",
    alt: str = "",
    visibility: str = Visibility.ALL,
    upload: "File[Any] | BinaryIO | None" = None,
    name: str = "",
    address: str = "",
    text: str = "",
    by: Actor,
    at: datetime,
) -> Evidence:
    """Put a file, a link or a text into the locker; `name` is the file's, else the upload's own.

    In a revision new pieces may be added: they only count where an open slot uses them. The same piece
    sent twice within a minute is one: somebody clicked twice.
    """
    desk = open_desk(portfolio.pk, by=by)
    evidence = Evidence(portfolio=desk.portfolio, kind=_one_of(kind, Evidence.Kind.values), added_at=at)
    _describe(evidence, title=title, shows=shows, alt=alt, visibility=visibility)
    _fill(evidence, desk, upload=upload, name=name, address=address, text=text, at=at)
    twin = _twin(evidence)
    if twin is not None:
        return twin
    evidence.save()
    return evidence


def _twin(evidence: Evidence) -> Evidence | None:
    just_now = Evidence.objects.filter(
        portfolio=evidence.portfolio, removed_at=None, added_at__gt=evidence.added_at - DOUBLE_CLICK
    )
    same = ("kind", "title", "shows", "alt", "visibility", "blob", "file_name", "address", "text")
    return just_now.filter(**{name: getattr(evidence, name) for name in same}).first()


@action
def change_evidence(
    evidence: Evidence,
    *,
    title: str,
    shows: str = "",
    alt: str = "",
    visibility: str = Visibility.ALL,
    upload: "File[Any] | BinaryIO | None" = None,
    name: str = "",
    address: str = "",
    text: str = "",
    expected: int | None = None,
    by: Actor,
    at: datetime,
) -> Evidence:
    """Describe a piece anew and, where given, replace its file; earlier submissions keep the old one.

    Refused while a slot that is closed in this round uses it. Clash when changed elsewhere meanwhile.
    """
    desk, locked = _standing(evidence, by=by)
    desk.require_version(locked.version, expected)
    _describe(locked, title=title, shows=shows, alt=alt, visibility=visibility)
    _fill(locked, desk, upload=upload, name=name, address=address, text=text, at=at)
    locked.version += 1
    locked.save()
    return locked


@action
def remove_evidence(evidence: Evidence, *, by: Actor, at: datetime) -> None:
    """Take a piece out of the locker and out of the examples that use it; submissions keep theirs.

    Doing it twice is doing it once.
    """
    if Evidence.objects.filter(pk=evidence.pk, removed_at__isnull=False).exists():
        return
    _, locked = _standing(evidence, by=by)
    Use.objects.filter(evidence=locked).delete()
    locked.removed_at = at
    locked.save(update_fields=["removed_at"])


def _standing(evidence: Evidence, *, by: Actor) -> tuple[Desk, Evidence]:
    desk = open_desk(evidence.portfolio_id, by=by)
    locked = Evidence.objects.filter(pk=evidence.pk, removed_at=None).first()
    if locked is None:
        refuse(Code.EVIDENCE_UNKNOWN)
    locked.portfolio = desk.portfolio
    if desk.portfolio.open_slots is not None:
        for slot in _slots_using(desk, locked):
            if slot not in desk.portfolio.open_slots:
                refuse(Code.EVIDENCE_IN_CLOSED_SECTION, title=locked.title, section=slot)
    return desk, locked


def _slots_using(desk: Desk, evidence: Evidence) -> Iterable[str]:
    uses = Use.objects.filter(evidence=evidence).values_list(
        "example__entry__section", "example__entry__position"
    )
    return (desk.rules.slot(section, position) for section, position in uses.order_by("id"))


def _one_of(value: str, choices: Iterable[str]) -> str:
    if value not in choices:
        refuse(Code.CHOICE_UNKNOWN, value=value[:80])
    return value


def _describe(evidence: Evidence, *, title: str, shows: str, alt: str, visibility: str) -> None:
    evidence.title = line(title, at_most=200)
    if not evidence.title:
        refuse(Code.TITLE_MISSING)
    evidence.shows = long_text(shows)
    evidence.alt = line(alt, at_most=500)
    evidence.visibility = _one_of(visibility, Visibility.values)


def _fill(
    evidence: Evidence,
    desk: Desk,
    *,
    upload: "File[Any] | BinaryIO | None",
    name: str,
    address: str,
    text: str,
    at: datetime,
) -> None:
    if evidence.kind == Evidence.Kind.LINK:
        evidence.address = web_address(address)
    elif evidence.kind == Evidence.Kind.TEXT:
        evidence.text = clean_html(long_text(text))
    elif upload is not None:
        file_name = name_of(upload, name)
        blob = files.keep(upload, name=file_name, at=at, limit=desk.registration.scheme.file_limit)
        require_room(desk, blob, instead_of=evidence)
        evidence.blob, evidence.file_name = blob, file_name
    if not (evidence.address or evidence.text or evidence.blob_id):
        refuse(Code.EVIDENCE_EMPTY)
