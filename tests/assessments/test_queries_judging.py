"""What the panel rules judge: the same for many registrations at once as for each, in as many queries."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Assessor, DeclaredConflict, DismissedConflict, Seat
from accredit.assessments.queries import assessors_and_candidate, conflicts_of, judged
from accredit.people.models import Profile
from accredit.registrations.models import CohortPlace, Registration
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import allow_writes
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db
ON = AT.date()


def appointing(name: str, institution: str = "Northmere College") -> Registration:
    made = make.accepted(make.registration(make.person(name, institution=institution)))
    rows = Registration.objects.select_related("edition", "scheme", "person")
    return rows.get(pk=made.portfolio.registration_id)


def declare(person: int, about: int, **values: object) -> DeclaredConflict:
    values = {"reason": "We wrote a book.", "declared_at": AT} | values
    with allow_writes():
        return DeclaredConflict.objects.create(person_id=person, about_id=about, **values)


def set_aside(person: int, about: int, kind: str, found: str = "") -> DismissedConflict:
    with allow_writes():
        return DismissedConflict.objects.create(
            person_id=person, about_id=about, kind=kind, found=found, reason="Long ago.", dismissed_at=AT
        )


def test_many_are_judged_as_each_is() -> None:
    ada, ben, cleo = appointing("Ada"), appointing("Ben", "Southwick"), appointing("Cleo", "Eastby")
    people = [make.assessor(f"A {n}", institution=f"College {n}").pk for n in range(5)]
    declare(people[0], ada.person_id)
    declare(ben.person_id, people[1])
    with allow_writes():
        CohortPlace.objects.create(cohort=make.cohort(people_of(people[3])), registration=ada, joined_at=AT)
    set_aside(people[2], cleo.person_id, "same_institution", "7")
    seats = [(people[0], Seat.LEAD), (people[4], Seat.SECOND)]
    actions.appoint(cleo, seats=seats, due_on=ON, by=make.office(), at=AT)
    rows = [Registration.objects.get(pk=each.pk) for each in (ada, ben, cleo)]
    together = {each.registration.pk: each for each in judged(people, rows, ON)}
    for each in rows:
        found, candidate = assessors_and_candidate(people, each, ON)
        assert dict(together[each.pk].assessors) == found
        assert together[each.pk].candidate == candidate
    of_ada = together[ada.pk].assessors
    assert of_ada[people[0]].conflicts == (Code.CONFLICT_DECLARED,)
    assert of_ada[people[3]].conflicts == (Code.CONFLICT_COORDINATOR,)
    assert of_ada[people[4]].load == 1
    assert together[ben.pk].assessors[people[1]].conflicts == (Code.CONFLICT_DECLARED,)
    of_cleo = together[cleo.pk].assessors
    assert of_cleo[people[2]].set_aside == {("same_institution", "7")}
    # What they do for this candidate is no load beside it.
    assert (of_cleo[people[4]].load, of_cleo[people[4]].this_year) == (0, 0)


def people_of(person: int) -> Profile:
    return Assessor.objects.select_related("person").get(person_id=person).person


@pytest.mark.parametrize("number", [1, 3])
def test_many_cost_seven_queries(number: int, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    rows = [appointing(f"Ada {n}", f"College {n}") for n in range(number)]
    people = [make.assessor(f"Lena {n}", institution=f"Academy {n}").pk for n in range(number)]
    with django_assert_max_num_queries(8):
        assert len(list(judged(people, rows, ON))) == number


def test_a_declared_conflict_counts_to_its_last_day() -> None:
    ada, lena = appointing("Ada"), make.assessor("Lena", institution="Elsewhere")
    declare(lena.pk, ada.person_id, until_on=ON)
    assert assessors_and_candidate([lena.pk], ada, ON)[0][lena.pk].conflicts == (Code.CONFLICT_DECLARED,)
    assert assessors_and_candidate([lena.pk], ada, ON + timedelta(days=1))[0][lena.pk].conflicts == ()
    assert conflicts_of([lena.pk], ada) == {lena.pk: (Code.CONFLICT_DECLARED,)}


def test_what_is_restored_is_not_set_aside() -> None:
    ada, lena = appointing("Ada"), make.assessor("Lena", institution="Elsewhere")
    row = set_aside(lena.pk, ada.person_id, "conflict_mentor")
    assert assessors_and_candidate([lena.pk], ada, ON)[0][lena.pk].set_aside == {("conflict_mentor", "")}
    assert conflicts_of([lena.pk], ada) == {}
    row.restored_at = AT
    with allow_writes():
        row.save()
    assert assessors_and_candidate([lena.pk], ada, ON)[0][lena.pk].set_aside == frozenset()


def test_what_an_assessor_offers_is_judged() -> None:
    ada, lena = appointing("Ada"), make.assessor("Lena", institution="Elsewhere")
    with allow_writes():
        Assessor.objects.filter(person=lena).update(
            pathways=["senior"], months_away=["2026-08"], per_year=4, at_most=2
        )
    found = assessors_and_candidate([lena.pk], ada, ON, due=ON)[0][lena.pk]
    assert (found.pathways, found.away) == ({"senior"}, {"2026-08"})
    assert (found.per_year, found.capacity, found.this_year) == (4, 2, 0)


def test_declined_invitations_are_none_of_the_year() -> None:
    ada, lena = appointing("Ada"), make.assessor("Lena", institution="Elsewhere")
    omar = make.assessor("Omar", institution="Elsewhere still")
    actions.appoint(
        ada, seats=[(lena.pk, Seat.LEAD), (omar.pk, Seat.SECOND)], due_on=ON, by=make.office(), at=AT
    )
    ben = appointing("Ben", "Southwick")
    assert assessors_and_candidate([lena.pk], ben, ON)[0][lena.pk].this_year == 1
    with allow_writes():
        Appointment.objects.filter(person=lena).update(ended_at=AT)
    assert assessors_and_candidate([lena.pk], ben, ON)[0][lena.pk].this_year == 0
