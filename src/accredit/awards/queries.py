"""Who holds what, on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from accredit.awards.models import Award
from accredit.frameworks.models import Edition
from accredit.frameworks.queries import rules_of
from accredit.rulebook import standing


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
