"""The list of results to release: what will happen is said first; recalled while nobody was told."""

from collections.abc import Callable

import pytest
from django.test import Client

from accredit.assessments.models import Outcome
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from tests import factories as make

pytestmark = pytest.mark.django_db
HERE = "/office/releases/"


def held(*names: str) -> list[Outcome]:
    return [make.held(make.accepted(make.registration(make.person(name)))) for name in names]


def stages() -> set[str]:
    return set(Registration.objects.values_list("stage", flat=True))


def test_several_are_released_together_after_a_look(office: Client) -> None:
    ada, ben, cleo = held("Ada Abel", "Ben Bone", "Cleo Cole")
    assert "As the candidate will read it" in office.get(HERE).content.decode()
    ticked = {"result": [str(ada.pk), str(ben.pk), "nonsense", "999999"]}
    page = office.post(HERE, ticked).content.decode()
    assert "This is what will happen" in page
    assert "it cannot be taken back" in page
    assert "Cleo Cole" not in page
    assert stages() == {Stage.HELD.value}
    page = office.post(HERE, ticked | {"go": "1"}, follow=True).content.decode()
    assert "2 results are released." in page
    assert Outcome.objects.get(pk=cleo.pk).released_at is None
    assert "Cleo Cole" in page
    page = office.post(HERE, ticked | {"go": "1"}, follow=True).content.decode()
    assert "0 results are released." in page
    assert "Nothing was ticked." in office.post(HERE, {}).content.decode()


def test_within_the_hours_it_is_recalled(office: Client) -> None:
    (ada,) = held("Ada Abel")
    code = Scheme.objects.get().code
    assert office.post(f"{HERE}{code}/hours/", {"recall": "169", "assessing": "0"}).status_code == 422
    office.post(f"{HERE}{code}/hours/", {"recall": "24", "assessing": "6"})
    page = office.post(HERE, {"result": ada.pk}).content.decode()
    assert "is told in 24 hours; until then it may be recalled" in page
    office.post(HERE, {"result": ada.pk, "go": "1"})
    assert "Look, or recall" in office.get(HERE).content.decode()
    one = f"/office/registration/{ada.panel.registration_id}/release/"
    assert "Recall it" in office.get(one).content.decode()
    office.post(one, {"recall": "1"})
    assert Outcome.objects.get().release_due_at is None
    assert "Release to the candidate" in office.get(one).content.decode()


def test_ones_own_result_is_not_listed(office: Client, otis: Profile) -> None:
    own = make.held(make.accepted(make.registration(otis)))
    assert "Nothing is held" in office.get(HERE).content.decode()
    office.post(HERE, {"result": own.pk, "go": "1"})
    assert stages() == {Stage.HELD.value}


def test_as_many_queries_for_three_as_for_one(office: Client, queries: Callable[[str], int]) -> None:
    held("Ada Abel")
    first = queries(HERE)
    held("Ben Bone", "Cleo Cole")
    assert queries(HERE) == first <= 12
