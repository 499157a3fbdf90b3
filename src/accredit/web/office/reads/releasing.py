"""Results that are held, ready to be listed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.urls import reverse

from accredit.assessments.models import Outcome
from accredit.assessments.queries import edition_of
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from accredit.web.office.reads.titles import Titles


@dataclass(frozen=True, slots=True)
class Line:
    """One held result: whose, what, and what follows when it is released."""

    outcome: int
    registration: int
    reference: str
    name: str
    pathway: str
    title: str
    effect: str
    since: datetime
    due_at: datetime | None
    hours: int
    href: str


def held(mine: QuerySet[Registration]) -> QuerySet[Outcome]:
    """Return the results this person may release, those decided first first."""
    rows = Outcome.objects.filter(
        released_at=None,
        panel__registration__in=mine.filter(stage=Stage.HELD.value).values("pk"),
        panel__round=F("panel__registration__round"),
    )
    rows = rows.select_related(
        "panel__registration__person",
        "panel__registration__edition",
        "panel__registration__scheme",
        "panel__submission__edition",
    )
    return rows.defer("panel__submission__content").order_by("decided_at", "pk")


def lines(rows: Iterable[Outcome], titles: Titles) -> list[Line]:
    """Return results ready to draw; no query."""
    found = []
    for each in rows:
        owner = each.panel.registration
        found.append(
            Line(
                outcome=each.pk,
                registration=owner.pk,
                reference=owner.reference,
                name=owner.person.name,
                pathway=titles.get((owner.edition_id, owner.pathway), owner.pathway),
                title=edition_of(each.panel).outcome(each.code).title,
                effect=each.effect,
                since=each.decided_at,
                due_at=each.release_due_at,
                hours=owner.scheme.recall_hours,
                href=reverse("office:release", args=[owner.pk]),
            )
        )
    return found
