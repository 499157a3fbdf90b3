"""What happens to people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProfileCompleted:
    """A person has said who they are and where they belong."""

    person: int


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """The body has given a person a role."""

    person: int
    role: str
