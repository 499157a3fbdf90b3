"""Offering to assess, the history an assessor brings, conflicts of interest."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from accredit.assessments.events import ConflictDeclared
from accredit.assessments.models import Assessor, DeclaredConflict, PastAssessments, Seat
from accredit.people.models import Profile
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@action
def volunteer(
    person: Profile,
    *,
    at_most: int,
    areas: Sequence[str],
    per_year: int | None = None,
    pathways: Sequence[str] = (),
    months_away: Sequence[str] = (),
    languages: Sequence[str] | None = None,
    by: Actor,
    at: datetime,
) -> Assessor:
    """Offer to assess up to `at_most` portfolios at a time, or change the whole offer; ends a pause.

    `per_year` begun within 365 days (None: no limit), `pathways` by code (none: all), `months_away` as
    "2026-08", `languages` as the scheme names them (None: as before). What is in hand stays, also where the
    new offer would not have allowed it.
    """
    if at_most < 1 or (per_year is not None and per_year < 1):
        refuse(Code.NUMBER_TOO_SMALL, needed=1)
    for month in months_away:
        if not _MONTH.fullmatch(month):
            refuse(Code.CHOICE_UNKNOWN, value=month[:40])
    offer = {
        "at_most": at_most,
        "areas": list(areas),
        "per_year": per_year,
        "pathways": sorted(set(pathways)),
        "months_away": sorted(set(months_away)),
    }
    if languages is not None:
        offer["languages"] = list(dict.fromkeys(languages))
    assessor, _ = Assessor.objects.update_or_create(
        person=person,
        defaults=offer | {"paused_at": None},
        create_defaults=offer | {"since_on": at.date()},
    )
    said = {name: value for name, value in offer.items() if name != "areas" and value}
    trail.record("volunteered", by=by, at=at, subject=assessor, person=person.pk, data=said)
    return assessor


@action
def pause(assessor: Assessor, *, by: Actor, at: datetime) -> Assessor:
    """Stop new invitations; what is in hand stays. Pausing twice is once."""
    if assessor.paused_at is None:
        assessor.paused_at = at
        assessor.save(update_fields=["paused_at"])
        trail.record("paused", by=by, at=at, subject=assessor, person=assessor.person_id)
    return assessor


@action
def record_past_assessments(
    person: Profile, *, seat: Seat, number: int, source: str, by: Actor, at: datetime
) -> PastAssessments:
    """Write down assessments made before this record began, and where the office knows them from."""
    if number < 1:
        refuse(Code.NUMBER_TOO_SMALL, needed=1)
    past = PastAssessments.objects.create(
        person=person,
        seat=Seat(seat).value,
        number=number,
        source=source,
        recorded_at=at,
        recorded_by_id=by.person,
    )
    trail.record(
        "past_assessments_recorded",
        by=by,
        at=at,
        subject=past,
        person=person.pk,
        data={"seat": past.seat, "number": number},
        words={"source": source} if source else None,
    )
    return past


@action
def declare_conflict(
    person: Profile, about: Profile, *, reason: str, until_on: date | None = None, by: Actor, at: datetime
) -> DeclaredConflict:
    """Declare that one person should not assess the other, in either direction; declaring twice is once.

    It counts to the end of `until_on`, without end where that is None. One that has ended makes way.
    """
    if person.pk == about.pk:
        refuse(Code.CONFLICT_ON_SELF)
    if not reason.strip():
        refuse(Code.REASON_MISSING)
    if until_on is not None and until_on < localdate(at):
        refuse(Code.CONFLICT_ENDS_BEFORE, date=until_on.isoformat())
    standing = DeclaredConflict.objects.filter(person=person, about=about, dismissed_at=None)
    _set_ended_aside(standing, by=by, at=at)
    try:
        with transaction.atomic():
            conflict = standing.first() or DeclaredConflict.objects.create(
                person=person,
                about=about,
                reason=reason.strip(),
                until_on=until_on,
                declared_at=at,
                declared_by_id=by.person,
            )
    except IntegrityError:  # somebody declared the same at this moment
        return standing.get()
    if conflict.declared_at == at:
        trail.record(
            "conflict_declared",
            by=by,
            at=at,
            subject=conflict,
            person=person.pk,
            data={"about": about.pk},
            words={"reason": conflict.reason},
        )
        publish(ConflictDeclared(conflict.pk))
    return conflict


def _set_ended_aside(standing: QuerySet[DeclaredConflict], *, by: Actor, at: datetime) -> None:
    """A conflict that has ended is over: it would stand in the way of declaring another."""
    for each in standing.filter(until_on__lt=localdate(at)):
        dismiss_conflict(each, reason="It had ended.", by=by, at=at)


@action
def dismiss_conflict(conflict: DeclaredConflict, *, reason: str, by: Actor, at: datetime) -> DeclaredConflict:
    """Set a declared conflict aside; the declaration and the reason stay on record."""
    found = DeclaredConflict.objects.select_for_update().get(pk=conflict.pk)
    if found.dismissed_at is not None:
        refuse(Code.CONFLICT_SETTLED)
    if not reason.strip():
        refuse(Code.REASON_MISSING)
    found.dismissed_at, found.dismissed_by_id, found.dismissed_reason = at, by.person, reason.strip()
    found.save(update_fields=["dismissed_at", "dismissed_by", "dismissed_reason"])
    trail.record(
        "conflict_dismissed",
        by=by,
        at=at,
        subject=found,
        person=found.person_id,
        data={"about": found.about_id},
        words={"reason": found.dismissed_reason},
    )
    return found
