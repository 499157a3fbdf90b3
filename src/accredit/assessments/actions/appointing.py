"""Appointing panels: seating, replacing, the readers of a review, ending."""

from collections.abc import Sequence
from dataclasses import replace as changed
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from accredit.assessments.actions.locking import (
    lock_assessors,
    lock_registration,
    locked_appointment,
    locked_panel,
    need_office,
    need_stage,
)
from accredit.assessments.events import Invited, PanelAppointed, SeatEnded
from accredit.assessments.models import Appointment, Assessor, Panel, Seat
from accredit.assessments.queries import (
    assessors_and_candidate,
    edition_of,
    first_panel,
    free_seats,
    is_in,
    panels,
    places_of,
    rule_of_panel,
)
from accredit.people.models import Profile
from accredit.portfolios.models import Submission
from accredit.registrations.actions import move
from accredit.registrations.models import Registration
from accredit.rulebook import facts
from accredit.rulebook import panel as rules
from accredit.rulebook.elements import PanelRule
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.workflow import Move, Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import Refused, refuse, refuse_if
from accredit.trail import actions as trail

Seats = Sequence[tuple[int, Seat]]


@action
def appoint(registration: Registration, *, seats: Seats, due_on: date, by: Actor, at: datetime) -> Panel:
    """Invite a whole panel and begin the assessing. Refused with every fault of the panel's rule.

    Also fills a panel that a decline has left short: whoever sits on it already is named again, or leaves.
    A lead needs so many finished assessments as the edition says (source: the association's pages).
    """
    lock_registration(registration.pk)
    found = Registration.objects.select_related("edition", "scheme", "person").get(pk=registration.pk)
    if found.stage != Stage.APPOINTING:
        refuse(Code.MOVE_NOT_OPEN, stage=found.stage, move=Move.APPOINT.value)
    if due_on < localdate(at):
        refuse(Code.DUE_DATE_PAST, date=due_on.isoformat())
    people = [person for person, _ in seats]
    lock_assessors(people)
    panel = _panel_for(found, due_on=due_on, at=at)
    need_office(panel, by, move=Move.APPOINT)
    _refuse_whole(panel, seats, at)
    return _seat(panel, seats, by=by, at=at)


@action
def appoint_judged(
    registration: Registration, *, seats: Seats, due_on: date, by: Actor, at: datetime
) -> Panel:
    """Appoint a panel that has been found without fault behind the locks that the caller holds, or give the
    seats of a panel at work that nobody has accepted to others."""
    panel = _panel_for(registration, due_on=due_on, at=at)
    need_office(panel, by, move=Move.APPOINT)
    return _seat(panel, seats, by=by, at=at)


def _seat(panel: Panel, seats: Seats, *, by: Actor, at: datetime) -> Panel:
    sitting = {each.person_id for each in places_of(panel)}
    if sitting:
        _rearrange(panel, {person: seat.value for person, seat in seats}, by=by, at=at)
        sitting = {each.person_id for each in places_of(panel)}
    for person, seat in seats:
        if person not in sitting:
            _invite(panel, person, seat, by=by, at=at)
    return _complete(panel, by=by, at=at)


def _rearrange(panel: Panel, wanted: dict[int, str], *, by: Actor, at: datetime) -> None:
    """Let those go who are not named again, and give those who are the seat they are named for."""
    for each in places_of(panel):
        if each.person_id not in wanted:
            leave(each, why=Appointment.End.REPLACED, by=by, at=at)
    moving = [each for each in places_of(panel) if each.seat != wanted[each.person_id]]
    # A seat is held once: first out of the old ones, then into the new.
    panel.appointments.filter(pk__in=[each.pk for each in moving]).update(seat=Seat.MEMBER.value)
    for each in moving:
        each.seat = wanted[each.person_id]
        each.save(update_fields=["seat"])
        _record("seat_changed", each, {"seat": each.seat}, by=by, at=at)


def _panel_for(registration: Registration, *, due_on: date, at: datetime) -> Panel:
    """Return the panel of the present round with this due date, made where there is none."""
    submission = Submission.objects.get(
        portfolio__registration=registration, round=registration.round, set_aside_at=None
    )
    made, is_new = Panel.objects.get_or_create(
        registration=registration,
        round=registration.round,
        defaults={"submission": submission, "formed_at": at, "due_on": due_on},
    )
    if not is_new and made.due_on != due_on:
        made.due_on = due_on
        made.save(update_fields=["due_on"])
    return panels().get(pk=made.pk)


def _refuse_whole(panel: Panel, seats: Seats, at: datetime) -> None:
    people = [person for person, _ in seats]
    found, candidate = assessors_and_candidate(people, panel.registration, localdate(at), due=panel.due_on)
    drafted = facts.Panel(tuple(facts.Seat(found[person], seat is Seat.LEAD) for person, seat in seats))
    rule = rule_of_panel(panel)
    wrong = [*_not_assessors(people), *_left(panel, people)]
    if sorted(seat.value for _, seat in seats) != sorted(rules.seats_of(rule)) and len(seats) == rule.size:
        wrong += [fault(Code.SEAT_NOT_FREE, seat=seat.value) for seat in _surplus(rule, seats)]
    refuse_if((*wrong, *rules.faults(rule, edition_of(panel), drafted, candidate)))


def _surplus(rule: PanelRule, seats: Seats) -> list[Seat]:
    wanted = list(rules.seats_of(rule))
    surplus = []
    for _, seat in seats:
        if seat.value in wanted:
            wanted.remove(seat.value)
        else:
            surplus.append(seat)
    return surplus


def _not_assessors(people: Sequence[int]) -> list[Fault]:
    rows = Assessor.objects.filter(person_id__in=people, paused_at=None)
    willing = set(rows.values_list("person_id", flat=True))
    others = Profile.objects.filter(pk__in=set(people) - willing).order_by("name")
    return [fault(Code.NOT_AN_ASSESSOR, name=each.name) for each in others]


def _left(panel: Panel, people: Sequence[int]) -> list[Fault]:
    """Whoever declined or left this panel is not invited to it again."""
    gone = panel.appointments.filter(person_id__in=people).exclude(ended_at=None)
    return [fault(Code.HAS_LEFT_PANEL, name=each.person.name) for each in gone.select_related("person")]


def _invite(panel: Panel, person: int, seat: Seat, *, by: Actor, at: datetime) -> Appointment:
    made = Appointment.objects.create(panel=panel, person_id=person, seat=seat.value, invited_at=at)
    _record("invited", made, {"seat": seat.value, "round": panel.round}, by=by, at=at)
    publish(Invited(made.pk))
    return made


def _record(what: str, place: Appointment, data: dict[str, object], *, by: Actor, at: datetime) -> None:
    registration, person = place.panel.registration_id, place.person_id
    trail.record(what, by=by, at=at, subject=place, registration=registration, person=person, data=data)


@action
def leave(each: Appointment, *, why: Appointment.End, by: Actor, at: datetime) -> None:
    """End a place whose assessment is not in, and keep why."""
    if is_in(each):
        refuse(Code.ASSESSMENT_IN)
    each.ended_at, each.ended_because = at, why.value
    each.save(update_fields=["ended_at", "ended_because"])
    _record("seat_ended", each, {"why": why.value, "seat": each.seat}, by=by, at=at)
    publish(SeatEnded(each.pk, why.value))


def _complete(panel: Panel, *, by: Actor, at: datetime) -> Panel:
    """Begin the assessing when the last seat of a panel still to be appointed is filled."""
    if panel.registration.stage == Stage.APPOINTING and not free_seats(panel):
        panel.registration = move(panel.registration, Move.APPOINT, by=by, at=at, data={"panel": panel.pk})
        publish(PanelAppointed(panel.pk))
    return panels().get(pk=panel.pk)


@action
def relieve(appointment: Appointment, *, by: Actor, at: datetime) -> Appointment:
    """Take a place back from somebody who is late or does not answer; what was typed stays, read by nobody.
    The panel goes back to be appointed, and a repair is proposed. Twice is once."""
    found = locked_appointment(appointment)
    need_office(found.panel, by, move=Move.DISSOLVE)
    if found.ended_because == Appointment.End.RELIEVED:
        return found
    if found.ended_at is not None:
        refuse(Code.INVITATION_ENDED)
    stages = (Stage.APPOINTING, Stage.ASSESSING, Stage.THIRD_ASSESSMENT)
    need_stage(found.panel, *stages, move=Move.DISSOLVE)
    leave(found, why=Appointment.End.RELIEVED, by=by, at=at)
    registration = found.panel.registration
    if registration.stage == Stage.ASSESSING:
        move(registration, Move.DISSOLVE, by=by, at=at, data={"panel": found.panel_id})
    return found


@action
def fill_seat(panel: Panel, *, person: int, seat: Seat, by: Actor, at: datetime) -> Appointment:
    """Invite a person to a seat that a decline has left free; the last seat filled begins the assessing."""
    found = locked_panel(panel.pk, panel.registration_id)
    need_office(found, by, move=Move.APPOINT)
    need_stage(found, Stage.APPOINTING, Stage.ASSESSING, move=Move.APPOINT)
    if seat.value not in free_seats(found):
        refuse(Code.SEAT_NOT_FREE, seat=seat.value)
    made = _join(found, person, seat, by=by, at=at)
    _complete(found, by=by, at=at)
    return made


def _join(panel: Panel, person: int, seat: Seat, *, by: Actor, at: datetime) -> Appointment:
    lock_assessors([person])
    places = places_of(panel)
    people = [person, *(each.person_id for each in places)]
    found, candidate = assessors_and_candidate(people, panel.registration, localdate(at), due=panel.due_on)
    beside = facts.Panel(tuple(facts.Seat(found[each.person_id], each.seat == Seat.LEAD) for each in places))
    new = facts.Seat(found[person], seat is Seat.LEAD)
    wrong = rules.faults_of_joining(rule_of_panel(panel), edition_of(panel), beside, new, candidate)
    refuse_if((*_not_assessors([person]), *_left(panel, [person]), *wrong))
    return _invite(panel, person, seat, by=by, at=at)


@action
def replace(appointment: Appointment, *, person: int, by: Actor, at: datetime) -> Appointment:
    """Put another person in a seat whose assessment is not in; what was typed stays, read by nobody."""
    found = locked_appointment(appointment)
    need_office(found.panel, by, move=Move.APPOINT)
    need_stage(found.panel, Stage.APPOINTING, Stage.ASSESSING, Stage.THIRD_ASSESSMENT, move=Move.APPOINT)
    if found.ended_at is not None:
        refuse(Code.INVITATION_ENDED)
    if found.panel.registration.stage == Stage.THIRD_ASSESSMENT and found.seat != Seat.THIRD:
        refuse(Code.ASSESSMENT_IN)
    leave(found, why=Appointment.End.REPLACED, by=by, at=at)
    return _join(found.panel, person, Seat(found.seat), by=by, at=at)


@action
def appoint_third(panel: Panel, *, person: int, due_on: date, by: Actor, at: datetime) -> Appointment:
    """Invite a third assessor, who reads without knowing what the first two said."""
    found = locked_panel(panel.pk, panel.registration_id)
    need_office(found, by, move=Move.CALL_THIRD)
    need_stage(found, Stage.THIRD_ASSESSMENT, move=Move.CALL_THIRD)
    if due_on < localdate(at):
        refuse(Code.DUE_DATE_PAST, date=due_on.isoformat())
    if any(each.seat == Seat.THIRD for each in places_of(found)):
        refuse(Code.SEAT_TAKEN, seat=Seat.THIRD.value)
    made = _join(found, person, Seat.THIRD, by=by, at=at)
    found.due_on = due_on
    found.save(update_fields=["due_on"])
    return made


@action
def seat_readers(submission: int, *, by: Actor = SYSTEM) -> Panel | None:
    """Invite the readers of a review, or the same panel for a reassessment, as the edition says.

    Called when the check accepts such a submission, in the same transaction. An earlier member against
    whom something speaks now, other than their load, is not invited: the office fills that seat.
    None where the submission does not go to its readers at once.
    """
    found = Submission.objects.select_related("portfolio__registration").get(pk=submission)
    lock_registration(found.portfolio.registration_id)
    registration = Registration.objects.select_related("scheme", "edition", "person").get(
        pk=found.portfolio.registration_id
    )
    if registration.stage != Stage.ASSESSING or registration.round != found.round:
        return None
    at = registration.stage_since
    due_on = localdate(at) + timedelta(days=registration.scheme.assessing_days)
    panel = _panel_for(registration, due_on=due_on, at=at)
    for person, seat in _readers(panel, localdate(at)):
        _invite(panel, person, seat, by=by, at=at)
    if free_seats(panel):
        move(registration, Move.DISSOLVE, by=by, at=at, data={"panel": panel.pk})
    elif places_of(panel):
        publish(PanelAppointed(panel.pk))
    return panels().get(pk=panel.pk)


def _readers(panel: Panel, on: date) -> list[tuple[int, Seat]]:
    earlier = first_panel(panel.registration_id, panel.round)
    places = places_of(earlier) if earlier else []
    wanted = list(free_seats(panel))
    taken = []
    for each in places:
        if each.seat in wanted:
            wanted.remove(each.seat)
            taken.append((each.person_id, Seat(each.seat)))
    found, candidate = assessors_and_candidate([person for person, _ in taken], panel.registration, on)
    rule, edition = rule_of_panel(panel), edition_of(panel)
    return [
        (person, seat)
        for person, seat in taken
        if rules.may_assess(
            rule, edition, changed(found[person], capacity=None), candidate, lead=seat is Seat.LEAD
        )
    ]


@action
def end_panel(registration: int, *, by: Actor = SYSTEM) -> None:
    """End the places of a registration that has been withdrawn; assessments handed in stay unseen."""
    lock_registration(registration)
    found = Registration.objects.get(pk=registration)
    at = found.ended_at
    if at is None:
        raise Refused(fault(Code.MOVE_NOT_OPEN, stage=found.stage, move=Move.WITHDRAW.value))
    open_places = Appointment.objects.filter(
        panel__registration=found, panel__outcome=None, ended_at=None
    ).select_related("panel")
    for each in open_places:
        each.ended_at, each.ended_because = at, Appointment.End.WITHDRAWN.value
        each.save(update_fields=["ended_at", "ended_because"])
        publish(SeatEnded(each.pk, each.ended_because))
