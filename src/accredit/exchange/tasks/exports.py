"""Making exports: enqueued on commit, and swept for every minute in case a worker died."""

import logging
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation

from accredit.exchange import actions, queries
from accredit.exchange.models import Export
from accredit.exchange.writers import WRITERS, Copy
from accredit.files import queries as files
from accredit.files.models import Blob
from accredit.rulebook.faults import Code, Fault, fault
from accredit.toolkit import confined
from accredit.toolkit.background import every_day, every_minutes, task
from accredit.toolkit.refusals import Refused

log = logging.getLogger("accredit.exchange")
MEBIBYTE = 1024 * 1024
LIMITS = confined.Limits(memory=2048 * MEBIBYTE, largest_file=2048 * MEBIBYTE, processor=180, clock=300)
JOB = "accredit.exchange.writers:render"
CHUNK = 1024 * 1024
MOST_NAMED = 8


@task
def make_export(export: int) -> None:
    """Make one export now, if nobody is making it."""
    for found in queries.waiting(timezone.now()).filter(pk=export):
        make(found)


@every_minutes(1)
def sweep_exports() -> None:
    """Make what waits and nobody is making; give up what has waited in vain."""
    at = timezone.now()
    for export in queries.given_up(at):
        actions.fail_export(export, faults=[fault(Code.EXPORT_OVERRAN)], at=at)
    for export in queries.waiting(at)[:20]:
        make(export)


@every_day(hour=4)
def forget_exports() -> None:
    """Take old exports off the lists."""
    actions.forget_exports(at=timezone.now())


def make(export: Export) -> None:
    """Claim, lay the files ready, render in a confined process, keep: a crash leaves a row to sweep."""
    copy = queries.copy_of(export)
    needed = WRITERS[export.form].needs(copy.content)
    if not actions.claim_export(export, of=len(needed) + 2, at=timezone.now()):
        return
    with tempfile.TemporaryDirectory(prefix="accredit-export-") as folder:
        try:
            _make(export, copy, needed, Path(folder))
        except Refused as refused:
            _fail(export, *refused.faults)
        except confined.Overran:
            _fail(export, fault(Code.EXPORT_OVERRAN))
        except Exception:
            # Whatever it was, somebody waits for an answer, and the other forms may work.
            log.exception("export %s could not be made", export.pk)
            _fail(export, fault(Code.EXPORT_BROKE))


def _fail(export: Export, *faults: Fault) -> None:
    actions.fail_export(export, faults=faults, at=timezone.now())


def _make(export: Export, copy: Copy, needed: tuple[str, ...], folder: Path) -> None:
    lost = _lay_ready(export, needed, folder / "in")
    with translation.override(settings.LANGUAGE_CODE):
        prepared = WRITERS[export.form].prepare(copy)
    values = {"form": export.form, "prepared": prepared}
    done = confined.run(JOB, values=values, folder=folder, limits=LIMITS)
    actions.note_progress(export, done=len(needed) + 1)
    remarks = [fault(Code(code), what=what) for code, what in done.value]
    if lost:
        remarks.append(fault(Code.EXPORT_FILES_LOST, what=_names(copy, lost)))
    with (folder / "out" / "document").open("rb") as content:
        name = queries.name_of(export, copy)
        actions.finish_export(export, content, name=name, remarks=remarks, at=timezone.now())


def _lay_ready(export: Export, needed: Iterable[str], folder: Path) -> list[str]:
    """Fetch the files from the storage; return the hashes of those it has lost."""
    folder.mkdir()
    blobs = {each.sha256: each for each in Blob.objects.filter(sha256__in=list(needed))}
    lost = []
    for number, sha256 in enumerate(needed, 1):
        if not (sha256 in blobs and _fetch(blobs[sha256], folder / sha256)):
            lost.append(sha256)
        actions.note_progress(export, done=number)
    return lost


def _fetch(blob: Blob, into: Path) -> bool:
    try:
        with files.read(blob) as source, into.open("wb") as out:
            shutil.copyfileobj(source, out, CHUNK)
    except FileNotFoundError:
        return False
    return True


def _names(copy: Copy, lost: list[str]) -> str:
    pieces = copy.content["evidence"].values()
    named = {piece["file"]: piece["name"] for piece in pieces}
    named[copy.content["source"]["sha256"]] = copy.content["source"]["name"]
    found = [named.get(each, each[:12]) for each in lost]
    return ", ".join(found[:MOST_NAMED]) + (" …" if len(found) > MOST_NAMED else "")
