"""What happens to schemes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditionPublished:
    """An edition's document has been stored for good."""

    edition: int
