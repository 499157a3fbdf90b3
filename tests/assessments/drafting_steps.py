"""Steps that the tests of draft panels share."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from accredit.assessments import actions, tasks
from accredit.assessments.models import Draft, DraftPanel, DraftSeat, Run
from accredit.assessments.queries import runs_waiting
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Refused
from tests import factories as make
from tests.factories import AT

DUE = (AT + timedelta(days=28)).date()
LATER = AT + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _here_and_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the task stands at the moment of the tests."""
    monkeypatch.setattr(tasks.timezone, "now", lambda: LATER)
    monkeypatch.setattr(tasks, "localdate", LATER.date)


def attempt(name: str = "Ada Example") -> Registration:
    made = make.accepted(make.registration(make.person(name)))
    return Registration.objects.select_related("edition", "scheme").get(pk=made.portfolio.registration_id)


def office() -> Actor:
    return make.office()


def drafted(*registrations: Registration, solved: bool = True, **values: Any) -> Draft:
    found = actions.draft_panels(
        registrations[0].scheme,
        registrations=[each.pk for each in registrations],
        due_on=DUE,
        by=office(),
        at=AT,
        **values,
    )
    if solved:
        work_out()
    return found


def work_out() -> Run:
    (run,) = runs_waiting(LATER)
    tasks.run_one(run)
    return Run.objects.get(pk=run.pk)


def seats(draft: Draft) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    rows = DraftSeat.objects.filter(panel__draft=draft)
    for each in rows.select_related("person", "panel__registration__person"):
        found.setdefault(each.panel.registration.person.name, {})[each.seat] = each.person.name
    return found


def refusal(step: Any) -> set[Code]:
    with pytest.raises(Refused) as refused:
        step()
    return {each.code for each in refused.value.faults}


def publishing(draft: Draft) -> Any:
    return partial(actions.publish_draft, draft, by=office(), at=LATER)


def seat_of(draft: Draft, name: str) -> DraftSeat:
    return DraftSeat.objects.select_related("panel__draft").get(panel__draft=draft, person__name=name)


def panel_for(draft: Draft, registration: Registration) -> DraftPanel:
    return draft.panels.select_related("draft").get(registration=registration)
