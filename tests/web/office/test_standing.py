"""Institutions, the dry run of a would-be assessor, and whom candidates have named."""

import pytest
from django.test import Client

from accredit.assessments import actions
from accredit.assessments.actions.naming import MOST_NAMED
from accredit.assessments.models import DeclaredConflict, NamedConflict
from accredit.assessments.queries import interests_between
from accredit.notices.models import Notice
from accredit.people.actions import institution_named
from accredit.people.models import Institution, Profile
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Refused
from tests import factories as make
from tests.factories import AT
from tests.web.assessor.conftest import browser_of

pytestmark = pytest.mark.django_db


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_an_institution_is_described_and_merged(office: Client) -> None:
    place, other = institution_named("Ardle"), institution_named("Ardel")
    here = f"/office/people/institutions/{place.pk}/"
    assert here in text(office, "/office/people/institutions/")
    assert "/office/people/institutions/" in text(office, "/office/people/")
    sent = {"name": "Ardle", "aliases": "UoA\n\n Ardle Uni ", "domains": "ardle.example", "parent": "Brock"}
    assert office.post(here, sent).status_code == 302
    assert {each.name for each in place.aliases.all()} == {"UoA", "Ardle Uni"}
    page = text(office, here)
    assert "Ardle Uni\nUoA" in page
    answer = office.post(here, sent | {"domains": "not one"})
    assert answer.status_code == 422
    assert "is no domain" in answer.content.decode()
    for wrong in ("", "Nowhere", "Ardle"):
        assert office.post(here, {"merge": "1", "into": wrong}).status_code == 422
    there = f"/office/people/institutions/{other.pk}/"
    assert office.post(there, {"merge": "1", "into": "ardle"})["Location"] == here
    assert not Institution.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("size", [1, 3])
def test_the_lists_ask_little_at_any_size(
    office: Client, queries: "pytest.FixtureRequest", size: int
) -> None:
    someone = make.person("Would Be", institution="College of the Isles")
    for number in range(size):
        institution_named(f"Place {number}")
        make.registration(make.person(f"Ada {number}", institution="College of the Isles"))
    assert queries("/office/people/institutions/") <= 12  # type: ignore[operator]
    assert queries(f"/office/people/{someone.pk}/if-assessing/") <= 12  # type: ignore[operator]


def test_a_dry_run_lists_what_would_stand_between(office: Client) -> None:
    ada = make.person("Ada Example", institution="College of the Isles")
    ben = make.person("Ben Other", institution="Harbour Institute")
    for each in (ada, ben):
        make.registration(each)
    someone = make.person("Would Be", institution="College of the Isles")
    page = text(office, f"/office/people/{someone.pk}/if-assessing/")
    assert "Shares an institution with the candidate" in page
    assert "Ada Example" in page
    assert "Ben Other" not in page
    assert f"/office/people/{someone.pk}/if-assessing/" in text(office, f"/office/people/{someone.pk}/")
    free = make.person("Fay Free", institution="Elsewhere")
    assert "Nothing stands between them" in text(office, f"/office/people/{free.pk}/if-assessing/")


@pytest.fixture
def ada() -> Profile:
    return make.person("Ada Example")


@pytest.fixture
def mine(ada: Profile) -> Registration:
    return make.registration(ada)


NAMED = {"name": "Lena Example", "email": "", "reason": "We are in dispute."}


def test_a_candidate_names_somebody_and_the_office_says_who(
    ada: Profile, mine: Registration, office: Client
) -> None:
    here, there = f"/my/{mine.pk}/conflicts/", f"/office/people/{ada.pk}/named/"
    lena = make.assessor("Lena Example")
    browser = browser_of(ada)
    assert here in text(browser, f"/my/{mine.pk}/")
    for _click in range(2):
        assert browser.post(here, NAMED)["Location"] == here
    assert "We are in dispute." in text(browser, here)
    told = Notice.objects.get(kind="conflict_named")
    assert "dispute" not in told.text
    assert there in told.text
    named = NamedConflict.objects.get()
    assert not DeclaredConflict.objects.exists()
    assert office.post(there, {"named": named.pk, "about": "nobody@example.org"}).status_code == 422
    for wrong in ("", "x", "0", "9" * 30):
        assert office.post(there, {"named": wrong}).status_code == 404
    before = text(browser, here)
    assert office.post(there, {"named": named.pk, "about": lena.email})["Location"] == there
    assert "A conflict is recorded" in text(office, there)
    assert text(browser, here).count("Lena Example") == before.count("Lena Example")
    found = interests_between(Registration.objects.get(pk=mine.pk), lena.pk, AT.date())
    assert [each.fault.code for each in found] == [Code.CONFLICT_DECLARED]


def test_an_address_that_is_known_counts_at_once_and_nobody_is_told(ada: Profile, mine: Registration) -> None:
    lena, browser = make.assessor("Lena Example"), browser_of(ada)
    known = browser.post(f"/my/{mine.pk}/conflicts/", NAMED | {"email": lena.email.upper()}, follow=True)
    unknown = browser.post(
        f"/my/{mine.pk}/conflicts/", {"name": "Zed", "email": "z@example.org", "reason": "Kin."}, follow=True
    )
    said = "Noted. The office sees to it that they do not assess you."
    assert said in known.content.decode()
    assert said in unknown.content.decode()
    assert DeclaredConflict.objects.get().about == lena


def test_nobody_here_is_meant(ada: Profile, office: Client) -> None:
    named = actions.name_conflict(ada, **NAMED, by=make.candidate(ada), at=AT)
    there = f"/office/people/{ada.pk}/named/"
    stray = {"named": named.pk, "about": ""}
    assert office.post(there, stray).status_code == 422
    assert NamedConflict.objects.get().settled_at is None
    assert office.post(there, stray | {"nobody": "on"})["Location"] == there
    assert NamedConflict.objects.get().settled_at is not None
    assert "Nobody here is meant" in text(office, there)
    lena = make.assessor("Lena Example")
    both = {"named": named.pk, "about": lena.email, "nobody": "on"}
    assert office.post(there, both).status_code == 422
    office.post(there, {"named": named.pk, "about": lena.email})
    assert DeclaredConflict.objects.get().about == lena


def test_who_is_named_does_not_read_what_was_said_of_them(ada: Profile) -> None:
    clerk = make.person("Clerk Example", roles=("office",))
    by = make.candidate(ada)
    actions.name_conflict(ada, **(NAMED | {"email": clerk.email}), by=by, at=AT)
    actions.name_conflict(ada, name="Zed", reason="Kin of mine.", by=by, at=AT)
    page = text(browser_of(clerk), f"/office/people/{ada.pk}/named/")
    assert "Kin of mine." in page
    assert "dispute" not in page


@pytest.mark.parametrize(
    "changes", [{"name": " "}, {"reason": "  "}, {"email": "no address"}, {"reason": "x" * 5001}]
)
def test_what_is_refused_is_kept_on_the_page(
    mine: Registration, ada: Profile, changes: dict[str, str]
) -> None:
    answer = browser_of(ada).post(f"/my/{mine.pk}/conflicts/", NAMED | changes)
    assert answer.status_code == 422
    assert not NamedConflict.objects.exists()


def test_only_for_oneself_not_about_oneself_and_with_an_end(ada: Profile) -> None:
    by = make.candidate(ada)

    def code(person: Profile, **changes: object) -> Code:
        with pytest.raises(Refused) as refused:
            actions.name_conflict(person, **(NAMED | changes), by=by, at=AT)  # type: ignore[arg-type]
        return refused.value.faults[0].code

    assert code(make.person("Bo")) is Code.NOT_YOURS
    assert code(ada, email=ada.email) is Code.CONFLICT_ON_SELF
    assert code(ada, name=" ") is Code.NAME_MISSING
    assert code(ada, reason=" ") is Code.REASON_MISSING
    with allow_writes():
        NamedConflict.objects.bulk_create(
            NamedConflict(person=ada, name=f"P{each}", reason="So", named_at=AT) for each in range(MOST_NAMED)
        )
    assert code(ada) is Code.NAMED_TOO_MANY
    named = NamedConflict.objects.all()[0]
    for who, wanted in ((by, Code.ROLE_NOT_PERMITTED), (Actor(ada.pk, Role.OFFICE), Code.OWN_DECISION)):
        with pytest.raises(Refused) as refused:
            actions.settle_named_conflict(named, about=None, by=who, at=AT)
        assert refused.value.faults[0].code is wanted


def test_a_conflict_on_a_panel_stands_out_and_leads_to_relieving(office: Client) -> None:
    panel = make.panel()
    here, lead = f"/office/registration/{panel.registration_id}/", make.place(panel, "lead")
    assert "In conflict" not in text(office, here)
    ada, by = panel.registration.person, make.office()
    actions.declare_conflict(lead.person, ada, reason="Cousins", by=by, at=AT)
    page = text(office, here)
    assert "In conflict" in page
    assert f"{here}panel/relieve/{lead.pk}/" in page
    assert f"/office/people/{ada.pk}/named/" in page
