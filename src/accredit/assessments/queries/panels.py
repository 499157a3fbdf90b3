"""Panels, their rules and the seats still free."""

from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from accredit.assessments.models import Outcome, Panel, Proposal
from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration
from accredit.rulebook import framework, panel
from accredit.rulebook.decision import Row, open_outcomes, rows
from accredit.rulebook.terms import Effect, RoundKind
from accredit.rulebook.workflow import Stage

# The long columns an outcome's page does without: the rules are known by their hash.
DOCUMENTS_OF_OUTCOME = (
    "outcome__panel__registration__edition__document",
    "outcome__panel__submission__edition__document",
)


def panels() -> QuerySet[Panel]:
    """Return panels with what their rules are read from."""
    found = Panel.objects.select_related(
        "registration__person", "registration__edition", "registration__scheme", "submission__edition"
    )
    return found.defer("registration__edition__document", "submission__edition__document")


def panel_of(registration: int, number: int | None = None) -> Panel | None:
    """Return the panel of a round, of the latest round that has one when none is named."""
    found = panels().filter(registration_id=registration)
    return (found if number is None else found.filter(round=number)).order_by("-round").first()


def edition_for(registration: Registration, submission: Submission) -> framework.Edition:
    """Return the rules of a round: sections and panel by the registration's edition; form, outcomes, how
    many rounds they allow and the way to agree by the edition in force when the submission was made."""
    own = rules_of(registration.edition)
    if submission.edition_id == registration.edition_id:
        return own
    form = rules_of(submission.edition)
    return replace(
        own,
        form=form.form,
        outcomes=form.outcomes,
        agreement=form.agreement,
        minor_review=form.minor_review,
        # With another edition's limit a last round could open nothing but a pass.
        attempt_limit=form.attempt_limit,
    )


def edition_of(row: Panel) -> framework.Edition:
    """Return the rules by which a panel assesses and decides."""
    return edition_for(row.registration, row.submission)


def round_of(row: Panel) -> RoundKind:
    """Return what kind of round a panel assesses."""
    return RoundKind(row.submission.kind)


def rule_of_panel(row: Panel) -> framework.PanelRule:
    """Return how many members and leads a panel has."""
    return panel.rule_for_round(edition_of(row), round_of(row))


def seats_for(registration: Registration, submission: Submission) -> tuple[str, ...]:
    """Return the seats to fill for a submission: lead and second, or members."""
    edition = edition_for(registration, submission)
    return panel.seats_of(panel.rule_for_round(edition, RoundKind(submission.kind)))


def free_seats(row: Panel) -> tuple[str, ...]:
    """Return the seats nobody holds, the third assessor's apart."""
    wanted = list(panel.seats_of(rule_of_panel(row)))
    for each in row.appointments.filter(ended_at=None):
        if each.seat in wanted:
            wanted.remove(each.seat)
    return tuple(wanted)


def first_panel(registration: int, before: int) -> Panel | None:
    """Return the latest full panel of earlier rounds: the one a review or reassessment goes back to."""
    earlier = panels().filter(registration_id=registration, round__lt=before, outcome__set_aside_at=None)
    return earlier.exclude(submission__kind=RoundKind.REVIEW.value).order_by("-round").first()


def earlier_effects(registration: int, before: int) -> tuple[Effect, ...]:
    """Return the effects of the outcomes of earlier rounds that count, oldest first."""
    if before <= 1:
        return ()
    found = Outcome.objects.filter(
        panel__registration_id=registration, panel__round__lt=before, set_aside_at=None
    )
    return tuple(Effect(each) for each in found.order_by("panel__round").values_list("effect", flat=True))


def outcomes_open(row: Panel) -> tuple[framework.Outcome, ...]:
    """Return the outcomes a panel may choose from."""
    effects = earlier_effects(row.registration_id, row.round)
    return open_outcomes(edition_of(row), round_of(row), effects)


def slots_of(submission: Submission) -> tuple[str, ...]:
    """Return the slots a submission holds, in its order."""
    return tuple(str(entry["slot"]) for entry in submission.content["entries"])


def rows_of(row: Panel) -> tuple[Row, ...]:
    """Return the rows of a panel's assessment form."""
    return rows(edition_of(row), row.registration.pathway, slots_of(row.submission))


def standing_proposal(row: Panel) -> Proposal | None:
    """Return the proposal the panel has before it, with its maker and replies."""
    found = Proposal.objects.filter(panel=row, replaced_at=None).select_related("made_by__person")
    return found.prefetch_related("replies__made_by__person").first()


def outcome_of(row: Panel) -> Outcome | None:
    """Return what was decided, released or not: not for the candidate's pages."""
    return Outcome.objects.filter(panel=row).first()


def to_release(at: datetime) -> list[Outcome]:
    """Return the results whose candidates are to be told by now; one query."""
    rows = Outcome.objects.filter(released_at=None, release_due_at__lte=at)
    rows = rows.filter(panel__registration__stage=Stage.HELD.value).select_related("panel__registration")
    return list(rows.order_by("release_due_at", "pk"))
