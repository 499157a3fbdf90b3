"""Appeals: whose they are, and for whom they wait."""

from django.db.models import QuerySet

from accredit.assessments.models import Appeal, Outcome
from accredit.assessments.queries.panels import DOCUMENTS_OF_OUTCOME

_WITH = (
    "outcome__panel__registration__person",
    "outcome__panel__registration__scheme",
    "outcome__panel__registration__edition",
    "outcome__panel__submission__edition",
    "reviewer",
)


def appeals() -> QuerySet[Appeal]:
    """Return appeals with all that their pages need."""
    return Appeal.objects.select_related(*_WITH).defer(*DOCUMENTS_OF_OUTCOME)


def appeal_against(outcome: Outcome) -> Appeal | None:
    """Return the appeal against a result as `outcome_to_appeal` gave it; None where there is none."""
    found: Appeal | None = getattr(outcome, "appeal", None)
    return found


def appeal_of(registration: int) -> Appeal | None:
    """Return the latest appeal of a registration; None where there is none."""
    return appeals().filter(outcome__panel__registration_id=registration).order_by("-made_at").first()


def appeals_to_review(person: int) -> QuerySet[Appeal]:
    """Return the appeals a person has been asked to decide, the oldest first."""
    return appeals().filter(reviewer_id=person, decided_at=None).order_by("admitted_at", "pk")


def outcome_to_appeal(registration: int, number: int) -> Outcome | None:
    """Return the released result of a round, with its panel; None where there is none."""
    rows = Outcome.objects.filter(
        panel__registration_id=registration, panel__round=number, released_at__isnull=False
    )
    found = rows.select_related("appeal", *(each.removeprefix("outcome__") for each in _WITH[:-1]))
    return found.defer(*(each.removeprefix("outcome__") for each in DOCUMENTS_OF_OUTCOME)).first()
