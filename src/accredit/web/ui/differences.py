"""What changed between two texts, word by word and as a list of changes."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from accredit.web.ui.parts import Piece

# A word takes the space behind it along: spaces of their own would match each other everywhere.
_token = re.compile(r"\s+|(?:\w+|[^\w\s])\s*")


def compare(old: str, new: str) -> list[Piece]:
    """Return the pieces that lead from `old` to `new`; both are plain text."""
    before, after = _token.findall(old), _token.findall(new)
    matcher = SequenceMatcher(None, before, after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        pieces += [Piece("removed", "".join(before[a:b]))] if b > a else []
        pieces += [Piece("added", "".join(after[c:d]))] if d > c else []
    return pieces


def changes(pieces: Sequence[Piece]) -> list[Piece]:
    """Return only what was added or removed, for the list beside the text."""
    return [piece for piece in pieces if piece.kind != "same" and piece.text.strip()]
