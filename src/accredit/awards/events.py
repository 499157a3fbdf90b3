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


@dataclass(frozen=True, slots=True)
class StandingChanged:
    """The office has suspended, revoked or retired an award, or taken that back; `row` is of the trail."""

    award: int
    change: str
    row: int


@dataclass(frozen=True, slots=True)
class AwardRenamed:
    """The name on an award is another one now; `row` is of the trail."""

    award: int
    row: int
