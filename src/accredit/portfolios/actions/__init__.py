"""Writing a portfolio, handing it in, and the office's check of what was handed in."""

from accredit.portfolios.actions.arranging import (
    copy_entry,
    copy_example,
    move_example,
    place_entry,
    place_example,
)
from accredit.portfolios.actions.arriving import add_arrived, begin_upload, change_to_arrived
from accredit.portfolios.actions.carrying import answer_carried, begin_from
from accredit.portfolios.actions.changing import change_pathway
from accredit.portfolios.actions.checking import accept, begin_check, return_for_correction
from accredit.portfolios.actions.commenting import (
    answer_comment,
    change_comment,
    remove_comment,
    reopen_comment,
    resolve_comment,
    write_comment,
)
from accredit.portfolios.actions.handing import (
    confirm,
    hand_over_as_it_is,
    on_registered,
    open_portfolio,
    summarise_changes,
    write_here,
)
from accredit.portfolios.actions.links import ask_again, know_address, know_links, on_moved, record_answer
from accredit.portfolios.actions.locker import (
    add_evidence,
    add_kept,
    change_evidence,
    let_go_of_removed,
    remove_evidence,
)
from accredit.portfolios.actions.mentoring import (
    bind_mentor,
    change_mentoring,
    decline_mentoring,
    end_mentoring,
    invite_mentor,
    send_invitation_again,
)
from accredit.portfolios.actions.notes import change_note, remove_note, tick_note, write_note
from accredit.portfolios.actions.planning import finish_step, save_plan, stop_letters, take_letter
from accredit.portfolios.actions.snapshots import keep_snapshot, plan_snapshots
from accredit.portfolios.actions.submitting import hand_in_as_before, reopen, submit, take_back
from accredit.portfolios.actions.writing import (
    add_entry,
    remove_entry,
    restore_version,
    save_entry,
    settle_clash,
)

__all__ = [
    "accept",
    "add_arrived",
    "add_entry",
    "add_evidence",
    "add_kept",
    "answer_carried",
    "answer_comment",
    "ask_again",
    "begin_check",
    "begin_from",
    "begin_upload",
    "bind_mentor",
    "change_comment",
    "change_evidence",
    "change_mentoring",
    "change_note",
    "change_pathway",
    "change_to_arrived",
    "confirm",
    "copy_entry",
    "copy_example",
    "decline_mentoring",
    "end_mentoring",
    "finish_step",
    "hand_in_as_before",
    "hand_over_as_it_is",
    "invite_mentor",
    "keep_snapshot",
    "know_address",
    "know_links",
    "let_go_of_removed",
    "move_example",
    "on_moved",
    "on_registered",
    "open_portfolio",
    "place_entry",
    "place_example",
    "plan_snapshots",
    "record_answer",
    "remove_comment",
    "remove_entry",
    "remove_evidence",
    "remove_note",
    "reopen",
    "reopen_comment",
    "resolve_comment",
    "restore_version",
    "return_for_correction",
    "save_entry",
    "save_plan",
    "send_invitation_again",
    "settle_clash",
    "stop_letters",
    "submit",
    "summarise_changes",
    "take_back",
    "take_letter",
    "tick_note",
    "write_comment",
    "write_here",
    "write_note",
]
