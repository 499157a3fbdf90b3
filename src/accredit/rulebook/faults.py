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
    SAME_BY_ADDRESS = "same_by_address"  # institution, years
    TOO_FEW_ASSESSMENTS_TO_LEAD = "too_few_assessments_to_lead"  # have, needed
    LEAD_NOT_CONFIRMED = "lead_not_confirmed"
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
    # People, fees, editions and awards.
    PROFILE_INCOMPLETE = "profile_incomplete"
    STAY_ENDS_BEFORE_START = "stay_ends_before_start"  # institution
    ADDRESS_TAKEN = "address_taken"  # address
    ALREADY_REGISTERED = "already_registered"
    EXTENSION_NOT_LATER = "extension_not_later"  # date
    FEE_NOT_OFFERED = "fee_not_offered"
    PAYMENT_AMOUNT = "payment_amount"
    PAYMENT_RECORDED = "payment_recorded"  # reference
    EDITION_UNREADABLE = "edition_unreadable"  # problems
    EDITION_TAKEN = "edition_taken"  # edition
    AWARD_ENDS_BEFORE_ISSUE = "award_ends_before_issue"
    NUMBER_TAKEN = "number_taken"  # number
    AWARD_CHANGE_NOT_OPEN = "award_change_not_open"  # standing, change
    AWARD_NAME_MISSING = "award_name_missing"
    # Files that come in. Values: name.
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"  # allowed (MB)
    FILE_KIND_NOT_OPEN = "file_kind_not_open"  # kinds
    FILE_IS_HEIC = "file_is_heic"
    FILE_NOT_WHAT_IT_SAYS = "file_not_what_it_says"  # kind
    FILE_DAMAGED = "file_damaged"
    FILE_UNPACKS_TOO_LARGE = "file_unpacks_too_large"
    FILE_HOLDS_MACROS = "file_holds_macros"
    FILE_NOT_UTF8 = "file_not_utf8"
    # The draft of a portfolio.
    NOT_YOURS = "not_yours"
    DRAFT_CLOSED = "draft_closed"  # stage
    STRUCTURE_FIXED = "structure_fixed"
    ENTRY_REMOVED = "entry_removed"
    ENTRIES_FULL = "entries_full"  # title, allowed
    ENTRIES_NEEDED = "entries_needed"  # title, needed
    CHOICE_UNKNOWN = "choice_unknown"  # value
    TEXT_TOO_LONG = "text_too_long"  # have, allowed (characters)
    ADDRESS_NOT_WEB = "address_not_web"  # address
    TITLE_MISSING = "title_missing"
    EVIDENCE_EMPTY = "evidence_empty"
    EVIDENCE_UNKNOWN = "evidence_unknown"
    EVIDENCE_IN_CLOSED_SECTION = "evidence_in_closed_section"  # title, section
    PORTFOLIO_FULL = "portfolio_full"  # have, allowed (MB)
    NAME_MISSING = "name_missing"
    # Writing: versions, notes.
    NOTE_EMPTY = "note_empty"
    NOTES_FULL = "notes_full"  # allowed
    # Guidance, plans, shared examples. Values of advice: section, title.
    WE_NOT_I = "we_not_i"  # example, we, i
    REFLECTION_NONE_YET = "reflection_none_yet"  # example
    REFLECTION_SHORT = "reflection_short"  # example, have, description
    EVIDENCE_REUSED = "evidence_reused"  # piece, evidence (key), elsewhere
    IMAGE_UNDESCRIBED = "image_undescribed"  # piece, evidence (key)
    LINK_SILENT = "link_silent"  # address
    PLAN_DAY_PAST = "plan_day_past"  # date
    PLAN_AFTER_LAST_DAY = "plan_after_last_day"  # date, last (advice)
    PLAN_STEP_AFTER_TARGET = "plan_step_after_target"  # date, target (advice)
    NO_PORTFOLIO_TO_SHARE = "no_portfolio_to_share"
    SECTION_NOT_SHAREABLE = "section_not_shareable"
    # Moving entries and examples, changing the pathway, carrying a portfolio over.
    EXAMPLE_ELSEWHERE = "example_elsewhere"
    EXAMPLES_FULL = "examples_full"  # title, allowed
    EXAMPLES_NOT_ASKED = "examples_not_asked"  # title
    ENTRY_SET_ASIDE = "entry_set_aside"  # title
    PATHWAY_FIXED = "pathway_fixed"
    NOTHING_TO_CARRY = "nothing_to_carry"
    DRAFT_BEGUN = "draft_begun"
    NOT_CARRIED = "not_carried"
    PRACTICE_DAY_MISSING = "practice_day_missing"
    PRACTICE_TO_COME = "practice_to_come"  # date
    CARRIED_UNDECIDED = "carried_undecided"  # section, title
    CARRIED_TO_REWRITE = "carried_to_rewrite"  # section, title
    CARRIED_TOO_OLD = "carried_too_old"  # section, title, date, years
    # Critical friends and cohorts.
    MENTOR_ADDRESS_ODD = "mentor_address_odd"  # address
    MENTOR_OWN_ADDRESS = "mentor_own_address"
    MENTOR_ASKED_ALREADY = "mentor_asked_already"  # address
    MENTOR_TOO_MANY = "mentor_too_many"  # allowed
    MENTOR_TOO_OFTEN = "mentor_too_often"  # allowed
    MENTOR_NO_SECTION = "mentor_no_section"
    MENTOR_DAY_PAST = "mentor_day_past"  # date
    MENTOR_DAY_FAR = "mentor_day_far"  # days
    MENTOR_SENT_JUST_NOW = "mentor_sent_just_now"
    MENTOR_ANSWERED = "mentor_answered"
    MENTOR_OVER = "mentor_over"
    MENTOR_IS_YOURS = "mentor_is_yours"
    MENTOR_IS_ALREADY = "mentor_is_already"
    MENTOR_ASSESSES = "mentor_assesses"
    MENTOR_NOT_READING = "mentor_not_reading"
    COMMENT_EMPTY = "comment_empty"
    COMMENT_PLACE_UNKNOWN = "comment_place_unknown"
    COMMENT_QUOTE_GONE = "comment_quote_gone"
    COMMENT_RESOLVED = "comment_resolved"
    COMMENT_REMOVED = "comment_removed"
    COMMENTS_TOO_MANY = "comments_too_many"  # allowed
    COHORT_CODE_UNKNOWN = "cohort_code_unknown"
    COHORT_JOINED_ALREADY = "cohort_joined_already"  # name
    COHORT_LEFT = "cohort_left"
    # Uploads and the locker. Values: title (of the piece).
    LIMIT_TOO_SMALL = "limit_too_small"  # needed (MB)
    LIMITS_OUT_OF_ORDER = "limits_out_of_order"
    PERIOD_ENDS_BEFORE_START = "period_ends_before_start"
    PERMISSION_UNSAID = "permission_unsaid"  # advice: title
    CAPTIONS_NOT_OPEN = "captions_not_open"  # name
    UPLOADS_TOO_MANY = "uploads_too_many"  # allowed
    UPLOAD_GONE = "upload_gone"
    UPLOAD_NOT_THERE = "upload_not_there"  # name, have, needed (bytes)
    UPLOAD_OUT_OF_STEP = "upload_out_of_step"  # name
    UPLOAD_TOO_MUCH = "upload_too_much"  # name
    CAPTIONS_UNREADABLE = "captions_unreadable"  # name, line
    # Links.
    LINKS_NOT_CHECKED_HERE = "links_not_checked_here"
    LINKS_ASKED_JUST_NOW = "links_asked_just_now"  # minutes
    LINKS_NONE = "links_none"
    # Documents that come in. Values: name.
    IMPORT_FORM_UNKNOWN = "import_form_unknown"
    IMPORT_OLD_WORD = "import_old_word"
    IMPORT_PASSWORD = "import_password"  # noqa: S105 - a refusal
    IMPORT_PATHS = "import_paths"
    IMPORT_DECLARATIONS = "import_declarations"
    IMPORT_TOO_DEEP = "import_too_deep"
    IMPORT_TOO_LONG = "import_too_long"  # have, allowed (characters)
    IMPORT_PICTURES_MANY = "import_pictures_many"  # have, allowed
    IMPORT_NO_PAGE = "import_no_page"
    IMPORT_NOTHING = "import_nothing"
    IMPORT_OVERRAN = "import_overran"
    IMPORT_UNREADABLE = "import_unreadable"
    IMPORT_NOT_READ_YET = "import_not_read_yet"
    IMPORT_DROPPED = "import_dropped"
    IMPORT_TAKEN = "import_taken"
    IMPORT_PICTURES_GONE = "import_pictures_gone"
    IMPORT_NOTHING_CHOSEN = "import_nothing_chosen"
    IMPORTS_WAITING = "imports_waiting"  # allowed
    IMPORTS_FULL = "imports_full"  # have, allowed (MB)
    # Documents that go out. Values of remarks: what.
    EXPORT_FORM_UNKNOWN = "export_form_unknown"  # value
    EXPORT_OVERRAN = "export_overran"
    EXPORT_BROKE = "export_broke"
    EXPORT_FILES_LOST = "export_files_lost"  # what (names)
    EXPORT_GLYPHS = "export_glyphs"  # what (characters)
    EXPORT_PROFILE = "export_profile"  # what (the compiler's words)
    RESTORE_NOT_OURS = "restore_not_ours"  # where
    # Submissions and their check.
    ALREADY_SUBMITTED = "already_submitted"
    REVISION_OVERDUE = "revision_overdue"  # date
    CHECK_BEGUN = "check_begun"
    WINDOW_SINCE_CLOSED = "window_since_closed"
    SUBMISSION_SET_ASIDE = "submission_set_aside"
    # Panels, assessments, agreement and release. Values: name (of an assessor).
    NOT_AN_ASSESSOR = "not_an_assessor"  # name
    ALREADY_VOLUNTEERED = "already_volunteered"
    NUMBER_TOO_SMALL = "number_too_small"  # needed
    HAS_LEFT_PANEL = "has_left_panel"  # name
    SEAT_TAKEN = "seat_taken"  # seat
    SEAT_NOT_FREE = "seat_not_free"  # seat
    DUE_DATE_PAST = "due_date_past"  # date
    INVITATION_ENDED = "invitation_ended"
    ALREADY_DECLINED = "already_declined"
    NOT_ACCEPTED_YET = "not_accepted_yet"
    ASSESSMENT_IN = "assessment_in"
    ASSESSMENTS_ALL_IN = "assessments_all_in"
    ASSESSMENT_NOT_IN = "assessment_not_in"
    PROPOSAL_NOT_YOURS = "proposal_not_yours"
    PROPOSAL_REPLACED = "proposal_replaced"
    ALREADY_REPLIED = "already_replied"
    FEEDBACK_MISSING = "feedback_missing"
    RELEASE_DONE = "release_done"
    MESSAGE_EMPTY = "message_empty"
    MESSAGE_TOO_LONG = "message_too_long"  # have, allowed
    # Samples for a second look.
    DAYS_END_BEFORE_START = "days_end_before_start"
    NOTHING_DECIDED = "nothing_decided"
    FINDING_MISSING = "finding_missing"
    # Appeals.
    APPEALS_NOT_OPEN = "appeals_not_open"
    APPEAL_AGAINST_PASS = "appeal_against_pass"  # noqa: S105 - a fault
    APPEAL_TOO_LATE = "appeal_too_late"  # date
    APPEALED_ALREADY = "appealed_already"
    APPEAL_BESIDE_ANOTHER = "appeal_beside_another"
    APPEAL_ENDED = "appeal_ended"
    APPEAL_WORDS_MISSING = "appeal_words_missing"
    GROUND_MISSING = "ground_missing"
    GROUND_UNKNOWN = "ground_unknown"  # ground
    REVIEWER_HAD_PART = "reviewer_had_part"  # name
    SAT_ON_APPEALED = "sat_on_appealed"
    CONFLICT_ON_SELF = "conflict_on_self"
    CONFLICT_SETTLED = "conflict_settled"
    OWN_DECISION = "own_decision"
    NO_AWARD_TO_SHOW = "no_award_to_show"
    # Conflicts of interest, institutions, what assessors offer.
    UNWILLING = "unwilling"  # pathway
    YEAR_FULL = "year_full"  # have, allowed
    AWAY = "away"  # month
    CONFLICT_ENDS_BEFORE = "conflict_ends_before"  # date
    INSTITUTION_NAMELESS = "institution_nameless"
    INSTITUTION_NAME_TAKEN = "institution_name_taken"  # name
    INSTITUTION_PART_OF_ITSELF = "institution_part_of_itself"
    DOMAIN_UNREADABLE = "domain_unreadable"  # domain
    DOMAIN_TAKEN = "domain_taken"  # domain
    NAMED_TOO_MANY = "named_too_many"  # allowed
    INTEREST_UNKNOWN = "interest_unknown"
    # Draft panels and runs of the allocation.
    PANELS_DRAFTED = "panels_drafted"
    DRAFT_ENDED = "draft_ended"
    DRAFT_EMPTY = "draft_empty"
    DRAFT_CHANGED = "draft_changed"
    DRAFT_HAS_FAULTS = "draft_has_faults"  # panels
    NOT_IN_DRAFT = "not_in_draft"
    SEAT_STANDS = "seat_stands"
    MEMBER_NOT_NAMED = "member_not_named"
    SWAP_ON_ONE_PANEL = "swap_on_one_panel"
    RUN_UNDER_WAY = "run_under_way"
    RUN_OUT_OF_TIME = "run_out_of_time"
    RUN_OVERRAN = "run_overran"
    RUN_BROKE = "run_broke"
    WEIGHT_OUT_OF_RANGE = "weight_out_of_range"  # allowed
    TABLE_UNREADABLE = "table_unreadable"  # what
    TABLE_ROW = "table_row"  # row, what


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
