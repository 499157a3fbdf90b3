"""Words as headings use them: folded, without fillers, compared so that a typo does not matter."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

FILLERS = frozenset(
    ("a", "an", "and", "or", "of", "the", "in", "to", "for", "with", "on", "your", "my", "our", "their",
     "use", "using", "including", "e", "g", "eg", "ie")
)  # fmt: skip
# Our Word template marks what it prints by bookmarks whose names begin so.
PRINTED = "_accredit_"
ALIKE = 0.8
# Names are short: "contents" must not pass for "context".
SAME_NAME = 0.87
_word = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return a text in small letters without accents, with one blank between words."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_word.findall("".join(each for each in bare if not unicodedata.combining(each))))


def tokens(text: str) -> tuple[str, ...]:
    """Return the words that tell one heading from another, singular where an s ends them."""
    return tuple(_stem(word) for word in fold(text).split() if word not in FILLERS)


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=20_000)
def alike(one: str, other: str) -> bool:
    """Say whether two words are the same but for a slip of the finger or an ending."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 4:
        return False
    if one[:5] == other[:5] and min(len(one), len(other)) >= 6:
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def shared(these: Iterable[str], those: Iterable[str]) -> frozenset[str]:
    """Return which of `these` words have one alike among `those`."""
    others = tuple(those)
    return frozenset(word for word in these if any(alike(word, other) for other in others))


def fingerprint(text: str) -> str:
    """Return a mark by which a text that we printed is known again while nobody has written over it."""
    return hashlib.sha256(fold(text).encode()).hexdigest()[:16]


def is_named(text: str, names: Iterable[str]) -> bool:
    """Say whether the text is one of the names, or begins with one and goes on with little."""
    words = tokens(text)
    return any(_begins(words, tokens(name)) for name in names)


def _begins(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    if not name or len(words) < len(name) or len(words) > len(name) + 4:
        return False
    return all(_same(word, other) for word, other in zip(words, name, strict=False))


def _same(one: str, other: str) -> bool:
    return one == other or (
        min(len(one), len(other)) >= 5 and SequenceMatcher(None, one, other).ratio() >= SAME_NAME
    )
