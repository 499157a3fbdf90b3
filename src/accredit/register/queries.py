"""Holders: the public list of those who agreed to stand in it, and the sections they let candidates read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accredit.awards.models import Award
from accredit.awards.queries import held_on
from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Submission, Visibility
from accredit.portfolios.queries import current_submission
from accredit.register.models import Consent, RegisterEntry, SharedExample


@dataclass(frozen=True, slots=True)
class HolderLine:
    """What the public reads of a holder, and no more."""

    award: int
    name: str
    post_nominals: str
    pathway: str
    areas: tuple[str, ...]
    number: str
    issued_on: date
    valid_until: date
    distinction: bool


def holders(text: str = "", pathway: str = "", *, on: date, scheme: Scheme | None = None) -> QuerySet[Award]:
    """Return one award of each holder in the register, the newest they hold, by name.

    `text` is sought in names, areas and certificate numbers; every word must occur.
    """
    held = held_on(on)
    same = held.filter(person_id=OuterRef("person_id"), scheme_id=OuterRef("scheme_id"))
    newer = same.filter(
        Q(issued_on__gt=OuterRef("issued_on")) | Q(issued_on=OuterRef("issued_on"), pk__gt=OuterRef("pk"))
    )
    agreed = RegisterEntry.objects.filter(
        person_id=OuterRef("person_id"), scheme_id=OuterRef("scheme_id"), consented_at__isnull=False
    )
    rows = held.filter(Exists(agreed), ~Exists(newer)).select_related("edition")
    for word in text.replace("\x00", " ").split():
        rows = rows.filter(Q(name__icontains=word) | Q(areas__icontains=word) | Q(number__iexact=word))
    if pathway:
        rows = rows.filter(pathway=pathway)
    if scheme is not None:
        rows = rows.filter(scheme=scheme)
    return rows.defer("edition__document").order_by("name", "pk")


def line_of(award: Award) -> HolderLine:
    """Return what the public reads of one award."""
    level = rules_of(award.edition).pathway(award.pathway)
    return HolderLine(
        award=award.pk,
        name=award.name,
        post_nominals=level.post_nominals,
        pathway=level.title,
        areas=tuple(each for each in award.areas if each),
        number=award.number,
        issued_on=award.issued_on,
        valid_until=award.valid_until,
        distinction=award.distinction,
    )


def entry_of(person: int, scheme: Scheme) -> RegisterEntry | None:
    """Return a person's place in the register; `consented_at` says whether they stand in it."""
    return RegisterEntry.objects.filter(person_id=person, scheme=scheme).first()


def consents_of(person: int, scheme: Scheme) -> list[Consent]:
    """Return when a person agreed or withdrew, and the words they saw, the newest first."""
    rows = Consent.objects.filter(entry__person_id=person, entry__scheme=scheme)
    return list(rows.order_by("-at", "-pk"))


@dataclass(frozen=True, slots=True)
class SharedText:
    """One example as candidates read it: texts, and titles of evidence that all readers may see."""

    title: str
    type: str
    description: str
    reflection: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedSection:
    """A shared section as candidates read it; `name` is empty where the holder stays unnamed."""

    pathway: str
    edition: str
    heading: str
    area: str
    criteria: str
    text: str
    principle_texts: tuple[tuple[str, str], ...]
    examples: tuple[SharedText, ...]
    name: str = ""


def shareable_of(award: Award) -> Submission | None:
    """Return the frozen copy that was accredited; None where there is none, or nothing was written here."""
    found = current_submission(award.registration_id) if award.registration_id else None
    return found if found is not None and texts_in(found.content) else None


def texts_in(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the entries of a frozen copy that hold a text."""
    return [
        each
        for each in content["entries"]
        if each["text"] or any(each["principle_texts"].values()) or each["examples"]
    ]


def shares_of(submission: Submission) -> dict[str, SharedExample]:
    """Return what is shared of a submission now, by slot."""
    rows = SharedExample.objects.filter(submission=submission, withdrawn_at=None)
    return {row.slot: row for row in rows}


def shared_in(section: str, scheme: Scheme, on: date) -> QuerySet[SharedExample]:
    """Return what holders share of a section, the newest first; only of those who hold an award today."""
    holding = held_on(on).filter(
        person_id=OuterRef("submission__portfolio__registration__person_id"), scheme=scheme
    )
    rows = SharedExample.objects.filter(
        Exists(holding),
        withdrawn_at=None,
        section=section,
        submission__portfolio__registration__scheme=scheme,
    )
    related = rows.select_related("submission__edition", "submission__portfolio__registration__person")
    return related.order_by("-consented_at", "-pk")


def read_of(submission: Submission, slot: str, *, name: str = "") -> SharedSection | None:
    """Return a section of a frozen copy as candidates may read it; None where it holds no text.

    No file, no address of evidence, nothing for assessors only and nobody's judgement is in it.
    """
    content, rules = submission.content, rules_of(submission.edition)
    entry = next((each for each in texts_in(content) if each["slot"] == slot), None)
    if entry is None:
        return None
    titles = {each.code: each.title for each in rules.principles}
    return SharedSection(
        pathway=rules.pathway(content["pathway"]).title,
        edition=rules.title,
        heading=entry["section_title"],
        area=entry["title"] or entry["area"],
        criteria=entry["criteria"],
        text=entry["text"],
        principle_texts=tuple(
            (titles.get(code, code), text) for code, text in entry["principle_texts"].items() if text
        ),
        examples=tuple(_text_of(each, content["evidence"]) for each in entry["examples"]),
        name=name,
    )


def _text_of(example: Mapping[str, Any], evidence: Mapping[str, Any]) -> SharedText:
    pieces = [evidence[str(key)] for key in example["evidence"] if str(key) in evidence]
    return SharedText(
        title=example["title"],
        type=example["type"],
        description=example["description"],
        reflection=example["reflection"],
        evidence=tuple(each["title"] for each in pieces if each["visibility"] == Visibility.ALL),
    )
