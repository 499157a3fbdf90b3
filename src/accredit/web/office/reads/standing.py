"""What would stand between somebody and each candidate of now, were they to assess."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.assessments.queries import Judged, judged
from accredit.frameworks.queries import rules_of
from accredit.registrations.models import Registration
from accredit.rulebook import interest
from accredit.rulebook.panel import rule_for_round
from accredit.rulebook.workflow import FINAL
from accredit.web.ui.formats import day
from accredit.web.ui.parts import Cell, Column, Table
from accredit.wording import sentence


def under_way(rows: QuerySet[Registration], person: int) -> QuerySet[Registration]:
    """Return the registrations that have not ended and are not this person's."""
    found = rows.exclude(stage__in=[each.value for each in FINAL]).exclude(person_id=person)
    return found.select_related("person", "edition", "scheme").order_by("person__name", "pk")


def table(person: int, rows: Sequence[Registration], on: date) -> Table:
    """Return candidate by candidate what stands between the two; seven queries."""
    columns = [
        Column(_("Candidate"), is_head=True),
        Column(_("Number")),
        Column(_("What stands between them")),
        Column(_("Until")),
    ]
    lines = [line for each in judged([person], list(rows), on, offers={}) for line in _lines(each, person)]
    caption = _("Conflicts with the candidates of now")
    return Table(caption, columns, lines, _("Nothing stands between them and any candidate on this page."))


def _lines(found: Judged, person: int) -> list[list[object]]:
    owner = found.registration
    rule = rule_for_round(rules_of(owner.edition), found.candidate.round)
    standing = interest.standing(rule, found.assessors[person], found.candidate)
    return [
        [
            owner.person.name,
            Cell(owner.reference, reverse("office:interests", args=[owner.pk, person])),
            sentence(each.fault),
            day(each.until),
        ]
        for each in standing
    ]
