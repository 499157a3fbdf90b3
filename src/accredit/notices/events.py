"""What happens to notices."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticePlanned:
    """A notice has been written and waits for its time."""

    notice: int
