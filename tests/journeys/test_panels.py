"""Panels drafted for everybody, published at once, and repaired when somebody declines."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accredit.assessments.models import Appointment, DraftSeat
from accredit.rulebook.workflow import Stage
from tests import factories as make
from tests.journeys import stage
from tests.journeys.steps.assessor import Assessor
from tests.journeys.steps.office import Office

pytestmark = [pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Page]


def test_a_decline_is_repaired(enter: Enter) -> None:
    cast = stage.cast()
    at = timezone.now()
    nell = make.assessor("Nell Okafor", holding="senior", within=cast.scheme, at=at)
    people = {"Lena Lindqvist", "Omar Haddad", nell.name}
    _, made = stage.accepted(cast, "associate")
    registration = made.portfolio.registration
    otis = Office(enter(cast.otis, "/office/"), registration.pk)
    otis.draft_panels()
    drafted = {each.seat: each.person.name for each in DraftSeat.objects.select_related("person")}
    (left_over,) = people - set(drafted.values())
    otis.follow(registration.person.name)
    otis.reads("Why these")
    otis.follow("Choose somebody else, or swap")
    otis.press(re.compile(f"^Second assessor ?: {left_over}$"))
    otis.reads("Unlock")
    otis.publish_panels(drafted["lead"], left_over)
    registration.refresh_from_db()
    assert registration.stage == Stage.ASSESSING
    place = Appointment.objects.get(seat="second", ended_at=None)
    leaving = Assessor(enter(make.user_of(place.person), "/assess/"))
    leaving.decline("We write a book together.")
    otis.today("Look at the repair")
    otis.reads("Somebody has left a panel.")
    otis.publish_panels(drafted["second"])
    standing = Appointment.objects.filter(panel__registration=registration, ended_at=None)
    assert {each.person.name for each in standing} == set(drafted.values())
    registration.refresh_from_db()
    assert registration.stage == Stage.ASSESSING
