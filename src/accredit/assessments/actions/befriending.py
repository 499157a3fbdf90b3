"""Becoming a critical friend: refused to who has a place among the assessors."""

from datetime import datetime

from accredit.assessments.models import Appointment
from accredit.portfolios.actions import bind_mentor
from accredit.portfolios.models import Mentor
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse


@action
def accept_mentoring(mentor: Mentor, *, by: Actor, at: datetime) -> Mentor:
    """Accept an invitation; from then on the person is a conflict of interest for this portfolio.

    Refused as `bind_mentor` says, and to an assessor of any round: they would read the draft of what they
    judge. The candidate learns nothing of that refusal, so nobody finds out an assessor by inviting them.
    """
    found = bind_mentor(mentor, by=by, at=at)
    # Behind the portfolio's lock, and only while it is written: no panel is being appointed.
    places = Appointment.objects.filter(person_id=by.person, ended_at=None)
    if places.filter(panel__registration_id=found.portfolio.registration_id).exists():
        refuse(Code.MENTOR_ASSESSES)
    return found
