"""A conflict that comes up while a panel sits is told to the office, and to nobody else."""

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Seat
from accredit.notices.models import Notice
from accredit.people.actions import give_role
from accredit.people.models import Profile, RoleHeld
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import SYSTEM, Actor
from tests import factories as make
from tests.factories import SOON

pytestmark = pytest.mark.django_db
KIND = "conflict_on_panel"


def told() -> set[int | None]:
    return set(Notice.objects.filter(kind=KIND).values_list("person_id", flat=True))


@pytest.fixture
def otis(db: None) -> Profile:
    return make.person("Otis Office", roles=(RoleHeld.Name.OFFICE,))


def test_who_is_named_by_an_address_and_sits_stays_and_the_office_is_told(otis: Profile) -> None:
    panel = make.panel()
    lena, ada = make.place(panel, Seat.LEAD), panel.registration.person
    by = Actor(person=ada.pk, role=Role.CANDIDATE)
    actions.name_conflict(ada, name="Lena", email=lena.person.email, reason="A feud", by=by, at=SOON)
    assert otis.pk in told()
    assert not {ada.pk, lena.person_id} & told()
    letter = Notice.objects.filter(kind=KIND, person=otis).get()
    assert "Lena" not in letter.text
    assert "feud" not in letter.text
    assert make.place(panel, Seat.LEAD).pk == lena.pk
    assert Registration.objects.get(pk=panel.registration_id).stage == "assessing"


def test_in_either_direction_and_not_who_declared_it(otis: Profile) -> None:
    panel = make.panel()
    lena, ada = make.place(panel, Seat.LEAD).person, panel.registration.person
    give_role(lena, RoleHeld.Name.OFFICE, by=SYSTEM, at=SOON)
    by = Actor(person=otis.pk, role=Role.OFFICE)
    actions.declare_conflict(lena, ada, reason="Cousins", by=by, at=SOON)
    assert not {lena.pk, otis.pk} & told()
    assert told()  # the others of the office


def test_nobody_is_told_of_who_does_not_sit_or_of_what_is_decided(otis: Profile) -> None:
    outcome = make.held(make.accepted())
    registration = outcome.panel.registration
    for who in (make.place(outcome.panel, Seat.LEAD).person, make.person("Nora Example")):
        actions.declare_conflict(who, registration.person, reason="Cousins", by=SYSTEM, at=SOON)
    assert told() == set()
