"""What panels do when something happens on the floors below."""

from accredit.assessments.actions.appointing import end_panel, seat_readers
from accredit.portfolios.events import SubmissionAccepted
from accredit.registrations.events import Moved
from accredit.rulebook.workflow import Move
from accredit.toolkit.actions import action


@action
def on_submission_accepted(event: SubmissionAccepted) -> None:
    """Seat the readers of a review, or the same panel for a reassessment."""
    seat_readers(event.submission)


@action
def on_moved(event: Moved) -> None:
    """End the panel of a registration that is withdrawn."""
    if event.move == Move.WITHDRAW:
        end_panel(event.registration)
