"""The comments a result carries, as they were written and as the candidate will read them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.assessments.models import OVERALL, edit_key
from accredit.assessments.queries import Transcript
from accredit.toolkit.richtext import plain
from accredit.web.ui.parts import Cell, Column, Table

EXCERPT = 90


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment of one assessor; `text` is what the candidate will read, empty where it is left out."""

    appointment: int
    row: str
    who: str
    about: str
    text: str
    is_edited: bool


def comments_of(found: Transcript) -> list[Comment]:
    """Return what can be edited, row by row, the overall comments last."""
    listed = [
        Comment(
            column.appointment,
            row.key,
            _who(column.name, column.number),
            row.title,
            cell.comment,
            edit_key(column.appointment, row.key) in found.edited,
        )
        for row in found.rows
        for column, cell in zip(found.columns, row.cells, strict=True)
        if cell.comment or edit_key(column.appointment, row.key) in found.edited
    ]
    return listed + [
        Comment(
            each.appointment,
            OVERALL,
            _who(each.name, each.number),
            _("Overall"),
            each.overall,
            edit_key(each.appointment, OVERALL) in found.edited,
        )
        for each in found.columns
        if each.overall
    ]


def _who(name: str, number: int) -> str:
    return name or _("Assessor %(number)s") % {"number": number}


def table(registration: int, comments: list[Comment]) -> Table:
    """Return them as a table that leads to each."""
    columns = [
        Column(_("About"), is_head=True),
        Column(_("Whose")),
        Column(_("What the candidate will read")),
    ]
    lines = [_line(registration, each) for each in comments]
    return Table(_("Comments of the assessors"), columns, lines, _("The assessors wrote no comments."))


def _line(registration: int, each: Comment) -> list[object]:
    text = plain(each.text)
    short = text if len(text) <= EXCERPT else f"{text[:EXCERPT].rstrip()}…"
    note = _("Edited") if each.is_edited else ""
    href = reverse("office:release_comment", args=[registration, each.appointment, each.row])
    return [Cell(each.about, href), each.who, Cell(short or _("Left out"), note=note)]
