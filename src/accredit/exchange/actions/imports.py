"""Bringing documents in: kept, read in the background, corrected by their owner, or dropped."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.core.files import File
from django.db.models import QuerySet

from accredit.exchange.events import BroughtIn
from accredit.exchange.models import Import
from accredit.exchange.readers import ENDINGS
from accredit.exchange.recognition import Outline
from accredit.files import actions as files
from accredit.files.models import Blob
from accredit.portfolios.actions.desk import Desk, open_desk
from accredit.portfolios.models import Portfolio
from accredit.rulebook.faults import Code, Fault
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse

DOUBLE_CLICK = timedelta(minutes=1)
MOST_WAITING = 3
MEBIBYTE = 1024 * 1024


@action
def bring_in(
    portfolio: Portfolio, upload: "File[Any] | BinaryIO", *, name: str, by: Actor, at: datetime
) -> Import:
    """Keep a document as it came and have it read. The same one sent twice within a minute is one.

    Only its name and size are looked at here: what it is, a confined process finds out. Refused where
    nothing is written, for a name of no kind that is read, when it is empty or larger than a file may be,
    while three others of this portfolio are being read, and when the documents on its list would take more
    room than the portfolio itself may: they do not count against that.
    """
    desk = open_desk(portfolio.pk, by=by)
    name = files.own_name(name)
    if name.rpartition(".")[2].lower() not in {*ENDINGS, "doc", "docm"}:
        refuse(Code.IMPORT_FORM_UNKNOWN, name=name)
    rows = Import.objects.filter(portfolio=desk.portfolio, dropped_at=None)
    just_now = rows.filter(taken_at=None, brought_at__gt=at - DOUBLE_CLICK)

    def admit(blob: Blob) -> None:
        if not just_now.filter(blob=blob).exists():
            _require_room(desk, rows, blob)

    limit = desk.registration.scheme.file_limit
    blob = files.keep_unseen(upload, name=name, at=at, limit=limit, admit=admit)
    twin = just_now.filter(blob=blob).first()
    if twin is not None:
        return twin
    made = Import.objects.create(
        portfolio=desk.portfolio,
        brought_by_id=by.person or desk.registration.person_id,
        name=name,
        blob=blob,
        brought_at=at,
    )
    publish(BroughtIn(made.pk))
    return made


def _require_room(desk: Desk, rows: QuerySet[Import], blob: Blob) -> None:
    if rows.filter(read_at=None).count() >= MOST_WAITING:
        refuse(Code.IMPORTS_WAITING, allowed=MOST_WAITING)
    sizes = dict(rows.exclude(blob=None).values_list("blob", "blob__size"))
    have, limit = sum((sizes | {blob.pk: blob.size}).values()), desk.registration.scheme.portfolio_limit
    if have > limit:
        refuse(Code.IMPORTS_FULL, have=-(-have // MEBIBYTE), allowed=limit // MEBIBYTE)


@action
def claim_import(found: Import, *, at: datetime) -> bool:
    """Take an import to read it; False when another worker has it, or it is read or dropped meanwhile."""
    rows = Import.objects.filter(pk=found.pk, claimed_at=found.claimed_at, read_at=None, dropped_at=None)
    return rows.update(claimed_at=at) == 1


@action
def note_read(found: Import, outline: Outline, *, at: datetime) -> None:
    """Write down what was recognised."""
    rows = Import.objects.filter(pk=found.pk, read_at=None, dropped_at=None)
    rows.update(outline=outline.as_json(), read_at=at, fault=None)


@action
def note_unreadable(found: Import, *, faults: Iterable[Fault], at: datetime) -> None:
    """Write down why a document could not be read; the document itself is let go of."""
    told = [[each.code.value, dict(each.values)] for each in faults]
    Import.objects.filter(pk=found.pk, read_at=None).update(fault=told, read_at=at, blob=None)


@action
def read_again(found: Import, *, by: Actor, at: datetime) -> None:
    """Have a document read once more: its pictures were cleared away before they were taken."""
    open_desk(found.portfolio_id, by=by)
    again = Import.objects.filter(pk=found.pk, taken_at=None, dropped_at=None, blob__isnull=False)
    if again.update(read_at=None, claimed_at=None, brought_at=at):
        publish(BroughtIn(found.pk))


@action
def place_stretches(found: Import, *, placing: Mapping[str, str], by: Actor, at: datetime) -> Import:
    """Keep where the person says each stretch belongs; `placing` goes by the number of the stretch."""
    locked = standing(found, by=by)
    if locked.taken_at is not None:
        refuse(Code.IMPORT_TAKEN)
    known = len((locked.outline or {}).get("stretches", ()))
    numbers = {str(number) for number in range(known)}
    kept = {key: value[:80] for key, value in placing.items() if key in numbers}
    locked.placing = {**locked.placing, **kept}
    locked.version += 1
    locked.save(update_fields=["placing", "version"])
    return locked


@action
def drop_import(found: Import, *, by: Actor, at: datetime) -> None:
    """Take a document off the list; what was taken from it stays. Doing it twice is doing it once."""
    open_desk(found.portfolio_id, by=by)
    Import.objects.filter(pk=found.pk, dropped_at=None).update(dropped_at=at, blob=None, outline=None)


def standing(found: Import, *, by: Actor) -> Import:
    """Return an import under the lock of its portfolio, read and not dropped; refused otherwise."""
    desk = open_desk(found.portfolio_id, by=by)
    locked = Import.objects.select_for_update(of=("self",)).get(pk=found.pk)
    locked.portfolio = desk.portfolio
    if locked.dropped_at is not None:
        refuse(Code.IMPORT_DROPPED)
    if locked.read_at is None or locked.outline is None:
        refuse(Code.IMPORT_NOT_READ_YET)
    return locked
