"""The letters between a candidate and their critical friends."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from accredit.frameworks.queries import rules_of
from accredit.notices.actions.delivery import INVITATION, LINK_HERE, MESSAGE_HERE, plan
from accredit.people.models import Profile
from accredit.portfolios.events import CommentWritten, MentorAnswered, MentorChanged, MentorInvited
from accredit.portfolios.models import Mentor
from accredit.toolkit.actions import action

# Somebody who comments writes several: one letter a day, when they have probably done.
GATHER = timedelta(hours=1)


def _mentor(key: int) -> Mentor:
    rows = Mentor.objects.select_related("person", "portfolio__registration__person")
    return rows.select_related("portfolio__registration__edition", "portfolio__registration__scheme").get(
        pk=key
    )


def _about(mentor: Mentor) -> dict[str, object]:
    registration = mentor.portfolio.registration
    rules = rules_of(registration.edition)
    return {
        "scheme": registration.scheme,
        "pathway": rules.pathway(registration.pathway).title,
        "candidate": registration.person.name,
        "friend": (mentor.person.name if mentor.person else "") or mentor.name,
        "mentor": mentor.pk,
        "until_on": mentor.until_on,
    }


@action
def on_mentor_invited(event: MentorInvited) -> None:
    """Ask somebody who may have no account yet; link and message are put in when the letter leaves."""
    mentor = _mentor(event.mentor)
    plan(
        INVITATION,
        person=Profile.objects.filter(email__iexact=mentor.email).first(),
        address=mentor.email,
        registration=mentor.portfolio.registration,
        because="invited as a critical friend",
        key=f"{INVITATION}:{mentor.pk}:{mentor.invited_at.isoformat()}",
        due_at=mentor.invited_at,
        context=_about(mentor) | {"token": LINK_HERE, "message": MESSAGE_HERE},
    )


@action
def on_mentor_answered(event: MentorAnswered) -> None:
    """Tell the candidate who accepted, or that the invited person will not."""
    mentor = _mentor(event.mentor)
    moment = mentor.accepted_at if event.is_accepted else mentor.declined_at
    plan(
        "mentor_accepted" if event.is_accepted else "mentor_declined",
        person=mentor.portfolio.registration.person,
        registration=mentor.portfolio.registration,
        because="a critical friend answered",
        key=f"mentor_answered:{mentor.pk}",
        due_at=moment or mentor.invited_at,
        context=_about(mentor),
    )


@action
def on_mentor_changed(event: MentorChanged) -> None:
    """Tell a friend that other sections, or another last day, have been chosen."""
    mentor = _mentor(event.mentor)
    if mentor.person is not None:
        plan(
            "mentor_changed",
            person=mentor.person,
            registration=mentor.portfolio.registration,
            because="the candidate changed what is open",
            key=f"mentor_changed:{mentor.pk}:{event.at.isoformat()}",
            due_at=event.at,
            context=_about(mentor),
        )


@action
def on_comment_written(event: CommentWritten) -> None:
    """Tell the candidate that there are comments, once a day for each friend; the letter holds none."""
    mentor = _mentor(event.mentor)
    plan(
        "comments_written",
        person=mentor.portfolio.registration.person,
        registration=mentor.portfolio.registration,
        because="a critical friend commented",
        key=f"comments_written:{mentor.pk}:{_day(mentor, event.at)}",
        due_at=event.at + GATHER,
        context=_about(mentor),
    )


def _day(mentor: Mentor, at: datetime) -> str:
    zone = ZoneInfo(mentor.portfolio.registration.scheme.time_zone)
    return at.astimezone(zone).date().isoformat()
