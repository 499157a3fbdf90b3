"""What else of a registration changes: its rounds, its time, its pathway."""

from datetime import date, datetime

from accredit.frameworks.queries import rules_of
from accredit.registrations.events import Extended, PathwayChanged, RoundBegun
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.placing import may_change_pathway
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


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
def begin_again(registration: Registration, *, after: int, kind: RoundKind, by: Actor, at: datetime) -> None:
    """Make the round after one whose result was set aside the present one; there is nothing to revise."""
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    locked.round, locked.round_kind, locked.revise_until = after + 1, kind.value, None
    locked.save(update_fields=["round", "round_kind", "revise_until"])
    for name in ("round", "round_kind", "revise_until"):
        setattr(registration, name, getattr(locked, name))
    _record("round_begun_again", locked, {"round": locked.round, "kind": kind.value}, by=by, at=at)


@action
def give_back(registration: Registration, *, until: date, by: Actor, at: datetime) -> None:
    """Move the last day of a revision by what an appeal took; nothing where it took no day."""
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if locked.revise_until is not None and until > locked.revise_until:
        locked.revise_until = registration.revise_until = until
        locked.save(update_fields=["revise_until"])
        _record("time_given_back", locked, {"until": until.isoformat()}, by=by, at=at)


def _record(
    what: str, registration: Registration, data: dict[str, object], *, by: Actor, at: datetime
) -> None:
    trail.record(
        what,
        by=by,
        at=at,
        subject=registration,
        registration=registration.pk,
        person=registration.person_id,
        data=data,
    )


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
