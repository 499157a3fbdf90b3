"""Where a scheme takes portfolios in several languages; elsewhere nobody is asked."""

import pytest
from django.test import Client

from accredit.assessments.models import Assessor
from accredit.assessments.queries import suiting, weights_of
from accredit.frameworks.actions import set_languages
from accredit.frameworks.models import Scheme
from accredit.people.models import RoleHeld
from accredit.portfolios.actions import confirm
from accredit.portfolios.models import Portfolio
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.fit import Kind
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make
from tests.factories import AT
from tests.web.assessor.conftest import browser_of

pytestmark = pytest.mark.django_db
BOTH = ("English", "Cymraeg")


def speaking(*languages: str) -> Scheme:
    return set_languages(make.scheme(), languages=languages, by=make.office(), at=AT)


def office() -> Client:
    return browser_of(make.person("Otis Office", roles=(RoleHeld.Name.OFFICE,)))


def weights(**changes: object) -> dict[str, object]:
    return {kind.value: "10" for kind in Kind} | changes


def test_who_reads_the_language_suits_better_and_who_says_nothing_is_not_hurt() -> None:
    speaking(*BOTH)
    draft = make.complete_portfolio()
    confirm(draft, name="Ada Example", language="Cymraeg", by=make.owner_of(draft), at=AT)
    of = make.portfolios.submit(draft, by=make.owner_of(draft), at=AT).portfolio.registration
    people = {name: make.assessor(name, within=of.scheme) for name in ("Reads", "Other", "Silent")}
    for name, languages in (("Reads", list(BOTH)), ("Other", ["English"])):
        make.assessments.volunteer(
            people[name], at_most=3, areas=[], languages=languages, by=make.office(), at=AT
        )
    registration = Registration.objects.select_related("person").get(pk=of.pk)
    found = suiting([each.pk for each in people.values()], [registration], weights_of(of.scheme), frozenset())
    fit = {name: found.fit(of.pk, each.pk) for name, each in people.items()}
    assert fit["Reads"] > fit["Silent"] >= fit["Other"]
    told = {each.kind: each.share for each in found.parts(of.pk, people["Reads"].pk)}
    assert told[Kind.LANGUAGE] == 1000


def test_the_candidate_is_asked_and_the_panel_is_told() -> None:
    speaking(*BOTH)
    draft = make.complete_portfolio()
    ada = browser_of(draft.registration.person)
    here = f"/my/{draft.registration_id}/confirmation/"
    assert "The language you write in" in ada.get(here).content.decode()
    answer = ada.post(here, {"name": "Ada", "agrees": "on"})
    assert answer.status_code == 422
    assert "Choose the language" in answer.content.decode()
    assert ada.post(here, {"name": "Ada", "agrees": "on", "language": "Klingon"}).status_code == 422
    assert ada.post(here, {"name": "Ada", "agrees": "on", "language": "Cymraeg"}).status_code == 302
    speaking("English")
    assert ada.post(here, {"name": "Ada", "agrees": "on"}).status_code == 302
    assert Portfolio.objects.get(pk=draft.pk).language == "Cymraeg"
    assert "Cymraeg" in ada.get(f"/my/{draft.registration_id}/submit/").content.decode()
    made = make.portfolios.submit(draft, by=make.owner_of(draft), at=AT)
    for step in (make.portfolios.begin_check, make.portfolios.accept):
        step(made, by=make.office(), at=AT)
    lena = make.place(make.panel(made), "lead")
    assert "Cymraeg" in browser_of(lena.person).get(f"/assess/invitation/{lena.pk}/").content.decode()
    assert "Cymraeg" in office().get(f"/office/registration/{draft.registration_id}/").content.decode()


def test_an_assessor_says_what_they_read_and_keeps_it_when_nobody_asks_any_more() -> None:
    speaking(*BOTH)
    lena = make.assessor("Lena Example")
    browser = browser_of(lena)
    page = browser.get("/assess/offer/").content.decode()
    assert "Languages read" in page
    assert browser.post("/assess/offer/", {"at_most": "2", "languages": ["Klingon"]}).status_code == 422
    assert browser.post("/assess/offer/", {"at_most": "2", "languages": ["Cymraeg"]}).status_code == 302
    assert Assessor.objects.get(person=lena).languages == ["Cymraeg"]
    assert "Cymraeg" in office().get(f"/office/people/{lena.pk}/").content.decode()
    speaking("English")
    assert "Languages read" not in browser.get("/assess/offer/").content.decode()
    browser.post("/assess/offer/", {"at_most": "3"})
    found = Assessor.objects.get(person=lena)
    assert (found.at_most, found.languages) == (3, ["Cymraeg"])


@pytest.mark.parametrize("languages", [(), ("English",)])
def test_with_fewer_than_two_nobody_is_asked(languages: tuple[str, ...]) -> None:
    speaking(*languages)
    draft = make.complete_portfolio()
    ada = browser_of(draft.registration.person)
    here = f"/my/{draft.registration_id}/confirmation/"
    assert "The language you write in" not in ada.get(here).content.decode()
    assert ada.post(here, {"name": "Ada", "agrees": "on"}).status_code == 302
    assert "Language" not in ada.get(f"/my/{draft.registration_id}/submit/").content.decode()


def test_the_office_says_in_what_it_may_be_written() -> None:
    scheme, otis = make.scheme(), office()
    here = f"/office/panels/{scheme.code}/weights/"
    assert otis.post(here, weights(languages="English\n\n  Cymraeg \nENGLISH")).status_code == 302
    assert set(map(str.casefold, Scheme.objects.get().languages)) == {"english", "cymraeg"}
    assert "English" in otis.get(here).content.decode()
    assert Row.objects.filter(what="languages_set").count() == 1
    assert "Languages of portfolios set: English, Cymraeg" in otis.get("/office/trail/").content.decode()
    otis.post(here, weights(languages="English\nCymraeg\nENGLISH"))
    assert Row.objects.filter(what="languages_set").count() == 1
    many = "\n".join(f"Language {number}" for number in range(21))
    answer = otis.post(here, weights(languages=many))
    assert answer.status_code == 422
    assert len(Scheme.objects.get().languages) == 2
    assert Scheme.objects.get().fit_weights["language"] == 10


def test_no_language_but_the_scheme_s() -> None:
    draft = make.complete_portfolio()
    with pytest.raises(Refused) as found:
        confirm(draft, name="Ada", language="Cymraeg", by=make.owner_of(draft), at=AT)
    assert {each.code for each in found.value.faults} == {Code.CHOICE_UNKNOWN}
