"""Granting awards and recording those made before."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accredit.awards.events import AwardGranted, AwardRecorded
from accredit.awards.models import Award
from accredit.awards.queries import of_person
from accredit.frameworks.actions import next_number
from accredit.frameworks.models import Edition
from accredit.frameworks.queries import rules_of
from accredit.people.models import Profile
from accredit.registrations.models import Registration
from accredit.rulebook import standing
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def grant(
    registration: Registration, *, areas: list[str], distinction: bool, by: Actor, at: datetime
) -> Award:
    """Give the award a registration has earned: next six-digit number, valid as the edition says.

    A registration earns one award: a second call returns the first one. Source: holders' certificates.
    """
    existing = Award.objects.filter(registration=registration).first()
    if existing:
        return existing
    today = localdate(at)
    person = registration.person
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
        valid_until=standing.valid_until(rules_of(registration.edition), today),
        follows=of_person(person.pk).filter(scheme=registration.scheme).first(),
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
