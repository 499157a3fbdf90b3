"""What an assessment says, as it is typed and as the rules judge it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accredit.assessments.models import Assessment
from accredit.rulebook import facts
from accredit.toolkit.richtext import words_in


@dataclass(frozen=True, slots=True)
class AssessmentContent:
    """The whole form of one assessor: marks and comments by row key, texts, recommended outcome."""

    marks: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    overall: str = ""
    outcome: str = ""
    revise: tuple[str, ...] = ()
    private_notes: str = ""


def as_json(content: AssessmentContent) -> dict[str, object]:
    """Return a form as it is kept as a version."""
    return {
        "marks": dict(content.marks),
        "comments": dict(content.comments),
        "overall": content.overall,
        "outcome": content.outcome,
        "revise": list(content.revise),
        "private_notes": content.private_notes,
    }


def from_json(kept: Mapping[str, Any]) -> AssessmentContent:
    """Return the form a version says."""
    return AssessmentContent(**(dict(kept) | {"revise": tuple(kept["revise"])}))


def content_of(assessment: Assessment) -> AssessmentContent:
    """Return what stands in an assessment; for its author, since it holds the private notes."""
    ratings = list(assessment.ratings.all())
    return AssessmentContent(
        marks={each.row: each.mark for each in ratings if each.mark},
        comments={each.row: each.comment for each in ratings if each.comment},
        overall=assessment.overall,
        outcome=assessment.outcome,
        revise=tuple(assessment.revise),
        private_notes=assessment.private_notes,
    )


def facts_of(content: AssessmentContent) -> facts.Assessment:
    """Return what the rules judge."""
    return facts.Assessment(
        marks={row: mark for row, mark in content.marks.items() if mark},
        comments=frozenset(row for row, text in content.comments.items() if text.strip()),
        overall_words=words_in(content.overall),
        outcome=content.outcome or None,
        revise=frozenset(content.revise),
    )
