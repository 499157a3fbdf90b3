"""The locker: pieces of evidence, kept within the scheme's limits."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.core.files import File

from accredit.files import actions as files
from accredit.files.models import Blob
from accredit.portfolios.actions.desk import Desk, line, long_text, open_desk, web_address
from accredit.portfolios.actions.links import know_address
from accredit.portfolios.models import Evidence, Portfolio, Use, Visibility
from accredit.portfolios.queries import PIECE_FIELDS, PieceContent, sizes_of
from accredit.rulebook.faults import Code
from accredit.rulebook.locker import period_faults
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse, refuse_if
from accredit.toolkit.richtext import clean_html

MEBIBYTE = 1024 * 1024
DOUBLE_CLICK = timedelta(minutes=1)
_HEARD = ("audio/", "video/")


def require_room(desk: Desk, *blobs: Blob, instead_of: Evidence | None = None) -> None:
    """Refuse what would take the portfolio over the scheme's limit; a file kept already takes no room."""
    limit, kept = desk.registration.scheme.portfolio_limit, sizes_of(desk.portfolio, without=instead_of)
    added = {blob.pk: blob.size for blob in blobs if blob.pk not in kept}
    have = sum(kept.values()) + sum(added.values())
    if added and have > limit:
        refuse(Code.PORTFOLIO_FULL, have=-(-have // MEBIBYTE), allowed=limit // MEBIBYTE)


def name_of(upload: "File[Any] | BinaryIO", name: str) -> str:
    """Return the name given, else the upload's own, without folders."""
    return files.own_name(name or str(getattr(upload, "name", None) or ""))


@action
def add_evidence(
    portfolio: Portfolio,
    *,
    kind: str,
    content: PieceContent,
    upload: "File[Any] | BinaryIO | None" = None,
    name: str = "",
    captions: "File[Any] | None" = None,
    by: Actor,
    at: datetime,
) -> Evidence:
    """Put a file, a link or a text into the locker; `name` is the file's, else the upload's own.

    `captions` are a WebVTT file that belongs to sound or film. In a revision new pieces may be added: they
    only count where an open slot uses them. The same piece sent twice within a minute is one: somebody
    clicked twice.
    """
    desk = open_desk(portfolio.pk, by=by)
    evidence = Evidence(portfolio=desk.portfolio, kind=_one_of(kind, Evidence.Kind.values), added_at=at)
    _describe(evidence, content)
    _fill(evidence, desk, upload=upload, name=name, captions=captions, at=at)
    twin = _twin(evidence)
    if twin is not None:
        return twin
    evidence.save()
    know_address(desk.portfolio, evidence.address, by=by, at=at)
    return evidence


@action
def add_kept(
    portfolio: Portfolio, blob: Blob, *, name: str, content: PieceContent, by: Actor, at: datetime
) -> Evidence:
    """Put a file that came in by the one door before into the locker; a picture twice is one piece."""
    desk = open_desk(portfolio.pk, by=by)
    standing = desk.portfolio.evidence.filter(blob=blob, removed_at=None).first()
    if standing is not None:
        return standing
    require_room(desk, blob)
    evidence = Evidence(portfolio=desk.portfolio, kind=Evidence.Kind.FILE, blob=blob, added_at=at)
    evidence.file_name = files.own_name(name)
    _describe(evidence, content)
    evidence.save()
    return evidence


def _twin(evidence: Evidence) -> Evidence | None:
    just_now = Evidence.objects.filter(
        portfolio=evidence.portfolio, removed_at=None, added_at__gt=evidence.added_at - DOUBLE_CLICK
    )
    same = {
        name: getattr(evidence, name) for name in ("kind", "blob", "file_name", "captions", *PIECE_FIELDS)
    }
    # Equal to nothing is nothing in a database: it has to be asked for by another word.
    asked = {
        f"{name}__isnull" if value is None else name: value is None or value for name, value in same.items()
    }
    return just_now.filter(**asked).first()


@action
def change_evidence(
    evidence: Evidence,
    *,
    content: PieceContent,
    upload: "File[Any] | BinaryIO | None" = None,
    name: str = "",
    captions: "File[Any] | None" = None,
    without_captions: bool = False,
    expected: int | None = None,
    by: Actor,
    at: datetime,
) -> Evidence:
    """Describe a piece anew and, where given, replace its file or captions.

    Earlier submissions keep the old ones. Refused while a slot that is closed in this round uses it. Clash
    when changed elsewhere meanwhile.
    """
    desk, locked = _standing(evidence, by=by)
    desk.require_version(locked.version, expected)
    _describe(locked, content)
    if without_captions:
        locked.captions, locked.captions_name = None, ""
    _fill(locked, desk, upload=upload, name=name, captions=captions, at=at)
    locked.version += 1
    locked.save()
    know_address(desk.portfolio, locked.address, by=by, at=at)
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


@action
def let_go_of_removed(*, before: datetime) -> int:
    """Take the files from pieces removed before a moment, so that they can be collected; return how many.

    The rows stay: earlier versions of entries name them.
    """
    removed = Evidence.objects.filter(removed_at__lt=before).exclude(blob=None, captions=None)
    return removed.update(blob=None, captions=None)


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


def _describe(evidence: Evidence, content: PieceContent) -> None:
    refuse_if(period_faults(content.practised_from_on, content.practised_until_on))
    cleaned = replace(
        content,
        title=line(content.title, at_most=200),
        shows=long_text(content.shows),
        alt=line(content.alt, at_most=500),
        visibility=_one_of(content.visibility, Visibility.values),
        contribution=long_text(content.contribution),
        others=long_text(content.others),
        permission=_one_of(content.permission, ["", *Evidence.Permission.values]),
        address=web_address(content.address) if evidence.kind == Evidence.Kind.LINK else "",
        text=clean_html(long_text(content.text)) if evidence.kind == Evidence.Kind.TEXT else "",
    )
    if not cleaned.title:
        refuse(Code.TITLE_MISSING)
    for name in PIECE_FIELDS:
        setattr(evidence, name, getattr(cleaned, name))


def _fill(
    evidence: Evidence,
    desk: Desk,
    *,
    upload: "File[Any] | BinaryIO | None",
    name: str,
    captions: "File[Any] | None",
    at: datetime,
) -> None:
    if captions is not None:
        evidence.captions_name = name_of(captions, "")
        evidence.captions = files.keep_captions(captions, name=evidence.captions_name, at=at)

    def admit(blob: Blob) -> None:
        evidence.blob = blob
        _require_heard(evidence)
        _require_room_for(evidence, desk)

    if upload is not None and evidence.kind == Evidence.Kind.FILE:
        evidence.file_name = name_of(upload, name)
        limit = desk.registration.scheme.file_limit
        files.keep(upload, name=evidence.file_name, at=at, limit=limit, admit=admit)
    if not (evidence.address or evidence.text or evidence.blob):
        refuse(Code.EVIDENCE_EMPTY)
    _require_heard(evidence)
    if captions is not None:
        _require_room_for(evidence, desk)


def _require_room_for(evidence: Evidence, desk: Desk) -> None:
    kept = [blob for blob in (evidence.blob, evidence.captions) if blob is not None]
    require_room(desk, *kept, instead_of=evidence)


def _require_heard(evidence: Evidence) -> None:
    media_type = evidence.blob.media_type if evidence.blob else ""
    if evidence.captions and not media_type.startswith(_HEARD):
        refuse(Code.CAPTIONS_NOT_OPEN, name=evidence.captions_name)
