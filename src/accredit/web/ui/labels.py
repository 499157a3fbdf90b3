"""How stages, outcomes and ratings look: words, tone and icon, so that colour never speaks alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accredit.rulebook.workflow import Stage


@dataclass(frozen=True, slots=True)
class Look:
    """Words, tone (good, warn, bad, info, calm, accent) and a Lucide icon."""

    text: str | Promise
    tone: str
    icon: str


STAGES = {
    Stage.DRAFTING: Look(_("Being written"), "calm", "pencil-line"),
    Stage.SUBMITTED: Look(_("Submitted"), "info", "send"),
    Stage.CHECKING: Look(_("Being checked"), "info", "list-checks"),
    Stage.RETURNED: Look(_("Returned for correction"), "warn", "undo-2"),
    Stage.APPOINTING: Look(_("Panel being appointed"), "info", "users"),
    Stage.ASSESSING: Look(_("Being assessed"), "info", "book-open-check"),
    Stage.AGREEING: Look(_("Outcome being agreed"), "info", "handshake"),
    Stage.THIRD_ASSESSMENT: Look(_("With a third assessor"), "warn", "user-round-plus"),
    Stage.MODERATING: Look(_("Being moderated"), "warn", "scale"),
    Stage.RATIFYING: Look(_("With the committee"), "info", "gavel"),
    Stage.HELD: Look(_("Ready to release"), "accent", "mail-check"),
    Stage.REVISING: Look(_("Being revised"), "warn", "pencil-ruler"),
    Stage.APPEALING: Look(_("Under appeal"), "warn", "scale"),
    Stage.ACCREDITED: Look(_("Accredited"), "good", "award"),
    Stage.FAILED: Look(_("Not accredited"), "bad", "circle-x"),
    Stage.WITHDRAWN: Look(_("Withdrawn"), "calm", "log-out"),
    Stage.EXPIRED: Look(_("Expired"), "calm", "calendar-x-2"),
}

# A candidate must not learn from a label how the panel fares before the outcome is released.
TO_CANDIDATES = dict.fromkeys(
    (
        Stage.APPOINTING,
        Stage.ASSESSING,
        Stage.AGREEING,
        Stage.THIRD_ASSESSMENT,
        Stage.MODERATING,
        Stage.RATIFYING,
        Stage.HELD,
    ),
    STAGES[Stage.ASSESSING],
)

OUTCOMES = {
    "pass": Look(_("Pass"), "good", "award"),
    "refer_minor": Look(_("Referral, minor revisions"), "warn", "pencil-line"),
    "refer_major": Look(_("Referral, major revisions"), "warn", "pencil-ruler"),
    "fail": Look(_("Fail"), "bad", "circle-x"),
}

APPEALS = {
    "": Look(_("Under way"), "info", "hourglass"),
    "withdrawn": Look(_("Withdrawn"), "calm", "log-out"),
    "turned_away": Look(_("Not admitted"), "warn", "circle-x"),
    "dismissed": Look(_("Dismissed"), "warn", "circle-x"),
    "upheld": Look(_("Upheld"), "good", "circle-check"),
}

TASKS = {
    "ready": Look(_("Ready"), "good", "circle-check"),
    "started": Look(_("Started"), "info", "circle-dot-dashed"),
    "todo": Look(_("Not started"), "calm", "circle-dashed"),
    "attention": Look(_("Needs attention"), "warn", "triangle-alert"),
    "locked": Look(_("Closed"), "calm", "lock"),
    "optional": Look(_("Optional"), "calm", "circle-plus"),
    "aside": Look(_("Set aside"), "calm", "archive"),
}

TONE_ICONS = {
    "good": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
    "info": "info",
    "calm": "circle-dot",
    "accent": "sparkle",
}

MESSAGE_TONES = {"success": "good", "warning": "warn", "error": "bad", "info": "info", "debug": "calm"}


def stage_look(stage: str, audience: str = "") -> Look:
    """Return how a stage looks to this audience."""
    known = Stage(stage)
    return TO_CANDIDATES.get(known, STAGES[known]) if audience == "candidate" else STAGES[known]
