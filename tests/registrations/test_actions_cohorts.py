"""Cohorts: founding, joining by code, what a coordinator may know, leaving, closing."""

import pytest

from accredit.registrations import actions, queries
from accredit.registrations.models import CohortPlace, Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.trail.models import Row
from tests import factories as make
from tests.factories import AT
from tests.portfolios import refused_with

pytestmark = pytest.mark.django_db
Shows = CohortPlace.Shows


def own(registration: Registration) -> Actor:
    """Its candidate."""
    return Actor(person=registration.person_id, role=Role.CANDIDATE)


def test_a_code_is_read_however_it_is_typed_and_what_was_agreed_is_recorded() -> None:
    cora = make.person("Cora Example")
    founded, ada = make.cohort(cora), make.registration()
    typed = f" {founded.code[:4].lower()}-{founded.code[4:].lower()} "
    place = actions.join_cohort(ada, code=typed, shows=Shows.STAGE, by=own(ada), at=AT)
    actions.agree_to_show(place, shows=Shows.PROGRESS, by=own(ada), at=AT)
    actions.agree_to_show(place, shows=Shows.PROGRESS, by=own(ada), at=AT)
    for _ in range(2):
        actions.leave_cohort(place, by=own(ada), at=AT)
    told = Row.objects.filter(registration=ada.pk, what__startswith="cohort").order_by("pk")
    assert [(row.what, row.data["shows"]) for row in told] == [
        ("cohort_joined", "stage"),
        ("cohort_agreed", "progress"),
        ("cohort_left", "progress"),
    ]
    with refused_with(Code.COHORT_LEFT):
        actions.agree_to_show(place, shows=Shows.STAGE, by=own(ada), at=AT)


@pytest.mark.parametrize("code", ["", "NOTHERE2", "x" * 500, "\x00", "' OR 1=1"])
def test_an_unknown_code_is_refused(code: str) -> None:
    make.cohort(make.person("Cora Example"))
    ada = make.registration()
    with refused_with(Code.COHORT_CODE_UNKNOWN):
        actions.join_cohort(ada, code=code, shows=Shows.STAGE, by=own(ada), at=AT)


def test_a_closed_cohort_and_one_of_another_scheme_take_nobody() -> None:
    cora, ada = make.person("Cora Example"), make.registration()
    closed, elsewhere = make.cohort(cora), make.cohort(cora, within=make.scheme("orchard-2025"))
    for _ in range(2):
        actions.close_cohort(closed, by=SYSTEM, at=AT)
    for each in (closed, elsewhere):
        with refused_with(Code.COHORT_CODE_UNKNOWN):
            make.joined(ada, each)
    assert Row.objects.filter(what="cohort_closed").count() == 1


def test_one_cohort_at_a_time_ones_own_registration_and_while_writing() -> None:
    cora = make.person("Cora Example")
    first, second, ada = make.cohort(cora), make.cohort(cora), make.registration()
    place = make.joined(ada, first)
    with refused_with(Code.COHORT_JOINED_ALREADY):
        make.joined(ada, second)
    with refused_with(Code.NOT_YOURS):
        actions.leave_cohort(place, by=Actor(person=cora.pk, role=Role.CANDIDATE), at=AT)
    with refused_with(Code.NOT_YOURS):
        actions.agree_to_show(place, shows=Shows.NOTHING, by=make.office(), at=AT)
    actions.leave_cohort(place, by=own(ada), at=AT)
    with allow_writes():
        Registration.objects.filter(pk=ada.pk).update(stage=Stage.ASSESSING)
    with refused_with(Code.DRAFT_CLOSED):
        make.joined(ada, second)


def test_who_shows_nothing_is_neither_listed_nor_counted() -> None:
    cora = make.person("Cora Example")
    founded = make.cohort(cora)
    places = [
        make.joined(make.registration(make.person(f"{shows} Example")), founded, shows) for shows in Shows
    ]
    gone = make.joined(make.registration(make.person("Gone Example")), founded)
    actions.leave_cohort(gone, by=own(gone.registration), at=AT)
    assert [each.seen for each in queries.coordinated_by(cora.pk)] == [2]
    assert {each.shows for each in queries.places_seen(founded)} == {Shows.STAGE, Shows.PROGRESS}
    assert [each.size for each in queries.cohorts()] == [3]
    actions.agree_to_show(places[-1], shows=Shows.NOTHING, by=own(places[-1].registration), at=AT)
    assert [each.seen for each in queries.coordinated_by(cora.pk)] == [1]
    actions.close_cohort(founded, by=SYSTEM, at=AT)
    assert not queries.coordinated_by(cora.pk)
