"""What is done with imports and exports."""

from accredit.exchange.actions.credentials import (
    make_signing_key,
    on_award_given,
    on_award_renamed,
    on_standing_changed,
    sign_credential,
    want_credential,
)
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
    "make_signing_key",
    "note_progress",
    "note_read",
    "note_unreadable",
    "on_award_given",
    "on_award_renamed",
    "on_standing_changed",
    "place_stretches",
    "read_again",
    "sign_credential",
    "take_import",
    "take_reading_copy",
    "want_credential",
]
