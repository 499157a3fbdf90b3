"""Notes to self: the candidate's own, at any stage; nobody else writes or reads them."""

from datetime import datetime

from accredit.portfolios.actions.desk import long_text
from accredit.portfolios.models import Entry, Note, Portfolio
from accredit.portfolios.queries import registration_of
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse

MOST_NOTES = 500


@action
def write_note(
    portfolio: Portfolio, *, text: str, entry: Entry | None = None, by: Actor, at: datetime
) -> Note:
    """Write a note, beside an entry or for the whole portfolio; the same one twice in a row is one.

    Refused to everybody but the candidate, without words, and beyond `MOST_NOTES`.
    """
    _require_own(portfolio, by)
    said = _said(text)
    last = portfolio.notes.order_by("-pk").first()
    if last is not None and (last.text, last.entry_id, last.done_at) == (said, entry and entry.pk, None):
        return last
    if portfolio.notes.count() >= MOST_NOTES:
        refuse(Code.NOTES_FULL, allowed=MOST_NOTES)
    return Note.objects.create(portfolio=portfolio, entry=entry, text=said, written_at=at)


@action
def change_note(note: Note, *, text: str, by: Actor, at: datetime) -> Note:
    """Replace what a note says."""
    _require_own(note.portfolio, by)
    note.text, note.written_at = _said(text), at
    note.save(update_fields=["text", "written_at"])
    return note


@action
def tick_note(note: Note, *, is_done: bool, by: Actor, at: datetime) -> Note:
    """Tick a note off, or take the tick away; doing it twice is doing it once."""
    _require_own(note.portfolio, by)
    note.done_at = (note.done_at or at) if is_done else None
    note.save(update_fields=["done_at"])
    return note


@action
def remove_note(note: Note, *, by: Actor, at: datetime) -> None:
    """Remove a note for good."""
    _require_own(note.portfolio, by)
    note.delete()


def _require_own(portfolio: Portfolio, by: Actor) -> None:
    if by.role is not Role.CANDIDATE or registration_of(portfolio).person_id != by.person:
        refuse(Code.NOT_YOURS)


def _said(text: str) -> str:
    said = long_text(text)
    if not said:
        refuse(Code.NOTE_EMPTY)
    return said
