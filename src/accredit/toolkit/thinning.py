"""Which saves of a text are kept as versions: the last of each ten minutes, and none is lost to a slip."""

from collections.abc import Mapping
from datetime import datetime

from accredit.toolkit.richtext import words_in

THINNED_TO_SECONDS = 600


def may_replace(before: object, saved_at: datetime, after: object, at: datetime) -> bool:
    """Say whether a save takes the place of the version before it: of the same ten minutes, and unless it
    drops more than half of the words, which may be a slip."""
    return _same_stretch(saved_at, at) and not loses_half(before, after)


def loses_half(before: object, after: object) -> bool:
    """Say whether a text, or texts by name, has less than half of the words it had."""
    return _size(after) * 2 < _size(before)


def _same_stretch(one: datetime, other: datetime) -> bool:
    return int(one.timestamp()) // THINNED_TO_SECONDS == int(other.timestamp()) // THINNED_TO_SECONDS


def _size(content: object) -> int:
    if isinstance(content, str):
        return words_in(content)
    if isinstance(content, Mapping):
        return sum(_size(value) for value in content.values())
    return sum(_size(value) for value in content) if isinstance(content, list | tuple) else 0
