"""Writing panels, assessments and outcomes."""

from accredit.assessments.actions.agreeing import propose, reply
from accredit.assessments.actions.answering import accept_invitation, decline
from accredit.assessments.actions.appealing import (
    admit_appeal,
    appeal,
    decide_appeal,
    turn_appeal_away,
    withdraw_appeal,
)
from accredit.assessments.actions.appointing import (
    appoint,
    appoint_third,
    end_panel,
    fill_seat,
    relieve,
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
from accredit.assessments.actions.deciding import (
    edit_comment,
    edit_feedback,
    moderate,
    ratify,
    read_review,
    remit,
)
from accredit.assessments.actions.draft_seats import (
    keep_off,
    let_on,
    lock_seat,
    rerun,
    seat_by_hand,
    swap,
    take_table,
)
from accredit.assessments.actions.drafting import (
    add_to_draft,
    draft_panels,
    drop_draft,
    leave_out,
    propose_repair,
)
from accredit.assessments.actions.escalating import escalate_lapsed
from accredit.assessments.actions.following import on_moved, on_seat_ended, on_submission_accepted
from accredit.assessments.actions.interest import restore_conflict, set_conflict_aside
from accredit.assessments.actions.judging import judge_draft
from accredit.assessments.actions.keeping import remove_passage_note, write_passage_note
from accredit.assessments.actions.leading import decide_leads
from accredit.assessments.actions.messaging import write_to_panel
from accredit.assessments.actions.naming import name_conflict, settle_named_conflict
from accredit.assessments.actions.publishing import publish_draft
from accredit.assessments.actions.releasing import recall, release, release_due
from accredit.assessments.actions.running import claim_run, fail_run, finish_run, note_run, stop_run
from accredit.assessments.actions.sampling import draw_sample, record_second_look
from accredit.assessments.queries import AssessmentContent

__all__ = [
    "AssessmentContent",
    "accept_invitation",
    "accept_mentoring",
    "add_to_draft",
    "admit_appeal",
    "appeal",
    "appoint",
    "appoint_third",
    "claim_run",
    "decide_appeal",
    "decide_leads",
    "declare_conflict",
    "decline",
    "dismiss_conflict",
    "draft_panels",
    "draw_sample",
    "drop_draft",
    "edit_comment",
    "edit_feedback",
    "end_panel",
    "escalate_lapsed",
    "fail_run",
    "fill_seat",
    "finish_run",
    "judge_draft",
    "keep_off",
    "leave_out",
    "let_on",
    "lock_seat",
    "moderate",
    "name_conflict",
    "note_run",
    "on_moved",
    "on_seat_ended",
    "on_submission_accepted",
    "pause",
    "propose",
    "propose_repair",
    "publish_draft",
    "ratify",
    "read_review",
    "recall",
    "record_past_assessments",
    "record_second_look",
    "release",
    "release_due",
    "relieve",
    "remit",
    "remove_passage_note",
    "reopen_assessment",
    "replace",
    "reply",
    "rerun",
    "restore_conflict",
    "save_assessment",
    "seat_by_hand",
    "seat_readers",
    "set_conflict_aside",
    "settle_named_conflict",
    "stop_run",
    "submit_assessment",
    "swap",
    "take_table",
    "turn_appeal_away",
    "volunteer",
    "withdraw_appeal",
    "write_passage_note",
    "write_to_panel",
]  # fmt: skip
