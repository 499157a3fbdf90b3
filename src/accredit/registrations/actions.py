"""Opening registrations and moving them; the only writer of `stage`."""

import secrets
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accredit.frameworks.models import Edition, Scheme
from accredit.frameworks.queries import rules_of
from accredit.people.models import Institution, Profile
from accredit.registrations.events import Extended, Moved, PathwayChanged, Registered, RoundBegun
from accredit.registrations.models import Cohort, CohortPlace, Registration, Window
from accredit.registrations.queries import is_overdue
from accredit.rulebook.faults import Code
from accredit.rulebook.placing import may_change_pathway
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import EDITABLE, FINAL, Move, Role, Stage, permitted, rule_of
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail

# Without letters and digits that are taken for one another.
CODE_LETTERS, CODE_LENGTH = "ABCDEFGHJKMNPQRSTVWXYZ23456789", 8


@action
def open_registration(
    person: Profile, *, edition: Edition, pathway: str, expires_on: date, by: Actor, at: datetime
) -> Registration:
    """Begin a person's attempt at a pathway. Refused while another of theirs in the scheme is open."""
    try:
        with transaction.atomic():
            registration = Registration.objects.create(
                person=person,
                scheme=edition.scheme,
                edition=edition,
                pathway=pathway,
                stage_since=at,
                registered_at=at,
                expires_on=expires_on,
            )
    except IntegrityError:
        refuse(Code.ALREADY_REGISTERED)
    trail.record(
        "registered",
        by=by,
        at=at,
        subject=registration,
        registration=registration.pk,
        person=person.pk,
        data={"pathway": pathway, "edition": edition.code},
    )
    publish(Registered(registration.pk))
    return registration


@action
def move(
    registration: Registration,
    what: Move,
    *,
    by: Actor,
    at: datetime,
    because: str = "",
    data: dict[str, object] | None = None,
) -> Registration:
    """Change the stage: locks the row, asks the table, saves, writes the trail, publishes.

    Refused with MOVE_NOT_OPEN or ROLE_NOT_PERMITTED when the table (`rulebook.workflow.MOVES`) says no,
    also to the second of two people who make the same move at once.
    """
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    source = Stage(locked.stage)
    if not permitted(source, what, by.role):
        if source not in rule_of(what).sources:
            refuse(Code.MOVE_NOT_OPEN, stage=source.value, move=what.value)
        refuse(Code.ROLE_NOT_PERMITTED, role=by.role.value, move=what.value)
    target = rule_of(what).target
    locked.stage, locked.stage_since = target.value, at
    if what is Move.SUBMIT:
        locked.submitted_at = at
    if target in FINAL:
        locked.ended_at = at
    locked.save(update_fields=["stage", "stage_since", "submitted_at", "ended_at"])
    for name in ("stage", "stage_since", "submitted_at", "ended_at"):
        setattr(registration, name, getattr(locked, name))
    row = trail.record(
        what.value,
        by=by,
        at=at,
        subject=locked,
        registration=locked.pk,
        person=locked.person_id,
        data={"from": source.value, "to": target.value, "round": locked.round} | (data or {}),
        words={"because": because} if because else None,
    )
    publish(Moved(locked.pk, what.value, source.value, target.value, row.pk))
    return locked


@action
def begin_round(registration: Registration, *, kind: RoundKind, until: date, by: Actor, at: datetime) -> None:
    """Open the next round beside the old one, to be handed in by the day `until`."""
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    locked.round += 1
    locked.round_kind, locked.revise_until = kind.value, until
    locked.save(update_fields=["round", "round_kind", "revise_until"])
    for name in ("round", "round_kind", "revise_until"):
        setattr(registration, name, getattr(locked, name))
    trail.record(
        "round_begun",
        by=by,
        at=at,
        subject=locked,
        registration=locked.pk,
        person=locked.person_id,
        data={"round": locked.round, "kind": kind.value, "until": until.isoformat()},
    )
    publish(RoundBegun(locked.pk, locked.round))


@action
def withdraw(registration: Registration, *, because: str, by: Actor, at: datetime) -> Registration:
    """End a registration at the candidate's wish, any time before the result is held."""
    return move(registration, Move.WITHDRAW, by=by, at=at, because=because)


@action
def expire(registration: Registration, *, by: Actor, at: datetime) -> Registration:
    """End a registration whose time has run out."""
    return move(registration, Move.EXPIRE, by=by, at=at)


@action
def expire_if_overdue(registration: Registration, *, by: Actor, at: datetime) -> bool:
    """End it unless it was handed in, or given more time, since it was found to be overdue."""
    rows = Registration.objects.select_for_update(of=("self",)).select_related("scheme", "edition")
    locked = rows.get(pk=registration.pk)
    if locked.stage not in EDITABLE or not is_overdue(locked, at):
        return False
    expire(locked, by=by, at=at)
    return True


@action
def extend(registration: Registration, *, until: date, because: str, by: Actor, at: datetime) -> None:
    """Give a registration, or its revision, more time; the reason is kept."""
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    name = "revise_until" if locked.revise_until else "expires_on"
    if until <= getattr(locked, name):
        refuse(Code.EXTENSION_NOT_LATER, date=getattr(locked, name).isoformat())
    setattr(locked, name, until)
    setattr(registration, name, until)
    locked.save(update_fields=[name])
    trail.record(
        "extended",
        by=by,
        at=at,
        subject=locked,
        registration=locked.pk,
        person=locked.person_id,
        data={"until": until.isoformat()},
        words={"because": because},
    )
    publish(Extended(locked.pk, at))


@action
def change_pathway(
    registration: Registration,
    *,
    pathway: str,
    by: Actor,
    at: datetime,
    data: dict[str, object] | None = None,
) -> bool:
    """Seek another pathway of the same edition; False where it is that one already.

    Refused when it is none of the edition's, and once the first submission is out of the candidate's hands.
    """
    locked = (
        Registration.objects.select_for_update(of=("self",)).select_related("edition").get(pk=registration.pk)
    )
    if pathway not in {each.code for each in rules_of(locked.edition).pathways}:
        refuse(Code.PATHWAY_UNKNOWN, pathway=pathway[:40])
    if pathway == locked.pathway:
        return False
    if not may_change_pathway(Stage(locked.stage), RoundKind(locked.round_kind)):
        refuse(Code.PATHWAY_FIXED)
    before, locked.pathway = locked.pathway, pathway
    locked.save(update_fields=["pathway"])
    registration.pathway = pathway
    row = trail.record(
        "pathway_changed",
        by=by,
        at=at,
        subject=locked,
        registration=locked.pk,
        person=locked.person_id,
        data={"from": before, "pathway": pathway} | (data or {}),
    )
    publish(PathwayChanged(locked.pk, before, pathway, row.pk, at))
    return True


@action
def set_window(
    scheme: Scheme,
    *,
    mode: str,
    opens_at: datetime | None,
    closes_at: datetime | None,
    by: Actor,
    at: datetime,
) -> Window:
    """Add a window in which portfolios may be submitted."""
    window = Window.objects.create(scheme=scheme, mode=mode, opens_at=opens_at, closes_at=closes_at)
    trail.record("window_set", by=by, at=at, subject=window, data={"mode": mode})
    return window


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
