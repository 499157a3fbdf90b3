"""Agreeing to stand in the register, and withdrawing: only the holder does either."""

from datetime import datetime

from django.utils.timezone import localdate

from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.register.events import ConsentGiven, ConsentWithdrawn
from accredit.register.models import Consent, RegisterEntry
from accredit.register.permissions import can_consent
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def consent(person: Profile, scheme: Scheme, *, words: str, by: Actor, at: datetime) -> RegisterEntry:
    """Put a holder in the public register; `words` are those they agreed to. Twice is once."""
    if by.person != person.pk:
        refuse(Code.NOT_YOURS)
    if not can_consent(person.pk, scheme, localdate(at)):
        refuse(Code.NO_AWARD_TO_SHOW)
    entry = _locked(person, scheme)
    if entry.consented_at is None:
        _write(entry, given=True, words=words, by=by, at=at)
        publish(ConsentGiven(entry.pk))
    return entry


@action
def withdraw_consent(person: Profile, scheme: Scheme, *, by: Actor, at: datetime) -> RegisterEntry:
    """Take a holder out of the public register; possible at any time. Twice is once."""
    if by.person != person.pk:
        refuse(Code.NOT_YOURS)
    entry = _locked(person, scheme)
    if entry.consented_at is not None:
        _write(entry, given=False, words="", by=by, at=at)
        publish(ConsentWithdrawn(entry.pk))
    return entry


def _locked(person: Profile, scheme: Scheme) -> RegisterEntry:
    entry, _ = RegisterEntry.objects.get_or_create(person=person, scheme=scheme)
    return RegisterEntry.objects.select_for_update().get(pk=entry.pk)


def _write(entry: RegisterEntry, *, given: bool, words: str, by: Actor, at: datetime) -> None:
    entry.consented_at = at if given else None
    entry.save(update_fields=["consented_at"])
    Consent.objects.create(entry=entry, given=given, words=words, at=at)
    what = "register_consent_given" if given else "register_consent_withdrawn"
    trail.record(what, by=by, at=at, subject=entry, person=entry.person_id)
