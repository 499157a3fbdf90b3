"""Publishing a draft: every panel of it at once, or none."""

from datetime import date, datetime

from django.utils.timezone import localdate

from accredit.assessments.actions.appointing import appoint_judged
from accredit.assessments.actions.drafting import locked_draft
from accredit.assessments.actions.locking import lock_assessors
from accredit.assessments.models import Appointment, Draft, Seat
from accredit.assessments.queries import (
    drafted,
    faults_of_draft,
    may_be_drafted,
    seats_of_draft,
    standing_places,
)
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def publish_draft(draft: Draft, *, by: Actor, at: datetime, due_on: date | None = None) -> int:
    """Appoint every panel of a draft and invite whoever is new on one; return how many panels were
    appointed or changed. `due_on` is when the assessments of new panels are due, where that is not the day
    the draft was opened with; a panel that has members keeps its day while that lies ahead.

    Refused as a whole where a panel breaks a rule or has a free seat. Whoever publishes leaves the panel of
    their own portfolio to a colleague: it goes on waiting.

    Locks the registrations, then the draft, then the assessors, as whoever leaves a panel does: a member who
    declines at this moment is either gone before it is looked at, or finds the panel appointed.
    """
    keys = list(draft.panels.order_by("registration").values_list("registration", flat=True))
    list(Registration.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    found = locked_draft(draft, by)
    inside = drafted(found)
    if [each.registration_id for each in inside] != keys:
        refuse(Code.DRAFT_CHANGED)
    panels = [each for each in inside if each.registration.person_id != by.person]
    seats, places = seats_of_draft(found), standing_places(each.registration_id for each in panels)
    lock_assessors({each.person_id for of_one in seats.values() for each in of_one})
    today = localdate(at)
    found.due_on = due_on or found.due_on
    if found.due_on < today:
        refuse(Code.DUE_DATE_PAST, date=found.due_on.isoformat())
    waiting = set(may_be_drafted(found.scheme_id).values_list("pk", flat=True))
    wrong = faults_of_draft(found, today, panels=panels, seats=seats, places=places)
    wrong_now = set(wrong) | {
        each.registration_id for each in panels if not each.is_movable and each.registration_id not in waiting
    }
    if wrong_now:
        refuse(Code.DRAFT_HAS_FAULTS, panels=len(wrong_now))
    found.published_at, found.published_by_id = at, by.person
    found.save(update_fields=["due_on", "published_at", "published_by"])
    changed = 0
    for each in panels:
        mine = seats.get(each.registration_id, [])
        sitting = [one for one in places.get(each.registration_id, []) if one.ended_at is None]
        if each.is_movable and {one.person_id for one in mine} in ({one.person_id for one in sitting}, set()):
            continue
        named = [(one.person_id, Seat(one.seat)) for one in mine]
        day = _due(sitting, found.due_on, today)
        appoint_judged(each.registration, seats=named, due_on=day, by=by, at=at)
        changed += 1
    if not changed:
        refuse(Code.DRAFT_EMPTY)
    trail.record("draft_published", by=by, at=at, subject=found, data={"panels": changed})
    return changed


def _due(sitting: list[Appointment], due_on: date, today: date) -> date:
    """A panel that has members already keeps its day while it lies ahead."""
    return sitting[0].panel.due_on if sitting and sitting[0].panel.due_on > today else due_on
