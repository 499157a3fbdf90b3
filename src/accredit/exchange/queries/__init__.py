"""Reading imports and exports."""

from accredit.exchange.queries.certificates import certificate_of, check_address, qr_of, undrawable
from accredit.exchange.queries.exports import (
    copy_of,
    exports_of,
    given_up,
    name_of,
    outlived,
    same_asked,
    waiting,
)
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
from accredit.exchange.queries.proposing import (
    Choice,
    added,
    is_same_piece,
    items_of,
    places_of_brought,
    taken,
)
from accredit.exchange.queries.results import paper_of_result
from accredit.exchange.queries.service import Served, paper_of_service

__all__ = [
    "Choice",
    "Proposal",
    "Served",
    "added",
    "certificate_of",
    "check_address",
    "copy_of",
    "exports_of",
    "given_up",
    "given_up_imports",
    "import_of",
    "imports_of",
    "imports_waiting",
    "is_same_piece",
    "items_of",
    "name_of",
    "outline_of",
    "outlived",
    "paper_of_result",
    "paper_of_service",
    "places_of",
    "places_of_brought",
    "proposals_of",
    "qr_of",
    "same_asked",
    "slots_of",
    "taken",
    "undrawable",
    "waiting",
]
