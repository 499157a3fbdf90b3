"""What changed between two texts, word by word and as a list of changes."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from accredit.web.ui.parts import Piece

# A word takes the space behind it along: spaces of their own would match each other everywhere.
_token = re.compile(r"\s+|(?:\w+|[^\w\s])\s*")
# Two texts that share less than this part of their words, and nowhere so many in a row, are two texts: the
# words they happen to share would leave both unreadable.
_SHARED, _IN_A_ROW = 0.3, 6


def compare(old: str, new: str) -> list[Piece]:
    """Return the pieces that lead from `old` to `new`; both are plain text."""
    before, after = _token.findall(old), _token.findall(new)
    matcher = SequenceMatcher(None, _words(before), _words(after))
    if old and new and not _is_one_text(matcher):
        return [Piece("removed", old), Piece("added", new)]
    pieces: list[Piece] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(after[c:d])))
            continue
        pieces += [Piece("removed", "".join(before[a:b]))] if b > a else []
        pieces += [Piece("added", "".join(after[c:d]))] if d > c else []
    return pieces


def _is_one_text(matcher: SequenceMatcher[str]) -> bool:
    longest = max(block.size for block in matcher.get_matching_blocks())
    return longest >= _IN_A_ROW or matcher.ratio() >= _SHARED


def _words(tokens: list[str]) -> list[str]:
    """Return the tokens as they are matched: what space stands behind a word makes no other word of it."""
    return [token.rstrip() for token in tokens]


def changes(pieces: Sequence[Piece]) -> list[Piece]:
    """Return only what was added or removed, for the list beside the text."""
    return [piece for piece in pieces if piece.kind != "same" and piece.text.strip()]
