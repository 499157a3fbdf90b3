"""The office's look at a submission: begun, then returned with reasons or accepted."""

from datetime import datetime

from accredit.frameworks.queries import rules_of
from accredit.portfolios.events import SubmissionAccepted, SubmissionReturned
from accredit.portfolios.models import Check, Portfolio, Submission
from accredit.registrations.actions import move
from accredit.registrations.models import Registration
from accredit.rulebook.decision import move_on_accepting
from accredit.rulebook.faults import Code
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Move
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse


@action
def begin_check(submission: Submission, *, by: Actor, at: datetime) -> Check:
    """Begin the check; from now on the candidate cannot take the submission back."""
    registration = _lock(submission)
    move(registration, Move.BEGIN_CHECK, by=by, at=at, data={"submission": submission.pk})
    return Check.objects.create(submission=submission, begun_at=at, begun_by_id=by.person)


@action
def return_for_correction(submission: Submission, *, reasons: str, by: Actor, at: datetime) -> Check:
    """Send the submission back with the reasons, in words the candidate will read.

    The frozen copy stays the current one until the portfolio is handed in again.
    """
    registration = _lock(submission)
    if not reasons.strip():
        refuse(Code.REASON_MISSING)
    move(registration, Move.RETURN, by=by, at=at, because=reasons.strip(), data={"submission": submission.pk})
    check = _end(submission, is_accepted=False, reasons=reasons.strip(), by=by, at=at)
    publish(SubmissionReturned(submission.pk, registration.pk, check.pk))
    return check


@action
def accept(submission: Submission, *, by: Actor, at: datetime) -> Check:
    """Find the submission complete. It goes to a panel, or at once to the readers the edition names."""
    registration = _lock(submission)
    # Who assesses, the first panel again or a new one, is the registration's edition's to say.
    what = move_on_accepting(rules_of(registration.edition), RoundKind(submission.kind))
    move(registration, what, by=by, at=at, data={"submission": submission.pk})
    check = _end(submission, is_accepted=True, reasons="", by=by, at=at)
    publish(SubmissionAccepted(submission.pk, registration.pk, submission.kind))
    return check


def _lock(submission: Submission) -> Registration:
    """Lock the portfolio as its writers do, so that a check and a take-back come one after the other."""
    portfolio = Portfolio.objects.select_for_update(of=("self",)).get(pk=submission.portfolio_id)
    if not Submission.objects.filter(pk=submission.pk, set_aside_at=None).exists():
        refuse(Code.SUBMISSION_SET_ASIDE)
    return Registration.objects.get(pk=portfolio.registration_id)


def _end(submission: Submission, *, is_accepted: bool, reasons: str, by: Actor, at: datetime) -> Check:
    check = submission.checks.filter(ended_at=None).first()
    if check is None:
        check = Check(submission=submission, begun_at=at, begun_by_id=by.person)
    check.ended_at, check.is_accepted, check.reasons = at, is_accepted, reasons
    check.save()
    return check
