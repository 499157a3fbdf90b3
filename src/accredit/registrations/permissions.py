"""Who may see and touch a registration as its owner or as the office."""

from django.db.models import QuerySet

from accredit.people.models import RoleHeld
from accredit.people.permissions import has_role
from accredit.registrations.models import Registration


def can_see(person: int | None, registration: Registration) -> bool:
    """Say whether a person may open the registration's own pages: its candidate and the office."""
    return person is not None and (registration.person_id == person or has_role(person, RoleHeld.Name.OFFICE))


def visible_to(person: int | None) -> QuerySet[Registration]:
    """Return the registrations `can_see` allows."""
    rows = Registration.objects.all()
    if has_role(person, RoleHeld.Name.OFFICE):
        return rows
    return rows.filter(person_id=person) if person is not None else rows.none()
