"""The links of a portfolio, with where they stand and what they answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.portfolios.models import Link, Portfolio
from accredit.portfolios.queries import Led, addresses_of, distinct, is_fetching, links_of, registration_of
from accredit.rulebook.workflow import FINAL
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.links import LinkState, state_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands in the portfolio."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One address with its state and its places."""

    state: LinkState
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a portfolio: those worth a look first, then the others."""

    worth: tuple[Shown, ...]
    others: tuple[Shown, ...]
    is_fetching: bool
    may_ask: bool

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.worth) + len(self.others)

    @property
    def is_known(self) -> bool:
        """Say whether any of them has ever been asked."""
        return any(each.state.when for each in (*self.worth, *self.others))


def links(portfolio: Portfolio, *, at: datetime) -> Links:
    """Read the links of a draft as it stands now: six queries."""
    led, known = addresses_of(portfolio), links_of(portfolio)
    found = [_shown(portfolio, each, led, known, at) for each in distinct(led)]
    ended = registration_of(portfolio).stage in FINAL
    return Links(
        worth=tuple(each for each in found if each.state.worth),
        others=tuple(each for each in found if not each.state.worth),
        is_fetching=is_fetching(),
        may_ask=is_fetching() and bool(found) and not ended,
    )


def page(portfolio: Portfolio, *, at: datetime) -> dict[str, Any]:
    """Read the page of the links."""
    pk, title = portfolio.registration_id, _("Links of your portfolio")
    return {
        "title": title,
        "crumbs": crumbs(pk, title),
        "registration": portfolio.registration,
        "links": links(portfolio, at=at),
    }


def _shown(
    portfolio: Portfolio, address: str, led: list[Led], known: Mapping[str, Link], at: datetime
) -> Shown:
    places = dict.fromkeys(_place(portfolio, each) for each in led if each.address == address)
    return Shown(state_of(address, known.get(address), at=at), tuple(places))


def _place(portfolio: Portfolio, led: Led) -> Place:
    pk = portfolio.registration_id
    if led.slot:
        return Place(
            _("Section %(slot)s") % {"slot": led.slot}, reverse("candidate:section", args=[pk, led.slot])
        )
    if led.evidence is not None:
        return Place(_("Your evidence"), reverse("candidate:evidence_piece", args=[pk, led.evidence]))
    if led.address == portfolio.source_address:
        return Place(_("Where it stands"), reverse("candidate:as_it_is", args=[pk]))
    return Place(_("Summary of changes"), reverse("candidate:summary", args=[pk]))
