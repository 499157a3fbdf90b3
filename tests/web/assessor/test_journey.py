"""From the invitation over the desk to an agreed outcome, page by page."""

import pytest

from accredit.assessments.models import Appointment, Assessment, Outcome, Panel
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from tests.web.assessor.conftest import at, typed

pytestmark = pytest.mark.django_db


def accept(place: Appointment) -> Assessment:
    """Accept in the browser."""
    answer = at(place).post(f"/assess/invitation/{place.pk}/", {"answer": "accept"})
    made = Assessment.objects.get(appointment=place)
    assert answer["Location"] == f"/assess/{made.pk}/"
    return made


def hand_in(place: Appointment, **said: str) -> str:
    """Accept, fill the form and hand it in; returns where that leads."""
    made, browser = accept(place), at(place)
    answer = browser.post(f"/assess/{made.pk}/", typed(place.panel, go="submit", **said))
    assert answer["Location"] == f"/assess/{made.pk}/submit/"
    assert "Hand in your assessment" in browser.get(answer["Location"]).content.decode()
    return str(browser.post(answer["Location"])["Location"])


def test_two_assess_and_agree(panel: Panel, lena: Appointment, omar: Appointment) -> None:
    home = at(lena).get("/assess/").content.decode()
    assert "Ada Example" in home
    assert f"/assess/invitation/{lena.pk}/" in home
    desk = hand_in(lena)
    assert desk == f"/assess/{accept(lena).pk}/"
    assert "You may reopen it until the other is in" in at(lena).get(desk).content.decode()
    assert hand_in(omar) == f"/assess/panel/{panel.pk}/"
    page = at(lena).get(f"/assess/panel/{panel.pk}/").content.decode()
    assert "Omar Example" in page
    said = {"outcome": "pass", "feedback": "A portfolio we were glad to read.", "revise": []}
    answer = at(lena).post(f"/assess/panel/{panel.pk}/", said)
    assert answer["Location"] == f"/assess/panel/{panel.pk}/"
    page = at(omar).get(f"/assess/panel/{panel.pk}/").content.decode()
    assert "Lena Example proposed" in page
    assert "Do you agree?" in page
    at(omar).post(f"/assess/panel/{panel.pk}/", {"agrees": "yes"})
    assert Outcome.objects.get(panel=panel).code == "pass"
    assert Registration.objects.get(pk=panel.registration_id).stage == Stage.HELD
    page = at(omar).get(f"/assess/panel/{panel.pk}/").content.decode()
    assert "A portfolio we were glad to read." in page
    assert "The candidate does not know it yet" in page
    record = at(omar).get("/assess/record/").content.decode()
    assert "Ada Example" in record
