"""Finding submissions and the office's checks of them."""

from django.db.models import QuerySet

from accredit.portfolios.models import Check, Submission
from accredit.portfolios.queries.freezing import sha256_of
from accredit.rulebook.workflow import Stage


def submissions_of(registration: int) -> list[Submission]:
    """Return all submissions of a registration, those set aside too, the newest first."""
    return list(_rows().filter(portfolio__registration_id=registration))


def current_submission(registration: int) -> Submission | None:
    """Return the newest submission that has not been set aside, of whatever round."""
    return _rows().filter(portfolio__registration_id=registration, set_aside_at=None).first()


def submission_of_round(registration: int, round_number: int) -> Submission | None:
    """Return what counts as handed in in one round."""
    rows = _rows().filter(portfolio__registration_id=registration, round=round_number)
    return rows.filter(set_aside_at=None).first()


def waiting_for_check() -> QuerySet[Submission]:
    """Return the submissions that wait for the office or are being checked, the oldest first."""
    stages = [Stage.SUBMITTED.value, Stage.CHECKING.value]
    rows = _rows().filter(set_aside_at=None, portfolio__registration__stage__in=stages)
    return rows.select_related("portfolio__registration__person").order_by("submitted_at", "id")


def check_of(submission: Submission) -> Check | None:
    """Return the newest check of a submission, open or ended."""
    return submission.checks.select_related("begun_by").order_by("-id").first()


def last_return(registration: int) -> Check | None:
    """Return the check that returned the newest submission for correction, with its reasons."""
    found = current_submission(registration)
    check = check_of(found) if found else None
    return check if check and check.is_accepted is False else None


def is_intact(submission: Submission) -> bool:
    """Say whether the frozen copy still has the hash it was stored with."""
    return sha256_of(submission.content) == submission.sha256


def _rows() -> QuerySet[Submission]:
    return Submission.objects.select_related("edition", "portfolio__registration__edition").order_by("-id")
