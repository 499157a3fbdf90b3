"""Institutions: their other names, their e-mail domains, what they are part of; two that are one."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from accredit.people.models import Affiliation, Institution, InstitutionAlias, InstitutionDomain, Profile
from accredit.people.queries import domain_matches
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail

_domain = re.compile(r"(?=.{4,120}$)[a-z0-9-]+(\.[a-z0-9-]+)+")


@action
def institution_named(name: str) -> Institution:
    """Return the institution of that name, or other name, in any case; or make it."""
    name = _tidy(name)
    found = Institution.objects.filter(Q(name__iexact=name) | Q(aliases__name__iexact=name)).first()
    return found or Institution.objects.create(name=name)


@action
def describe_institution(
    name: str,
    *,
    country: str = "",
    sector: str = "",
    domains: Sequence[str] = (),
    aliases: Sequence[str] = (),
    parent: str = "",
) -> Institution:
    """Write what is known of an institution; `parent` is the name of the body it is part of."""
    place = institution_named(name)
    place.country, place.sector = country, sector
    place.parent = institution_named(parent) if parent else None
    place.save()
    _write(place, aliases=aliases, domains=domains)
    return place


@action
def change_institution(
    place: Institution,
    *,
    name: str,
    aliases: Sequence[str],
    domains: Sequence[str],
    parent: str,
    by: Actor,
    at: datetime,
) -> Institution:
    """Change what is known of an institution. Whoever has an address of one of its domains, or of a part of
    one, counts as belonging to it from then on.

    Refused where a name or a domain is another institution's, a domain cannot be one, and where it would be
    part of itself.
    """
    found = Institution.objects.select_for_update().get(pk=place.pk)
    found.name = _tidy(name)
    if not found.name:
        refuse(Code.INSTITUTION_NAMELESS)
    _refuse_taken(found, [found.name, *aliases])
    found.parent = institution_named(parent) if parent.strip() else None
    above = found.parent
    while above is not None:
        if above.pk == found.pk:
            refuse(Code.INSTITUTION_PART_OF_ITSELF)
        above = above.parent
    found.save(update_fields=["name", "parent"])
    _write(found, aliases=aliases, domains=domains)
    known = [each.domain for each in found.domains.all()]
    data: dict[str, object] = {"institution": found.name, "domains": known}
    trail.record("institution_changed", by=by, at=at, subject=found, data=data)
    return found


@action
def merge_institutions(place: Institution, *, into: Institution, by: Actor, at: datetime) -> Institution:
    """Make two institutions one: everybody of `place` belongs to `into`, which keeps its names and domains
    beside its own. A conflict that was set aside because of `place` counts again."""
    if place.pk == into.pk:
        refuse(Code.INSTITUTION_PART_OF_ITSELF)
    gone = Institution.objects.select_for_update().get(pk=place.pk)
    kept = Institution.objects.select_for_update().get(pk=into.pk)
    for each in Institution._meta.related_objects:
        rows = each.related_model._base_manager.filter(**{each.field.name: gone})
        rows.update(**{each.field.name: kept})
    if kept.parent_id in {gone.pk, kept.pk}:
        kept.parent = None
        kept.save(update_fields=["parent"])
    name = gone.name
    gone.delete()
    InstitutionAlias.objects.create(institution=kept, name=name)
    follow_domains(_with_address(kept))
    trail.record(
        "institutions_merged", by=by, at=at, subject=kept, data={"institution": name, "into": kept.name}
    )
    return kept


@action
def follow_domains(people: Iterable[Profile]) -> None:
    """Write down where people belong by their e-mail address, besides what they say themselves."""
    listed = list(people)
    Affiliation.objects.filter(person__in=listed, by_address=True).delete()
    said = set(
        Affiliation.objects.filter(person__in=listed, until_on=None).values_list("person", "institution")
    )
    matched = domain_matches({each.pk: each.email for each in listed})
    Affiliation.objects.bulk_create(
        Affiliation(person_id=person, institution_id=place, by_address=True)
        for person, place in matched.items()
        if (person, place) not in said
    )


def _tidy(name: str) -> str:
    return " ".join(name.replace("\x00", "").split())[:200]


def _refuse_taken(place: Institution, names: Iterable[str]) -> None:
    for name in (_tidy(each) for each in names):
        others = Institution.objects.filter(Q(name__iexact=name) | Q(aliases__name__iexact=name))
        if name and others.exclude(pk=place.pk).exists():
            refuse(Code.INSTITUTION_NAME_TAKEN, name=name)


def _write(place: Institution, *, aliases: Sequence[str], domains: Sequence[str]) -> None:
    _refuse_taken(place, aliases)
    tidy = {each.lower(): each for each in (_tidy(alias) for alias in aliases) if each}
    wanted = dict.fromkeys(each.strip().lower().removeprefix("@") for each in domains if each.strip())
    for domain in wanted:
        if not _domain.fullmatch(domain):
            refuse(Code.DOMAIN_UNREADABLE, domain=domain[:60])
        if InstitutionDomain.objects.filter(domain=domain).exclude(institution=place).exists():
            refuse(Code.DOMAIN_TAKEN, domain=domain)
    before = _with_address(place)
    place.aliases.all().delete()
    InstitutionAlias.objects.bulk_create(
        InstitutionAlias(institution=place, name=name)
        for lowered, name in tidy.items()
        if lowered != place.name.lower()
    )
    place.domains.all().delete()
    rows = [InstitutionDomain(institution=place, domain=each) for each in wanted]
    InstitutionDomain.objects.bulk_create(rows)
    follow_domains({each.pk: each for each in (*before, *_with_address(place))}.values())


def _with_address(place: Institution) -> list[Profile]:
    """Return whoever may have an address of an institution's domains; more than that is not said."""
    found = Q(pk__in=[])
    for each in place.domains.all():
        found |= Q(email__iendswith=f"@{each.domain}") | Q(email__iendswith=f".{each.domain}")
    return list(Profile.objects.filter(found))
