"""Panels whose members are signed in."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Assessment, Panel, Seat
from accredit.files.actions import keep
from accredit.people.models import Profile
from accredit.portfolios.models import SubmittedFile, Visibility
from accredit.toolkit.actions import allow_writes
from tests import factories as make


def browser_of(person: Profile) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(make.user_of(person), backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(place: Appointment) -> Client:
    """The browser of somebody on a panel."""
    return browser_of(Profile.objects.get(pk=place.person_id))


def opened(place: Appointment) -> Assessment:
    """An accepted place's assessment."""
    return actions.accept_invitation(place, by=make.as_assessor(place), at=make.AT)


def make_file(panel: Panel, name: str) -> SubmittedFile:
    """A file kept with a submission, for assessors only."""
    blob = keep(BytesIO(b"only for assessors\n"), name=name, at=make.AT, limit=10_000)
    with allow_writes():
        return SubmittedFile.objects.create(
            submission=panel.submission, blob=blob, name=name, visibility=Visibility.ASSESSORS, evidence_key=7
        )


def typed(panel: Panel, outcome: str = "pass", revise: Any = (), **more: Any) -> dict[str, Any]:
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
