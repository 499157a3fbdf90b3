"""Reading assessors, panels, assessments and outcomes."""

from accredit.assessments.queries.assessors import (
    PanelCandidate,
    assessor_of,
    candidates_for_panel,
    close_to,
    completed_by,
    conflicts_declared,
    willing,
)
from accredit.assessments.queries.clock import on_the_clock, tick_stands, ticks_due, unanswered
from accredit.assessments.queries.forms import AssessmentContent, content_of, facts_of
from accredit.assessments.queries.judging import (
    Judged,
    Offer,
    assessors_and_candidate,
    conflicts_of,
    facts_of_assessors,
    interests_between,
    judged,
    set_aside_between,
)
from accredit.assessments.queries.panels import (
    earlier_effects,
    edition_for,
    edition_of,
    first_panel,
    free_seats,
    outcome_of,
    outcomes_open,
    panel_of,
    panels,
    round_of,
    rows_of,
    rule_of_panel,
    seats_for,
    slots_of,
    standing_proposal,
)
from accredit.assessments.queries.seeing import (
    SeatProgress,
    SeenAssessment,
    has_left,
    is_in,
    is_open_to,
    places_of,
    progress,
    thread_of,
    visible_assessments,
)
from accredit.assessments.queries.transcript import Transcript, results_of, transcript_of
from accredit.assessments.queries.work import (
    Next,
    Work,
    done_by,
    in_hand,
    invitations_of,
    is_proposer,
    own_appointment,
    work_of,
)

__all__ = [
    "AssessmentContent", "Judged", "Next", "Offer", "PanelCandidate", "SeatProgress", "SeenAssessment",
    "Transcript", "Work", "assessor_of", "assessors_and_candidate", "candidates_for_panel", "close_to",
    "completed_by", "conflicts_declared", "conflicts_of", "content_of", "done_by", "earlier_effects",
    "edition_for", "edition_of", "facts_of", "facts_of_assessors", "first_panel", "free_seats", "has_left",
    "in_hand", "interests_between", "invitations_of", "is_in", "is_open_to", "is_proposer", "judged",
    "on_the_clock", "outcome_of", "outcomes_open", "own_appointment", "panel_of", "panels", "places_of",
    "progress", "results_of", "round_of", "rows_of", "rule_of_panel", "seats_for", "set_aside_between",
    "slots_of", "standing_proposal", "thread_of", "tick_stands", "ticks_due", "transcript_of", "unanswered",
    "visible_assessments", "willing", "work_of",
]  # fmt: skip
