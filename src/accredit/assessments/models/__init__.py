"""Assessors, panels, what each says, what is decided, and how panels are found."""

from accredit.assessments.models.agreeing import (
    Escalation,
    Message,
    Proposal,
    Reply,
)
from accredit.assessments.models.allocating import (
    Draft,
    DraftSeat,
    ForbiddenPair,
    Run,
)
from accredit.assessments.models.assessors import (
    Assessor,
    DeclaredConflict,
    DismissedConflict,
    PastAssessments,
    Seat,
)
from accredit.assessments.models.judging import (
    Assessment,
    AssessmentVersion,
    Copy,
    Note,
    Rating,
)
from accredit.assessments.models.outcomes import (
    Appeal,
    Outcome,
    Release,
)
from accredit.assessments.models.panels import (
    Appointment,
    Panel,
)
from accredit.assessments.models.quality import (
    LeadOffer,
    Sample,
    SecondLook,
)

__all__ = [
    "Appeal",
    "Appointment",
    "Assessment",
    "AssessmentVersion",
    "Assessor",
    "Copy",
    "DeclaredConflict",
    "DismissedConflict",
    "Draft",
    "DraftSeat",
    "Escalation",
    "ForbiddenPair",
    "LeadOffer",
    "Message",
    "Note",
    "Outcome",
    "Panel",
    "PastAssessments",
    "Proposal",
    "Rating",
    "Release",
    "Reply",
    "Run",
    "Sample",
    "Seat",
    "SecondLook",
]
