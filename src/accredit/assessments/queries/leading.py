"""Who leads panels, and about whom the office is to be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accredit.assessments.models import Appointment
from accredit.assessments.queries.assessors import willing
from accredit.frameworks.models import Edition
from accredit.frameworks.queries import rules_of
from accredit.people.models import Profile
from accredit.rulebook.panel import is_lead_to_offer


@dataclass(frozen=True, slots=True)
class Leading:
    """An assessor, what they have finished here and before this record, and what the office last said."""

    person: Profile
    finished: int
    before: int
    leads_since: datetime | None
    not_leading_at: int | None
    reason: str

    @property
    def completed(self) -> int:
        """All they have finished."""
        return self.finished + self.before


def least_before_lead(editions: Iterable[Edition], on: date) -> int:
    """Return the least number of assessments before leading that one of the editions asks for which is or was
    in force on a day; 0 where none asks any."""
    rows = [each for each in editions if each.in_force_on <= on]
    numbers = (rules_of(each).panel.assessments_before_lead for each in rows)
    return min((each for each in numbers if each), default=0)


def leading() -> list[Leading]:
    """Return every assessor who is not pausing, by name; one query."""
    done = Appointment.objects.filter(person_id=OuterRef("person_id"), assessment__submitted_at__isnull=False)
    counted = done.order_by().values("person_id").annotate(n=Count("pk")).values("n")
    rows = willing().annotate(done=Coalesce(Subquery(counted), 0))
    return [
        Leading(
            person=each.person,
            finished=int(getattr(each, "done", 0)),
            before=int(getattr(each, "past", 0)),
            leads_since=each.leads_since,
            not_leading_at=each.not_leading_at,
            reason=each.not_leading_reason,
        )
        for each in rows
    ]


def leads_to_offer(editions: Iterable[Edition], on: date) -> list[Leading]:
    """Return the assessors about whom the office is to be asked whether they may lead; one query."""
    needed = least_before_lead(editions, on)
    return [
        each
        for each in (leading() if needed else [])
        if is_lead_to_offer(
            needed,
            each.completed,
            confirmed=each.leads_since is not None,
            refused_at=each.not_leading_at,
        )
    ]
