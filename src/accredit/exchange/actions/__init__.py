"""What is done with imports and exports."""

from accredit.exchange.actions.exports import (
    ask_export,
    ask_reading_copy,
    claim_export,
    fail_export,
    finish_export,
    forget_exports,
    note_progress,
    take_reading_copy,
)
from accredit.exchange.actions.imports import (
    bring_in,
    claim_import,
    drop_import,
    note_read,
    note_unreadable,
    place_stretches,
    read_again,
)
from accredit.exchange.actions.taking import take_import

__all__ = [
    "ask_export",
    "ask_reading_copy",
    "bring_in",
    "claim_export",
    "claim_import",
    "drop_import",
    "fail_export",
    "finish_export",
    "forget_exports",
    "note_progress",
    "note_read",
    "note_unreadable",
    "place_stretches",
    "read_again",
    "take_import",
    "take_reading_copy",
]
