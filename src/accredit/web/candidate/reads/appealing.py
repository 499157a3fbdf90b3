"""A result and its appeal, as the candidate sees them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accredit.assessments.models import Appeal, Outcome
from accredit.assessments.queries import appeal_against, edition_of, outcome_to_appeal
from accredit.rulebook import appeals as rules
from accredit.rulebook.faults import Fault
from accredit.rulebook.terms import Effect
from accredit.web.ui.labels import APPEALS, Look
from accredit.web.ui.parts import Crumb


@dataclass(frozen=True, slots=True)
class Made:
    """An appeal that was made; never who reviews it."""

    look: Look
    made_at: datetime
    grounds: tuple[str, ...]
    words: str
    is_admitted: bool
    decided_at: datetime | None
    reasons: str
    is_upheld: bool


@dataclass(frozen=True, slots=True)
class Appealing:
    """A released result: the appeal against it, or why there can be none; `until` is the last day for one."""

    outcome: Outcome
    made: Made | None
    appeal: Appeal | None
    not_open: tuple[Fault, ...]
    until: date | None

    @property
    def may_appeal(self) -> bool:
        """Say whether an appeal can still be made."""
        return self.made is None and not self.not_open


def appealing(registration: int, number: int, on: date) -> Appealing | None:
    """Return how the result of a round stands; None where none is released. One query."""
    outcome = outcome_to_appeal(registration, number)
    if outcome is None or outcome.released_at is None:
        return None
    edition, released_on = edition_of(outcome.panel), localdate(outcome.released_at)
    appeal = appeal_against(outcome)
    return Appealing(
        outcome=outcome,
        made=_made(appeal) if appeal else None,
        appeal=appeal,
        not_open=rules.not_open(edition, Effect(outcome.effect), released_on=released_on, on=on),
        until=rules.last_day(edition, released_on),
    )


def _made(appeal: Appeal) -> Made:
    edition = edition_of(appeal.outcome.panel)
    return Made(
        look=APPEALS[appeal.decision],
        made_at=appeal.made_at,
        grounds=rules.titles_of(edition, appeal.grounds),
        words=appeal.words,
        is_admitted=appeal.reviewer_id is not None,
        decided_at=appeal.decided_at,
        reasons=appeal.reasons,
        is_upheld=appeal.decision == Appeal.Decision.UPHELD,
    )


def crumbs(registration: int, number: int) -> list[Crumb]:
    """Return the way to an appeal."""
    return [
        Crumb(_("My accreditation"), reverse("candidate:home")),
        Crumb(_("Your result"), reverse("candidate:result", args=[registration, number])),
    ]
