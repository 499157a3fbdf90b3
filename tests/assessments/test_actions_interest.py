"""Setting a derived conflict aside, restoring it; conflicts that end; what an offer says."""

from datetime import timedelta

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Assessor, DeclaredConflict, DismissedConflict
from accredit.assessments.queries import candidates_for_panel, interests_between, set_aside_between
from accredit.people.actions import give_role
from accredit.people.models import Profile, RoleHeld
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make
from tests.factories import AT, SOON

pytestmark = pytest.mark.django_db
PLACE = "Northmere College"


def registration() -> Registration:
    made = make.accepted(make.registration(make.person("Ada Example", institution=PLACE)))
    rows = Registration.objects.select_related("edition", "scheme", "person")
    return rows.get(pk=made.portfolio.registration_id)


def clerk(person: Profile | None = None) -> Actor:
    who = person or make.person("Otis Example")
    give_role(who, RoleHeld.Name.OFFICE, by=SYSTEM, at=AT)
    return Actor(person=who.pk, role=Role.OFFICE)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[Code]:
    return [each.code for each in refused.value.faults]


def why_not(of: Registration, person: Profile) -> list[Code]:
    (found,) = [each for each in candidates_for_panel(of, AT.date()) if each.profile.pk == person.pk]
    return [each.code for each in found.as_member]


def test_a_shared_name_is_set_aside_and_counts_again() -> None:
    of, lena, otis = registration(), make.assessor("Lena Example", institution=PLACE), clerk()
    assert why_not(of, lena) == [Code.SAME_INSTITUTION]
    (found,) = interests_between(of, lena.pk, AT.date())
    made = actions.set_conflict_aside(of, lena, key=found.key, reason="Another Northmere.", by=otis, at=AT)
    again = actions.set_conflict_aside(of, lena, key=found.key, reason="Once more.", by=otis, at=SOON)
    assert (again.pk, again.reason) == (made.pk, "Another Northmere.")
    assert why_not(of, lena) == []
    assert set(set_aside_between(of, lena.pk)) == {found.key}
    for _ in range(2):
        actions.restore_conflict(made, by=otis, at=SOON)
    assert why_not(of, lena) == [Code.SAME_INSTITUTION]
    told = list(Row.objects.filter(what__startswith="conflict_").values_list("what", flat=True))
    assert told == ["conflict_set_aside", "conflict_restored"]
    third = actions.set_conflict_aside(of, lena, key=found.key, reason="Truly.", by=otis, at=SOON)
    assert third.pk != made.pk


def test_what_may_not_be_set_aside() -> None:
    of, lena, otis = registration(), make.assessor("Lena Example", institution=PLACE), clerk()
    actions.declare_conflict(lena, of.person, reason="A friend.", by=SYSTEM, at=AT)
    same = next(each.key for each in interests_between(of, lena.pk, AT.date()) if each.found)
    tried = [
        (same, "  ", otis, Code.REASON_MISSING),
        (("same_institution", "0"), "Why not.", otis, Code.INTEREST_UNKNOWN),
        (("nonsense", ""), "Why not.", otis, Code.INTEREST_UNKNOWN),
        (("conflict_declared", ""), "Why not.", otis, Code.INTEREST_UNKNOWN),
        (same, "I want to.", clerk(lena), Code.OWN_DECISION),
        (same, "I want her.", clerk(of.person), Code.OWN_DECISION),
        (same, "I may.", Actor(person=make.person("Vic Example").pk, role=Role.OFFICE), Code.OWN_DECISION),
    ]
    for key, reason, by, expected in tried:
        with pytest.raises(Refused) as refused:
            actions.set_conflict_aside(of, lena, key=key, reason=reason, by=by, at=AT)
        assert codes(refused) == [expected]
    assert not DismissedConflict.objects.exists()


def test_a_conflict_that_has_ended_makes_way_for_another() -> None:
    of, lena = registration(), make.assessor("Lena Example", institution="Elsewhere")
    yesterday = AT.date() - timedelta(days=1)
    with pytest.raises(Refused) as refused:
        actions.declare_conflict(lena, of.person, reason="A book.", until_on=yesterday, by=SYSTEM, at=AT)
    assert codes(refused) == [Code.CONFLICT_ENDS_BEFORE]
    actions.declare_conflict(lena, of.person, reason="A book.", until_on=AT.date(), by=SYSTEM, at=AT)
    assert why_not(of, lena) == [Code.CONFLICT_DECLARED]
    later = AT + timedelta(days=2)
    actions.declare_conflict(lena, of.person, reason="Another book.", by=SYSTEM, at=later)
    rows = list(DeclaredConflict.objects.order_by("pk").values_list("reason", "until_on", "dismissed_reason"))
    assert rows == [("A book.", AT.date(), "It had ended."), ("Another book.", None, "")]


def test_an_offer_says_when_and_what() -> None:
    of, lena = registration(), make.assessor("Lena Example", institution="Elsewhere")
    offer = {"at_most": 2, "areas": ["Video"], "per_year": 4, "pathways": ["senior"]}
    made = actions.volunteer(lena, **offer, months_away=["2026-12", "2026-11"], by=SYSTEM, at=AT)
    assert (made.per_year, made.pathways, made.months_away) == (4, ["senior"], ["2026-11", "2026-12"])
    assert why_not(of, lena) == [Code.UNWILLING, Code.AWAY]
    actions.volunteer(lena, at_most=2, areas=[], by=SYSTEM, at=AT)
    assert why_not(of, lena) == []


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [({"per_year": 0}, Code.NUMBER_TOO_SMALL), ({"months_away": ["2026-13"]}, Code.CHOICE_UNKNOWN),
     ({"months_away": ["x" * 500]}, Code.CHOICE_UNKNOWN)],
)  # fmt: skip
def test_an_offer_that_makes_no_sense_changes_nothing(wrong: dict[str, object], expected: Code) -> None:
    lena = make.assessor("Lena Example")
    with pytest.raises(Refused) as refused:
        actions.volunteer(lena, at_most=9, areas=[], by=SYSTEM, at=AT, **wrong)  # type: ignore[arg-type]
    assert codes(refused) == [expected]
    assert Assessor.objects.get(person=lena).at_most == 3
