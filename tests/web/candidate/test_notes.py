"""Notes to self on their pages: with and without scripts, refused in words, seen by nobody else."""

from typing import Any

import pytest
from django.test import Client

from accredit.portfolios.actions import write_note
from accredit.portfolios.models import Note, Portfolio
from tests import factories as make
from tests.web.candidate.conftest import signed_in

pytestmark = pytest.mark.django_db


def here(draft: Portfolio, more: object = "") -> str:
    """The address of the notes, or of one."""
    return f"/my/{draft.registration_id}/notes/{f'{more}/' if more else ''}"


def test_a_note_is_written_beside_a_section_and_listed(browser: Client, draft: Portfolio) -> None:
    given = {"text": "Ask for the figures.", "slot": "1a", "from": "section"}
    section = f"/my/{draft.registration_id}/section/1a/"
    assert browser.post(here(draft), given)["Location"] == f"{section}#notes"
    assert "Ask for the figures." in browser.get(section).content.decode()
    assert "Ask for the figures." not in browser.get(section.replace("1a", "1b")).content.decode()
    everywhere = browser.get(here(draft)).content.decode()
    assert "Ask for the figures." in everywhere
    assert section in everywhere
    note = Note.objects.get()
    assert (
        browser.post(here(draft, note.pk), {"do": "tick", "slot": "1a", "from": "section"}).status_code == 302
    )
    assert browser.get(section).context["notes"][0].done_at
    browser.post(here(draft, note.pk), {"do": "untick"})
    browser.post(here(draft, note.pk), {"text": "Asked."})
    note.refresh_from_db()
    assert (note.text, note.done_at) == ("Asked.", None)
    assert browser.post(here(draft, note.pk), {"do": "remove"})["Location"] == here(draft)
    assert not Note.objects.exists()


@pytest.mark.parametrize(("text", "told"), [("", "The note is empty"), ("x" * 200_001, "Shorten")])
def test_what_cannot_be_kept_is_said(browser: Client, draft: Portfolio, text: str, told: str) -> None:
    answer = browser.post(here(draft), {"text": text})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    note = write_note(draft, text="Mine.", by=make.owner_of(draft), at=make.AT)
    assert browser.post(here(draft, note.pk), {"text": text}).status_code == 422
    assert Note.objects.get().text == "Mine."


def test_hostile_notes_are_text_and_forged_places_none(browser: Client, draft: Portfolio) -> None:
    browser.post(here(draft), {"text": "<script>alert(1)</script>", "slot": "9z", "from": "section"})
    assert Note.objects.get().entry is None
    page = browser.get(here(draft)).content.decode()
    assert "<script>alert" not in page


def test_the_same_number_of_queries_with_one_note_and_with_three(
    browser: Client, draft: Portfolio, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (1, 3):
        for each, entry in enumerate(draft.entries.all()[:number]):
            write_note(draft, text=f"{number} {each}", entry=entry, by=make.owner_of(draft), at=make.AT)
        with django_assert_max_num_queries(12) as seen:
            browser.get(here(draft))
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


def test_nobody_else_finds_a_note(draft: Portfolio) -> None:
    note = write_note(draft, text="Mine.", by=make.owner_of(draft), at=make.AT)
    other = signed_in(make.person("Ruth Example", sign_in=True))
    for path in (here(draft), here(draft, note.pk)):
        assert other.get(path).status_code == 404
        assert other.post(path, {"text": "Theirs.", "do": "remove"}).status_code == 404
    mine = make.portfolio(make.registration(make.person("Bea", sign_in=True)))
    bea = signed_in(mine.registration.person)
    assert bea.post(here(mine, note.pk), {"do": "remove"}).status_code == 404
    assert Note.objects.get().text == "Mine."
