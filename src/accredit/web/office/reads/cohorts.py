"""Cohorts as the office lists them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.registrations.models import Cohort, CohortPlace
from accredit.web.office.reads.telling import SHOWS
from accredit.web.ui.formats import day
from accredit.web.ui.parts import Cell, Column, Row, Table


def cohorts(rows: Iterable[Cohort]) -> Table:
    """Return the cohorts with their size and code."""
    columns = [
        Column(_("Name"), is_head=True),
        Column(_("Scheme")),
        Column(_("Coordinator")),
        Column(_("Code"), is_tight=True),
        Column(_("Candidates"), is_number=True),
        Column(_("Founded")),
    ]
    lines = [
        [
            Cell(
                row.name, reverse("office:cohort", args=[row.pk]), note=_("Closed") if row.closed_at else ""
            ),
            row.scheme.name,
            Cell(row.coordinator.name, reverse("office:person", args=[row.coordinator_id])),
            row.code,
            getattr(row, "size", 0),
            day(row.founded_at),
        ]
        for row in rows
    ]
    return Table(_("Cohorts"), columns, lines, _("No cohort yet. Found one below."))


def facts(row: Cohort) -> list[Row]:
    """Return what is known of one."""
    return [
        Row(
            _("Coordinator"),
            row.coordinator.name,
            reverse("office:person", args=[row.coordinator_id]),
            _("Open"),
        ),
        Row(_("Institution"), row.institution.name if row.institution else "–"),
        Row(_("Code"), _("None any more") if row.closed_at else row.code),
        Row(_("Founded"), day(row.founded_at)),
        *([Row(_("Closed"), day(row.closed_at))] if row.closed_at else []),
    ]


def places(rows: Iterable[CohortPlace]) -> Table:
    """Return everybody who is or was in a cohort, and what they agreed to."""
    columns = [
        Column(_("Candidate"), is_head=True),
        Column(_("Registration")),
        Column(_("Shows the coordinator")),
        Column(_("Joined")),
        Column(_("Left")),
    ]
    lines = [
        [
            row.registration.person.name,
            Cell(row.registration.reference, reverse("office:registration", args=[row.registration_id])),
            str(SHOWS[CohortPlace.Shows(row.shows)]),
            day(row.joined_at),
            day(row.left_at) or "–",
        ]
        for row in rows
    ]
    return Table(
        _("Candidates"), columns, lines, _("Nobody has joined yet. The coordinator hands out the code.")
    )
