"""Conflicts of interest the program derived: set aside with a reason, and restored."""

from datetime import datetime

from django.utils.timezone import localdate

from accredit.assessments.models import DismissedConflict
from accredit.assessments.permissions import can_set_conflicts_aside
from accredit.assessments.queries import interests_between
from accredit.people.models import Profile
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.interest import NEVER_SET_ASIDE
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail

Key = tuple[str, str]


@action
def set_conflict_aside(
    registration: Registration, person: Profile, *, key: Key, reason: str, by: Actor, at: datetime
) -> DismissedConflict:
    """Let a derived conflict not count between this person and the candidate; the reason is kept.

    `key` is `rulebook.interest.Interest.key`. Refused where there is no such conflict today, for what
    somebody has declared (that is dismissed by itself), and to whoever is one of the two. Twice is once.
    """
    if not can_set_conflicts_aside(by.person, registration, person.pk):
        refuse(Code.OWN_DECISION)
    if not reason.strip():
        refuse(Code.REASON_MISSING)
    kind, found = key
    known = {each.key: each for each in interests_between(registration, person.pk, localdate(at))}
    if key not in known or known[key].fault.code in NEVER_SET_ASIDE:
        refuse(Code.INTEREST_UNKNOWN)
    made, is_new = DismissedConflict.objects.get_or_create(
        person=person,
        about_id=registration.person_id,
        kind=kind,
        found=found,
        restored_at=None,
        defaults={"reason": reason.strip(), "dismissed_at": at, "dismissed_by_id": by.person},
    )
    if is_new:
        _record("conflict_set_aside", made, by=by, at=at)
    return made


@action
def restore_conflict(dismissed: DismissedConflict, *, by: Actor, at: datetime) -> DismissedConflict:
    """Let a conflict that was set aside count again; twice is once."""
    found = DismissedConflict.objects.select_for_update().get(pk=dismissed.pk)
    if found.restored_at is None:
        found.restored_at = at
        found.save(update_fields=["restored_at"])
        _record("conflict_restored", found, by=by, at=at)
    return found


def _record(what: str, row: DismissedConflict, *, by: Actor, at: datetime) -> None:
    trail.record(
        what,
        by=by,
        at=at,
        subject=row,
        person=row.person_id,
        data={"about": row.about_id, "kind": row.kind},
        words={"reason": row.reason},
    )
