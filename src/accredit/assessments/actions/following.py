"""What panels do when something happens on the floors below."""

from accredit.assessments.actions.appointing import end_panel, seat_readers
from accredit.assessments.actions.drafting import forget_in_drafts, propose_repair
from accredit.assessments.events import SeatEnded
from accredit.assessments.models import Appointment, Seat
from accredit.portfolios.events import SubmissionAccepted
from accredit.registrations.events import Moved
from accredit.rulebook.workflow import Move, Stage
from accredit.toolkit.actions import action


@action
def on_submission_accepted(event: SubmissionAccepted) -> None:
    """Seat the readers of a review, or the same panel for a reassessment."""
    seat_readers(event.submission)


@action
def on_moved(event: Moved) -> None:
    """End the panel of a registration that is withdrawn; take one that needs no panel any more out of any
    draft."""
    if event.move == Move.WITHDRAW:
        end_panel(event.registration)
    if event.target not in {Stage.APPOINTING, Stage.ASSESSING} or event.move == Move.APPOINT:
        forget_in_drafts(event.registration)


@action
def on_seat_ended(event: SeatEnded) -> None:
    """Have the panel repaired that somebody has left of their own, or whom the office has relieved."""
    place = Appointment.objects.select_related("panel").get(pk=event.appointment)
    if event.why in _LEAVING and place.seat != Seat.THIRD and place.ended_at is not None:
        propose_repair(place.panel.registration_id, at=place.ended_at)


_LEAVING = {
    Appointment.End.DECLINED,
    Appointment.End.CONFLICT,
    Appointment.End.HANDED_BACK,
    Appointment.End.RELIEVED,
}
