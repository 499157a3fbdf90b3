"""The page of what stands between an assessor and a candidate; what the office writes of an offer."""

import pytest
from django.test import Client

from accredit.assessments.models import Assessor, DeclaredConflict, DismissedConflict
from tests import factories as make

pytestmark = pytest.mark.django_db
PLACE = "Northmere College"


def appointing() -> int:
    made = make.accepted(make.registration(make.person("Ada Example", institution=PLACE)))
    return made.portfolio.registration_id


def test_a_finding_is_set_aside_and_counts_again(office: Client) -> None:
    pk, lena = appointing(), make.assessor("Lena Example", institution=PLACE)
    here = f"/office/registration/{pk}/interests/{lena.pk}/"
    assert here in office.get(f"/office/registration/{pk}/panel/").content.decode()
    page = office.get(here).content.decode()
    assert "Shares an institution with the candidate" in page
    assert "No end is in sight." in page
    found = lena.affiliations.get().institution_id
    key = {"kind": "same_institution", "found": str(found)}
    assert office.post(here, key | {"reason": " "}).status_code == 422
    for unknown in (key | {"kind": "nonsense"}, {}):
        refused = office.post(here, unknown | {"reason": "x"})
        assert refused.status_code == 422
        assert "This conflict does not exist any more." in refused.content.decode()
    assert not DismissedConflict.objects.exists()
    office.post(here, key | {"reason": "Another <i>Northmere</i>."})
    page = office.get(here).content.decode()
    assert "Another &lt;i&gt;Northmere&lt;/i&gt;." in page
    panel = office.get(f"/office/registration/{pk}/panel/").content.decode()
    assert "A conflict was set aside" in panel
    assert here in panel
    for _ in range(2):
        office.post(here, key | {"restore": "1"})
    assert DismissedConflict.objects.get().restored_at is not None
    assert "Set this finding aside" in office.get(here).content.decode()


def test_nobody_in_the_office_judges_their_own(office: Client) -> None:
    pk, me = appointing(), office.session["_auth_user_id"]
    own = make.Profile.objects.get(user_id=me)
    assert office.get(f"/office/registration/{pk}/interests/{own.pk}/").status_code == 404
    assert office.get(f"/office/registration/{pk}/interests/999999/").status_code == 404
    assert office.get(f"/office/registration/999999/interests/{own.pk}/").status_code == 404


def test_where_nothing_stands_between_them_the_page_says_so(office: Client) -> None:
    pk, lena = appointing(), make.assessor("Lena Example", institution="Elsewhere")
    page = office.get(f"/office/registration/{pk}/interests/{lena.pk}/").content.decode()
    assert "Nothing stands between them" in page


def test_the_office_writes_an_offer_and_sees_it(office: Client) -> None:
    make.scheme()
    hana = make.person("Hana Example")
    here = f"/office/people/{hana.pk}/assessor/"
    month = office.get(here).context["form"].fields["months_away"].choices[2]
    given = {
        "at_most": "2",
        "areas": "Video",
        "per_year": "4",
        "pathways": ["senior"],
        "months_away": [month[0]],
    }
    for wrong in ({"per_year": "0"}, {"pathways": ["nonsense"]}, {"months_away": ["2020-01"]}):
        assert office.post(here, given | wrong).status_code == 422
    assert not Assessor.objects.exists()
    office.post(here, given)
    offer = Assessor.objects.get()
    assert (offer.per_year, offer.pathways, offer.months_away) == (4, ["senior"], [month[0]])
    page = office.get(f"/office/people/{hana.pk}/").content.decode()
    assert "At most 4" in page
    assert "Senior CMALT" in page
    assert month[1] in page
    form = office.get(here).context["form"]
    assert (form["per_year"].value(), form["pathways"].value(), form["areas"].value()) == (
        4,
        ["senior"],
        "Video",
    )


def test_a_conflict_may_have_a_last_day(office: Client) -> None:
    lena = make.assessor("Lena Example")
    ada = make.person("Ada Example")
    here = f"/office/people/{lena.pk}/conflict/"
    given = {"about": ada.email, "reason": "A book."}
    assert office.post(here, given | {"until_on": "2020-01-01"}).status_code == 422
    assert not DeclaredConflict.objects.exists()
    office.post(here, given | {"until_on": "2099-01-31"})
    assert "to 31 January 2099" in office.get(f"/office/people/{lena.pk}/").content.decode()
