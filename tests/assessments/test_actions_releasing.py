"""Releasing after the scheme's hours, recalling within them, and what stays as it is."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from accredit.assessments import actions, tasks
from accredit.assessments.models import Outcome
from accredit.assessments.queries import to_release, transcript_of
from accredit.awards.models import Award
from accredit.frameworks.actions import set_hours
from accredit.notices.models import Notice
from accredit.registrations.actions import withdraw
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Refused
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db

TOLD = AT + timedelta(hours=24)


def held(hours: int = 24) -> Outcome:
    outcome = make.held()
    set_hours(outcome.panel.registration.scheme, recall=hours, assessing=0, by=make.office(), at=AT)
    return fresh(outcome)


def fresh(outcome: Outcome) -> Outcome:
    return Outcome.objects.select_related("panel__registration__scheme").get(pk=outcome.pk)


def stage(outcome: Outcome) -> str:
    return str(Registration.objects.get(pk=outcome.panel.registration_id).stage)


def refusal(step: Any) -> set[Code]:
    with pytest.raises(Refused) as refused:
        step()
    return {each.code for each in refused.value.faults}


def test_the_candidate_learns_nothing_before_the_hours_are_over() -> None:
    outcome = held()
    found = actions.release(outcome, by=make.office(), at=AT)
    assert (found.released_at, found.release_due_at) == (None, TOLD)
    assert stage(outcome) == Stage.HELD
    assert transcript_of(outcome.panel, to=make.candidate(outcome.panel.registration.person)) is None
    assert not Notice.objects.filter(kind="result_released").exists()
    assert to_release(TOLD - timedelta(seconds=1)) == []
    assert actions.release_due(outcome, at=TOLD - timedelta(seconds=1)).released_at is None
    assert to_release(TOLD) == [outcome]
    assert actions.release_due(outcome, at=TOLD).released_at == TOLD
    assert actions.release_due(outcome, at=TOLD + timedelta(hours=1)).released_at == TOLD
    assert stage(outcome) == Stage.ACCREDITED
    assert Award.objects.filter(registration=outcome.panel.registration).count() == 1
    assert Notice.objects.filter(kind="result_released").count() == 1


def test_the_task_tells_whoever_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = held()
    actions.release(outcome, by=make.office(), at=AT)
    monkeypatch.setattr(tasks.timezone, "now", lambda: TOLD)
    tasks.release_what_is_due()
    tasks.release_what_is_due()
    assert stage(outcome) == Stage.ACCREDITED


def test_a_recall_leaves_it_held_as_before() -> None:
    outcome = held()
    actions.release(outcome, by=make.office(), at=AT)
    actions.recall(outcome, by=make.office(), at=AT)
    assert actions.recall(outcome, by=make.office(), at=AT).release_due_at is None
    assert to_release(TOLD) == []
    assert actions.release_due(outcome, at=TOLD).released_at is None
    assert stage(outcome) == Stage.HELD
    assert actions.release(outcome, by=make.office(), at=TOLD).release_due_at == TOLD + timedelta(hours=24)


def test_what_was_told_is_not_recalled() -> None:
    outcome = held(hours=0)
    assert actions.release(outcome, by=make.office(), at=AT).released_at == AT
    assert refusal(partial(actions.recall, outcome, by=make.office(), at=AT)) == {Code.RELEASE_DONE}


def test_a_withdrawal_in_between_ends_it() -> None:
    outcome = held()
    actions.release(outcome, by=make.office(), at=AT)
    withdraw(outcome.panel.registration, because="I moved.", by=make.office(), at=AT)
    assert to_release(TOLD) == []
    assert actions.release_due(outcome, at=TOLD).released_at is None
    assert not Award.objects.filter(registration=outcome.panel.registration).exists()


def test_nobody_releases_or_recalls_their_own() -> None:
    outcome = held()
    own = Actor(person=outcome.panel.registration.person_id, role=Role.OFFICE)
    for step in (actions.release, actions.recall):
        assert refusal(partial(step, outcome, by=own, at=AT)) == {Code.OWN_DECISION}


@pytest.mark.parametrize("hours", [-1, 169])
def test_hours_have_bounds(hours: int) -> None:
    with pytest.raises(Refused):
        set_hours(make.scheme(), recall=hours, assessing=0, by=make.office(), at=AT)
