"""Comments edited for the candidate: what they read, what stays, who may, until when."""

from functools import partial

import pytest
from django.test import Client

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Outcome, Rating
from accredit.assessments.queries import transcript_of
from accredit.people.models import Profile
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome(db: None) -> Outcome:
    return make.held()


def lead(outcome: Outcome) -> Appointment:
    return make.place(outcome.panel, "lead")


def comments(outcome: Outcome, row: str) -> set[str]:
    found = transcript_of(outcome.panel, to=make.candidate(outcome.panel.registration.person))
    if found is None:
        return set()
    cells = next(each.cells for each in found.rows if each.key == row)
    return {each.comment for each in cells}


def edited(outcome: Outcome) -> dict[str, str]:
    return dict(Outcome.objects.get(pk=outcome.pk).edited)


def page(outcome: Outcome, rest: str = "") -> str:
    return f"/office/registration/{outcome.panel.registration_id}/release/words/{rest}"


def test_a_comment_is_edited_beside_what_was_written(outcome: Outcome, office: Client) -> None:
    place = lead(outcome)
    here = page(outcome, f"{place.pk}/1a/")
    assert here in office.get(page(outcome)).content.decode()
    assert "What I think of 1a." in office.get(here).content.decode()
    assert office.post(here, {"text": "<p>Kinder.</p><script>x</script>"})["Location"] == page(outcome)
    assert "Edited" in office.get(page(outcome)).content.decode()
    preview = office.get(f"/office/registration/{outcome.panel.registration_id}/release/").content.decode()
    assert "Kinder." in preview
    assert Rating.objects.get(assessment__appointment=place, row="1a").comment == "What I think of 1a."
    actions.release(outcome, by=make.office(), at=AT)
    assert comments(outcome, "1a") == {"<p>Kinder.</p>", "What I think of 1a."}
    assert office.get(here).status_code == 404
    told = Row.objects.select_related("words").get(what="comment_edited")
    assert told.words.values == {"before": "What I think of 1a.", "after": "<p>Kinder.</p>"}


def test_one_is_left_out_and_brought_back(outcome: Outcome, office: Client) -> None:
    place = lead(outcome)
    here = page(outcome, f"{place.pk}/1a/")
    office.post(here, {"text": ""})
    office.post(here, {"text": ""})
    assert list(edited(outcome).values()) == [""]
    assert "Left out" in office.get(page(outcome)).content.decode()
    office.post(here, {"text": "What I think of 1a."})
    actions.edit_comment(outcome, place, row="1a", text="What I think of 1a.", by=make.office(), at=AT)
    assert edited(outcome) == {}


def test_the_overall_comment_is_edited_and_never_left_out(outcome: Outcome, office: Client) -> None:
    here = page(outcome, f"{lead(outcome).pk}/overall/")
    answer = office.post(here, {"text": " "})
    assert answer.status_code == 422
    office.post(here, {"text": "Read with care."})
    actions.release(outcome, by=make.office(), at=AT)
    found = transcript_of(outcome.panel, to=make.candidate(outcome.panel.registration.person))
    assert found is not None
    assert "<p>Read with care.</p>" in {each.overall for each in found.columns}


@pytest.mark.parametrize("rest", ["0/1a/", "{lead}/99z/", "{lead}/private_notes/"])
def test_what_is_no_comment_is_not_there(outcome: Outcome, office: Client, rest: str) -> None:
    assert office.get(page(outcome, rest.format(lead=lead(outcome).pk))).status_code == 404


def test_only_while_it_is_held_and_not_by_whom_it_concerns(outcome: Outcome) -> None:
    place, by = lead(outcome), make.office()

    def code(step: "partial[None]") -> Code:
        with pytest.raises(Refused) as refused:
            step()
        return refused.value.faults[0].code

    edit = partial(actions.edit_comment, outcome, place, text="Mine.", at=AT)
    candidate: Profile = outcome.panel.registration.person
    assert code(partial(edit, row="1a", by=Actor(candidate.pk, Role.OFFICE))) is Code.OWN_DECISION
    assert code(partial(edit, row="99z", by=by)) is Code.ROW_UNKNOWN
    assert code(partial(edit, row="overall", by=by, text=" ")) is Code.FEEDBACK_MISSING
    actions.release(outcome, by=by, at=AT)
    assert code(partial(edit, row="1a", by=by)) is Code.MOVE_NOT_OPEN
    assert edited(outcome) == {}
