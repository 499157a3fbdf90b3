"""Codes of everything that can be missing, refused or advised, with the values their sentences need."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Every refusal and every piece of advice; `accredit.wording` has one sentence for each."""

    # A portfolio before submission. Values: section (slot), title (of the slot).
    ENTRY_MISSING = "entry_missing"
    ENTRY_SURPLUS = "entry_surplus"  # allowed
    STATEMENT_MISSING = "statement_missing"
    EXAMPLES_TOO_FEW = "examples_too_few"  # have, needed
    EXAMPLES_TOO_MANY = "examples_too_many"  # have, allowed
    DESCRIPTION_MISSING = "description_missing"  # example
    EVIDENCE_MISSING = "evidence_missing"  # example
    REFLECTION_MISSING = "reflection_missing"  # example
    TYPE_MISSING = "type_missing"  # example
    TYPES_TOO_FEW = "types_too_few"  # types, have, needed
    TYPE_NOT_OPEN = "type_not_open"  # example, type
    JURISDICTION_MISSING = "jurisdiction_missing"  # example
    AREA_MISSING = "area_missing"
    PRINCIPLE_TEXT_MISSING = "principle_text_missing"  # principle
    LOCATION_MISSING = "location_missing"
    WORDS_OVER_LIMIT = "words_over_limit"  # have, allowed
    CONFIRMATION_MISSING = "confirmation_missing"
    # The portfolio as a whole.
    PRINCIPLE_UNCOVERED = "principle_uncovered"  # principle, title
    SUMMARY_MISSING = "summary_missing"
    SOURCE_MISSING = "source_missing"
    AS_IT_IS_NOT_OPEN = "as_it_is_not_open"
    CPD_TOO_FEW = "cpd_too_few"  # have, needed
    PATHWAY_UNKNOWN = "pathway_unknown"  # pathway
    # Advice about length. Values: section, title, have.
    WORDS_FEW = "words_few"  # advised
    WORDS_MANY = "words_many"  # advised
    # An assessor for a candidate.
    OWN_PORTFOLIO = "own_portfolio"
    NOT_HOLDER = "not_holder"  # pathway
    SAME_INSTITUTION = "same_institution"  # institution, years
    SAME_PARENT_INSTITUTION = "same_parent_institution"  # institution, years
    TOO_FEW_ASSESSMENTS_TO_LEAD = "too_few_assessments_to_lead"  # have, needed
    AT_CAPACITY = "at_capacity"  # load, capacity
    ASSESSED_EARLIER = "assessed_earlier"
    CONFLICT_DECLARED = "conflict_declared"
    CONFLICT_MENTOR = "conflict_mentor"
    CONFLICT_COORDINATOR = "conflict_coordinator"
    CONFLICT_LINE = "conflict_line"
    # A panel as a whole.
    PANEL_SIZE = "panel_size"  # have, needed
    PANEL_LEADS = "panel_leads"  # have, needed
    PANEL_TWICE = "panel_twice"
    PANEL_ONE_INSTITUTION = "panel_one_institution"  # institution
    # An assessment form. Values: section (row), title.
    MARK_MISSING = "mark_missing"
    MARK_NOT_OPEN = "mark_not_open"  # mark
    ROW_UNKNOWN = "row_unknown"  # section
    COMMENT_MISSING = "comment_missing"
    OVERALL_TOO_SHORT = "overall_too_short"  # have, needed
    OUTCOME_MISSING = "outcome_missing"
    OUTCOME_NOT_OPEN = "outcome_not_open"  # outcome
    REVISIONS_MISSING = "revisions_missing"
    REVISION_UNKNOWN = "revision_unknown"  # section
    ATTEMPTS_EXHAUSTED = "attempts_exhausted"  # limit
    # Stages and dates.
    MOVE_NOT_OPEN = "move_not_open"  # stage, move
    ROLE_NOT_PERMITTED = "role_not_permitted"  # role, move
    WINDOW_CLOSED = "window_closed"
    REGISTRATION_EXPIRED = "registration_expired"  # date
    SECTION_NOT_OPEN = "section_not_open"  # section, title
    REASON_MISSING = "reason_missing"
    CLASH = "clash"


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong or missing; `values` are sorted pairs, so equal faults compare equal."""

    code: Code
    values: tuple[tuple[str, str | int], ...] = ()

    def get(self, name: str) -> str | int | None:
        """The value of that name, or None."""
        return dict(self.values).get(name)


def fault(code: Code, **values: str | int) -> Fault:
    """A fault with its values in a fixed order."""
    return Fault(code, tuple(sorted(values.items())))
