"""The draft under lock: everything that is checked before a word of it changes."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Portfolio
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.framework import Edition
from accredit.rulebook.workflow import EDITABLE, Role, Stage
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Clash, refuse

MOST_CHARACTERS = 200_000
_is_web_address = URLValidator(schemes=["http", "https"])
_WRITERS = frozenset({Role.CANDIDATE, Role.OFFICE, Role.SYSTEM})


@dataclass(frozen=True)
class Desk:
    """A locked portfolio with its registration as it stands now and its rules."""

    portfolio: Portfolio
    registration: Registration
    rules: Edition

    def require_open(self, slot: str) -> None:
        """Refuse a change of a slot that the round does not open."""
        slots = self.portfolio.open_slots
        if slots is not None and slot not in slots:
            refuse(Code.SECTION_NOT_OPEN, section=slot, title=self.rules.slot_title(slot))

    def require_whole(self) -> None:
        """Refuse a change of what the portfolio consists of while only named slots are open."""
        if self.portfolio.open_slots is not None:
            refuse(Code.STRUCTURE_FIXED)

    def require_version(self, current: int, expected: int | None) -> None:
        """Raise a clash when somebody has saved since the caller read; None does not ask."""
        if expected is not None and current != expected:
            raise Clash(fault(Code.CLASH))

    def today(self, at: datetime) -> date:
        """Return the day it is where the scheme is."""
        return at.astimezone(ZoneInfo(self.registration.scheme.time_zone)).date()


def lock(portfolio: int, *, by: Actor) -> Desk:
    """Lock a portfolio and read its registration after that: two writers come one after the other.

    Refused to a candidate whose portfolio it is not, and to everybody but the office.
    """
    locked = Portfolio.objects.select_for_update(of=("self",)).get(pk=portfolio)
    registration = Registration.objects.select_related("edition", "scheme").get(pk=locked.registration_id)
    locked.registration = registration
    if by.role not in _WRITERS or (by.role is Role.CANDIDATE and by.person != registration.person_id):
        refuse(Code.NOT_YOURS)
    return Desk(locked, registration, rules_of(registration.edition))


def open_desk(portfolio: int, *, by: Actor) -> Desk:
    """Lock a portfolio for writing; refused in a stage in which nothing is written."""
    desk = lock(portfolio, by=by)
    if Stage(desk.registration.stage) not in EDITABLE:
        refuse(Code.DRAFT_CLOSED, stage=desk.registration.stage)
    return desk


def line(text: str, *, at_most: int) -> str:
    """Return a text of one line without blanks around it; refused when longer than its column."""
    return bounded(" ".join(text.replace("\x00", "").split()), at_most)


def long_text(text: str) -> str:
    """Return a plain text without what no database keeps; refused when it is a book."""
    return bounded(text.replace("\x00", "").strip(), MOST_CHARACTERS)


def bounded(text: str, at_most: int) -> str:
    """Return the text; refused when it is longer than that."""
    if len(text) > at_most:
        refuse(Code.TEXT_TOO_LONG, have=len(text), allowed=at_most)
    return text


def web_address(text: str) -> str:
    """Return an address of the web, `https` where no scheme was typed; refused when it is none."""
    address = line(text, at_most=1000)
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    try:
        _is_web_address(address)
    except ValidationError:
        refuse(Code.ADDRESS_NOT_WEB, address=address[:200])
    return address
