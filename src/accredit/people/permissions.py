"""Which given roles a person holds."""

from accredit.people.models import RoleHeld


def has_role(person: int | None, role: str) -> bool:
    """Say whether the body has given this person this role."""
    return person is not None and RoleHeld.objects.filter(person_id=person, role=role, ended_at=None).exists()
