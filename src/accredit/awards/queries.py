"""Who holds what, on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from accredit.awards.models import Award
from accredit.frameworks.models import Edition
from accredit.frameworks.queries import rules_of
from accredit.rulebook import lineage, standing
from accredit.rulebook.fit import folded


def facts_of(award: Award) -> standing.Award:
    """Return the dates from which an award's standing follows."""
    return standing.Award(
        valid_until=award.valid_until,
        suspended=award.suspended_at is not None,
        revoked=award.revoked_at is not None,
        retired=award.retired_on is not None,
    )


def standing_of(award: Award, on: date) -> standing.Standing:
    """Return an award's standing on a day, by the edition under which it was made."""
    return standing.standing(rules_of(award.edition), facts_of(award), on)


def link_of(award: Award) -> lineage.Link:
    """Return an award as its lineage sees it."""
    return lineage.Link(award.pk, rules_of(award.edition), award.pathway, award.issued_on, facts_of(award))


def lineage_of(award: Award) -> list[Award]:
    """Return all awards of an award's person in its scheme, the first one first: one query."""
    rows = of_person(award.person_id).filter(scheme_id=award.scheme_id).defer("edition__document")
    return list(rows.order_by("issued_on", "id"))


def award_of_key(key: UUID) -> Award | None:
    """Return the award whose certificate leads to this key; None for any other."""
    return Award.objects.filter(key=key).select_related("edition", "scheme", "person").first()


def award_named(number: str, name: str) -> Award | None:
    """Return the award of a number whose certificate bears exactly this name, but for case and blanks."""
    found = Award.objects.filter(number=number.strip()).first() if "\0" not in number else None
    return found if found is not None and folded(found.name) == folded(name) else None


@dataclass(frozen=True, slots=True)
class Held:
    """What an award is worth on a day: its standing, the award that stands for it if that is another one, the
    letters that may be written, and since when its person has held something without a gap."""

    standing: standing.Standing
    instead: Award | None
    letters: str
    since: date | None

    @property
    def is_good(self) -> bool:
        """Whether it may be shown as held."""
        return self.standing in standing.GOOD


def held_by(award: Award, on: date) -> Held:
    """Return what an award is worth on a day, seen within its lineage: one query."""
    rows = {each.pk: each for each in lineage_of(award)}
    links = [link_of(each) for each in rows.values()]
    top = lineage.shown(links, on)
    hidden = top is not None and award.pk in lineage.superseded(links, on)
    return Held(
        standing=standing_of(award, on),
        instead=rows[top.key] if top is not None and hidden else None,
        letters=lineage.post_nominals(links, on),
        since=lineage.held_since(links, on),
    )


def of_person(person: int) -> QuerySet[Award]:
    """Return a person's awards, the newest first."""
    return (
        Award.objects.filter(person_id=person)
        .select_related("edition", "scheme")
        .order_by("-issued_on", "-id")
    )


def holds(people: Iterable[int], on: date) -> dict[int, frozenset[str]]:
    """Return the pathways in which each person's award is in good standing; one query."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Award.objects.filter(person_id__in=list(people)).select_related("edition")
    for award in rows.defer("edition__document"):
        if standing_of(award, on) in standing.GOOD:
            found[award.person_id].add(award.pathway)
    return {person: frozenset(pathways) for person, pathways in found.items()}


def held_on(on: date) -> QuerySet[Award]:
    """Return the awards in good standing on a day; agrees with `standing_of`."""
    valid = Q(pk__in=[])
    for edition in Edition.objects.defer("document"):
        valid |= Q(edition=edition, valid_until__gte=standing.earliest_valid_until(rules_of(edition), on))
    rows = Award.objects.filter(suspended_at=None, revoked_at=None)
    return rows.filter(valid | Q(retired_on__isnull=False))
