"""Critical friends: who may be asked, and how long they read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accredit.rulebook.faults import Code, Fault, fault

# Our own bounds, against letters to half the world: no source names any.
MOST_OPEN = 10
MOST_EVER = 40
LONGEST_DAYS = 366


class Standing(StrEnum):
    """How an invitation stands on a day."""

    INVITED = "invited"
    READING = "reading"
    RESTING = "resting"  # the last day is to come, but nothing is being written now
    OVER = "over"
    DECLINED = "declined"
    ENDED = "ended"


@dataclass(frozen=True)
class Invitation:
    """What decides whether an invited person reads; `until` is their last day."""

    until: date
    accepted: bool = False
    declined: bool = False
    ended: bool = False


@dataclass(frozen=True)
class Asking:
    """What a candidate asks for: addresses in lower case, `sections` a count of those chosen."""

    address: str
    own: frozenset[str]
    asked: frozenset[str]  # who has an open invitation to this portfolio
    ever: int  # invitations made so far, ended ones too
    until: date
    sections: int


def standing(invitation: Invitation, *, on: date, is_written: bool) -> Standing:
    """How the invitation stands on a day; `is_written` says whether the candidate writes at this stage.

    What has been handed in is read by nobody but those who assess it, so a friend reads only while the
    portfolio is being written. An end and a decline are final; a day that has passed may be moved on.
    """
    if invitation.ended:
        return Standing.ENDED
    if invitation.declined:
        return Standing.DECLINED
    if on > invitation.until:
        return Standing.OVER
    if not is_written:
        return Standing.RESTING
    return Standing.READING if invitation.accepted else Standing.INVITED


def faults_of_asking(asking: Asking, *, on: date) -> tuple[Fault, ...]:
    """Why this person may not be invited; empty when nothing speaks against it."""
    return (*_of_address(asking), *faults_of_terms(until=asking.until, sections=asking.sections, on=on))


def faults_of_terms(*, until: date, sections: int, on: date) -> tuple[Fault, ...]:
    """What is wrong with a last day and a number of sections, at inviting or when they are changed."""
    return tuple(_of_terms(until, sections, on))


def _of_address(asking: Asking) -> Iterator[Fault]:
    if asking.address in asking.own:
        yield fault(Code.MENTOR_OWN_ADDRESS)
    if asking.address in asking.asked:
        yield fault(Code.MENTOR_ASKED_ALREADY, address=asking.address)
    elif len(asking.asked) >= MOST_OPEN:
        yield fault(Code.MENTOR_TOO_MANY, allowed=MOST_OPEN)
    if asking.ever >= MOST_EVER:
        yield fault(Code.MENTOR_TOO_OFTEN, allowed=MOST_EVER)


def _of_terms(until: date, sections: int, on: date) -> Iterator[Fault]:
    if not sections:
        yield fault(Code.MENTOR_NO_SECTION)
    if until < on:
        yield fault(Code.MENTOR_DAY_PAST, date=until.isoformat())
    elif (until - on).days > LONGEST_DAYS:
        yield fault(Code.MENTOR_DAY_FAR, days=LONGEST_DAYS)
