"""A portfolio of 13,000 words and 60 pictures: brought in as a document, then made into every form."""

import io
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import docx
from django.utils import timezone
from PIL import Image, ImageFilter

from accredit.demo import cast
from accredit.exchange import actions, queries
from accredit.exchange.models import Export, Import
from accredit.exchange.tasks.exports import make
from accredit.exchange.tasks.imports import read_one
from accredit.exchange.writers import FORMS
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import rules_of
from accredit.people.actions import Details, Stay, record_person
from accredit.portfolios.models import Portfolio
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Role
from accredit.toolkit import confined
from accredit.toolkit.actor import SYSTEM, Actor
from bench import writers

WORDS, PICTURES = 13_000, 60
SIZE = (1200, 900)
MEBIBYTE = 1024 * 1024


def measure() -> None:
    """Print what bringing in and taking out take: seconds in all, and the child's time and peak memory."""
    draft, at = _draft(), timezone.now()
    by = Actor(person=draft.registration.person_id, role=Role.CANDIDATE)
    document, words = _document(draft)
    print(f"{words:,} words and {PICTURES} pictures, {len(document) / MEBIBYTE:.1f} MiB as a Word document\n")
    print("| step | s | in the child s | child's peak MiB | result MiB |\n|---|---:|---:|---:|---:|")
    found = _timed("Word document read and its outline proposed", lambda: _read(draft, document, by, at))
    _timed("outline taken into the drafts", lambda: _take(found, by, at))
    for form in FORMS:
        _timed(f"made into {form}", lambda form=form: _make(draft, form, by, at))
    print(flush=True)


def _draft() -> Portfolio:
    details, stays = Details(name="Writer of length"), (Stay(writers.HOME),)
    address, at = "length@bench.example", timezone.now()
    person = record_person(details, email=address, stays=stays, by=SYSTEM, at=at)
    return writers.registered(person, Scheme.objects.get(is_default=True), "senior", at=at)


def _document(draft: Portfolio) -> tuple[bytes, int]:
    """Write a Word document with a heading for each section, as people who follow the guidance do."""
    registration = Registration.objects.select_related("edition").get(pk=draft.registration_id)
    rules = rules_of(registration.edition)
    sentences, chance = _sentences(), random.Random(3)
    made, words, pictures = docx.Document(), 0, 0
    sections = rules.sections_for("senior")
    slots = [slot for each in sections for slot in rules.slots(each.code, 1 + (each.code == "5"))]
    for slot in slots:
        made.add_heading(rules.slot_title(slot), 1)
        for part in ("Description", "Reflection"):
            made.add_heading(part, 2)
            told = 0
            while told < WORDS / len(slots) / 2:
                text = " ".join(next(sentences) for _ in range(5))
                made.add_paragraph(text)
                told += len(text.split())
            words += told
            for _ in range(PICTURES // len(slots) // 2 + 1 if pictures < PICTURES else 0):
                made.add_picture(io.BytesIO(_picture(chance)))
                pictures += 1
    into = io.BytesIO()
    made.save(into)
    return into.getvalue(), words


def _sentences() -> Iterator[str]:
    """Yield the sentences of the demo's longest portfolio, over and over."""
    texts = [
        text
        for entry in cast.portfolio("gwen-senior")["entries"]
        for example in entry.get("examples", ())
        for text in (example["description"], example["reflection"])
    ]
    found = re.split(r"(?<=[.?])\s+", " ".join(" ".join(texts).split()))
    while True:
        yield from found


def _picture(chance: random.Random) -> bytes:
    """Draw something that packs as badly as a photograph."""
    small = Image.frombytes("RGB", (120, 90), chance.randbytes(120 * 90 * 3))
    into = io.BytesIO()
    small.resize(SIZE).filter(ImageFilter.GaussianBlur(2)).save(into, "JPEG", quality=88)
    return into.getvalue()


def _read(draft: Portfolio, document: bytes, by: Actor, at: datetime) -> Import:
    found = actions.bring_in(draft, io.BytesIO(document), name="portfolio.docx", by=by, at=at)
    read_one(queries.imports_waiting(timezone.now()).get(pk=found.pk))
    found.refresh_from_db()
    if found.fault:
        raise RuntimeError(f"the document was not read: {found.fault}")
    return found


def _take(found: Import, by: Actor, at: datetime) -> None:
    proposals, _notes = queries.proposals_of(found)
    choices = {each.slot.code: "take" for each in proposals}
    actions.take_import(found, choices=choices, expected={}, by=by, at=at)


def _make(draft: Portfolio, form: str, by: Actor, at: datetime) -> int:
    asked: Export = actions.ask_export(draft, form=form, by=by, at=at)
    make(Export.objects.get(pk=asked.pk))
    asked.refresh_from_db()
    if asked.blob is None:
        raise RuntimeError(f"{form} was not made: {asked.fault}")
    return asked.blob.size


def _timed(step: str, work: Callable[[], Any]) -> Any:
    with _children() as seen:
        began = time.perf_counter()
        result = work()
        took = time.perf_counter() - began
    inside = f"{seen[0].seconds:.1f} | {seen[0].peak / MEBIBYTE:.0f}" if seen else "– | –"
    size = f"{result / MEBIBYTE:.1f}" if isinstance(result, int) else "–"
    print(f"| {step} | {took:.1f} | {inside} | {size} |", flush=True)
    return result


@contextmanager
def _children() -> Iterator[list[confined.Done]]:
    """Note what the confined processes started meanwhile took."""
    seen: list[confined.Done] = []
    run = confined.run

    def noted(*args: Any, **values: Any) -> confined.Done:
        seen.append(run(*args, **values))
        return seen[-1]

    confined.run = noted
    try:
        yield seen
    finally:
        confined.run = run
