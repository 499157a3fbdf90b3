"""Reading imports."""

from accredit.exchange.queries.imports import (
    Proposal,
    given_up_imports,
    import_of,
    imports_of,
    imports_waiting,
    outline_of,
    places_of,
    proposals_of,
    slots_of,
)
from accredit.exchange.queries.proposing import Choice, added, is_same_piece, items_of, taken

__all__ = [
    "Choice",
    "Proposal",
    "added",
    "given_up_imports",
    "import_of",
    "imports_of",
    "imports_waiting",
    "is_same_piece",
    "items_of",
    "outline_of",
    "places_of",
    "proposals_of",
    "slots_of",
    "taken",
]
