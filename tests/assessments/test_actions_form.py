"""Filling the form: nothing lost, nothing half handed in, nothing taken back too late."""

from dataclasses import replace

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Assessment, Panel, Rating, Seat
from accredit.assessments.queries import content_of, panels
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Stage
from accredit.toolkit.refusals import Clash, Refused
from accredit.trail.models import Row
from tests import factories as make
from tests.factories import AT, SOON

pytestmark = pytest.mark.django_db


def opened(seat: Seat = Seat.LEAD, on: Panel | None = None) -> Assessment:
    """An accepted, empty form."""
    place = make.place(on or make.panel(), seat)
    return actions.accept_invitation(place, by=make.as_assessor(place), at=AT)


def codes(refused: "pytest.ExceptionInfo[Refused]") -> set[Code]:
    """What a refusal says."""
    return {each.code for each in refused.value.faults}


def test_what_is_typed_is_kept_and_replaced() -> None:
    made = opened()
    by = make.as_assessor(made.appointment)
    full = make.form_content(made.appointment.panel)
    saved = actions.save_assessment(made, content=full, expected=0, by=by, at=SOON)
    stored = Assessment.objects.get(pk=made.pk)
    assert content_of(stored) == replace(full, overall=full.overall.strip())
    assert (saved.version, saved.saved_at) == (1, SOON)
    less = actions.AssessmentContent(marks={"1a": "strong"}, comments={"1b": "a comment alone"})
    actions.save_assessment(made, content=less, expected=1, by=by, at=SOON)
    assert content_of(Assessment.objects.get(pk=made.pk)) == less
    assert Rating.objects.count() == 2


def test_a_save_on_an_old_version_clashes_and_writes_nothing() -> None:
    made = opened()
    by = make.as_assessor(made.appointment)
    actions.save_assessment(made, content=actions.AssessmentContent(overall="One."), expected=0, by=by, at=AT)
    with pytest.raises(Clash):
        actions.save_assessment(
            made, content=actions.AssessmentContent(overall="Two."), expected=0, by=by, at=AT
        )
    assert Assessment.objects.get(pk=made.pk).overall == "One."


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (actions.AssessmentContent(marks={"9z": "strong"}), Code.ROW_UNKNOWN),
        (actions.AssessmentContent(marks={"1a": "splendid"}), Code.MARK_NOT_OPEN),
        (actions.AssessmentContent(revise=("9z",)), Code.REVISION_UNKNOWN),
        (actions.AssessmentContent(outcome="fail"), Code.OUTCOME_NOT_OPEN),
        (actions.AssessmentContent(overall="x" * 50_001), Code.TEXT_TOO_LONG),
    ],
)
def test_even_a_draft_says_only_what_its_form_has(content: actions.AssessmentContent, code: Code) -> None:
    made = opened()
    with pytest.raises(Refused) as refused:
        actions.save_assessment(
            made, content=content, expected=0, by=make.as_assessor(made.appointment), at=AT
        )
    assert codes(refused) == {code}


def test_a_null_character_does_not_reach_the_database() -> None:
    made = opened()
    content = actions.AssessmentContent(overall="a\x00b", comments={"1a": "\x00"})
    actions.save_assessment(made, content=content, expected=0, by=make.as_assessor(made.appointment), at=AT)
    assert Assessment.objects.get(pk=made.pk).overall == "ab"


def test_an_incomplete_form_is_not_handed_in_and_says_all_that_is_missing() -> None:
    made = opened()
    with pytest.raises(Refused) as refused:
        actions.submit_assessment(made, by=make.as_assessor(made.appointment), at=AT)
    assert codes(refused) == {Code.MARK_MISSING, Code.OVERALL_TOO_SHORT, Code.OUTCOME_MISSING}
    full = make.form_content(made.appointment.panel, "minor", ("1a",))
    silent = replace(full, comments={})
    with pytest.raises(Refused) as refused:
        actions.submit_assessment(made, content=silent, by=make.as_assessor(made.appointment), at=AT)
    assert codes(refused) == {Code.COMMENT_MISSING}
    assert Assessment.objects.get(pk=made.pk).version == 0, "a refused handing in saves nothing"


def test_only_its_author_writes_and_nobody_once_it_is_in() -> None:
    on = make.panel()
    made, other = opened(Seat.LEAD, on), opened(Seat.SECOND, on)
    content = make.form_content(on)
    for attempted in (actions.submit_assessment, actions.save_assessment):
        extra = {} if attempted is actions.submit_assessment else {"expected": 0}
        with pytest.raises(Refused) as refused:
            attempted(made, content=content, by=make.as_assessor(other.appointment), at=AT, **extra)
        assert codes(refused) == {Code.NOT_YOURS}
    by = make.as_assessor(made.appointment)
    actions.submit_assessment(made, content=content, by=by, at=AT)
    with pytest.raises(Refused) as refused:
        actions.save_assessment(made, content=content, expected=1, by=by, at=AT)
    assert codes(refused) == {Code.ASSESSMENT_IN}


def test_handing_in_twice_is_once_and_the_last_one_in_compares_once() -> None:
    on = make.panel()
    for seat in (Seat.LEAD, Seat.SECOND):
        for _ in range(2):
            make.hand_in(make.place(on, seat))
    compared = panels().get(pk=on.pk)
    assert (compared.compared_at, compared.registration.stage) == (AT, Stage.AGREEING)
    assert set(on.appointments.values_list("shown_as", flat=True)) == {1, 2}
    assert Row.objects.filter(what="compare").count() == 1
    assert Row.objects.filter(what="assessment_submitted").count() == 2


def test_an_assessment_is_taken_back_until_the_last_one_is_in() -> None:
    on = make.panel()
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    made = make.hand_in(lead)
    for _ in range(2):
        assert actions.reopen_assessment(made, by=make.as_assessor(lead), at=AT).submitted_at is None
    last = make.hand_in(second)
    assert panels().get(pk=on.pk).registration.stage == Stage.ASSESSING, "the first one is open again"
    make.hand_in(lead, "distinction")
    for each in (made, last):
        with pytest.raises(Refused) as refused:
            actions.reopen_assessment(each, by=make.as_assessor(each.appointment), at=AT)
        assert codes(refused) == {Code.ASSESSMENTS_ALL_IN}


def test_a_third_form_opens_only_in_its_stage() -> None:
    on = make.compared()
    with pytest.raises(Refused) as refused:
        actions.appoint_third(
            on, person=make.assessor("Theo Example").pk, due_on=AT.date(), by=make.office(), at=AT
        )
    assert codes(refused) == {Code.MOVE_NOT_OPEN}


def test_volunteering_pausing_and_a_history() -> None:
    who = make.person("Nell Example")
    by = make.candidate(who)
    one = actions.volunteer(who, at_most=2, areas=["Video"], by=by, at=AT)
    assert actions.pause(one, by=by, at=AT).paused_at == AT
    again = actions.volunteer(who, at_most=4, areas=[], by=by, at=AT)
    assert (again.pk, again.at_most, again.paused_at) == (one.pk, 4, None)
    for attempted in (
        lambda: actions.volunteer(who, at_most=0, areas=[], by=by, at=AT),
        lambda: actions.record_past_assessments(
            who, seat=Seat.LEAD, number=0, source="", by=make.office(), at=AT
        ),
    ):
        with pytest.raises(Refused) as refused:
            attempted()
        assert codes(refused) == {Code.NUMBER_TOO_SMALL}
    with pytest.raises(Refused) as refused:
        actions.declare_conflict(who, who, reason="Me.", by=by, at=AT)
    assert codes(refused) == {Code.CONFLICT_ON_SELF}
