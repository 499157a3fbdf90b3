"""A panel chosen from among many: the page shows some, a word finds the others, a choice stays."""

import pytest
from django.test import Client

from accredit.assessments.models import Panel
from accredit.web.office.reads import panels as reads
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show two where the page shows sixty."""
    monkeypatch.setattr(reads, "SHOWN", 2)


def test_the_others_are_found_by_a_word_and_the_choice_stays(office: Client) -> None:
    waiting = make.accepted().portfolio.registration
    places = {"Assessor A": "Ash", "Assessor B": "Birch", "Assessor C": "Cedar", "Assessor D": "Dogwood"}
    people = {name: make.assessor(name, institution=place) for name, place in places.items()}
    path = f"/office/registration/{waiting.pk}/panel/"
    page = office.get(path).content.decode()
    assert "2 of 4 are shown" in page
    lead = people["Assessor D"].pk
    page = office.post(path, {"narrow": "1", "wanted": "CEDAR asses", "lead": lead}).content.decode()
    assert "Assessor C" in page
    assert "Assessor A" not in page
    assert f'value="{lead}" id="id_lead_{lead}" checked' in page
    assert not Panel.objects.exists()
    sent = {"lead": lead, "second": people["Assessor C"].pk, "due_on": "2099-01-31", "wanted": "CEDAR asses"}
    assert office.post(path, sent).status_code == 302
    assert Panel.objects.count() == 1


def test_nonsense_among_the_choices_is_no_fault_of_the_program(office: Client) -> None:
    waiting = make.accepted().portfolio.registration
    make.assessor()
    sent = {"narrow": "1", "wanted": "x" * 5000, "lead": "1; drop"}
    assert office.post(f"/office/registration/{waiting.pk}/panel/", sent).status_code in (200, 422)
