"""Asking somebody to be a critical friend, their answer, and the end of it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accredit.portfolios.actions.desk import Desk, bounded, line, open_desk
from accredit.portfolios.events import MentorAnswered, MentorChanged, MentorInvited
from accredit.portfolios.models import Entry, Mentor, Portfolio
from accredit.portfolios.queries import digest_of, draft_of, may_be_shown, standing_of, token_of
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.mentoring import Asking, Standing, faults_of_asking, faults_of_terms
from accredit.rulebook.workflow import Role
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse, refuse_if
from accredit.trail import actions as trail

MOST_WORDS = 2000  # characters of the message
AGAIN_AFTER = timedelta(minutes=10)


@action
def invite_mentor(
    portfolio: Portfolio,
    *,
    name: str,
    email: str,
    entries: Iterable[int],
    until_on: date,
    message: str = "",
    by: Actor,
    at: datetime,
) -> Mentor:
    """Ask somebody by e-mail to comment on chosen entries (their keys) up to a day.

    Refused to everybody but the candidate, while nothing is written, and with every fault of the rules.
    """
    desk = _own_desk(portfolio.pk, by=by)
    address = _address(email)
    chosen = _chosen(desk, entries)
    mine = desk.portfolio.mentors
    asking = Asking(
        address=address,
        own=_own_addresses(desk.registration),
        asked=frozenset(each.lower() for each in _open(desk.portfolio)),
        ever=mine.count(),
        until=until_on,
        sections=len(chosen),
    )
    refuse_if(faults_of_asking(asking, on=desk.today(at)))
    made = Mentor(
        portfolio=desk.portfolio,
        name=line(name, at_most=200) or address,
        email=address,
        message=bounded(message.replace("\x00", "").strip(), MOST_WORDS),
        invited_at=at,
        until_on=until_on,
    )
    made.token_sha256 = digest_of(token_of(made))
    made.save()
    made.entries.set(chosen)
    _record("mentor_invited", made, _terms(desk, chosen, until_on), by=by, at=at, named=True)
    publish(MentorInvited(made.pk))
    return made


@action
def send_invitation_again(mentor: Mentor, *, by: Actor, at: datetime) -> Mentor:
    """Send the letter again, with a new link: the old one opens nothing any more."""
    desk = _own_desk(mentor.portfolio_id, by=by)
    found = _again(mentor, desk.portfolio)
    if found.accepted_at or found.declined_at or found.ended_at:
        refuse(Code.MENTOR_ANSWERED)
    if at - found.invited_at < AGAIN_AFTER:
        refuse(Code.MENTOR_SENT_JUST_NOW)
    refuse_if(faults_of_terms(until=found.until_on, sections=1, on=desk.today(at)))
    found.invited_at = at
    found.token_sha256 = digest_of(token_of(found))
    found.save(update_fields=["invited_at", "token_sha256"])
    _record("mentor_invited", found, {"until": found.until_on.isoformat()}, by=by, at=at)
    publish(MentorInvited(found.pk))
    return found


@action
def change_mentoring(
    mentor: Mentor, *, entries: Iterable[int], until_on: date, by: Actor, at: datetime
) -> Mentor:
    """Choose other entries or another last day; what has passed may be opened again, an end may not."""
    desk = _own_desk(mentor.portfolio_id, by=by)
    found = _again(mentor, desk.portfolio)
    if found.declined_at or found.ended_at:
        refuse(Code.MENTOR_ANSWERED)
    chosen = _chosen(desk, entries)
    refuse_if(faults_of_terms(until=until_on, sections=len(chosen), on=desk.today(at)))
    if until_on == found.until_on and {each.pk for each in chosen} == set(_keys(found)):
        return found
    found.until_on = until_on
    found.save(update_fields=["until_on"])
    found.entries.set(chosen)
    _record("mentor_changed", found, _terms(desk, chosen, until_on), by=by, at=at)
    publish(MentorChanged(found.pk, at))
    return found


@action
def end_mentoring(mentor: Mentor, *, by: Actor, at: datetime) -> None:
    """End an invitation or a friendship at once: by the candidate or by the friend. Twice is once."""
    found = locked_mentor(mentor)
    is_friend = by.person is not None and by.person == found.person_id
    is_candidate = by.role is Role.CANDIDATE and by.person == found.portfolio.registration.person_id
    if not (is_friend or is_candidate):
        refuse(Code.NOT_YOURS)
    if found.ended_at is None:
        found.ended_at = at
        found.save(update_fields=["ended_at"])
        _record("mentor_ended", found, {}, by=by, at=at)


@action
def bind_mentor(mentor: Mentor, *, by: Actor, at: datetime) -> Mentor:
    """Give the invitation to who accepts it first. `assessments` calls this: it knows who assesses.

    Refused to the candidate, to a friend of the same portfolio, and when the invitation is not open. The
    same person accepting twice accepts once.
    """
    found = locked_mentor(mentor)
    if by.person is None:
        refuse(Code.NOT_YOURS)
    if found.accepted_at and found.person_id == by.person and not found.ended_at:
        return found
    if standing_of(found, at) is not Standing.INVITED:
        refuse(Code.MENTOR_OVER)
    if by.person == found.portfolio.registration.person_id:
        refuse(Code.MENTOR_IS_YOURS)
    if found.portfolio.mentors.filter(person_id=by.person, ended_at=None).exists():
        refuse(Code.MENTOR_IS_ALREADY)
    found.person_id, found.accepted_at = by.person, at
    found.save(update_fields=["person", "accepted_at"])
    _record("mentor_accepted", found, {}, by=by, at=at)
    publish(MentorAnswered(found.pk, True))
    return found


@action
def decline_mentoring(mentor: Mentor, *, by: Actor, at: datetime) -> None:
    """Say no to an invitation; whoever holds its link may, with an account or without. Twice is once."""
    found = locked_mentor(mentor)
    if found.declined_at:
        return
    if standing_of(found, at) is not Standing.INVITED:
        refuse(Code.MENTOR_OVER)
    found.declined_at = at
    found.save(update_fields=["declined_at"])
    _record("mentor_declined", found, {}, by=by, at=at)
    publish(MentorAnswered(found.pk, False))


def locked_mentor(mentor: Mentor) -> Mentor:
    """Lock the portfolio, as its writer does, and return the invitation as it is behind the lock."""
    portfolio = Portfolio.objects.select_for_update(of=("self",)).get(pk=mentor.portfolio_id)
    rows = Registration.objects.select_related("edition", "scheme", "person")
    portfolio.registration = rows.get(pk=portfolio.registration_id)
    return _again(mentor, portfolio)


def _again(mentor: Mentor, portfolio: Portfolio) -> Mentor:
    found = Mentor.objects.get(pk=mentor.pk)
    found.portfolio = portfolio
    return found


def _own_desk(portfolio: int, *, by: Actor) -> Desk:
    if by.role is not Role.CANDIDATE:
        refuse(Code.NOT_YOURS)
    return open_desk(portfolio, by=by)


def _address(email: str) -> str:
    address = line(email, at_most=254).lower()
    try:
        validate_email(address)
    except ValidationError:
        refuse(Code.MENTOR_ADDRESS_ODD, address=address[:200])
    return address


def _own_addresses(registration: Registration) -> frozenset[str]:
    person = registration.person
    known = (person.email, person.user.email if person.user else "")
    return frozenset(each.lower() for each in known if each)


def _open(portfolio: Portfolio) -> list[str]:
    return list(portfolio.mentors.filter(ended_at=None, declined_at=None).values_list("email", flat=True))


def _keys(mentor: Mentor) -> list[int]:
    return list(mentor.entries.values_list("pk", flat=True))


def _chosen(desk: Desk, entries: Iterable[int]) -> list[Entry]:
    wanted = set(entries)
    found = [entry for entry in may_be_shown(draft_of(desk.portfolio)) if entry.pk in wanted]
    if len(found) < len(wanted):
        refuse(Code.COMMENT_PLACE_UNKNOWN)
    return found


def _terms(desk: Desk, chosen: list[Entry], until_on: date) -> dict[str, object]:
    slots = [desk.rules.slot(each.section, each.position) for each in chosen]
    return {"until": until_on.isoformat(), "slots": slots}


def _record(
    what: str, mentor: Mentor, data: dict[str, object], *, by: Actor, at: datetime, named: bool = False
) -> None:
    trail.record(
        what,
        by=by,
        at=at,
        subject=mentor,
        registration=mentor.portfolio.registration_id,
        person=mentor.person_id,
        data=data,
        words={"name": mentor.name, "address": mentor.email} if named else None,
    )
