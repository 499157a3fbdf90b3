"""Opening registrations and moving them; the only writer of `stage`."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from accredit.frameworks.models import Edition
from accredit.people.models import Profile
from accredit.registrations.events import Moved, Registered
from accredit.registrations.models import Registration
from accredit.registrations.queries import is_overdue
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import EDITABLE, FINAL, Move, Stage, permitted, rule_of
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


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
    locked.ended_at = at if target in FINAL else None
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
