"""What is done with imports."""

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
    "bring_in",
    "claim_import",
    "drop_import",
    "note_read",
    "note_unreadable",
    "place_stretches",
    "read_again",
    "take_import",
]
