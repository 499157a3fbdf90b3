"""What stands between one assessor and one candidate, in words."""

from dataclasses import dataclass
from datetime import date

from accredit.assessments.models import DismissedConflict
from accredit.assessments.queries import interests_between, set_aside_between
from accredit.people.models import Profile
from accredit.registrations.models import Registration
from accredit.rulebook.interest import NEVER_SET_ASIDE
from accredit.web.ui.formats import day
from accredit.wording import sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One conflict: what it is, until when it counts, and whether it was set aside."""

    kind: str
    found: str
    text: str
    until: str
    may_be_set_aside: bool
    aside: DismissedConflict | None


def lines(registration: Registration, person: Profile, on: date) -> list[Line]:
    """Return every conflict between the two on a day; six queries."""
    aside = set_aside_between(registration, person.pk)
    return [
        Line(
            kind=each.fault.code.value,
            found=each.found,
            text=sentence(each.fault),
            until=day(each.until),
            may_be_set_aside=each.fault.code not in NEVER_SET_ASIDE,
            aside=aside.get(each.key),
        )
        for each in interests_between(registration, person.pk, on)
    ]
