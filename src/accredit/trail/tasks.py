"""Sealing in the background."""

from django.utils import timezone

from accredit.toolkit.background import every_minutes
from accredit.trail import actions


@every_minutes(1)
def seal_committed_rows() -> None:
    """Seal what has been committed since the last run."""
    while actions.seal(at=timezone.now()):
        pass
