"""Declining from the letter; the calendar file; the log of reminders."""

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from accredit.assessments import actions
from accredit.assessments.models import Appointment, DeclaredConflict
from accredit.assessments.queries import decline_token
from accredit.notices.models import Notice
from accredit.notices.tasks import remind_due
from accredit.people.models import RoleHeld
from tests import factories as make
from tests.factories import AT
from tests.web.assessor.conftest import at, browser_of, opened

pytestmark = pytest.mark.django_db


def address(place: Appointment) -> str:
    return f"/assess/decline/{decline_token(place)}/"


def test_the_letter_leads_to_declining_without_signing_in(lena: Appointment) -> None:
    assert address(lena) in Notice.objects.get(kind="invited", person=lena.person).text
    anybody = Client()
    page = anybody.get(address(lena)).content.decode()
    assert "Decline this invitation?" in page
    assert "Ada Example" not in page
    assert Appointment.objects.get(pk=lena.pk).answer == ""
    answer = anybody.post(address(lena), {"reason": "On leave."})
    assert "Thank you for the answer" in answer.content.decode()
    found = Appointment.objects.get(pk=lena.pk)
    assert (found.answer, found.reason, found.ended_because) == ("declined", "On leave.", "declined")
    for page in (anybody.get(address(lena)), anybody.post(address(lena), {})):
        assert "no longer open" in page.content.decode()


def test_a_conflict_needs_its_reason(lena: Appointment) -> None:
    anybody = Client()
    assert anybody.post(address(lena), {"is_conflict": "on", "reason": " "}).status_code == 422
    assert anybody.post(address(lena), {"reason": "x" * 5001}).status_code == 422
    anybody.post(address(lena), {"is_conflict": "on", "reason": "We wrote a book together."})
    assert DeclaredConflict.objects.get().reason == "We wrote a book together."


def test_who_has_accepted_hands_back_at_the_desk(lena: Appointment) -> None:
    opened(lena)
    assert "no longer open" in Client().post(address(lena), {"reason": "No."}).content.decode()
    assert Appointment.objects.get(pk=lena.pk).answer == "accepted"


@pytest.mark.parametrize("token", ["x", "1-", "1-abc", "99999999999999999999-x", "0-0", "-1-x"])
def test_a_link_that_is_not_ours_leads_nowhere(lena: Appointment, token: str) -> None:
    assert Client().get(f"/assess/decline/{token}/").status_code == 404
    other = decline_token(lena).replace(f"{lena.pk}-", f"{lena.pk + 1}-")
    assert Client().get(f"/assess/decline/{other}/").status_code == 404


def test_due_dates_as_a_calendar_file_without_names(lena: Appointment) -> None:
    browser = at(lena)
    answer = browser.get("/assess/calendar/")
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"Ada" not in answer.content
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["SUMMARY"].startswith("Invited to assess: R-")
    assert event["DTSTART"].dt == lena.panel.due_on
    made = opened(lena)
    (event,) = Calendar.from_ical(browser.get("/assess/calendar/").content).walk("VEVENT")
    assert event["SUMMARY"].startswith("Assessment due: R-")
    assert str(event["URL"]).endswith(f"/assess/{made.pk}/")
    make.hand_in(lena)
    assert not Calendar.from_ical(browser.get("/assess/calendar/").content).walk("VEVENT")
    assert "calendar/" in at(lena).get("/assess/").content.decode()


def test_the_office_reads_what_the_clock_wrote_and_will(lena: Appointment, omar: Appointment) -> None:
    office = browser_of(make.person("Otto Example", roles=(RoleHeld.Name.OFFICE,)))
    actions.accept_invitation(omar, by=make.as_assessor(omar), at=AT)
    here = f"/office/registration/{lena.panel.registration_id}/reminders/"
    remind_due(at=AT + timedelta(days=4))
    page = office.get(here).content.decode()
    assert "the edition reminds 3 days after an invitation" in page
    assert "The clock has not written" not in page
    assert here in office.get(f"/office/registration/{lena.panel.registration_id}/").content.decode()
