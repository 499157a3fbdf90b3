"""Lists: filters in the address, order, export, pages, and the records written by hand."""

import csv
import io

import pytest
from django.test import Client

from accredit.assessments.models import Assessor, DeclaredConflict, PastAssessments
from accredit.awards.models import Award
from accredit.fees.models import Fee
from accredit.notices.models import Notice
from accredit.people.models import Profile, RoleHeld
from accredit.registrations.models import Window
from accredit.web.ui.spreadsheets import safe
from tests import factories as make

pytestmark = pytest.mark.django_db


def text(office: Client, path: str) -> str:
    """Return a page that has to answer 200."""
    response = office.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def export(office: Client, query: str = "") -> list[list[str]]:
    """Return the exported rows."""
    response = office.get(f"/office/pipeline/export/{query}")
    sent = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.reader(io.StringIO(sent)))


def test_the_pipeline_is_filtered_by_its_address(office: Client):
    make.registration(make.person("Ada Example"))
    make.submission(make.registration(make.person("Bea Other"), pathway="associate"))
    page = text(office, "/office/pipeline/?stage=submitted")
    assert "Bea Other" in page
    assert "Ada Example" not in page
    assert "Ada Example" in text(office, "/office/pipeline/?q=ada")
    assert "Bea Other" not in text(office, "/office/pipeline/?q=ada")
    assert "No registration matches" in text(office, "/office/pipeline/?pathway=cmalt")


def test_a_number_finds_its_registration(office: Client):
    found = make.registration(make.person("Ada Example"))
    make.registration(make.person("Bea Other"))
    for asked in (found.reference, found.reference.lower(), str(found.pk)):
        page = text(office, f"/office/pipeline/?q={asked}")
        assert "Ada Example" in page
        assert "Bea Other" not in page


@pytest.mark.parametrize(
    "sort", ["pk", "-person__name", "stage_since", "password", "person__user__password", "--pk", "%00"]
)
def test_any_order_is_answered(office: Client, sort: str):
    make.registration()
    assert "Ada Example" in text(office, f"/office/pipeline/?sort={sort}")


@pytest.mark.parametrize(
    "query", ["page=999", "page=x", "stage=nowhere", "q=%00", "q=" + "x" * 5000, "pathway=%27--"]
)
def test_odd_addresses_are_answered(office: Client, query: str):
    make.registration()
    text(office, f"/office/pipeline/?{query}")
    text(office, f"/office/people/?{query}")
    text(office, f"/office/trail/?{query}&registration=abc&person=99999999999999999999")
    text(office, f"/office/notices/?{query}&state=odd")


def test_the_export_follows_the_filter_and_holds_no_formula(office: Client):
    make.registration(make.person("=HYPERLINK(1)"))
    make.submission(make.registration(make.person("Bea Other")))
    rows = export(office, "?stage=drafting")
    assert [row[1] for row in rows[1:]] == ["'=HYPERLINK(1)"]
    assert len(export(office)) == 3


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
def test_a_cell_never_runs(value: str):
    assert safe(value) == f"'{value}"


def test_plain_cells_stay():
    assert safe("Ada") == "Ada"
    assert safe(None) == ""


def test_people_are_found_by_name_institution_and_role(office: Client):
    make.assessor("Lena Example", institution="Northmere College")
    make.person("Mo Derate", roles=(RoleHeld.Name.MODERATOR,))
    make.person("Zed Nobody")
    assert "Lena Example" in text(office, "/office/people/?q=northmere")
    for who, name in (("assessor", "Lena Example"), ("holder", "Lena Example"), ("moderator", "Mo Derate")):
        page = text(office, f"/office/people/?who={who}")
        assert name in page
        assert "Zed Nobody" not in page


def test_a_person_is_recorded_with_an_award_and_a_history(office: Client):
    make.scheme()
    sent = {
        "name": "Hana Holder",
        "email": "hana@example.org",
        "institution": "Northmere College",
        "country": "ie",
    }
    response = office.post("/office/people/new/", sent)
    hana = Profile.objects.get(name="Hana Holder")
    assert response.headers["Location"] == f"/office/people/{hana.pk}/award/"
    award = {"what": "cmalt-2026:cmalt", "number": "012345", "issued_on": "2025-03-01"}
    assert office.post(response.headers["Location"], award).status_code == 302
    assert Award.objects.get().is_recorded_by_hand
    past = {"seat": "second", "number": "4", "source": "The spreadsheet of 2024"}
    office.post(f"/office/people/{hana.pk}/past-assessments/", past)
    assert PastAssessments.objects.get().number == 4
    office.post(
        f"/office/people/{hana.pk}/assessor/", {"at_most": "2", "areas": "Video, Accessibility , Video"}
    )
    assert Assessor.objects.get().areas == ["Video", "Accessibility"]
    page = text(office, f"/office/people/{hana.pk}/")
    for said in ("012345", "Northmere College", "The spreadsheet of 2024", "At most 2 at a time"):
        assert said in page
    office.post(f"/office/people/{hana.pk}/assessor/pause/")
    assert Assessor.objects.get().paused_at is not None


def test_an_address_is_taken_once(office: Client):
    taken = make.person()
    response = office.post("/office/people/new/", {"name": "Somebody Else", "email": taken.email.upper()})
    assert response.status_code == 422
    assert "Somebody Else" in response.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"number": ""},
        {"issued_on": "2999-01-01"},
        {"valid_until": "2020-01-01"},
        {"what": "cmalt-2026:baron"},
        {"number": "9" * 21},
    ],
)
def test_a_bad_award_is_refused(office: Client, sent: dict[str, str]):
    make.scheme()
    who = make.person()
    good = {"what": "cmalt-2026:cmalt", "number": "012345", "issued_on": "2025-03-01"}
    assert office.post(f"/office/people/{who.pk}/award/", good | sent).status_code == 422
    assert not Award.objects.exists()


def test_a_number_is_given_once(office: Client):
    make.scheme()
    sent = {"what": "cmalt-2026:cmalt", "number": "012345", "issued_on": "2025-03-01"}
    office.post(f"/office/people/{make.person().pk}/award/", sent)
    response = office.post(f"/office/people/{make.person().pk}/award/", sent)
    assert "The number 012345 has been given already" in response.content.decode()


def test_a_conflict_is_recorded_and_dismissed(office: Client):
    ruth, ada = make.person("Ruth Example"), make.person("Ada Example")
    address = f"/office/people/{ruth.pk}/conflict/"
    assert office.post(address, {"about": "nobody@example.org", "reason": "Friends"}).status_code == 422
    assert office.post(address, {"about": ruth.email, "reason": "Herself"}).status_code == 422
    office.post(address, {"about": ada.email, "reason": "Old friends"})
    found = DeclaredConflict.objects.get()
    assert "Old friends" in text(office, f"/office/people/{ruth.pk}/")
    dismiss = f"/office/conflict/{found.pk}/dismiss/"
    assert office.post(dismiss, {"reason": ""}).status_code == 422
    assert office.post(dismiss, {"reason": "Twenty years ago"}).status_code == 302
    assert office.post(dismiss, {"reason": "Again"}).status_code == 422


def test_roles_are_given_and_ended_but_not_ones_own(office: Client, otis: Profile):
    mo = make.person("Mo Derate")
    address = f"/office/people/{mo.pk}/role/"
    office.post(address, {"role": "moderator", "do": "give"})
    office.post(address, {"role": "moderator", "do": "give"})
    assert RoleHeld.objects.filter(person=mo, ended_at=None).count() == 1
    office.post(address, {"role": "moderator", "do": "end"})
    office.post(address, {"role": "emperor", "do": "give"})
    assert not RoleHeld.objects.filter(person=mo, ended_at=None).exists()
    office.post(f"/office/people/{otis.pk}/role/", {"role": "office", "do": "end"})
    assert RoleHeld.objects.filter(person=otis, role="office", ended_at=None).exists()


def test_a_window_is_local_to_the_scheme(office: Client):
    home = make.scheme(window="")
    sent = {"scheme": str(home.pk), "mode": "deadline", "closes_at": "2027-07-01T12:00"}
    assert office.post("/office/windows/", sent).status_code == 302
    assert Window.objects.get().closes_at is not None
    assert Window.objects.get().closes_at.isoformat() == "2027-07-01T11:00:00+00:00"  # type: ignore[union-attr]
    assert office.post("/office/windows/", sent | {"closes_at": ""}).status_code == 422
    wrong = {"mode": "opening", "opens_at": "2027-08-01T12:00"}
    assert office.post("/office/windows/", sent | wrong).status_code == 422
    assert office.post("/office/windows/", sent | {"scheme": "999"}).status_code == 422


def test_a_fee_is_added_in_minor_units(office: Client):
    home = make.scheme()
    sent = {
        "scheme": str(home.pk), "title": "Standard", "person_kind": "standard", "pathway": "",
        "amount": "165",
        "currency": "GBP", "valid_from_on": "2026-01-01",
    }  # fmt: skip
    assert office.post("/office/fees/", sent).status_code == 302
    assert Fee.objects.get().amount == 16500
    assert office.post("/office/fees/", sent | {"currency": "pounds"}).status_code == 422


def test_an_edition_is_downloaded_as_published(office: Client):
    edition = make.scheme().editions.get()
    response = office.get(f"/office/editions/{edition.pk}/document/")
    assert response.content.decode() == edition.document
    assert edition.sha256[:16] in text(office, "/office/editions/")


def test_a_notice_is_read(office: Client):
    make.registration(make.person("Ada Example"))
    found = Notice.objects.order_by("pk")[0]
    assert found.subject in text(office, "/office/notices/")
    assert found.text.splitlines()[0] in text(office, f"/office/notices/{found.pk}/")
    assert office.get("/office/notices/999999/").status_code == 404


def test_the_trail_is_in_words(office: Client):
    found = make.submission()
    page = text(office, f"/office/trail/?registration={found.portfolio.registration_id}")
    assert "Portfolio submitted, round 1" in page
    assert "Registered for" in page


@pytest.mark.parametrize(
    "path",
    [
        "",
        "pipeline/",
        "pipeline/export/",
        "people/",
        "people/new/",
        "windows/",
        "fees/",
        "editions/",
        "notices/",
        "trail/",
    ],
)
def test_only_the_office_comes_in(path: str):
    address = f"/office/{path}"
    visitor = Client()
    assert visitor.get(address).status_code == 302
    for roles in ((), (RoleHeld.Name.MODERATOR,), (RoleHeld.Name.COMMITTEE,)):
        who = make.person(sign_in=True, roles=roles)
        client = Client()
        assert who.user is not None
        client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(address).status_code == 403
