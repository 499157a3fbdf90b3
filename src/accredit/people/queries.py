"""Finding people and what the rules need to know of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import F

from accredit.people.models import Affiliation, Institution, InstitutionDomain, Profile, RoleHeld, User
from accredit.rulebook import facts


def profile_of(user: User) -> Profile | None:
    """Return the person behind a sign-in; None before the profile exists."""
    return Profile.objects.filter(user=user).first()


def roles_of(person: int) -> frozenset[str]:
    """Return the roles the body has given a person."""
    return frozenset(RoleHeld.objects.filter(person_id=person, ended_at=None).values_list("role", flat=True))


def people_with(role: str) -> list[Profile]:
    """Return who holds a role now, by name."""
    return list(Profile.objects.filter(roles__role=role, roles__ended_at=None).order_by("name", "id"))


def stays_of(people: Iterable[int]) -> dict[int, tuple[facts.Stay, ...]]:
    """Return each person's institutions, present and past, in one query."""
    stays: dict[int, list[facts.Stay]] = defaultdict(list)
    rows = Affiliation.objects.filter(person_id__in=list(people)).select_related("institution").order_by("id")
    for row in rows:
        place = row.institution
        stays[row.person_id].append(
            facts.Stay(
                institution=place.pk,
                until=row.until_on,
                parent=place.parent_id,
                name=place.name,
                by_address=row.by_address,
            )
        )
    return {person: tuple(found) for person, found in stays.items()}


def domain_matches(addresses: Mapping[int, str]) -> dict[int, int]:
    """Return the institution whose domain an address has, by the key of the address; one query."""
    known = dict(InstitutionDomain.objects.values_list("domain", "institution"))
    found = {}
    for key, address in addresses.items():
        _name, _at, domain = address.lower().rpartition("@")
        parts = domain.split(".")
        named = (".".join(parts[start:]) for start in range(len(parts)))
        place = next((known[each] for each in named if each in known), None)
        if place is not None:
            found[key] = place
    return found


def affiliations_of(person: Profile, *, as_said: bool = False) -> list[Affiliation]:
    """Return where a person belongs and belonged, the present first; `as_said`: only what they said."""
    rows = Affiliation.objects.filter(person=person).select_related("institution")
    rows = rows.filter(by_address=False) if as_said else rows
    return list(
        rows.order_by(F("until_on").desc(nulls_first=True), F("since_on").desc(nulls_last=True), "id")
    )


def institutions() -> list[str]:
    """Return the names of the institutions known, for suggestions."""
    return list(Institution.objects.order_by("name").values_list("name", flat=True))
