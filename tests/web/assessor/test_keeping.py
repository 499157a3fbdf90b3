"""What is an assessor's alone: notes on passages, versions; and what stands from an earlier round."""

from datetime import timedelta
from typing import Any

import pytest

from accredit.assessments import actions
from accredit.assessments.actions.keeping import LONGEST_NOTE, MOST_NOTES
from accredit.assessments.models import Appointment, Assessment, AssessmentVersion, PassageNote, Seat
from accredit.assessments.queries import AssessmentContent, content_of
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.refusals import Refused
from tests import factories as make
from tests.factories import AT
from tests.web.assessor.conftest import at, opened
from tests.web.assessor.test_desk import review

pytestmark = pytest.mark.django_db
NOTE = {
    "slot": "1a", "part": "1a-1-description", "quote": "What I say", "before": "", "text": "Which course?",
}  # fmt: skip


def page(place: Appointment, path: str) -> str:
    answer = at(place).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_note_is_kept_once_shown_and_removed(lena: Appointment) -> None:
    made, browser = opened(lena), at(lena)
    here = f"/assess/{made.pk}/notes/"
    for _click in range(2):
        assert "#note-" in browser.post(here, NOTE)["Location"]
    kept = PassageNote.objects.get()
    assert (kept.slot, kept.part, kept.quote, kept.text) == (
        "1a", "1a-1-description", "What I say", "Which course?",
    )  # fmt: skip
    shown = page(lena, f"{here}?on=desk")
    assert 'data-part-key="1a-1-description" data-quote="What I say"' in shown
    assert "Which course?" in shown
    assert f"/assess/{made.pk}/notes/?on=desk" in page(lena, f"/assess/{made.pk}/")
    for _click in range(2):
        assert browser.post(f"{here}{kept.pk}/remove/").status_code == 302
    assert not PassageNote.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "  "},
        {"slot": "99z"},
        {"slot": ""},
        {"text": "x" * (LONGEST_NOTE + 1)},
        {"quote": "x" * 2001},
    ],
)
def test_a_note_that_is_refused_keeps_what_was_typed(lena: Appointment, changes: dict[str, str]) -> None:
    made = opened(lena)
    answer = at(lena).post(f"/assess/{made.pk}/notes/", NOTE | changes)
    assert answer.status_code == 422
    assert (NOTE | changes)["text"].strip()[:40] in answer.content.decode()
    assert not PassageNote.objects.exists()


def test_notes_have_an_end(lena: Appointment) -> None:
    made = opened(lena)
    with allow_writes():
        PassageNote.objects.bulk_create(
            PassageNote(assessment=made, slot="1a", text=f"{each}", made_at=AT) for each in range(MOST_NOTES)
        )
    with pytest.raises(Refused) as refused:
        actions.write_passage_note(made, slot="1a", text="One more", by=make.as_assessor(lena), at=AT)
    assert refused.value.faults[0].code is Code.NOTES_FULL
    assert at(lena).post(f"/assess/{made.pk}/notes/", NOTE).status_code == 422


def test_nobody_else_reads_or_removes_a_note(lena: Appointment, omar: Appointment) -> None:
    made = opened(lena)
    opened(omar)
    note = actions.write_passage_note(made, slot="1a", text="Mine", by=make.as_assessor(lena), at=AT)
    assert at(omar).get(f"/assess/{made.pk}/notes/").status_code == 404
    assert at(omar).post(f"/assess/{made.pk}/notes/{note.pk}/remove/").status_code == 404
    for step in (
        lambda: actions.write_passage_note(made, slot="1a", text="x", by=make.as_assessor(omar), at=AT),
        lambda: actions.remove_passage_note(note, by=make.as_assessor(omar), at=AT),
    ):
        with pytest.raises(Refused) as refused:
            step()
        assert refused.value.faults[0].code is Code.NOT_YOURS
    actions.decline(lena, reason="Ill", is_conflict=False, by=make.as_assessor(lena), at=AT)
    assert at(lena).get(f"/assess/{made.pk}/notes/").status_code == 404


def saved(made: Assessment, place: Appointment, words: str, minutes: int) -> None:
    current = Assessment.objects.get(pk=made.pk)
    content = AssessmentContent(overall=words, marks={"1a": "strong"})
    moment = AT + timedelta(minutes=minutes)
    by = make.as_assessor(place)
    actions.save_assessment(current, content=content, expected=current.version, by=by, at=moment)


def test_the_last_save_of_each_ten_minutes_is_kept_and_no_slip_replaces_it(lena: Appointment) -> None:
    made = opened(lena)
    saved(made, lena, "one", 0)
    saved(made, lena, "one two three four", 1)
    saved(made, lena, "one two three four", 2)
    assert AssessmentVersion.objects.count() == 1
    saved(made, lena, "one", 3)
    saved(made, lena, "one again", 15)
    kept = AssessmentVersion.objects.order_by("pk").values_list("content__overall", flat=True)
    assert list(kept) == ["one two three four", "one", "one again"]


def test_a_version_is_read_and_restored(lena: Appointment) -> None:
    made = opened(lena)
    saved(made, lena, "The first thought, at some length.", 0)
    saved(made, lena, "Another.", 30)
    first, last = AssessmentVersion.objects.order_by("pk")
    here = f"/assess/{made.pk}/versions/"
    assert f"{here}{first.pk}/" in page(lena, here)
    shown = page(lena, f"{here}{first.pk}/")
    assert "first thought" in shown
    assert "Restore this version" in shown
    assert "says the same now" in page(lena, f"{here}{last.pk}/")
    browser = at(lena)
    for stale in ("", "x", "1", "99999999999999999999"):
        assert browser.post(f"{here}{first.pk}/", {"expected": stale})["Location"] == f"{here}{first.pk}/"
    assert content_of(Assessment.objects.get(pk=made.pk)).overall == "Another."
    assert browser.post(f"{here}{first.pk}/", {"expected": "2"})["Location"] == f"/assess/{made.pk}/"
    assert content_of(Assessment.objects.get(pk=made.pk)).overall == "The first thought, at some length."
    assert AssessmentVersion.objects.count() == 3


def test_versions_are_mine_alone(lena: Appointment, omar: Appointment) -> None:
    made = opened(lena)
    other = opened(omar)
    saved(made, lena, "Mine", 0)
    kept = AssessmentVersion.objects.get()
    for path in (f"/assess/{made.pk}/versions/", f"/assess/{made.pk}/versions/{kept.pk}/"):
        assert at(omar).get(path).status_code == 404
    assert at(omar).get(f"/assess/{other.pk}/versions/{kept.pk}/").status_code == 404


def test_what_passed_before_stands_whatever_is_typed(django_assert_max_num_queries: Any) -> None:
    place = make.place(review(), Seat.LEAD)
    made = opened(place)
    here = f"/assess/{made.pk}/"
    shown = page(place, here)
    assert "Your rating of round 1 stands" in shown
    assert 'name="mark-1b"' not in shown
    assert 'name="mark-1a"' in shown
    before = content_of(Assessment.objects.get(appointment__panel__round=1, appointment__person=place.person))
    typed = AssessmentContent(marks={"1a": "strong", "1b": "incomplete"}, comments={"1b": "Not good."})
    by = make.as_assessor(place)
    with django_assert_max_num_queries(30):
        saved_now = actions.save_assessment(made, content=typed, expected=made.version, by=by, at=AT)
    said = content_of(Assessment.objects.get(pk=saved_now.pk))
    assert said.marks["1a"] == "strong"
    assert said.marks["1b"] == before.marks["1b"] != "incomplete"
    assert said.comments["1b"] == before.comments["1b"]
