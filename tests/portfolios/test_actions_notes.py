"""Notes to self: the candidate's alone, in nothing that anybody else gets."""

import json

import pytest

from accredit.portfolios import actions, queries
from accredit.portfolios.models import EntryVersion, Note, Submission
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.trail.models import Row
from tests import factories
from tests.factories import AT, LATER, candidate, office, owner_of, person, portfolio
from tests.portfolios import refused_with

pytestmark = pytest.mark.django_db


def test_a_note_is_written_once_changed_ticked_and_removed():
    draft = portfolio()
    by, entry = owner_of(draft), queries.entry_at(draft, "1a")
    note, again = (actions.write_note(draft, text=" Ask Mina. ", entry=entry, by=by, at=AT) for _ in "12")
    assert (note.pk, note.text) == (again.pk, "Ask Mina.")
    actions.change_note(note, text="Ask Mina again.", by=by, at=AT)
    for _ in range(2):
        actions.tick_note(note, is_done=True, by=by, at=LATER)
    note.refresh_from_db()
    assert (note.text, note.done_at) == ("Ask Mina again.", LATER)
    actions.write_note(draft, text="Another.", by=by, at=AT)
    assert [each.text for each in queries.notes_of(draft)] == ["Another.", "Ask Mina again."]
    actions.tick_note(note, is_done=False, by=by, at=LATER)
    actions.remove_note(note, by=by, at=LATER)
    assert [each.text for each in Note.objects.all()] == ["Another."]


def test_nobody_else_writes_a_note():
    draft = portfolio()
    note = actions.write_note(draft, text="Mine.", by=owner_of(draft), at=AT)
    owner = draft.registration.person_id
    for by in (candidate(person("Ruth")), office(), SYSTEM, Actor(owner, Role.ASSESSOR)):
        with refused_with(Code.NOT_YOURS):
            actions.write_note(draft, text="Theirs.", by=by, at=AT)
        with refused_with(Code.NOT_YOURS):
            actions.change_note(note, text="Theirs.", by=by, at=AT)
        with refused_with(Code.NOT_YOURS):
            actions.tick_note(note, is_done=True, by=by, at=AT)
        with refused_with(Code.NOT_YOURS):
            actions.remove_note(note, by=by, at=AT)


def test_empty_huge_and_too_many_notes_are_refused(monkeypatch: pytest.MonkeyPatch):
    draft = portfolio()
    by = owner_of(draft)
    for text, code in (
        ("", Code.NOTE_EMPTY),
        (" \x00 ", Code.NOTE_EMPTY),
        ("x" * 200_001, Code.TEXT_TOO_LONG),
    ):
        with refused_with(code):
            actions.write_note(draft, text=text, by=by, at=AT)
    monkeypatch.setattr(actions.notes, "MOST_NOTES", 1)
    actions.write_note(draft, text="One.", by=by, at=AT)
    with refused_with(Code.NOTES_FULL):
        actions.write_note(draft, text="Two.", by=by, at=AT)


def test_a_note_outlives_its_entry():
    draft = portfolio(pathway="cmalt")
    by = owner_of(draft)
    first = queries.entry_at(draft, "5a")
    factories.write(first, queries.EntryContent(title="One"))
    entry = actions.add_entry(draft, "5", by=by, at=AT)
    note = actions.write_note(draft, text="Keep me.", entry=entry, by=by, at=AT)
    actions.remove_entry(entry, by=by, at=AT)
    note.refresh_from_db()
    assert note.entry is None


def test_no_submission_version_or_trail_holds_a_note():
    draft = factories.complete_portfolio()
    by = owner_of(draft)
    for entry in (None, *draft.entries.all()):
        actions.write_note(draft, text="Zanzibar", entry=entry, by=by, at=AT)
    submission = actions.submit(draft, by=by, at=AT)
    kept = [Submission.objects.get(pk=submission.pk).content, *EntryVersion.objects.values_list("content")]
    assert "Zanzibar" not in json.dumps(kept)
    assert "Zanzibar" not in json.dumps(list(Row.objects.values()), default=str)
    actions.write_note(draft, text="After submitting.", by=by, at=AT)
