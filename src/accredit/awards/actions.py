"""Granting awards and recording those made before."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accredit.awards.events import AwardGranted, AwardRecorded, AwardRenamed, StandingChanged
from accredit.awards.models import Award
from accredit.awards.queries import link_of, of_person, standing_of
from accredit.frameworks.actions import next_number
from accredit.frameworks.models import Edition
from accredit.frameworks.queries import rules_of
from accredit.people.models import Profile
from accredit.registrations.models import Registration
from accredit.rulebook import lineage, standing
from accredit.rulebook.faults import Code
from accredit.rulebook.lineage import Change, changes_open
from accredit.rulebook.terms import RoundKind
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def grant(
    registration: Registration, *, areas: list[str], distinction: bool, by: Actor, at: datetime
) -> Award:
    """Give the award a registration has earned: next six-digit number, valid as the edition says; what a
    renewal gives begins where the award before it ends (`rulebook.lineage.renewed_until`).

    A registration earns one award: a second call returns the first one. Source: holders' certificates.
    """
    existing = Award.objects.filter(registration=registration).first()
    if existing:
        return existing
    today, rules = localdate(at), rules_of(registration.edition)
    person = registration.person
    before = of_person(person.pk).filter(scheme=registration.scheme).first()
    renewed = link_of(before) if before and registration.round_kind == RoundKind.RENEWAL else None
    award = Award.objects.create(
        number=_free_number(registration),
        person=person,
        scheme=registration.scheme,
        edition=registration.edition,
        pathway=registration.pathway,
        registration=registration,
        name=person.name,
        areas=areas,
        distinction=distinction,
        issued_on=today,
        valid_until=lineage.renewed_until(rules, renewed, today),
        follows=before,
    )
    trail.record(
        "award_granted",
        by=by,
        at=at,
        subject=award,
        registration=registration.pk,
        person=person.pk,
        data={"number": award.number, "pathway": award.pathway},
    )
    publish(AwardGranted(award.pk, registration.pk))
    return award


def _free_number(registration: Registration) -> str:
    """Take numbers until one is free: the office may have recorded some by hand."""
    while True:
        number = f"{next_number(registration.scheme, 'award'):06d}"
        if not Award.objects.filter(number=number).exists():
            return number


@action
def record_award(
    person: Profile,
    *,
    edition: Edition,
    pathway: str,
    issued_on: date,
    number: str,
    by: Actor,
    at: datetime,
    valid_until: date | None = None,
) -> Award:
    """Write down an earlier award; `valid_until` follows from the edition where it is not given."""
    rules = rules_of(edition)
    if pathway not in {each.code for each in rules.pathways}:
        refuse(Code.PATHWAY_UNKNOWN, pathway=pathway)
    until = valid_until or standing.valid_until(rules, issued_on)
    if until <= issued_on:
        refuse(Code.AWARD_ENDS_BEFORE_ISSUE)
    try:
        with transaction.atomic():
            award = Award.objects.create(
                number=number,
                person=person,
                scheme=edition.scheme,
                edition=edition,
                pathway=pathway,
                name=person.name,
                issued_on=issued_on,
                valid_until=until,
                follows=of_person(person.pk).filter(scheme=edition.scheme, issued_on__lte=issued_on).first(),
                is_recorded_by_hand=True,
            )
    except IntegrityError:
        refuse(Code.NUMBER_TAKEN, number=number)
    trail.record(
        "award_recorded",
        by=by,
        at=at,
        subject=award,
        person=person.pk,
        data={"number": number, "pathway": pathway, "issued_on": issued_on.isoformat()},
    )
    publish(AwardRecorded(award.pk))
    return award


@action
def change_standing(award: Award, what: Change, *, because: str, by: Actor, at: datetime) -> Award:
    """Suspend, revoke or retire an award, or take that back; the reason goes into the trail.

    Refused without a reason, and where `rulebook.lineage.changes_open` does not open it: also to the second
    of two who do the same at once. Letters may be used, or not, from the same moment on.
    """
    if not because.strip():
        refuse(Code.REASON_MISSING)
    locked = _locked(award)
    today = localdate(at)
    before = standing_of(locked, today)
    if what not in changes_open(before):
        refuse(Code.AWARD_CHANGE_NOT_OPEN, standing=before.value, change=what.value)
    _mark(locked, what, at)
    locked.save(update_fields=["suspended_at", "revoked_at", "retired_on"])
    row = trail.record(
        f"award_{what.value}",
        by=by,
        at=at,
        subject=locked,
        registration=locked.registration_id,
        person=locked.person_id,
        data={"number": locked.number, "from": before.value, "to": standing_of(locked, today).value},
        words={"because": because.strip()},
    )
    publish(StandingChanged(locked.pk, what.value, row.pk))
    return locked


def _mark(award: Award, what: Change, at: datetime) -> None:
    if what is Change.SUSPEND:
        award.suspended_at = at
    elif what is Change.RESUME:
        award.suspended_at = None
    elif what is Change.REVOKE:
        award.revoked_at = at
    else:
        award.retired_on = localdate(at) if what is Change.RETIRE else None


@action
def rename_award(award: Award, *, name: str, because: str, by: Actor, at: datetime) -> Award:
    """Write another name on an award, which keeps its number and dates; the reason goes into the trail.

    `name` has at most 200 characters. Refused without a name or a reason; the same again changes nothing.
    """
    plain = " ".join(name.split())
    if not plain:
        refuse(Code.AWARD_NAME_MISSING)
    if not because.strip():
        refuse(Code.REASON_MISSING)
    locked = _locked(award)
    if locked.name == plain:
        return locked
    before, locked.name = locked.name, plain
    locked.save(update_fields=["name"])
    row = trail.record(
        "award_renamed",
        by=by,
        at=at,
        subject=locked,
        registration=locked.registration_id,
        person=locked.person_id,
        data={"number": locked.number},
        words={"from": before, "to": plain, "because": because.strip()},
    )
    publish(AwardRenamed(locked.pk, row.pk))
    return locked


def _locked(award: Award) -> Award:
    rows = Award.objects.select_for_update(of=("self",)).select_related("edition", "scheme")
    return rows.get(pk=award.pk)
