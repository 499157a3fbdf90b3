"""What an assessor reads of their own work: the certificate of service, and how they mark against peers."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from accredit.assessments.models import Seat
from accredit.frameworks.actions import set_hours
from accredit.people.models import Profile
from tests import factories as make
from tests.web.assessor.conftest import browser_of

pytestmark = pytest.mark.django_db


def lena_and_omar() -> tuple[Profile, Profile]:
    """A decided panel: Omar found one section in need of revision, Lena none."""
    at = timezone.now()
    panel = make.held(make.accepted(at=at), at=at).panel
    set_hours(panel.registration.scheme, recall=0, assessing=6, by=make.office(), at=at)
    return make.place(panel, Seat.LEAD).person, make.place(panel, Seat.SECOND).person


def test_the_certificate_counts_what_is_decided() -> None:
    lena, _ = lena_and_omar()
    page = browser_of(lena).get("/assess/service/").content.decode()
    assert "has assessed one portfolio" in page
    assert "6 hours, 6 for each" in page
    assert "Associate" in page
    tomorrow = timezone.localdate() + timedelta(days=1)
    later = browser_of(lena).get(f"/assess/service/?since={tomorrow}&until={tomorrow}").content.decode()
    assert "has assessed 0 portfolios" in later


def test_the_certificate_is_a_paper_to_keep() -> None:
    lena, _ = lena_and_omar()
    today = timezone.localdate()
    found = browser_of(lena).get(f"/assess/service/paper/?since=2025-01-01&until={today}")
    assert found["Content-Type"] == "application/pdf"
    assert f'filename="service-2025-01-01-{today}.pdf"' in found["Content-Disposition"]
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(found.getvalue())).pages)
    text = " ".join(text.split())
    assert "has assessed one portfolio" in text
    assert "1 January 2025" in text
    assert "taken to have needed 6 hours, 6 for each" in text
    assert "Ada" not in text


@pytest.mark.parametrize("query", ["since=nonsense", "since=2030-01-01&until=2020-01-01", "until=<b>"])
def test_nonsense_is_the_last_year(query: str) -> None:
    lena, _ = lena_and_omar()
    page = browser_of(lena).get(f"/assess/service/?{query}")
    assert page.status_code == 200
    assert "has assessed one portfolio" in page.content.decode()


def test_how_one_marks_against_peers_names_nobody() -> None:
    at = timezone.now()
    panel = make.panel(make.accepted(at=at), at=at)
    lead, second = make.place(panel, Seat.LEAD), make.place(panel, Seat.SECOND)
    make.hand_in(lead, "pass", at=at)
    before = browser_of(lead.person).get("/assess/record/").content.decode()
    assert "peers" not in before
    make.hand_in(second, "minor", ("1a", "1b", "2a"), at=at)
    kind = browser_of(lead.person).get("/assess/record/").content.decode()
    assert "kinder than your peers" in kind
    assert "That is few" in kind
    assert second.person.name not in kind
    assert "stricter than your peers" in browser_of(second.person).get("/assess/record/").content.decode()
