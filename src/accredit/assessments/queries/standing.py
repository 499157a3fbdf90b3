"""What an assessor said in an earlier round and still stands in this one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from accredit.assessments.models import Appointment, Assessment
from accredit.assessments.queries.forms import AssessmentContent, content_of
from accredit.assessments.queries.panels import edition_of, rows_of
from accredit.rulebook.decision import standing_rows


def earlier_of(place: Appointment) -> Assessment | None:
    """Return the latest assessment the same person handed in for an earlier round that counts; two queries,
    none in the first round."""
    panel = place.panel
    if panel.round == 1:
        return None
    rows = Assessment.objects.filter(
        appointment__person_id=place.person_id,
        appointment__ended_at=None,
        appointment__panel__registration_id=panel.registration_id,
        appointment__panel__round__lt=panel.round,
        appointment__panel__outcome__set_aside_at=None,
        submitted_at__isnull=False,
    )
    return rows.prefetch_related("ratings").order_by("-appointment__panel__round").first()


def closed_slots(content: Mapping[str, Any]) -> frozenset[str]:
    """Return the slots of a submission that were not open for revision."""
    return frozenset(str(each["slot"]) for each in content["entries"] if not each["open"])


def standing_of(place: Appointment) -> AssessmentContent:
    """Return the marks and comments of the rows that keep what this assessor said before."""
    earlier = earlier_of(place)
    if earlier is None:
        return AssessmentContent()
    said, panel = content_of(earlier), place.panel
    closed = closed_slots(panel.submission.content)
    keys = standing_rows(edition_of(panel), rows_of(panel), said.marks, closed)
    return AssessmentContent(marks=_of(keys, said.marks), comments=_of(keys, said.comments))


def with_standing(content: AssessmentContent, standing: AssessmentContent) -> AssessmentContent:
    """Return what somebody typed with what stands in its place."""
    if not standing.marks:
        return content
    typed = {row: text for row, text in content.comments.items() if row not in standing.marks}
    return replace(
        content, marks={**content.marks, **standing.marks}, comments={**typed, **standing.comments}
    )


def _of(keys: frozenset[str], values: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if key in keys}
