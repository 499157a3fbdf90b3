"""Agreeing to stand in the register, sharing sections as examples, and withdrawing: only the holder does."""

from datetime import datetime

from django.utils.timezone import localdate

from accredit.awards.models import Award
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.register.events import ConsentGiven, ConsentWithdrawn
from accredit.register.models import Consent, RegisterEntry, SharedExample
from accredit.register.permissions import can_consent, can_share
from accredit.register.queries import shareable_of, texts_in
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


@action
def share_example(
    award: Award, slot: str, *, is_named: bool, words: str, by: Actor, at: datetime
) -> SharedExample:
    """Let candidates read one section of an accredited portfolio; `words` are those the holder agreed to.

    Twice is once; with another choice of name the earlier consent ends and a new one begins. Refused to
    anybody but the holder, where no award is held today, and for a section without a text.
    """
    if by.person != award.person_id:
        refuse(Code.NOT_YOURS)
    locked = Award.objects.select_for_update().get(pk=award.pk)
    submission = shareable_of(locked) if can_share(by.person, locked, localdate(at)) else None
    if submission is None:
        refuse(Code.NO_PORTFOLIO_TO_SHARE)
    section = next((each["section"] for each in texts_in(submission.content) if each["slot"] == slot), None)
    if section is None:
        refuse(Code.SECTION_NOT_SHAREABLE)
    standing = SharedExample.objects.filter(submission=submission, slot=slot, withdrawn_at=None).first()
    if standing is not None and standing.is_named == is_named:
        return standing
    if standing is not None:
        withdraw_example(standing, by=by, at=at)
    shared = SharedExample.objects.create(
        submission=submission,
        slot=slot,
        section=section,
        is_named=is_named,
        words=words,
        consented_at=at,
    )
    _record_sharing("example_shared", shared, by=by, at=at)
    return shared


@action
def withdraw_example(shared: SharedExample, *, by: Actor, at: datetime) -> None:
    """Let nobody read a shared section any more, at once. Twice is once."""
    locked = SharedExample.objects.select_for_update().get(pk=shared.pk)
    if by.person != _holder(locked):
        refuse(Code.NOT_YOURS)
    if locked.withdrawn_at is None:
        locked.withdrawn_at = at
        locked.save(update_fields=["withdrawn_at"])
        _record_sharing("example_withdrawn", locked, by=by, at=at)


def _holder(shared: SharedExample) -> int:
    return shared.submission.portfolio.registration.person_id


def _record_sharing(what: str, shared: SharedExample, *, by: Actor, at: datetime) -> None:
    trail.record(
        what,
        by=by,
        at=at,
        subject=shared,
        registration=shared.submission.portfolio.registration_id,
        person=_holder(shared),
        data={"slot": shared.slot, "is_named": shared.is_named},
    )
