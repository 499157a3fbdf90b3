"""Whom a candidate says should not assess them: named by them, matched by address or by the office."""

from datetime import datetime

from accredit.assessments.actions.assessors import declare_conflict
from accredit.assessments.actions.locking import need_office_role
from accredit.assessments.events import ConflictNamed
from accredit.assessments.models import NamedConflict
from accredit.people.models import Profile
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail

MOST_NAMED, LONGEST_REASON = 30, 5000


@action
def name_conflict(
    person: Profile, *, name: str, reason: str, email: str = "", by: Actor, at: datetime
) -> NamedConflict:
    """Name somebody who should not assess one, with the reason. Naming the same twice is once.

    Whoever is known by that address counts as in conflict at once; everybody else the office matches. What
    came of it is not told: it would say who assesses here. Refused for others, without a name or a reason,
    for oneself, and beyond 30.
    """
    if by.person != person.pk:
        refuse(Code.NOT_YOURS)
    tidy = " ".join(name.replace("\x00", "").split())[:200]
    if not tidy:
        refuse(Code.NAME_MISSING)
    if not reason.strip():
        refuse(Code.REASON_MISSING)
    if email.strip() and email.strip().lower() == person.email.lower():
        refuse(Code.CONFLICT_ON_SELF)
    Profile.objects.select_for_update().get(pk=person.pk)
    mine = NamedConflict.objects.filter(person=person)
    same = mine.filter(name__iexact=tidy, email__iexact=email.strip()).first()
    if same is not None:
        return same
    if mine.count() >= MOST_NAMED:
        refuse(Code.NAMED_TOO_MANY, allowed=MOST_NAMED)
    made = NamedConflict.objects.create(
        person=person,
        name=tidy,
        email=email.strip(),
        reason=reason.replace("\x00", "").strip()[:LONGEST_REASON],
        named_at=at,
    )
    words = {"name": tidy, "reason": made.reason}
    trail.record("conflict_named", by=by, at=at, subject=made, person=person.pk, words=words)
    known = Profile.objects.filter(email__iexact=made.email).first() if made.email else None
    if known is not None:
        _settle(made, known, by=by, at=at)
    publish(ConflictNamed(made.pk))
    return made


@action
def settle_named_conflict(
    named: NamedConflict, *, about: Profile | None, by: Actor, at: datetime
) -> NamedConflict:
    """Say who is meant, which declares the conflict; None: nobody here, which may be said otherwise later.
    For the office. Once somebody is declared, nothing more is done."""
    need_office_role(by)
    found = NamedConflict.objects.select_for_update().get(pk=named.pk)
    if by.person == found.person_id:
        refuse(Code.OWN_DECISION)
    if found.declared_id is None:
        _settle(found, about, by=by, at=at)
    return found


def _settle(named: NamedConflict, about: Profile | None, *, by: Actor, at: datetime) -> None:
    if about is not None:
        person = named.person
        named.declared = declare_conflict(person, about, reason=named.reason, by=by, at=at)
    named.settled_at, named.settled_by_id = at, by.person
    named.save(update_fields=["declared", "settled_at", "settled_by"])
