"""The draft a candidate writes, what belongs to it, and the frozen copies they submit."""

from accredit.portfolios.models.examples import EntryVersion, Example, Use
from accredit.portfolios.models.links import Link
from accredit.portfolios.models.locker import Evidence, Visibility
from accredit.portfolios.models.mentoring import Comment, Mentor
from accredit.portfolios.models.planning import Carried, Note, Plan
from accredit.portfolios.models.portfolio import Entry, Portfolio
from accredit.portfolios.models.submissions import Check, Snapshot, Submission, SubmittedFile

__all__ = [
    "Carried",
    "Check",
    "Comment",
    "Entry",
    "EntryVersion",
    "Evidence",
    "Example",
    "Link",
    "Mentor",
    "Note",
    "Plan",
    "Portfolio",
    "Snapshot",
    "Submission",
    "SubmittedFile",
    "Use",
    "Visibility",
]
