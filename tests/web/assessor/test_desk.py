"""The desk: saving, clashes, handing in, reopening, earlier rounds, files."""

from typing import Any

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Assessment, Panel, Seat
from accredit.assessments.queries import content_of, panel_of
from accredit.registrations.actions import withdraw
from tests import factories as make
from tests.assessments.test_actions_journey import revise
from tests.factories import AT
from tests.web.assessor.conftest import at, browser_of, make_file, opened, typed

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_saved_and_shown_again(lena: Appointment) -> None:
    made, browser = opened(lena), at(lena)
    said = {"mark-1a": "strong", "comment-1a": "Clear.\n\nA & B < C", "version": "0", "private_notes": "mine"}
    assert browser.post(f"/assess/{made.pk}/", said).status_code == 302
    kept = content_of(Assessment.objects.get(pk=made.pk))
    assert kept.marks == {"1a": "strong"}
    assert kept.comments == {"1a": "<p>Clear.</p><p>A &amp; B &lt; C</p>"}
    page = browser.get(f"/assess/{made.pk}/").content.decode()
    assert "Clear.\n\nA &amp; B &lt; C</textarea>" in page
    again = said | {"version": "1"}
    browser.post(f"/assess/{made.pk}/", again)
    assert content_of(Assessment.objects.get(pk=made.pk)).comments == kept.comments


def test_autosave_answers_with_the_new_version(lena: Appointment) -> None:
    made = opened(lena)
    answer = at(lena).post(
        f"/assess/{made.pk}/", {"mark-1a": "strong", "version": "0"}, headers={"X-Autosave": "1"}
    )
    assert answer.json()["fields"] == {"version": 1}


def test_two_windows_lose_nothing(lena: Appointment) -> None:
    made, browser = opened(lena), at(lena)
    here = f"/assess/{made.pk}/"
    browser.post(here, {"comment-1a": "From the first window", "mark-1a": "strong", "version": "0"})
    late = {"comment-1a": "From the second window", "mark-1a": "adequate", "version": "0"}
    told = browser.post(here, late, headers={"X-Autosave": "1"})
    assert told.status_code == 409
    assert "Press Save" in told.json()["refused"][0]
    answer = browser.post(here, late)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From the first window" in page
    assert "From the second window</textarea>" in page
    assert 'name="version" value="1"' in page
    assert Assessment.objects.get(pk=made.pk).version == 1
    browser.post(here, late | {"version": "1"})
    assert content_of(Assessment.objects.get(pk=made.pk)).marks == {"1a": "adequate"}


@pytest.mark.parametrize(
    "said",
    [
        {"mark-1a": "excellent"},
        {"outcome": "fail"},
        {"revise": ["9z"]},
        {"version": "x"},
        {"version": "-1"},
        {"overall": "x" * 50_001},
        {"comment-1a": "x" * 50_001},
        {"private_notes": "x" * 50_001},
    ],
)
def test_what_the_form_does_not_offer_is_refused(lena: Appointment, said: dict[str, Any]) -> None:
    made, browser = opened(lena), at(lena)
    assert browser.post(f"/assess/{made.pk}/", {"version": "0"} | said).status_code == 422
    answer = browser.post(f"/assess/{made.pk}/", {"version": "0"} | said, headers={"X-Autosave": "1"})
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert Assessment.objects.get(pk=made.pk).version == 0


def test_markup_of_a_comment_is_cleaned(lena: Appointment, panel: Panel) -> None:
    made, browser = opened(lena), at(lena)
    bad = typed(panel, **{"comment-1a": "<script>alert(1)</script><b>Good</b>", "overall": "<img src=x>Fine"})
    browser.post(f"/assess/{made.pk}/", bad)
    page = browser.get(f"/assess/{made.pk}/submit/").content.decode()
    assert "alert(1)" not in page
    assert "<img src=x" not in page
    assert "<strong>Good</strong>" in page


def test_what_is_missing_is_said_in_words(lena: Appointment) -> None:
    made, browser = opened(lena), at(lena)
    page = browser.get(f"/assess/{made.pk}/submit/").content.decode()
    assert "Contextual statement is not rated yet" in page
    assert "There is no recommended outcome yet" in page
    assert "Hand in your assessment" not in page
    assert browser.post(f"/assess/{made.pk}/submit/").status_code == 409
    assert Assessment.objects.get(pk=made.pk).submitted_at is None


def test_it_may_be_reopened_until_the_other_is_in(lena: Appointment, omar: Appointment) -> None:
    made, browser = make.hand_in(lena), at(lena)
    assert "Reopen it" in browser.get(f"/assess/{made.pk}/reopen/").content.decode()
    browser.post(f"/assess/{made.pk}/reopen/")
    assert Assessment.objects.get(pk=made.pk).submitted_at is None
    browser.post(f"/assess/{made.pk}/submit/")
    assert browser.post(f"/assess/{made.pk}/submit/").status_code == 302  # a double click is one
    make.hand_in(omar)
    assert browser.get(f"/assess/{made.pk}/reopen/").status_code == 404
    assert browser.post(f"/assess/{made.pk}/reopen/").status_code == 409
    late = browser.post(f"/assess/{made.pk}/", {"mark-1a": "strong", "version": "1"})
    assert late.status_code == 409
    assert "has been handed in" in late.content.decode()


def test_nobody_else_opens_a_desk(lena: Appointment, omar: Appointment) -> None:
    made = opened(lena)
    other = browser_of(make.person("Ruth Example", roles=("office", "moderator", "committee")))
    for who in (at(omar), other, browser_of(lena.panel.registration.person)):
        for rest in ("", "submit/", "reopen/"):
            assert who.get(f"/assess/{made.pk}/{rest}").status_code == 404
            assert who.post(f"/assess/{made.pk}/{rest}").status_code == 404
        assert who.get(f"/assess/panel/{lena.panel_id}/").status_code == 404
        assert who.get(f"/assess/moderation/{lena.panel_id}/").status_code == 404
        assert who.get(f"/assess/ratification/{lena.panel_id}/").status_code == 404


def test_the_portfolio_opens_on_accepting_and_closes_with_the_seat(lena: Appointment) -> None:
    made, browser = opened(lena), at(lena)
    assert "What I say about context." in browser.get(f"/assess/{made.pk}/").content.decode()
    withdraw(
        lena.panel.registration, because="I moved.", by=make.candidate(lena.panel.registration.person), at=AT
    )
    for path in (f"{made.pk}/", f"invitation/{lena.pk}/", f"panel/{lena.panel_id}/"):
        assert browser.get(f"/assess/{path}").status_code == 404


def test_evidence_opens_for_the_panel_alone(panel: Panel, lena: Appointment, omar: Appointment) -> None:
    file = make_file(panel, "ada-example.txt")
    path = f"/assess/{opened(lena).pk}/file/{file.pk}/"
    answer = at(lena).get(path)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"only for assessors")  # type: ignore[attr-defined]
    assert at(omar).get(path).status_code == 404
    assert browser_of(make.person("Ruth Example")).get(path).status_code == 404
    assert at(lena).get(f"/assess/{lena.assessment.pk}/file/999999/").status_code == 404


def review() -> Panel:
    """The second round of a minor referral, before its one reader."""
    outcome = make.held(outcome="minor", revise=("1a",))
    actions.release(outcome, by=make.office(), at=AT)
    revise(outcome.panel)
    found = panel_of(outcome.panel.registration_id)
    assert found is not None
    return found


def test_a_later_round_shows_what_changed_and_what_was_said() -> None:
    on = review()
    place = make.place(on, Seat.LEAD)
    made, browser = opened(place), at(place)
    page = browser.get(f"/assess/{made.pk}/").content.decode()
    for shown in ("Summary of changes", "You, round 1", "What I think of 1a.", "since round 1"):
        assert shown in page
    assert "Omar Example" in page
    changed = browser.get(f"/assess/{made.pk}/?read=changes").content.decode()
    assert "What changed since round 1" in changed
    assert "I rewrote it." in changed
    before = browser.get(f"/assess/{made.pk}/?read=before").content.decode()
    assert "This is what was submitted in round 1" in before
    sent = typed(on, version="0", go="submit")
    assert browser.post(f"/assess/{made.pk}/", sent).status_code == 302
    answer = browser.post(f"/assess/{made.pk}/submit/")
    assert answer["Location"] == f"/assess/{made.pk}/"
    assert browser.get(f"/assess/{made.pk}/").status_code == 200


@pytest.mark.parametrize("read", ["", "changes", "before", "nonsense"])
def test_the_desk_asks_little(read: str, django_assert_max_num_queries: Any) -> None:
    place = make.place(review(), Seat.LEAD)
    made, browser = opened(place), at(place)
    with django_assert_max_num_queries(12):
        assert browser.get(f"/assess/{made.pk}/?read={read}").status_code == 200
