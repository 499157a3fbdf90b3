"""What happens to registrations."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Registered:
    """A person has registered for a pathway."""

    registration: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A registration has changed its stage; `trail` is the row that says so."""

    registration: int
    move: str
    source: str
    target: str
    trail: int


@dataclass(frozen=True, slots=True)
class RoundBegun:
    """A referral has opened a new round."""

    registration: int
    round: int


@dataclass(frozen=True, slots=True)
class Extended:
    """A registration, or its revision, has been given more time at this moment."""

    registration: int
    at: datetime


@dataclass(frozen=True, slots=True)
class PathwayChanged:
    """A candidate seeks another pathway from this moment on; `trail` is the row that says so."""

    registration: int
    before: str
    after: str
    trail: int
    at: datetime
