"""Ending what has run out of time."""

from datetime import datetime

from django.utils import timezone

from accredit.registrations import actions, queries
from accredit.toolkit.actor import SYSTEM
from accredit.toolkit.background import every_day


@every_day(hour=2)
def expire() -> None:
    """Expire, every night, the registrations and revisions whose last day has passed."""
    expire_overdue(at=timezone.now())


def expire_overdue(*, at: datetime) -> None:
    """Expire what is overdue at a moment; each in a transaction of its own."""
    for registration in queries.overdue(at):
        actions.expire_if_overdue(registration, by=SYSTEM, at=at)
