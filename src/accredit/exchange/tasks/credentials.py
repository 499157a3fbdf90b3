"""Signing credentials: enqueued on commit, and swept for every minute in case a worker died."""

import logging

from django.conf import settings
from django.utils import timezone, translation

from accredit.exchange import actions
from accredit.exchange.credentials.keys import NoKey
from accredit.exchange.models import Credential
from accredit.exchange.queries.credentials import unsigned, without_credential
from accredit.toolkit.background import every_day, every_minutes, task

log = logging.getLogger("accredit.exchange")
AT_ONCE = 500
MOST_A_NIGHT = 5000


@task
def sign(credential: int) -> None:
    """Sign one credential now, if it still waits."""
    for found in unsigned().filter(pk=credential):
        sign_one(found)


@every_minutes(1)
def sweep_credentials() -> None:
    """Sign what waits: after a crash, or because there was no key when it was wanted."""
    for found in unsigned()[:AT_ONCE]:
        if not sign_one(found):
            return


@every_day(hour=3)
def want_missing() -> None:
    """Want credentials for awards that have none, as those from before there were credentials."""
    for award in without_credential()[:MOST_A_NIGHT]:
        actions.want_credential(award, at=timezone.now())


def sign_one(found: Credential) -> bool:
    """Sign one; False where there is no key to sign with, which the log tells."""
    with translation.override(settings.LANGUAGE_CODE):
        try:
            return actions.sign_credential(found, at=timezone.now())
        except NoKey as missing:
            log.error("the private half of %s is missing: restore it from its backup", missing)
            return False
