"""People: profiles, institutions, roles, claiming a person the office recorded."""

from datetime import date

import pytest

from accredit.people import actions, permissions, queries
from accredit.people.actions import Details, Stay
from accredit.people.models import Institution, Profile, User
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make

pytestmark = pytest.mark.django_db


def refusal(caught: pytest.ExceptionInfo[Refused]) -> Code:
    return caught.value.faults[0].code


def test_a_sign_in_has_one_person_however_often_it_asks() -> None:
    newcomer = make.newcomer()
    assert newcomer.user is not None
    again = actions.make_profile(newcomer.user, name="Other", at=make.SOON)
    assert (again.pk, again.name) == (newcomer.pk, newcomer.name)
    assert queries.profile_of(newcomer.user) == newcomer


def test_completing_a_profile_replaces_the_affiliations_and_knows_institutions_in_any_case() -> None:
    person = make.person(institution="Northmere College")
    stays = (Stay("  northmere   COLLEGE "), Stay("Ardle", since=date(2019, 9, 1), until=date(2023, 8, 31)))
    actions.complete_profile(person, Details("Ada", country="GB"), stays=stays, by=SYSTEM, at=make.SOON)
    assert Institution.objects.count() == 2
    names = [row.institution.name for row in queries.affiliations_of(person)]
    assert names == ["Northmere College", "Ardle"]
    assert [stay.until for stay in queries.stays_of([person.pk])[person.pk]] == [None, date(2023, 8, 31)]
    assert queries.institutions() == ["Ardle", "Northmere College"]
    told = Row.objects.filter(what="profile_completed", person=person.pk).latest("pk").words.values
    assert told["institutions"].endswith("Ardle (2019-09-01–2023-08-31)")


def test_a_stay_that_ends_before_it_began_is_refused_and_nothing_is_lost() -> None:
    person = make.person(institution="Northmere College")
    with pytest.raises(Refused) as caught:
        actions.complete_profile(
            person,
            Details("Other"),
            stays=(Stay("Ardle", since=date(2024, 1, 1), until=date(2023, 1, 1)),),
            by=SYSTEM,
            at=make.SOON,
        )
    assert refusal(caught) is Code.STAY_ENDS_BEFORE_START
    person.refresh_from_db()
    assert person.name == "Ada Example"
    assert len(queries.affiliations_of(person)) == 1


def test_an_address_is_recorded_once() -> None:
    actions.record_person(Details("One"), email="one@example.org", by=SYSTEM, at=make.AT)
    with pytest.raises(Refused) as caught:
        actions.record_person(Details("Two"), email="ONE@example.org", by=SYSTEM, at=make.AT)
    assert refusal(caught) is Code.ADDRESS_TAKEN


def test_a_recorded_person_is_claimed_by_the_confirmed_address() -> None:
    recorded = actions.record_person(Details("Hugo"), email="hugo@example.org", by=SYSTEM, at=make.AT)
    with allow_writes():
        user = User.objects.create_user("Hugo@example.org")
    assert actions.claim(user, at=make.SOON) == recorded
    assert actions.claim(user, at=make.SOON) == recorded
    assert Profile.objects.count() == 1


def test_a_sign_in_nobody_waited_for_gets_a_person_of_its_own() -> None:
    with allow_writes():
        user = User.objects.create_user("vic@example.org")
    assert actions.claim(user, at=make.AT).email == "vic@example.org"


def test_roles_are_given_once_and_end() -> None:
    person = make.person()
    actions.give_role(person, "moderator", by=SYSTEM, at=make.AT)
    actions.give_role(person, "moderator", by=SYSTEM, at=make.AT)
    assert queries.roles_of(person.pk) == {"moderator"}
    assert queries.people_with("moderator") == [person]
    assert permissions.has_role(person.pk, "moderator")
    actions.end_role(person, "moderator", by=SYSTEM, at=make.SOON)
    assert not permissions.has_role(person.pk, "moderator")
    assert not permissions.has_role(None, "moderator")


def test_the_first_office_person_can_sign_in_and_is_made_once() -> None:
    made = actions.create_office_person(
        email="otis@example.org", password="a long secret", name="Otis", at=make.AT
    )
    assert made.user is not None
    assert made.user.check_password("a long secret")
    assert permissions.has_role(made.pk, "office")
    with pytest.raises(Refused) as caught:
        actions.create_office_person(email="OTIS@example.org", password="x", name="O", at=make.AT)
    assert refusal(caught) is Code.ADDRESS_TAKEN


def test_an_institution_is_described_with_its_parent() -> None:
    place = actions.describe_institution("Ardle School", country="GB", parent="Ardle University")
    assert place.parent is not None
    assert place.parent.name == "Ardle University"
