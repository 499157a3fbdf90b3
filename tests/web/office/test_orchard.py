"""A scheme without a lead, blind, with a committee, whose office reads minor reviews."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Outcome
from accredit.assessments.queries import panels, places_of
from accredit.people.models import RoleHeld
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import Actor
from tests import factories as make
from tests.assessments.test_actions_journey import orchard, revise, slots
from tests.factories import AT

pytestmark = pytest.mark.django_db


def page(pk: int, rest: str = "") -> str:
    """Return an address of a registration."""
    return f"/office/registration/{pk}/{rest}"


def to_review() -> int:
    """A registration whose minor revisions are in and wait for the office to read them."""
    on = orchard()
    for each in places_of(on):
        make.hand_in(each, "prune", slots(on)[:1])
    first, *others = places_of(panels().get(pk=on.pk))
    proposal = actions.propose(
        on, appointment=first, outcome="prune", feedback="A little.", revise=slots(on)[:1],
        by=make.as_assessor(first), at=AT,
    )  # fmt: skip
    for each in others:
        actions.reply(proposal, appointment=each, agrees=True, by=make.as_assessor(each), at=AT)
    outcome = Outcome.objects.select_related("panel").get(panel=on)
    who = make.person("Com Mittee", roles=(RoleHeld.Name.COMMITTEE,))
    actions.ratify(outcome, by=Actor(person=who.pk, role=Role.COMMITTEE), at=AT)
    actions.release(outcome, by=make.office(), at=AT)
    revise(on)
    return on.registration_id


def test_members_are_ticked_and_too_few_are_refused(office: Client):
    within = make.scheme("orchard-2025")
    found = make.accepted(make.registration(pathway="grafter", within=within))
    pk = found.portfolio.registration_id
    people = [
        make.assessor(f"Member {n}", holding="grafter", within=within, institution=f"Place {n}")
        for n in "123"
    ]
    text = office.get(page(pk, "panel/")).content.decode()
    assert text.count('type="checkbox" name="member"') == 3
    due_on = (localdate() + timedelta(days=30)).isoformat()
    few = office.post(page(pk, "panel/"), {"member": [people[0].pk, people[1].pk], "due_on": due_on})
    assert few.status_code == 422
    assert "The panel has 2 members and needs 3" in few.content.decode()
    assert few.content.decode().count(" checked") == 2
    office.post(page(pk, "panel/"), {"member": [each.pk for each in people], "due_on": due_on})
    assert Registration.objects.get(pk=pk).stage == Stage.ASSESSING
    assert Appointment.objects.filter(ended_at=None).count() == 3


def test_the_office_reads_a_minor_review(office: Client):
    pk = to_review()
    assert page(pk, "review/") in office.get("/office/").content.decode()
    assert office.get(page(pk, "review/")).status_code == 200
    assert office.post(page(pk, "review/"), {}).status_code == 422
    bad = office.post(page(pk, "review/"), {"outcome": "prune", "feedback": "More.", "revise": []})
    assert bad.status_code == 422
    assert "More." in bad.content.decode()
    sent = {"outcome": "recognised", "feedback": "Now it is ripe."}
    assert office.post(page(pk, "review/"), sent).headers["Location"] == page(pk, "release/")
    assert office.get(page(pk, "review/")).status_code == 404
    assert "Now it is ripe." in office.get(page(pk, "release/")).content.decode()
    assert office.post(page(pk, "release/")).status_code == 409
    outcome = Outcome.objects.select_related("panel").get(panel__registration=pk, panel__round=2)
    committee = make.person("Cora Example", roles=(RoleHeld.Name.COMMITTEE,))
    actions.ratify(outcome, by=Actor(committee.pk, Role.COMMITTEE), at=AT)
    office.post(page(pk, "release/"))
    assert Registration.objects.get(pk=pk).stage == Stage.ACCREDITED


def test_no_review_where_assessors_read_it(office: Client):
    pk = make.panel().registration_id
    assert office.get(page(pk, "review/")).status_code == 404
