"""What a candidate says about one piece of evidence: the same shape in forms, rows and imports."""

from dataclasses import dataclass, fields
from datetime import date

from accredit.portfolios.models import Evidence, Visibility


@dataclass(frozen=True)
class PieceContent:
    """Everything of a piece that a save replaces, but its files; `address` is a link's, `text` a text's.

    The period is that of the practice shown, a single day when both ends are equal. `permission` says how
    the `others` agreed to be shown: a value of `Evidence.Permission`, or nothing said.
    """

    title: str
    shows: str = ""
    alt: str = ""
    visibility: str = Visibility.ALL
    practised_from_on: date | None = None
    practised_until_on: date | None = None
    contribution: str = ""
    others: str = ""
    permission: str = ""
    address: str = ""
    text: str = ""


PIECE_FIELDS = tuple(each.name for each in fields(PieceContent))


def content_of_piece(evidence: Evidence) -> PieceContent:
    """Return what is said about a piece now; saving it again changes nothing."""
    return PieceContent(**{name: getattr(evidence, name) for name in PIECE_FIELDS})
