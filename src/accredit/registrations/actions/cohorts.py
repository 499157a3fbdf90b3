"""Founding cohorts; joining them, and saying what their coordinators see."""

import secrets
from datetime import datetime

from accredit.frameworks.models import Scheme
from accredit.people.models import Institution, Profile
from accredit.registrations.models import Cohort, CohortPlace, Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import EDITABLE, Role, Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail

# Without letters and digits that are taken for one another.
CODE_LETTERS, CODE_LENGTH = "ABCDEFGHJKMNPQRSTVWXYZ23456789", 8


@action
def found_cohort(
    scheme: Scheme,
    *,
    name: str,
    institution: Institution | None = None,
    coordinator: Profile,
    by: Actor,
    at: datetime,
) -> Cohort:
    """Found a cohort; whoever knows its code joins it, and its coordinator sees what each agrees to."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    made = Cohort.objects.create(
        scheme=scheme,
        name=" ".join(name.split())[:200],
        institution=institution,
        coordinator=coordinator,
        code=code,
        founded_at=at,
    )
    trail.record(
        "cohort_founded", by=by, at=at, subject=made, person=coordinator.pk, words={"name": made.name}
    )
    return made


@action
def close_cohort(cohort: Cohort, *, by: Actor, at: datetime) -> None:
    """Close a cohort: nobody joins it any more, and its coordinator sees nothing. Twice is once."""
    found = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if found.closed_at is None:
        found.closed_at = at
        found.save(update_fields=["closed_at"])
        trail.record("cohort_closed", by=by, at=at, subject=found, person=found.coordinator_id)


@action
def join_cohort(registration: Registration, *, code: str, shows: str, by: Actor, at: datetime) -> CohortPlace:
    """Join the cohort of that code, agreeing to what its coordinator sees.

    Refused for the registration of somebody else, in another cohort, and while nothing is written: who
    assesses by then must not come to know how the writing went.
    """
    locked = _own(registration, by=by)
    if Stage(locked.stage) not in EDITABLE:
        refuse(Code.DRAFT_CLOSED, stage=locked.stage)
    standing = CohortPlace.objects.filter(registration=locked, left_at=None).select_related("cohort").first()
    if standing is not None:
        refuse(Code.COHORT_JOINED_ALREADY, name=standing.cohort.name)
    wanted = "".join(letter for letter in code.upper() if letter.isalnum())[:20]
    cohort = Cohort.objects.filter(code=wanted, scheme=locked.scheme_id, closed_at=None).first()
    if cohort is None:
        refuse(Code.COHORT_CODE_UNKNOWN)
    agreed = CohortPlace.Shows(shows)
    made = CohortPlace.objects.create(
        cohort=cohort, registration=locked, shows=agreed.value, joined_at=at, agreed_at=at
    )
    _record_place("cohort_joined", made, by=by, at=at)
    return made


@action
def agree_to_show(place: CohortPlace, *, shows: str, by: Actor, at: datetime) -> CohortPlace:
    """Change what the coordinator sees, from this moment on."""
    found = _own_place(place, by=by)
    if found.left_at is not None:
        refuse(Code.COHORT_LEFT)
    agreed = CohortPlace.Shows(shows).value
    if found.shows != agreed:
        found.shows, found.agreed_at = agreed, at
        found.save(update_fields=["shows", "agreed_at"])
        _record_place("cohort_agreed", found, by=by, at=at)
    return found


@action
def leave_cohort(place: CohortPlace, *, by: Actor, at: datetime) -> None:
    """Leave a cohort: its coordinator sees nothing from this moment on. Twice is once."""
    found = _own_place(place, by=by)
    if found.left_at is None:
        found.left_at = at
        found.save(update_fields=["left_at"])
        _record_place("cohort_left", found, by=by, at=at)


def _own(registration: Registration, *, by: Actor) -> Registration:
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if by.role is not Role.CANDIDATE or by.person != locked.person_id:
        refuse(Code.NOT_YOURS)
    return locked


def _own_place(place: CohortPlace, *, by: Actor) -> CohortPlace:
    locked = _own(place.registration, by=by)
    found = CohortPlace.objects.select_related("cohort").get(pk=place.pk)
    found.registration = locked
    return found


def _record_place(what: str, place: CohortPlace, *, by: Actor, at: datetime) -> None:
    trail.record(
        what,
        by=by,
        at=at,
        subject=place,
        registration=place.registration_id,
        person=place.registration.person_id,
        data={"cohort": place.cohort_id, "shows": place.shows},
    )
