"""Large files on their way into the locker: begun within the scheme's limits, settled once."""

from datetime import datetime
from typing import Any

from django.core.files import File

from accredit.files import actions as files
from accredit.files.models import Upload
from accredit.files.queries import arrived, reserved_bytes
from accredit.portfolios.actions.desk import open_desk
from accredit.portfolios.actions.locker import MEBIBYTE, add_evidence, change_evidence
from accredit.portfolios.models import Evidence, Portfolio
from accredit.portfolios.queries import PieceContent, bound_for, sizes_of
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse


@action
def begin_upload(
    portfolio: Portfolio,
    *,
    name: str,
    size: int,
    instead_of: Evidence | None = None,
    by: Actor,
    at: datetime,
) -> Upload:
    """Begin to take in a file of `size` bytes for the locker, in parts.

    Refused as `files.actions.begin_upload` refuses, and when it would not fit into the portfolio beside
    what is there and what is on its way; it may take the room of the piece it is to replace.
    """
    desk = open_desk(portfolio.pk, by=by)
    scheme, whither = desk.registration.scheme, bound_for(portfolio)
    upload = files.begin_upload(
        owner=desk.registration.person_id,
        bound_for=whither,
        name=name,
        size=size,
        limit=scheme.file_limit,
        at=at,
    )
    have = sum(sizes_of(desk.portfolio, without=instead_of).values()) + reserved_bytes(bound_for=whither)
    if have > scheme.portfolio_limit:
        limit = scheme.portfolio_limit // MEBIBYTE
        refuse(Code.PORTFOLIO_FULL, have=-(-have // MEBIBYTE), allowed=limit)
    return upload


@action
def add_arrived(
    portfolio: Portfolio,
    upload: Upload,
    *,
    content: PieceContent,
    captions: "File[Any] | None" = None,
    by: Actor,
    at: datetime,
) -> Evidence:
    """Put a file that has arrived into the locker, by the door of every other; doing it twice is once.

    Refused when it has not arrived completely, and as `add_evidence` refuses; then what arrived stays.
    """
    locked = _whole(portfolio, upload)
    if locked.became is not None:
        return _already(locked)
    made = add_evidence(
        portfolio,
        kind=Evidence.Kind.FILE,
        content=content,
        upload=arrived(locked),
        name=locked.name,
        captions=captions,
        by=by,
        at=at,
    )
    _settle(locked, made, at=at)
    return made


def _already(upload: Upload) -> Evidence:
    made = Evidence.objects.filter(pk=upload.became or 0, removed_at=None).first()
    if made is None:
        refuse(Code.UPLOAD_GONE)
    return made


@action
def change_to_arrived(
    evidence: Evidence,
    upload: Upload,
    *,
    content: PieceContent,
    captions: "File[Any] | None" = None,
    without_captions: bool = False,
    expected: int | None = None,
    by: Actor,
    at: datetime,
) -> Evidence:
    """Describe a piece anew and give it the file that has arrived; refused as `change_evidence` refuses."""
    locked = _whole(evidence.portfolio, upload)
    if locked.became is not None:
        return evidence
    changed = change_evidence(
        evidence,
        content=content,
        upload=arrived(locked),
        name=locked.name,
        captions=captions,
        without_captions=without_captions,
        expected=expected,
        by=by,
        at=at,
    )
    _settle(locked, changed, at=at)
    return changed


def _whole(portfolio: Portfolio, upload: Upload) -> Upload:
    locked = files.lock_upload(upload)
    if locked.bound_for != bound_for(portfolio):
        refuse(Code.NOT_YOURS)
    if not locked.is_whole:
        refuse(Code.UPLOAD_NOT_THERE, name=locked.name)
    return locked


def _settle(upload: Upload, evidence: Evidence, *, at: datetime) -> None:
    if evidence.blob is not None:
        files.settle_upload(upload, blob=evidence.blob, became=evidence.pk, at=at)
