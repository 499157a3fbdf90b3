"""Somebody else is called by rule: for a spread of marks, a lapse of time; and the thread of the panel."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from accredit.assessments import actions, tasks
from accredit.assessments.models import Panel, PanelMessage, Seat
from accredit.assessments.queries import Exchange, exchange_of, lapsed, panels
from accredit.frameworks.models import Edition
from accredit.notices.models import Notice
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db


def with_rule(**values: int) -> None:
    """Let the edition of the next panels say more."""
    edition = make.scheme().editions.get()
    lines = "".join(f"{name} = {value}\n" for name, value in values.items())
    with allow_writes():
        text = edition.document.replace("[agreement]\n", f"[agreement]\n{lines}")
        Edition.objects.filter(pk=edition.pk).update(
            document=text, sha256=f"changed-{sorted(values.items())}"
        )


def stage(panel: Panel) -> str:
    return str(Registration.objects.values_list("stage", flat=True).get(pk=panel.registration_id))


def refusal(step: Any) -> set[Code]:
    with pytest.raises(Refused) as refused:
        step()
    return {each.code for each in refused.value.faults}


def apart() -> Panel:
    """Lena finds everything strong, Omar one section in need of revision."""
    on = make.panel()
    make.hand_in(make.place(on, Seat.LEAD), "pass")
    make.hand_in(make.place(on, Seat.SECOND), "minor", ("1a",))
    return panels().get(pk=on.pk)


def test_marks_far_apart_call_a_third_at_once() -> None:
    with_rule(spread=1)
    on = apart()
    assert stage(on) == Stage.THIRD_ASSESSMENT
    assert on.escalated_because == "spread"
    assert Row.objects.get(what="escalated_spread").data["rows"] == ["1a"]
    kinds = list(Notice.objects.filter(registration=on.registration_id).values_list("kind", flat=True))
    assert kinds.count("panel_escalated") == 2
    assert "assessments_in" not in kinds


@pytest.mark.parametrize("rule", [{}, {"spread": 3}])
def test_what_the_edition_leaves_to_the_panel_stays_with_it(rule: dict[str, int]) -> None:
    with_rule(**rule)
    on = apart()
    assert stage(on) == Stage.AGREEING
    assert on.escalated_because == ""


def test_a_lapse_of_time_calls_a_third_once() -> None:
    with_rule(lapse_days=10)
    on = make.compared()
    assert lapsed(AT + timedelta(days=10)) == []
    assert not actions.escalate_lapsed(on, at=AT + timedelta(days=10))
    later = AT + timedelta(days=11)
    assert lapsed(later) == [on]
    assert actions.escalate_lapsed(on, at=later)
    assert not actions.escalate_lapsed(on, at=later)
    assert lapsed(later) == []
    assert stage(on) == Stage.THIRD_ASSESSMENT
    assert panels().get(pk=on.pk).escalated_because == "lapse"


def test_the_third_settles_what_time_has_called_them_for() -> None:
    with_rule(lapse_days=10)
    on = make.compared()
    actions.escalate_lapsed(on, at=AT + timedelta(days=11))
    at = AT + timedelta(days=12)
    third, called = make.assessor("Tess Third", at=AT), panels().get(pk=on.pk)
    actions.appoint_third(called, person=third.pk, due_on=at.date(), by=make.office(), at=at)
    make.hand_in(make.place(on, Seat.THIRD), "pass", at=at)
    assert stage(on) == Stage.HELD
    assert not actions.escalate_lapsed(on, at=at + timedelta(days=99))


def test_the_task_calls_whoever_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    with_rule(lapse_days=10)
    on = make.compared()
    monkeypatch.setattr(tasks.timezone, "now", lambda: AT + timedelta(days=11))
    tasks.call_where_time_is_over()
    tasks.call_where_time_is_over()
    assert stage(on) == Stage.THIRD_ASSESSMENT
    assert Row.objects.filter(what="escalated_lapse").count() == 1


class TestThread:
    def write(self, on: Panel, seat: Seat = Seat.SECOND, text: str = "Look at 1a again.") -> PanelMessage:
        place = make.place(on, seat)
        return actions.write_to_panel(place, text=text, by=make.as_assessor(place), at=AT)

    def test_the_panel_reads_it_and_nobody_else(self) -> None:
        on = make.compared()
        said = self.write(on)
        assert self.write(on).pk == said.pk
        for seat in (Seat.LEAD, Seat.SECOND):
            assert exchange_of(on, to=make.as_assessor(make.place(on, seat))).messages == (said,)
        assert exchange_of(on, to=make.office()) == Exchange()
        assert exchange_of(on, to=make.candidate(on.registration.person)) == Exchange()
        assert exchange_of(on, to=Actor(person=make.person("Vic").pk, role=Role.ASSESSOR)) == Exchange()

    def test_one_letter_an_hour_without_the_words(self) -> None:
        on = make.compared()
        self.write(on)
        self.write(on, text="And at 2a.")
        self.write(on, Seat.LEAD, "I did.")
        letters = Notice.objects.filter(kind="panel_message")
        assert letters.count() == 2
        assert not any("1a" in each.text for each in letters)

    def test_refusals(self) -> None:
        on = make.compared()
        assert refusal(partial(self.write, on, text=" \n ")) == {Code.MESSAGE_EMPTY}
        assert refusal(partial(self.write, on, text="x" * 5001)) == {Code.MESSAGE_TOO_LONG}
        place = make.place(on, Seat.LEAD)
        step = partial(actions.write_to_panel, place, text="Hello", by=make.office(), at=AT)
        assert refusal(step) == {Code.NOT_YOURS}
        early = make.panel(make.accepted(make.registration(make.person("Ben"))))
        lead = make.place(early, Seat.LEAD)
        actions.accept_invitation(lead, by=make.as_assessor(lead), at=AT)
        assert refusal(partial(self.write, early, Seat.LEAD)) == {Code.ASSESSMENT_NOT_IN}
        decided = make.held(make.accepted(make.registration(make.person("Cleo")))).panel
        assert refusal(partial(self.write, decided)) == {Code.MOVE_NOT_OPEN}
