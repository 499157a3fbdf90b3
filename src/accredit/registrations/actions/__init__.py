"""Writing registrations: opening, moving and changing them, their cohorts and windows."""

from accredit.registrations.actions.changing import (
    begin_again,
    begin_round,
    change_pathway,
    extend,
    give_back,
)
from accredit.registrations.actions.cohorts import (
    agree_to_show,
    close_cohort,
    found_cohort,
    join_cohort,
    leave_cohort,
)
from accredit.registrations.actions.moving import expire, expire_if_overdue, move, open_registration, withdraw
from accredit.registrations.actions.windows import set_window

__all__ = [
    "agree_to_show",
    "begin_again",
    "begin_round",
    "change_pathway",
    "close_cohort",
    "expire",
    "expire_if_overdue",
    "extend",
    "found_cohort",
    "give_back",
    "join_cohort",
    "leave_cohort",
    "move",
    "open_registration",
    "set_window",
    "withdraw",
]
