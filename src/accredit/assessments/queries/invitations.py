"""The link in an invitation with which somebody may decline without signing in."""

from django.utils.crypto import constant_time_compare, salted_hmac

from accredit.assessments.models import Appointment
from accredit.assessments.queries.work import DOCUMENTS


def decline_token(place: Appointment) -> str:
    """Return what the link names: the place, and a secret made anew from the installation's own."""
    return f"{place.pk}-{_secret(place)}"


def _secret(place: Appointment) -> str:
    known = f"{place.pk}:{place.person_id}:{place.invited_at.isoformat()}"
    return salted_hmac("accredit.decline", known, algorithm="sha256").hexdigest()


def place_of_token(token: str) -> Appointment | None:
    """Return the place a link names; None where it names none, or is not ours."""
    key, _dash, secret = token.partition("-")
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    rows = Appointment.objects.select_related(
        "person", "panel__registration__edition", "panel__registration__scheme", "panel__submission__edition"
    )
    found = rows.defer("panel__submission__content", *DOCUMENTS).filter(pk=int(key)).first()
    return found if found is not None and constant_time_compare(_secret(found), secret) else None
