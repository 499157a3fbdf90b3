"""Who may decide about a place in the register."""

from datetime import date

from accredit.awards.queries import held_on
from accredit.frameworks.models import Scheme


def can_consent(person: int | None, scheme: Scheme, on: date) -> bool:
    """Say whether a person has something to show: an award of the scheme in good standing."""
    return person is not None and held_on(on).filter(person_id=person, scheme=scheme).exists()
