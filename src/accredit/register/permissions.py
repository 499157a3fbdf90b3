"""Who may decide about a place in the register."""

from datetime import date

from accredit.awards.models import Award
from accredit.awards.queries import held_on
from accredit.frameworks.models import Scheme
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import FINAL, Stage


def can_consent(person: int | None, scheme: Scheme, on: date) -> bool:
    """Say whether a person has something to show: an award of the scheme in good standing."""
    return person is not None and held_on(on).filter(person_id=person, scheme=scheme).exists()


def can_share(person: int | None, award: Award, on: date) -> bool:
    """Say whether a person may let candidates read the portfolio behind an award: it is theirs and held."""
    return person == award.person_id and held_on(on).filter(pk=award.pk).exists()


def can_read_examples(person: int | None, registration: Registration) -> bool:
    """Say whether a person may read what holders share: with a registration of their own under way."""
    return person == registration.person_id and Stage(registration.stage) not in FINAL
