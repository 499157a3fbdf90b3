"""How long a disk will last, if the portfolios go on growing as they have."""

from collections.abc import Sequence


def weekly_growth(added: Sequence[int]) -> int:
    """The mean of the weeks, in bytes, rounded up; weeks before the first file do not count.

    `added` are the bytes that came in each week, the oldest first: a young installation is not made to look
    slow by weeks in which it did not exist.
    """
    first = next((place for place, size in enumerate(added) if size > 0), len(added))
    lived = added[first:]
    return -(-sum(lived) // len(lived)) if lived else 0


def weeks_until_full(free: int, added: Sequence[int]) -> int | None:
    """Whole weeks until `free` bytes are used at that growth; None where nothing grows."""
    growth = weekly_growth(added)
    return max(0, free) // growth if growth > 0 else None
