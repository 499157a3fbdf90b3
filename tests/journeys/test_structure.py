"""Another pathway and back with nothing lost; going on from an accredited portfolio; an example moved."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accredit.assessments import actions as assessments
from accredit.portfolios.models import Entry, Portfolio
from accredit.portfolios.queries import content_of
from tests import factories as make
from tests.journeys import stage
from tests.journeys.steps.candidate import Candidate

pytestmark = [pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Page]


def everything(draft: Portfolio) -> list[object]:
    """What every entry says."""
    rows = Entry.objects.filter(portfolio=draft, version__gt=0).order_by("section", "position")
    return [content_of(each) for each in rows]


def test_another_pathway_and_back(enter: Enter) -> None:
    user, draft = stage.written(stage.cast(), "cmalt")
    before = everything(draft)
    ada = Candidate(enter(user, "/my/"), draft.registration_id)
    ada.tasks()
    ada.follow("Change your pathway")
    ada.choose("Associate CMALT")
    ada.press("See what it means")
    ada.reads("The fee is")
    ada.press("Change to Associate CMALT")
    ada.reads("Set aside: not asked on your pathway")
    ada.follow("2b Understanding of your target learners")
    ada.follow(re.compile("Move an example out of 2b"))
    ada.choose("It stays here, and a copy is put behind the others")
    ada.follow("Leave it there")
    ada.tasks()
    ada.follow("Change your pathway")
    ada.choose(re.compile("^CMALT:"))
    ada.press("See what it means")
    ada.reads("Comes back")
    ada.press("Change to CMALT")
    ada.does_not_read("Set aside: not asked on your pathway")
    assert everything(draft) == before


def test_going_on_from_an_accredited_portfolio(enter: Enter) -> None:
    cast = stage.cast()
    user, panel = stage.held(cast, "pass", pathway="associate")
    office = make.office()
    assessments.release(panel.outcome, by=office, at=timezone.now())
    attempt = panel.registration
    made = make.registration(attempt.person, pathway="cmalt", within=attempt.scheme, at=timezone.now())
    ada = Candidate(enter(user, "/my/"), made.pk)
    ada.go(ada.at())
    ada.follow("See what would come along")
    ada.press("Begin from your Associate CMALT portfolio")
    ada.reads("New here")
    ada.follow("1a Constraints and benefits of different technologies")
    ada.choose("Yes: it still describes my practice")
    ada.press("Keep the answer", state="empty")
    ada.choose("Yes: it still describes my practice")
    ada.write("The last day of the practice it shows", timezone.localdate().isoformat())
    ada.press("Keep the answer")
    ada.reads("Still valid")
    ada.section("1a")
    ada.press("Move or copy example 1")
    ada.choose("1c Supporting the deployment of learning technologies")
    ada.press("Move or copy")
    ada.stands("1c Supporting the deployment of learning technologies")
    ada.reads("This began in your earlier portfolio")
