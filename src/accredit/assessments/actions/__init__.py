"""Writing panels, assessments and outcomes."""

from accredit.assessments.actions.agreeing import propose, reply
from accredit.assessments.actions.answering import accept_invitation, decline
from accredit.assessments.actions.appointing import (
    appoint,
    appoint_third,
    end_panel,
    fill_seat,
    replace,
    seat_readers,
)
from accredit.assessments.actions.assessing import reopen_assessment, save_assessment, submit_assessment
from accredit.assessments.actions.assessors import (
    declare_conflict,
    dismiss_conflict,
    pause,
    record_past_assessments,
    volunteer,
)
from accredit.assessments.actions.befriending import accept_mentoring
from accredit.assessments.actions.deciding import edit_feedback, moderate, ratify, read_review, remit
from accredit.assessments.actions.following import on_moved, on_submission_accepted
from accredit.assessments.actions.interest import restore_conflict, set_conflict_aside
from accredit.assessments.actions.releasing import release
from accredit.assessments.queries import AssessmentContent

__all__ = [
    "AssessmentContent", "accept_invitation", "accept_mentoring", "appoint", "appoint_third",
    "declare_conflict", "decline", "dismiss_conflict", "edit_feedback", "end_panel", "fill_seat",
    "moderate", "on_moved", "on_submission_accepted", "pause", "propose", "ratify", "read_review",
    "record_past_assessments", "release", "remit", "reopen_assessment", "replace", "reply",
    "restore_conflict", "save_assessment", "seat_readers", "set_conflict_aside", "submit_assessment",
    "volunteer",
]  # fmt: skip
