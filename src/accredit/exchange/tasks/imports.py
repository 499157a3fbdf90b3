"""Reading documents: enqueued on commit, and swept for every minute in case a worker died."""

import logging
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from django.utils import timezone

from accredit.exchange import actions, queries
from accredit.exchange.documents import Caution
from accredit.exchange.models import Import
from accredit.exchange.readers import PICTURES, SOURCE
from accredit.exchange.recognition import Item, Outline, Stretch
from accredit.exchange.recognition.outline import from_json
from accredit.exchange.recognition.slots import as_json
from accredit.files import actions as files
from accredit.files.queries import read
from accredit.portfolios.queries import draft_of
from accredit.rulebook.faults import Code, Fault, fault
from accredit.toolkit import confined
from accredit.toolkit.background import every_minutes, task
from accredit.toolkit.refusals import Refused

log = logging.getLogger("accredit.exchange")
MEBIBYTE = 1024 * 1024
LIMITS = confined.Limits(memory=768 * MEBIBYTE, largest_file=512 * MEBIBYTE, processor=90, clock=180)
JOB = "accredit.exchange.readers:job"
CHUNK = 1024 * 1024


@task
def read_import(brought: int) -> None:
    """Read one document now, if nobody is reading it."""
    for found in queries.imports_waiting(timezone.now()).filter(pk=brought):
        read_one(found)


@every_minutes(1)
def sweep_imports() -> None:
    """Read what waits and nobody is reading; give up what has waited in vain."""
    at = timezone.now()
    for found in queries.given_up_imports(at):
        actions.note_unreadable(found, faults=[fault(Code.IMPORT_OVERRAN, name=found.name)], at=at)
    for found in queries.imports_waiting(at)[:20]:
        read_one(found)


def read_one(found: Import) -> None:
    """Claim, read in a confined process, keep the pictures: a crash in between leaves a row to sweep."""
    if not actions.claim_import(found, at=timezone.now()):
        return
    with tempfile.TemporaryDirectory(prefix="accredit-import-") as folder:
        try:
            outline = _read(found, Path(folder))
        except Refused as refused:
            _fail(found, *refused.faults)
        except confined.Overran:
            _fail(found, fault(Code.IMPORT_OVERRAN, name=found.name))
        except Exception:
            # Whatever it was, somebody waits for an answer.
            log.exception("import %s could not be read", found.pk)
            _fail(found, fault(Code.IMPORT_UNREADABLE, name=found.name))
        else:
            actions.note_read(found, outline, at=timezone.now())


def _fail(found: Import, *faults: Fault) -> None:
    actions.note_unreadable(found, faults=faults, at=timezone.now())


def _read(found: Import, folder: Path) -> Outline:
    if found.blob is None:
        raise FileNotFoundError(found.name)
    with read(found.blob) as content, (folder / SOURCE).open("wb") as source:
        shutil.copyfileobj(content, source, CHUNK)
    slots = queries.slots_of(draft_of(found.portfolio))
    values = {"name": found.name, "slots": as_json(slots)}
    done = confined.run(JOB, values=values, folder=folder, limits=LIMITS)
    return _with_pictures(from_json(done.value), folder / PICTURES, found)


def _with_pictures(outline: Outline, folder: Path, found: Import) -> Outline:
    """Keep the pictures through the door every file takes; one that does not pass it is left out and said."""
    kept: dict[str, dict[str, str]] = {}
    lost = 0
    stretches = list[Stretch]()
    for stretch in outline.stretches:
        items = []
        for item in stretch.items:
            if item.key and item.key not in kept:
                kept[item.key] = _keep(folder / item.key, item, found)
            if item.key and not kept[item.key]:
                lost += 1
                items.append(replace(item, key=""))
            else:
                items.append(replace(item, details={**item.details, **kept.get(item.key, {})}))
        stretches.append(replace(stretch, items=tuple(each for each in items if _says_anything(each))))
    cautions = (*outline.cautions, Caution("pictures", lost)) if lost else outline.cautions
    return replace(outline, stretches=tuple(stretches), cautions=cautions)


def _says_anything(item: Item) -> bool:
    return bool(item.key or item.address or item.text or item.alt)


def _keep(path: Path, item: Item, found: Import) -> dict[str, str]:
    limit = found.portfolio.registration.scheme.file_limit
    try:
        with path.open("rb") as content:
            blob = files.keep(content, name=item.name, at=timezone.now(), limit=limit)
    except (Refused, FileNotFoundError):
        return {}
    return {"sha256": blob.sha256, "size": str(blob.size)}
