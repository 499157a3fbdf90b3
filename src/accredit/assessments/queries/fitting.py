"""How well assessors serve portfolios: what the rule of fit judges, for many pairs at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count

from accredit.assessments.models import Appointment, Assessor
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration
from accredit.rulebook.fit import DEFAULTS, Kind, Offered, Part, Wanted, fit, folded, parts
from accredit.rulebook.terms import RoundKind

Weights = Mapping[Kind, int]


def weights_of(scheme: Scheme) -> dict[Kind, int]:
    """Return how much each thing weighs in a scheme."""
    return {kind: int(scheme.fit_weights.get(kind.value, usual)) for kind, usual in DEFAULTS.items()}


def areas_of(submission: Submission) -> tuple[str, ...]:
    """Return the areas a submission names, of the vocabulary where it does, else in the candidate's words."""
    named = (str(each.get("area") or each.get("title") or "") for each in submission.content["entries"])
    return tuple(dict.fromkeys(each for each in named if each.strip()))


@dataclass(frozen=True, slots=True)
class Suiting:
    """What is needed to say how well these persons suit these registrations; no query after it is made."""

    weights: Weights
    wanted: Mapping[int, Wanted]
    offered: Mapping[int, Offered]
    at_pathway: Mapping[tuple[int, str], int]
    pathways: Mapping[int, str]

    def fit(self, registration: int, person: int) -> int:
        """How well a person suits a registration, from 0 to 1,000,000."""
        return fit(self.weights, self._offered(registration, person), self.wanted[registration])

    def parts(self, registration: int, person: int) -> tuple[Part, ...]:
        """What that is made of."""
        return parts(self.weights, self._offered(registration, person), self.wanted[registration])

    def _offered(self, registration: int, person: int) -> Offered:
        done = self.at_pathway.get((person, self.pathways[registration]), 0)
        known = self.offered[person]
        return replace(known, at_pathway=done) if done else known


def suiting(
    people: Iterable[int], registrations: list[Registration], weights: Weights, new: frozenset[int]
) -> Suiting:
    """Return how these persons suit these registrations; `new` are those who may not lead yet. 4 queries."""
    ids = list(people)
    return Suiting(
        weights=weights,
        wanted=_wanted(registrations),
        offered=_offered(ids, new),
        at_pathway=_at_pathway(ids),
        pathways={each.pk: each.pathway for each in registrations},
    )


def submissions_of(registrations: Iterable[Registration]) -> dict[int, Submission]:
    """Return what is before the panel of each registration, by the registration's key; one query."""
    rounds = {each.pk: each.round for each in registrations}
    rows = Submission.objects.filter(portfolio__registration__in=list(rounds), set_aside_at=None)
    found = {}
    for each in rows.select_related("portfolio", "edition").defer("edition__document"):
        if rounds[each.portfolio.registration_id] == each.round:
            found[each.portfolio.registration_id] = each
    return found


def _wanted(registrations: list[Registration]) -> dict[int, Wanted]:
    submissions = submissions_of(registrations)
    found = {}
    for each in registrations:
        submission = submissions.get(each.pk)
        found[each.pk] = Wanted(
            areas=tuple(folded(area) for area in areas_of(submission)) if submission else (),
            sector=folded(each.person.sector),
            suggested=folded(submission.portfolio.suggested_assessor) if submission else "",
            is_renewal=each.round_kind == RoundKind.RENEWAL,
        )
    return found


def _offered(ids: list[int], new: frozenset[int]) -> dict[int, Offered]:
    rows: Any = Profile.objects.filter(pk__in=ids).values_list("pk", "name", "sector")
    areas: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for person, named in Assessor.objects.filter(person_id__in=ids).values_list("person_id", "areas"):
        areas[person] = tuple(folded(str(area)) for area in named)
    return {
        person: Offered(areas[person], folded(sector), folded(name), is_new=person in new)
        for person, name, sector in rows
    }


def _at_pathway(ids: list[int]) -> dict[tuple[int, str], int]:
    rows = Appointment.objects.filter(person_id__in=ids, assessment__submitted_at__isnull=False).order_by()
    counted = rows.values_list("person_id", "panel__registration__pathway").annotate(n=Count("pk"))
    return {(person, pathway): n for person, pathway, n in counted}
