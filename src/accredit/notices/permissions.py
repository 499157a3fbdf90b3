"""Whether a notice may still go out: the world may have moved on since it was planned."""

from accredit.assessments.models import Appointment
from accredit.notices.models import Notice
from accredit.rulebook.workflow import EDITABLE


def unwanted_because(notice: Notice) -> str:
    """Return why a planned reminder is no longer wanted, or nothing."""
    if notice.kind == "expiry_reminder" and notice.registration:
        return "" if notice.registration.stage in EDITABLE else "the portfolio has been handed in"
    if notice.kind == "assessing_reminder":
        return _assessing_is_over(int(notice.key.rsplit(":", 1)[1]))
    return ""


def _assessing_is_over(appointment: int) -> str:
    row = Appointment.objects.select_related("assessment").get(pk=appointment)
    if row.ended_at:
        return "the appointment has ended"
    assessment = getattr(row, "assessment", None)
    return "the assessment is in" if assessment and assessment.submitted_at else ""
