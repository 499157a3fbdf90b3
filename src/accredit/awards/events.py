"""What happens to awards."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AwardGranted:
    """A person has been accredited."""

    award: int
    registration: int


@dataclass(frozen=True, slots=True)
class AwardRecorded:
    """The office has written down an award made before this record began."""

    award: int
