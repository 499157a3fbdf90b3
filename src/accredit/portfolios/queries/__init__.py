"""Reading drafts, what they still lack, what a submission freezes, and submissions."""

from accredit.portfolios.queries.contents import (
    EntryContent,
    ExampleContent,
    clashes_of,
    content_of,
    content_of_version,
    versions_of,
)
from accredit.portfolios.queries.drafts import (
    Draft,
    draft_of,
    entry_at,
    evidence_of,
    portfolio_of,
    registration_of,
    slot_of,
    used_bytes,
)
from accredit.portfolios.queries.freezing import (
    canonical,
    freeze,
    preview_content,
    sha256_of,
    submitted_words,
)
from accredit.portfolios.queries.judging import (
    Task,
    TaskList,
    facts_of,
    facts_of_draft,
    task_list,
    words_of_entry,
)
from accredit.portfolios.queries.submissions import (
    check_of,
    current_submission,
    is_intact,
    last_return,
    submission_of_round,
    submissions_of,
    waiting_for_check,
)

__all__ = [
    "Draft",
    "EntryContent",
    "ExampleContent",
    "Task",
    "TaskList",
    "canonical",
    "check_of",
    "clashes_of",
    "content_of",
    "content_of_version",
    "current_submission",
    "draft_of",
    "entry_at",
    "evidence_of",
    "facts_of",
    "facts_of_draft",
    "freeze",
    "is_intact",
    "last_return",
    "portfolio_of",
    "preview_content",
    "registration_of",
    "sha256_of",
    "slot_of",
    "submission_of_round",
    "submissions_of",
    "submitted_words",
    "task_list",
    "used_bytes",
    "versions_of",
    "waiting_for_check",
    "words_of_entry",
]
