"""Institutions: other names, domains, parts; two that are one; who belongs by their address."""

from collections.abc import Callable
from typing import Any

import pytest

from accredit.people import actions
from accredit.people.actions import Details, Stay
from accredit.people.models import Affiliation, Institution, Profile
from accredit.people.queries import affiliations_of, stays_of
from accredit.rulebook.faults import Code
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests.factories import AT

pytestmark = pytest.mark.django_db


def somebody(email: str, *places: str) -> Profile:
    stays = tuple(Stay(each) for each in places)
    return actions.record_person(Details(name=email), email=email, stays=stays, by=SYSTEM, at=AT)


def change(place: Institution, **changes: Any) -> Institution:
    known: dict[str, Any] = {"name": place.name, "aliases": [], "domains": [], "parent": ""}
    return actions.change_institution(place, **(known | changes), by=SYSTEM, at=AT)


def refusal(step: Callable[[], object]) -> Code:
    with pytest.raises(Refused) as refused:
        step()
    return refused.value.faults[0].code


def where(person: Profile) -> list[tuple[str, bool]]:
    return [(each.institution.name, each.by_address) for each in affiliations_of(person)]


def test_other_names_lead_to_the_same_place() -> None:
    names = [" Ardle  University ", "UoA", "uoa", "university of ARDLE", ""]
    place = change(actions.institution_named("University of Ardle"), aliases=names)
    assert place.aliases.count() == 2
    for name in ("university of ardle", "ARDLE UNIVERSITY", "uoa"):
        assert actions.institution_named(name) == place
    assert Institution.objects.count() == 1


def test_an_address_says_where_somebody_belongs_and_so_do_those_of_parts() -> None:
    early = somebody("ann@cs.ardle.example")
    other = somebody("bo@ardle.example.org")
    place = change(actions.institution_named("Ardle"), domains=["@Ardle.example"])
    late, said = somebody("cy@ardle.example"), somebody("di@ardle.example", "Ardle")
    assert where(early) == where(late) == [("Ardle", True)]
    assert where(said) == [("Ardle", False)]
    assert where(other) == []
    assert affiliations_of(late, as_said=True) == []
    assert stays_of([late.pk])[late.pk][0].by_address
    actions.follow_address(late, "cy@home.example", at=AT)
    assert where(late) == []
    change(place, domains=[])
    assert where(early) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "  "}, Code.INSTITUTION_NAMELESS),
        ({"name": "brock college"}, Code.INSTITUTION_NAME_TAKEN),
        ({"aliases": ["Old Brock"]}, Code.INSTITUTION_NAME_TAKEN),
        ({"domains": ["not a domain"]}, Code.DOMAIN_UNREADABLE),
        ({"domains": ["localhost"]}, Code.DOMAIN_UNREADABLE),
        ({"domains": ["x" * 130 + ".org"]}, Code.DOMAIN_UNREADABLE),
        ({"domains": ["brock.example"]}, Code.DOMAIN_TAKEN),
        ({"parent": "Ardle"}, Code.INSTITUTION_PART_OF_ITSELF),
        ({"parent": "Ardle School"}, Code.INSTITUTION_PART_OF_ITSELF),
    ],
)
def test_what_is_refused_changes_nothing(changes: dict[str, Any], code: Code) -> None:
    change(actions.institution_named("Brock College"), aliases=["Old Brock"], domains=["brock.example"])
    place = actions.institution_named("Ardle")
    change(actions.institution_named("Ardle School"), parent="Ardle")
    assert refusal(lambda: change(place, **changes)) is code
    place.refresh_from_db()
    assert (place.name, place.parent, place.domains.count()) == ("Ardle", None, 0)


def test_two_that_are_one() -> None:
    kept, gone = actions.institution_named("University of Ardle"), actions.institution_named("Ardel Uni")
    change(gone, aliases=["Ardl"], domains=["ardle.example"])
    change(kept, parent="Ardel Uni")
    person = somebody("ann@home.example", "Ardel Uni")
    actions.merge_institutions(gone, into=kept, by=SYSTEM, at=AT)
    assert where(person) == [("University of Ardle", False)]
    for name in ("Ardel Uni", "ardl"):
        assert actions.institution_named(name) == kept
    kept.refresh_from_db()
    assert kept.parent is None
    assert [each.domain for each in kept.domains.all()] == ["ardle.example"]
    assert Row.objects.filter(what="institutions_merged").count() == 1
    assert refusal(lambda: actions.merge_institutions(kept, into=kept, by=SYSTEM, at=AT)) is (
        Code.INSTITUTION_PART_OF_ITSELF
    )
    assert Affiliation.objects.count() == 1
