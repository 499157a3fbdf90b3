"""Who may read and write a draft, and open its files: what holds before assessors come into it.

Floors above add their own predicates (assessors, mentors, readers of the register).
"""

from django.db.models import QuerySet

from accredit.people.models import RoleHeld
from accredit.people.permissions import has_role
from accredit.portfolios.models import Evidence, Portfolio, Submission, SubmittedFile
from accredit.rulebook.workflow import EDITABLE, Stage


def can_read(person: int | None, portfolio: Portfolio) -> bool:
    """Say whether a person may read the draft: it is the candidate's alone."""
    return person is not None and portfolio.registration.person_id == person


def can_write(person: int | None, portfolio: Portfolio) -> bool:
    """Say whether a person may change the draft now."""
    return can_read(person, portfolio) and Stage(portfolio.registration.stage) in EDITABLE


def can_open_evidence(person: int | None, evidence: Evidence) -> bool:
    """Say whether a person may open a piece of the locker."""
    return can_read(person, evidence.portfolio)


def can_read_submission(person: int | None, submission: Submission) -> bool:
    """Say whether a person may read a frozen copy as its candidate or as the office."""
    return can_read(person, submission.portfolio) or has_role(person, RoleHeld.Name.OFFICE)


def can_open_file(person: int | None, file: SubmittedFile) -> bool:
    """Say whether a person may open a submitted file as its candidate or as the office."""
    return can_read_submission(person, file.submission)


def drafts_visible_to(person: int | None) -> QuerySet[Portfolio]:
    """Return the drafts `can_read` allows."""
    return Portfolio.objects.filter(registration__person_id=person)


def submissions_visible_to(person: int | None) -> QuerySet[Submission]:
    """Return the submissions `can_read_submission` allows."""
    if has_role(person, RoleHeld.Name.OFFICE):
        return Submission.objects.all()
    return Submission.objects.filter(portfolio__registration__person_id=person)


def files_visible_to(person: int | None) -> QuerySet[SubmittedFile]:
    """Return the submitted files `can_open_file` allows."""
    return SubmittedFile.objects.filter(submission__in=submissions_visible_to(person))
