"""What is an assessor's alone: notes on passages, and what the form said before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accredit.assessments.models import Assessment, AssessmentVersion
from accredit.assessments.queries import AssessmentContent, content_of, from_json
from accredit.toolkit.richtext import plain
from accredit.web.assessor.reads.desk import Desk
from accredit.web.ui.formats import moment
from accredit.web.ui.parts import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class Note:
    """A note of mine and where it belongs; `part` names the text on the page in which its words stand."""

    key: int
    slot: str
    where: str
    part: str
    quote: str
    before: str
    text: str
    made_at: datetime


def titles(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the sections of what was handed in."""
    return [(str(each["slot"]), str(each["section_title"])) for each in content["entries"]]


def notes_of(assessment: Assessment, content: dict[str, Any]) -> list[Note]:
    """Return my notes in the order of the portfolio; one query."""
    known = dict(titles(content))
    places = {slot: number for number, slot in enumerate(known)}
    found = [
        Note(
            key=each.pk,
            slot=each.slot,
            where=known.get(each.slot, each.slot),
            part=each.part,
            quote=each.quote,
            before=each.before,
            text=each.text,
            made_at=each.made_at,
        )
        for each in assessment.passage_notes.order_by("made_at", "pk")
    ]
    return sorted(found, key=lambda each: places.get(each.slot, len(places)))


def versions_table(rows: Iterable[AssessmentVersion], address: str) -> Table:
    """Return what the form said before, the newest first; `address` leads to one, with its key for KEY."""
    columns = [Column(_("Saved"), is_head=True), Column(_("Rows rated"), is_number=True), Column(_("Words"))]
    lines = [_line(each, address) for each in rows]
    return Table(_("Versions of your assessment"), columns, lines, _("Nothing has been saved yet."))


def _line(kept: AssessmentVersion, address: str) -> list[object]:
    said = from_json(kept.content)
    texts = [said.overall, *said.comments.values(), said.private_notes]
    words = sum(len(plain(each).split()) for each in texts)
    return [Cell(moment(kept.saved_at), address.replace("KEY", str(kept.pk))), len(said.marks), words]


@dataclass(frozen=True, slots=True)
class FieldOfTwo:
    """One field as a version and the form of now have it, in words."""

    label: str
    old: str
    new: str


def differences(found: Desk, kept: AssessmentVersion) -> list[FieldOfTwo]:
    """Return what has changed since a version, field by field."""
    old, new = from_json(kept.content), content_of(found.place.assessment)
    pairs = zip(_fields(found, old), _fields(found, new), strict=True)
    return [FieldOfTwo(label, before, now) for (label, before), (_label, now) in pairs if before != now]


def _fields(found: Desk, said: AssessmentContent) -> list[tuple[str, str]]:
    outcomes = {each.code: each.title for each in found.edition.outcomes}
    fields = [
        pair
        for row in found.rows
        for pair in (
            (row.title, {each.code: each.title for each in row.marks}.get(said.marks.get(row.key, ""), "")),
            (_("Comment on %(row)s") % {"row": row.title}, plain(said.comments.get(row.key, ""))),
        )
    ]
    revise = ", ".join(found.edition.slot_title(slot) for slot in said.revise)
    return [
        *fields,
        (_("Overall comment"), plain(said.overall)),
        (_("The outcome you recommend"), outcomes.get(said.outcome, "")),
        (_("Sections to revise"), revise),
        (_("Private notes"), said.private_notes),
    ]
