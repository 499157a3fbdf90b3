"""What happens to portfolios and their submissions."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SubmissionMade:
    """A frozen copy has been handed in."""

    submission: int
    registration: int


@dataclass(frozen=True, slots=True)
class SubmissionTakenBack:
    """The candidate has taken a submission back before it was looked at."""

    submission: int
    registration: int


@dataclass(frozen=True, slots=True)
class SubmissionReturned:
    """The office has returned a submission for correction; the check holds the reasons."""

    submission: int
    registration: int
    check: int


@dataclass(frozen=True, slots=True)
class SubmissionAccepted:
    """The office has found a submission complete; in a review round the readers are to be seated."""

    submission: int
    registration: int
    round_kind: str


@dataclass(frozen=True, slots=True)
class LinksWanted:
    """Somebody wants to know now what the links of a draft answer."""

    portfolio: int


@dataclass(frozen=True, slots=True)
class PortfolioReopened:
    """A referral has opened slots of the draft for revision."""

    portfolio: int
    registration: int


@dataclass(frozen=True, slots=True)
class MentorInvited:
    """Somebody has been asked, or asked again, to be a critical friend."""

    mentor: int


@dataclass(frozen=True, slots=True)
class MentorAnswered:
    """They have accepted or declined."""

    mentor: int
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class MentorChanged:
    """The candidate has chosen other sections or another last day."""

    mentor: int
    at: datetime


@dataclass(frozen=True, slots=True)
class CommentWritten:
    """A critical friend has commented on a passage."""

    comment: int
    mentor: int
    at: datetime
