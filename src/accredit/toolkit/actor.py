"""Who acts: passed into every action as an argument, never found in a global."""

from dataclasses import dataclass

from accredit.rulebook.workflow import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one role, at one network address; `person` is None for the program itself."""

    person: int | None
    role: Role
    address: str = ""
    impersonator: int | None = None


SYSTEM = Actor(person=None, role=Role.SYSTEM)
