"""Whether a notice may still go out: the world may have moved on since it was planned."""

from accredit.assessments.queries import tick_stands
from accredit.notices.models import Notice
from accredit.notices.queries import ON_THE_CLOCK
from accredit.portfolios.models import Mentor, Plan
from accredit.portfolios.queries import plan_of
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import EDITABLE

PARTS_OF_TICK = 3  # what, days, the day counted from


def unwanted_because(notice: Notice) -> str:
    """Return why a planned reminder is no longer wanted, or nothing."""
    if notice.kind == "expiry_reminder" and notice.registration:
        return _warning_is_idle(notice.key, notice.registration)
    if notice.kind == "nudge":
        return _nudge_is_idle(notice)
    if notice.kind in ON_THE_CLOCK:
        return _clock_moved_on(notice)
    if notice.kind in ("mentor_invited", "comments_written"):
        return _friendship_moved_on(notice)
    return ""


def _friendship_moved_on(notice: Notice) -> str:
    _kind, key, which = notice.key.split(":", 2)
    mentor = Mentor.objects.get(pk=int(key))
    if notice.kind == "comments_written":
        is_there = mentor.comments.filter(removed_at=None, resolved_at=None).exists()
        return "" if is_there else "no comment waits any more"
    if mentor.ended_at or mentor.declined_at or mentor.accepted_at:
        return "the invitation has been answered or ended"
    return "" if which == mentor.invited_at.isoformat() else "a newer letter has been sent"


def _warning_is_idle(key: str, registration: Registration) -> str:
    if registration.stage not in EDITABLE:
        return "the portfolio has been handed in"
    if registration.round > 1:
        return "a revision has a last day of its own"
    return "" if key.endswith(f":{registration.expires_on.isoformat()}") else "more time has been given"


def _nudge_is_idle(notice: Notice) -> str:
    if notice.registration and notice.registration.stage not in EDITABLE:
        return "the portfolio is not being written"
    plan = plan_of(int(notice.key.split(":")[1]))
    if plan is None or plan.nudge == Plan.Nudge.NEVER:
        return "they asked for no more letters"
    # Ticking a step off rests the letters until another one is chosen.
    return "" if plan.nudge_due_on else "the step has been done"


def _clock_moved_on(notice: Notice) -> str:
    _kind, appointment, *tick = notice.key.split(":")
    if len(tick) < PARTS_OF_TICK:
        return "the edition's clock reminds in its place"
    key = ":".join(tick[:PARTS_OF_TICK])
    return "" if tick_stands(int(appointment), key) else "it has been answered, handed in, moved or ended"
