"""Accredited portfolios that a new one may be begun from, and what became of what was carried over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accredit.awards.models import Award
from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Carried, Entry, Portfolio, Submission
from accredit.registrations.models import Registration
from accredit.rulebook.framework import Edition
from accredit.rulebook.placing import is_asked, may_change_pathway
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Stage


@dataclass(frozen=True)
class Parcel:
    """An entry of an earlier portfolio and the place it goes to; `is_asked` False: it is set aside there."""

    content: Mapping[str, Any]
    section: str
    position: int
    is_asked: bool


def earlier_of(person: int, scheme: int) -> list[Submission]:
    """Return the accredited portfolios of a person that were written here, the newest award first.

    Of each award it is what was handed in last: the copy that the panel found good. Two queries.
    """
    awards = Award.objects.filter(person_id=person, scheme_id=scheme, revoked_at=None)
    keys = list(awards.exclude(registration=None).order_by("-issued_on", "-id").values_list("registration"))
    order = [key for (key,) in keys]
    rows = Submission.objects.filter(
        portfolio__registration_id__in=order, portfolio__form=Portfolio.Form.WRITTEN, set_aside_at=None
    )
    rows = rows.select_related("portfolio__registration__edition", "portfolio__registration__scheme")
    newest = {each.portfolio.registration_id: each for each in rows.order_by("round", "id")}
    return [newest[key] for key in order if key in newest]


def may_begin_from_earlier(portfolio: Portfolio) -> bool:
    """Say whether the draft is still empty and in its first round; one query."""
    registration: Registration = portfolio.registration
    is_first = may_change_pathway(Stage(registration.stage), RoundKind(registration.round_kind))
    return is_first and not Entry.objects.filter(portfolio=portfolio, version__gt=0).exists()


def parcels(earlier: Submission, rules: Edition, pathway: str) -> Iterator[Parcel]:
    """Yield what an earlier portfolio holds for an edition, by section code; empty entries are left out.

    Sections that the edition does not know have no place in it: their text stays where it is, in the
    earlier portfolio.
    """
    for entry, section, position in _written(earlier):
        if _has_place(rules, section, position):
            yield Parcel(entry, section, position, is_asked(rules, pathway, section, position))


def left_behind(earlier: Submission, rules: Edition) -> list[str]:
    """Return the titles of what an earlier portfolio holds and the edition has no place for."""
    rows = _written(earlier)
    return [entry["section_title"] for entry, section, place in rows if not _has_place(rules, section, place)]


def _written(earlier: Submission) -> Iterator[tuple[Mapping[str, Any], str, int]]:
    old = rules_of(earlier.portfolio.registration.edition)
    for entry in earlier.content["entries"]:
        if not is_empty(entry):
            yield entry, *old.position_of_slot(entry["slot"])


def _has_place(rules: Edition, section: str, position: int) -> bool:
    found = next((each for each in rules.sections if each.code == section), None)
    return found is not None and (found.is_repeatable or position == 1)


def is_empty(entry: Mapping[str, Any]) -> bool:
    """Say whether a frozen entry says nothing."""
    return not (entry["text"] or entry["principle_texts"] or entry["examples"] or entry["title"])


def carried_in(portfolio: Portfolio) -> list[Carried]:
    """Return what was carried over, with its entries, in no order; one query."""
    rows = Carried.objects.filter(entry__portfolio=portfolio)
    return list(rows.select_related("entry", "source__portfolio__registration__edition"))
