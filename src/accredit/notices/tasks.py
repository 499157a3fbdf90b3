"""Sending what is due: enqueued on commit, and swept for every minute in case a worker died."""

import logging
from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accredit.assessments.queries import on_the_clock
from accredit.notices import actions, permissions, queries
from accredit.notices.models import Notice
from accredit.portfolios.queries import letters_due
from accredit.toolkit.background import every_minutes, task

log = logging.getLogger("accredit.notices")


@every_minutes(1)
def sweep() -> None:
    """Send everything due that nobody is sending."""
    for notice in queries.waiting(timezone.now())[:200]:
        deliver(notice)


@every_minutes(5)
def gather() -> None:
    """Write the letters of the day."""
    gather_due(at=timezone.now())


def gather_due(*, at: datetime) -> None:
    """Write what is due to be gathered at a moment, each reader's in a transaction of its own."""
    readers = {each.person_id: each.person for each in queries.to_gather(at) if each.person is not None}
    for person in readers.values():
        actions.gather(person, at=at)


@every_minutes(30)
def nudge() -> None:
    """Write the reminders that are due: each plan in a transaction of its own, however late it is."""
    nudge_due(at=timezone.now())


def nudge_due(*, at: datetime) -> None:
    """Write the reminders due at a moment."""
    for portfolio in letters_due(at):
        actions.nudge(portfolio, at=at)


@every_minutes(30)
def remind() -> None:
    """Write what the editions' clocks ask for: each place in a transaction of its own."""
    remind_due(at=timezone.now())


def remind_due(*, at: datetime) -> None:
    """Write what the clocks ask for at a moment."""
    for place in on_the_clock():
        actions.remind(place, at=at)


@task
def send(notice: int) -> None:
    """Send one notice now, if it is due and still wanted."""
    for found in queries.waiting(timezone.now()).filter(pk=notice):
        deliver(found)


def deliver(notice: Notice) -> None:
    """Claim, send, mark: a crash in between leaves a row that the sweep finds."""
    at = timezone.now()
    unwanted = permissions.unwanted_because(notice)
    if unwanted:
        actions.suppress(notice, because=unwanted, at=at)
        return
    if not actions.claim(notice, at=at):
        return
    subject, text, html = actions.words_of(notice)
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        to=[notice.address],
        # The same notice always bears the same id, so that a repeat after a crash shows as one message.
        headers={
            "Message-ID": f"<notice-{notice.pk}@accredit>",
            "Auto-Submitted": "auto-generated",
            **queries.stopping_headers(notice),
        },
    )
    message.attach_alternative(html, "text/html")
    try:
        message.send()
    except Exception as fault:  # noqa: BLE001 - a provider's library may raise anything; the others go out
        log.warning("notice %s could not be sent: %s", notice.pk, type(fault).__name__)
        actions.mark_failed(notice, f"{type(fault).__name__}: {fault}")
        return
    actions.mark_sent(notice, at=timezone.now())
