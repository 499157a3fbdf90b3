"""What happens to panels, assessments and outcomes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PanelAppointed:
    """All seats of a panel are filled and its members invited."""

    panel: int


@dataclass(frozen=True, slots=True)
class Invited:
    """A person has been invited to a seat."""

    appointment: int


@dataclass(frozen=True, slots=True)
class LeadConfirmed:
    """The office has said that an assessor may lead panels."""

    assessor: int


@dataclass(frozen=True, slots=True)
class RunAsked:
    """The allocation is to work out the panels of a draft."""

    run: int


@dataclass(frozen=True, slots=True)
class SeatEnded:
    """A person has left a panel: declined, was replaced, or the registration ended."""

    appointment: int
    why: str


@dataclass(frozen=True, slots=True)
class AssessmentSubmitted:
    """One assessment is in. Only the office may learn of it before all are."""

    assessment: int


@dataclass(frozen=True, slots=True)
class AssessmentReopened:
    """An assessor has taken an assessment back before the last one was in."""

    assessment: int


@dataclass(frozen=True, slots=True)
class AssessmentsCompared:
    """All first assessments of a panel are in; its members see each other's from now on."""

    panel: int


@dataclass(frozen=True, slots=True)
class PanelEscalated:
    """A rule of the edition has called somebody else to a panel."""

    panel: int


@dataclass(frozen=True, slots=True)
class PanelMessageSent:
    """A member of a panel has written to the others."""

    message: int


@dataclass(frozen=True, slots=True)
class OutcomeProposed:
    """A member of a panel has proposed its outcome."""

    proposal: int


@dataclass(frozen=True, slots=True)
class ProposalAnswered:
    """A member has agreed or disagreed with the standing proposal."""

    reply: int


@dataclass(frozen=True, slots=True)
class OutcomeDecided:
    """A panel, moderator or reader has decided; held until the office releases it."""

    outcome: int


@dataclass(frozen=True, slots=True)
class OutcomeRatified:
    """The committee has confirmed an outcome."""

    outcome: int


@dataclass(frozen=True, slots=True)
class OutcomeReleased:
    """The candidate may now know the outcome."""

    outcome: int
    registration: int


@dataclass(frozen=True, slots=True)
class AppealMade:
    """A candidate has appealed against a result; the office looks at it first."""

    appeal: int


@dataclass(frozen=True, slots=True)
class AppealAdmitted:
    """The office has given an appeal to a reviewer; `instead_of` is the person who had it before."""

    appeal: int
    instead_of: int | None = None


@dataclass(frozen=True, slots=True)
class AppealEnded:
    """An appeal is decided, turned away or withdrawn."""

    appeal: int


@dataclass(frozen=True, slots=True)
class ConflictNamed:
    """A candidate has named somebody who should not assess them."""

    named: int


@dataclass(frozen=True, slots=True)
class ConflictDeclared:
    """A conflict of interest stands between two persons."""

    conflict: int
