"""Assessors, panels, what each says, and what is decided."""

from accredit.assessments.models.agreeing import (
    Proposal,
    Reply,
)
from accredit.assessments.models.appeals import (
    Appeal,
)
from accredit.assessments.models.assessors import (
    Assessor,
    DeclaredConflict,
    DismissedConflict,
    NamedConflict,
    PastAssessments,
    Seat,
)
from accredit.assessments.models.drafting import (
    Draft,
    DraftPanel,
    DraftSeat,
    ForbiddenPair,
    Run,
)
from accredit.assessments.models.judging import (
    Assessment,
    AssessmentVersion,
    PassageNote,
    Rating,
)
from accredit.assessments.models.outcomes import (
    OVERALL,
    Outcome,
    edit_key,
)
from accredit.assessments.models.panels import (
    Appointment,
    Escalated,
    Panel,
    PanelMessage,
)
from accredit.assessments.models.sampling import (
    Sample,
    Sampled,
)

__all__ = [
    "OVERALL",
    "Appeal",
    "Appointment",
    "Assessment",
    "AssessmentVersion",
    "Assessor",
    "DeclaredConflict",
    "DismissedConflict",
    "Draft",
    "DraftPanel",
    "DraftSeat",
    "Escalated",
    "ForbiddenPair",
    "NamedConflict",
    "Outcome",
    "Panel",
    "PanelMessage",
    "PassageNote",
    "PastAssessments",
    "Proposal",
    "Rating",
    "Reply",
    "Run",
    "Sample",
    "Sampled",
    "Seat",
    "edit_key",
]
