"""Panels whose members are signed in."""

from typing import Any

import pytest
from django.test import Client

from accredit.assessments.models import Appointment, Panel, Seat
from accredit.people.models import Profile
from accredit.portfolios.models import Submission
from tests import factories as make


def browser_of(person: Profile) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(make.user_of(person), backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(place: Appointment) -> Client:
    """The browser of somebody on a panel."""
    return browser_of(Profile.objects.get(pk=place.person_id))


def typed(panel: Panel, outcome: str = "pass", revise: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """Everything an assessor sends from the desk: all rows rated."""
    content = make.form_content(panel, outcome, revise)
    return {
        **{f"mark-{row}": mark for row, mark in content.marks.items()},
        **{f"comment-{row}": text for row, text in content.comments.items()},
        "overall": content.overall,
        "outcome": content.outcome,
        "revise": list(content.revise),
        "private_notes": content.private_notes,
        "version": "0",
        **more,
    }


def sections(of: Submission) -> list[str]:
    """The slots of a submission."""
    return [str(each["slot"]) for each in of.content["entries"]]


@pytest.fixture
def panel(db: None) -> Panel:
    """Lena and Omar, invited to assess Ada's Associate portfolio."""
    return make.panel()


@pytest.fixture
def lena(panel: Panel) -> Appointment:
    """The lead's place."""
    return make.place(panel, Seat.LEAD)


@pytest.fixture
def omar(panel: Panel) -> Appointment:
    """The second assessor's place."""
    return make.place(panel, Seat.SECOND)
