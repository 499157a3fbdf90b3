"""How well assessors serve portfolios: what the rule of fit judges, for many pairs at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count

from accredit.assessments.models import Appointment, Assessor
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.portfolios.models import Portfolio, Submission
from accredit.registrations.models import Registration
from accredit.rulebook.fit import DEFAULTS, Kind, Offered, Part, Wanted, fit, folded, parts
from accredit.rulebook.terms import RoundKind

Weights = Mapping[Kind, int]


def weights_of(scheme: Scheme) -> dict[Kind, int]:
    """Return how much each thing weighs in a scheme."""
    return {kind: int(scheme.fit_weights.get(kind.value, usual)) for kind, usual in DEFAULTS.items()}


def areas_of(submission: Submission) -> tuple[str, ...]:
    """Return the areas a submission names, of the vocabulary where it does, else in the candidate's words."""
    return _areas(submission.content)


def _areas(content: Mapping[str, Any]) -> tuple[str, ...]:
    named = (str(each.get("area") or each.get("title") or "") for each in content["entries"])
    return tuple(dict.fromkeys(each for each in named if each.strip()))


def wanted_of(
    registration: Registration, content: Mapping[str, Any] | None, suggested: str, language: str
) -> Wanted:
    """Return what a portfolio asks for, given what was submitted, whom the candidate suggests and in which
    language they write."""
    return Wanted(
        areas=tuple(folded(area) for area in _areas(content)) if content else (),
        sector=folded(registration.person.sector),
        suggested=folded(suggested),
        is_renewal=registration.round_kind == RoundKind.RENEWAL,
        language=folded(language),
    )


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
        return fit(self.weights, self._brings(registration, person), self.wanted[registration])

    def parts(self, registration: int, person: int) -> tuple[Part, ...]:
        """What that is made of."""
        return parts(self.weights, self._brings(registration, person), self.wanted[registration])

    def _brings(self, registration: int, person: int) -> Offered:
        done = self.at_pathway.get((person, self.pathways[registration]), 0)
        known = self.offered[person]
        return replace(known, at_pathway=done) if done else known


def suiting(
    people: Iterable[int], registrations: list[Registration], weights: Weights, new: frozenset[int]
) -> Suiting:
    """Return how these persons suit these registrations; `new` are those who may not lead yet. 3 queries."""
    offered = {
        person: offer_of(known, is_new=person in new) for person, known in people_of(list(people)).items()
    }
    return suiting_of(offered, registrations, weights)


def suiting_of(
    offered: Mapping[int, Offered], registrations: list[Registration], weights: Weights
) -> Suiting:
    """Return how people whose offers are known suit these registrations; at most 2 queries."""
    submissions = submissions_of(registrations)
    wanted = {}
    for each in registrations:
        found = submissions.get(each.pk)
        suggested, language = _said(found.portfolio) if found else ("", "")
        wanted[each.pk] = wanted_of(each, found.content if found else None, suggested, language)
    # Of a renewal, experience says nothing.
    asks = any(not each.is_renewal for each in wanted.values())
    return Suiting(
        weights=weights,
        wanted=wanted,
        offered=offered,
        at_pathway=_at_pathway(list(offered)) if asks else {},
        pathways={each.pk: each.pathway for each in registrations},
    )


def _said(portfolio: Portfolio) -> tuple[str, str]:
    return portfolio.suggested_assessor, portfolio.language


@dataclass(frozen=True, slots=True)
class Bringing:
    """A person, and what they have said of themselves as an assessor."""

    person: Profile
    areas: Sequence[object] = ()
    languages: Sequence[object] = ()


def offer_of(known: Bringing, *, is_new: bool, at_pathway: int = 0) -> Offered:
    """Return what a person brings, as the rule of fit compares it."""
    return Offered(
        areas=tuple(folded(str(area)) for area in known.areas),
        sector=folded(known.person.sector),
        name=folded(known.person.name),
        at_pathway=at_pathway,
        is_new=is_new,
        languages=tuple(folded(str(each)) for each in known.languages),
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


def people_of(ids: list[int]) -> dict[int, Bringing]:
    """Return people and what they bring; one query, one more where somebody has never offered to assess."""
    rows = Assessor.objects.filter(person_id__in=ids).select_related("person")
    found = {row.person_id: Bringing(row.person, row.areas, row.languages) for row in rows}
    others = set(ids) - set(found)
    for person in Profile.objects.filter(pk__in=others) if others else ():
        found[person.pk] = Bringing(person)
    return found


def _at_pathway(ids: list[int]) -> dict[tuple[int, str], int]:
    rows = Appointment.objects.filter(person_id__in=ids, assessment__submitted_at__isnull=False).order_by()
    counted = rows.values_list("person_id", "panel__registration__pathway").annotate(n=Count("pk"))
    return {(person, pathway): n for person, pathway, n in counted}
