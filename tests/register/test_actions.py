"""The register shows who agreed and holds an award today."""

from datetime import date, timedelta

import pytest

from accredit.awards.actions import record_award
from accredit.awards.models import Award
from accredit.awards.queries import held_on, standing_of
from accredit.people.models import Profile
from accredit.register import actions
from accredit.register.models import Consent
from accredit.register.queries import consents_of, entry_of, holders, line_of
from accredit.rulebook.faults import Code
from accredit.rulebook.standing import GOOD
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.refusals import Refused
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db

TODAY = AT.date()
WORDS = "Show my name in the public register."


def holder(name: str, pathway: str = "associate") -> Profile:
    """A holder who agreed."""
    who = make.assessor(name, holding=pathway, completed=0)
    actions.consent(who, make.scheme(), words=WORDS, by=make.candidate(who), at=AT)
    return who


def names(text: str = "", pathway: str = "", on: date = TODAY) -> list[str]:
    """Who is listed."""
    return [line_of(each).name for each in holders(text, pathway, on=on)]


def test_only_who_agreed_is_listed_until_they_withdraw() -> None:
    hugo = holder("Hugo Example")
    make.assessor("Silent Example")
    assert names() == ["Hugo Example"]
    by = make.candidate(hugo)
    for _ in range(2):
        actions.consent(hugo, make.scheme(), words=WORDS, by=by, at=AT)
    for _ in range(2):
        actions.withdraw_consent(hugo, make.scheme(), by=by, at=AT)
    assert names() == []
    assert [(each.given, each.words) for each in consents_of(hugo.pk, make.scheme())] == [
        (False, ""),
        (True, WORDS),
    ]
    entry = entry_of(hugo.pk, make.scheme())
    assert entry is not None
    assert entry.consented_at is None


def test_nobody_agrees_for_another_or_without_an_award() -> None:
    hugo, vic = make.assessor("Hugo Example"), make.person("Vic Example")
    for who, by, code in (
        (hugo, make.office(), Code.NOT_YOURS),
        (vic, make.candidate(vic), Code.NO_AWARD_TO_SHOW),
    ):
        with pytest.raises(Refused) as refused:
            actions.consent(who, make.scheme(), words=WORDS, by=by, at=AT)
        assert [each.code for each in refused.value.faults] == [code]
    assert not Consent.objects.exists()


def test_search_by_words_of_the_name_area_and_pathway() -> None:
    holder("Hugo Fernhill")
    ada = holder("Ada Fernhill", "cmalt")
    with allow_writes():
        Award.objects.filter(person=ada).update(areas=["Video in teaching"])
    assert names("fern") == ["Ada Fernhill", "Hugo Fernhill"]
    assert names("fern HUGO") == ["Hugo Fernhill"]
    assert names("video") == ["Ada Fernhill"]
    assert names(pathway="cmalt") == ["Ada Fernhill"]
    assert names("nobody\x00") == []


def test_one_line_for_each_holder_the_newest_award() -> None:
    hugo = holder("Hugo Example")
    edition = make.scheme().editions.get()
    record_award(
        hugo,
        edition=edition,
        pathway="cmalt",
        issued_on=AT.date() + timedelta(days=1),
        number="newer",
        by=SYSTEM,
        at=AT,
    )
    assert [each.pathway for each in holders(on=AT.date())] == ["cmalt"]


def test_who_holds_an_award_agrees_with_its_standing_on_every_day() -> None:
    hugo = holder("Hugo Example")
    award = Award.objects.select_related("edition").get(person=hugo)
    for days in (-40, -1, 0, 1, 29, 30, 31, 60, 61, 89, 90, 91, 92, 400):
        on = award.valid_until + timedelta(days=days)
        assert (award in held_on(on)) == (standing_of(award, on) in GOOD) == bool(names(on=on)), days
    with allow_writes():
        Award.objects.update(suspended_at=AT)
    assert names() == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_at_any_number(number: int, django_assert_num_queries: object) -> None:
    for n in range(number):
        holder(f"Hugo {n}")
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(names()) == number
