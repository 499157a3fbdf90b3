"""Nothing of another's assessment shows before all are in, nothing of the candidate in a blind edition."""

import re

import pytest
from django.test import Client

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Panel, Seat
from accredit.assessments.queries import places_of
from tests import factories as make
from tests.assessments.test_actions_journey import disagreed, orchard, third
from tests.factories import AT
from tests.web.assessor.conftest import at, make_file, opened

pytestmark = pytest.mark.django_db
_changing = re.compile(r'nonce="[^"]*"|[A-Za-z0-9]{64}|[A-Z2-9]{4}-[A-Z2-9]{4}')


def pages(who: Client, place: Appointment) -> list[tuple[int, str, str]]:
    """Everything an assessor can see, without what changes at every request."""
    key = place.assessment.pk
    found = []
    for path in (
        "", "record/", "offer/", f"invitation/{place.pk}/", f"{key}/", f"{key}/submit/", f"{key}/reopen/",
        f"panel/{place.panel_id}/",
    ):  # fmt: skip
        answer = who.get(f"/assess/{path}")
        found.append(
            (answer.status_code, answer.get("Location", ""), _changing.sub("", answer.content.decode()))
        )
    return found


def test_an_assessor_cannot_tell_whether_the_other_is_in(lena: Appointment, omar: Appointment) -> None:
    opened(omar)
    omar.refresh_from_db()
    who = at(omar)
    before = pages(who, omar)
    made = opened(lena)
    content = make.form_content(lena.panel, "minor", ("1a",))
    actions.save_assessment(made, content=content, expected=0, by=make.as_assessor(lena), at=AT)
    assert pages(who, omar) == before
    actions.submit_assessment(made, by=make.as_assessor(lena), at=AT)
    assert pages(who, omar) == before
    assert not any("Lena" in text for _, _, text in before)


def test_one_who_is_in_learns_nothing_of_the_other(lena: Appointment, omar: Appointment) -> None:
    make.hand_in(lena)
    lena.refresh_from_db()
    who = at(lena)
    before = pages(who, lena)
    made = opened(omar)
    content = make.form_content(omar.panel, "minor", ("1a",))
    actions.save_assessment(made, content=content, expected=0, by=make.as_assessor(omar), at=AT)
    assert pages(who, lena) == before
    assert not any("Omar" in text for _, _, text in before)
    assert who.get(f"/assess/panel/{lena.panel_id}/")["Location"] == f"/assess/{lena.assessment.pk}/"


def test_a_third_assessor_is_blind_to_the_first_two() -> None:
    on = disagreed()
    place = third(on)
    who = at(place)
    page = who.get(f"/assess/invitation/{place.pk}/").content.decode()
    assert "did not come to one outcome" in page
    opened(place)
    place.refresh_from_db()
    for status, _, text in pages(who, place):
        assert status in {200, 302, 404}
        for hidden in ("Lena", "Omar", "1a is thin", "Well done.", "glad to read"):
            assert hidden not in text
    lead = make.place(on, Seat.LEAD)
    page = at(lead).get(f"/assess/panel/{on.pk}/").content.decode()
    assert "Theo" not in page
    make.hand_in(place, "pass")
    page = at(lead).get(f"/assess/panel/{on.pk}/").content.decode()
    assert "Theo Example" in page
    assert "What was decided" in page


def test_private_notes_are_for_the_author_alone() -> None:
    on = make.compared()
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    mine, other = lead.assessment.private_notes, second.assessment.private_notes
    page = at(lead).get(f"/assess/panel/{on.pk}/").content.decode()
    assert mine in page
    assert other not in page


def blind() -> Panel:
    """A blind panel of three, with a file named after the candidate."""
    on = orchard()
    make_file(on, "ada-example-certificate.txt")
    return on


def test_a_blind_edition_shows_no_name_anywhere() -> None:
    on = blind()
    place = places_of(on)[0]
    who = at(place)
    invitation = who.get(f"/assess/invitation/{place.pk}/").content.decode()
    opened(place)
    place.refresh_from_db()
    for _, _, text in [(0, "", invitation), *pages(who, place)]:
        assert "Ada" not in text
        assert "ada-example" not in text
    assert on.registration.reference in invitation
    file = on.submission.files.get(name="ada-example-certificate.txt")
    answer = who.get(f"/assess/{place.assessment.pk}/file/{file.pk}/")
    assert answer.status_code == 200
    assert "ada" not in str(answer.headers).lower()
