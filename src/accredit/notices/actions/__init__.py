"""Writing notices: planning and delivering them, and the letters that follow from events."""

from accredit.notices.actions.clock import remind
from accredit.notices.actions.delivery import claim, mark_failed, mark_sent, plan, suppress, words_of
from accredit.notices.actions.gathering import gather
from accredit.notices.actions.nudging import nudge

__all__ = [
    "claim",
    "gather",
    "mark_failed",
    "mark_sent",
    "nudge",
    "plan",
    "remind",
    "suppress",
    "words_of",
]
