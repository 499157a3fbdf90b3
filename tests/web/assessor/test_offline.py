"""A copy to read offline: asked for, made, fetched, logged; nobody else's."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from accredit.assessments import actions
from accredit.assessments.models import Appointment
from accredit.exchange import tasks
from accredit.exchange.actions import ask_reading_copy, fail_export, take_reading_copy
from accredit.exchange.models import Export
from accredit.exchange.permissions import exports_visible_to
from accredit.rulebook.faults import Code, fault
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make
from tests.factories import AT
from tests.web.assessor.conftest import at, opened

pytestmark = pytest.mark.django_db


def logged() -> list[str]:
    return list(
        Row.objects.filter(what__startswith="reading_copy").order_by("pk").values_list("what", flat=True)
    )


def test_a_copy_is_made_marked_fetched_and_logged(lena: Appointment) -> None:
    made, browser = opened(lena), at(lena)
    here = f"/assess/{made.pk}/offline/"
    assert "Make my copy" in browser.get(here).content.decode()
    for _click in range(2):
        assert browser.post(here)["Location"] == here
    export = Export.objects.get()
    assert "It is being made" in browser.get(here).content.decode()
    assert browser.post(f"{here}{export.pk}/").status_code == 404
    tasks.make_export(export.pk)
    assert f"{here}{export.pk}/" in browser.get(here).content.decode()
    assert browser.get(f"{here}{export.pk}/").status_code == 405
    answer = browser.post(f"{here}{export.pk}/")
    reader = PdfReader(BytesIO(b"".join(answer.streaming_content)))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    pages = [page.extract_text() for page in reader.pages]
    assert all("For Lena Example only" in " ".join(each.split()) for each in pages)
    assert logged() == ["reading_copy_asked", "reading_copy_taken"]


def test_nobody_else_asks_for_it_or_fetches_it(lena: Appointment, omar: Appointment) -> None:
    made = opened(lena)
    opened(omar)
    by = make.as_assessor(lena)
    export = ask_reading_copy(lena, by=by, at=AT)
    tasks.make_export(export.pk)
    export.refresh_from_db()
    for path in (f"/assess/{made.pk}/offline/", f"/assess/{made.pk}/offline/{export.pk}/"):
        assert at(omar).post(path).status_code == 404
    other = omar.assessment if hasattr(omar, "assessment") else opened(omar)
    assert at(omar).post(f"/assess/{other.pk}/offline/{export.pk}/").status_code == 404
    assert not exports_visible_to(lena.panel.registration.person_id).exists()
    for step in (
        lambda: ask_reading_copy(lena, by=make.as_assessor(omar), at=AT),
        lambda: take_reading_copy(export, by=make.as_assessor(omar), at=AT),
    ):
        with pytest.raises(Refused) as refused:
            step()
        assert refused.value.faults[0].code is Code.NOT_YOURS
    actions.decline(lena, reason="Ill", is_conflict=False, by=by, at=AT)
    with pytest.raises(Refused):
        take_reading_copy(export, by=by, at=AT)
    assert at(lena).post(f"/assess/{made.pk}/offline/{export.pk}/").status_code == 404
    assert logged() == ["reading_copy_asked"]


def test_before_accepting_there_is_none(lena: Appointment) -> None:
    with pytest.raises(Refused):
        ask_reading_copy(lena, by=make.as_assessor(lena), at=AT)


def test_what_failed_is_said_and_asked_for_again(lena: Appointment) -> None:
    made, browser = opened(lena), at(lena)
    here = f"/assess/{made.pk}/offline/"
    browser.post(here)
    fail_export(Export.objects.get(), faults=[fault(Code.EXPORT_OVERRAN)], at=AT)
    assert "This copy was not made" in browser.get(here).content.decode()
    browser.post(here)
    assert Export.objects.get().fault is None
