"""What the edition's clock says of the places on panels at work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from accredit.assessments.models import Appointment, Panel
from accredit.assessments.queries.panels import edition_of, panels
from accredit.assessments.queries.work import DOCUMENTS, Next, next_of_each
from accredit.frameworks.models import Edition
from accredit.frameworks.queries import rules_of
from accredit.rulebook import clock, escalation
from accredit.rulebook.workflow import Stage

AT_WORK = (Stage.APPOINTING, Stage.ASSESSING, Stage.THIRD_ASSESSMENT)


def _places() -> QuerySet[Appointment]:
    rows = Appointment.objects.select_related(
        "person",
        "assessment",
        "panel__outcome",
        "panel__registration__person",
        "panel__registration__edition",
        "panel__registration__scheme",
        "panel__submission__edition",
    )
    return rows.defer("panel__submission__content", *DOCUMENTS)


def on_the_clock() -> QuerySet[Appointment]:
    """Return the standing places of the panels at work in their present round."""
    stages = [each.value for each in (*AT_WORK, Stage.AGREEING)]
    return _places().filter(
        ended_at=None,
        panel__outcome=None,
        panel__round=F("panel__registration__round"),
        panel__registration__stage__in=stages,
    )


def unanswered(at: datetime, editions: Iterable[Edition]) -> Q:
    """Return the condition of an invitation to a panel of one of these editions for which its time to answer
    has run out."""
    late = Q(pk__in=[])
    for edition in editions:
        since = at - timedelta(days=rules_of(edition).clock.answer_days)
        late |= Q(panel__registration__edition=edition, answer="", invited_at__lt=since)
    return late


@dataclass(frozen=True, slots=True)
class Hand:
    """One thing the clock asks for of one place, past or to come, and the moment it falls due."""

    place: Appointment
    tick: clock.Tick
    at: datetime


def hands_of(registration: int) -> list[Hand]:
    """Return all that the clock holds for the standing places of a registration's present panel, the earliest
    first: what was answered, handed in or moved is not among it. One query, and two while it is agreeing."""
    places = list(on_the_clock().filter(panel__registration_id=registration))
    waiting = next_of_each(places)
    found = [
        Hand(place, tick, tick.at(place.panel.registration.scheme.time_zone))
        for place in places
        for tick in clock.ticks(edition_of(place.panel).clock, _facts(place, waiting[place.pk]))
    ]
    return sorted(found, key=lambda each: (each.at, each.place.pk))


def ticks_due(place: Appointment, at: datetime) -> tuple[clock.Tick, ...]:
    """Return what the clock asks for at a moment."""
    zone = place.panel.registration.scheme.time_zone
    return clock.due(edition_of(place.panel).clock, _facts_of(place), at=at, zone=zone)


def tick_stands(appointment: int, key: str) -> bool:
    """Say whether what the clock asked for is still true of a place."""
    place = on_the_clock().filter(pk=appointment).first()
    if place is None:
        return False
    return any(each.key == key for each in clock.ticks(edition_of(place.panel).clock, _facts_of(place)))


def _facts_of(place: Appointment) -> clock.Place:
    return _facts(place, next_of_each([place])[place.pk])


def _facts(place: Appointment, waits_for: Next) -> clock.Place:
    panel, registration = place.panel, place.panel.registration
    zone = ZoneInfo(registration.scheme.time_zone)
    assessment = getattr(place, "assessment", None)
    is_agreeing = registration.stage == Stage.AGREEING
    return clock.Place(
        invited_on=_day(place.invited_at, zone) or panel.due_on,
        due_on=panel.due_on,
        accepted_on=_day(place.answered_at, zone) if place.answer == Appointment.Answer.ACCEPTED else None,
        in_on=_day(assessment.submitted_at, zone) if assessment else None,
        # Since it is agreeing, not since all were in: a third assessment or a remit begins the days anew.
        compared_on=_day(registration.stage_since, zone) if is_agreeing else None,
        is_awaited=is_agreeing and waits_for in {Next.PROPOSE, Next.REPLY},
        is_open=place.ended_at is None,
    )


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment else None


def lapsed(at: datetime) -> list[Panel]:
    """Return the panels that have been agreeing for longer than their edition allows; two queries."""
    rows = panels().filter(
        registration__stage=Stage.AGREEING.value, round=F("registration__round"), outcome=None
    )
    # Without the documents: the rules are known by their hash.
    editions = {each.pk: each for each in Edition.objects.all()}
    found = []
    for each in rows:
        each.registration.edition = editions[each.registration.edition_id]
        each.submission.edition = editions[each.submission.edition_id]
        since = localdate(each.registration.stage_since)
        if escalation.has_lapsed(edition_of(each), since=since, on=localdate(at)):
            found.append(each)
    return found
