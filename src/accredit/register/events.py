"""What happens to the register of holders."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """A holder has agreed to stand in the public register."""

    entry: int


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """A holder no longer wants to stand in the public register."""

    entry: int
