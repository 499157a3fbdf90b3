"""Writing an outcome down: what every way of deciding has in common."""

from dataclasses import dataclass
from datetime import datetime

from accredit.assessments.events import OutcomeDecided
from accredit.assessments.models import Outcome, Panel
from accredit.assessments.queries import earlier_effects, edition_of, round_of, slots_of
from accredit.rulebook.decision import REFERRALS, undecidable
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse_if
from accredit.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome with the words the candidate receives and the slots to revise."""

    outcome: str
    feedback: str
    revise: tuple[str, ...]
    how: str
    reasons: str = ""


def refuse_undecidable(panel: Panel, *, outcome: str, feedback: str, revise: tuple[str, ...]) -> None:
    """Refuse an outcome that is not open, words that are missing, slots that are unknown or missing."""
    refuse_if(
        undecidable(
            edition_of(panel),
            panel.registration.pathway,
            slots_of(panel.submission),
            round_kind=round_of(panel),
            earlier=earlier_effects(panel.registration_id, panel.round),
            outcome=outcome,
            has_feedback=bool(feedback.strip()),
            revise=frozenset(revise),
        )
    )


@action
def record_outcome(panel: Panel, made: Decision, *, by: Actor, at: datetime) -> Outcome:
    """Write the outcome of a panel, in place of one the committee has sent back."""
    effect = edition_of(panel).outcome(made.outcome).effect
    outcome, _ = Outcome.objects.update_or_create(
        panel=panel,
        defaults={
            "code": made.outcome,
            "effect": effect.value,
            "how": made.how,
            "feedback": made.feedback.strip(),
            "revise": _in_order(panel, made.revise) if effect in REFERRALS else [],
            "reasons": made.reasons.strip(),
            "decided_at": at,
            "decided_by_id": by.person,
            "ratified_at": None,
            "ratified_by": None,
        },
    )
    trail.record(
        "outcome_decided",
        by=by,
        at=at,
        subject=outcome,
        registration=panel.registration_id,
        person=panel.registration.person_id,
        data={"outcome": made.outcome, "how": outcome.how, "round": panel.round, "revise": outcome.revise},
        words={"feedback": outcome.feedback, "reasons": outcome.reasons},
    )
    publish(OutcomeDecided(outcome.pk))
    return outcome


def _in_order(panel: Panel, revise: tuple[str, ...]) -> list[str]:
    return [slot for slot in slots_of(panel.submission) if slot in revise]
