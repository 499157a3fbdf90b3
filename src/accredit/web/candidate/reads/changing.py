"""What a change of pathway would mean: slot by slot, and for the fee."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accredit.fees.queries import FeeComparison, compared, order_of
from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import Draft, draft_of, facts_of_everything
from accredit.rulebook.framework import Edition, Pathway
from accredit.rulebook.placing import change_of_pathway, may_change_pathway
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Stage
from accredit.web.candidate.reads.arranging import named
from accredit.web.ui.formats import money
from accredit.wording import sentence


@dataclass(frozen=True, slots=True)
class Preview:
    """What would stay, be set aside, return and come, what is still needed, and the fee in words."""

    pathway: Pathway
    stays: tuple[str, ...]
    set_aside: tuple[str, ...]
    returns: tuple[str, ...]
    comes: tuple[str, ...]
    needs: tuple[str, ...]
    fee: str


def may_change(portfolio: Portfolio) -> bool:
    """Say whether this draft may still change its pathway."""
    registration = portfolio.registration
    return may_change_pathway(Stage(registration.stage), RoundKind(registration.round_kind))


def others(rules: Edition, pathway: str) -> list[Pathway]:
    """Return the pathways one may change to."""
    return [each for each in rules.pathways if each.code != pathway]


def preview(portfolio: Portfolio, pathway: str, on: date) -> Preview:
    """Read what changing to a pathway would mean: seven queries."""
    draft = draft_of(portfolio)
    found = change_of_pathway(draft.rules, facts_of_everything(draft, on=on), pathway)
    chosen = draft.rules.pathway(pathway)
    order = order_of(draft.registration.pk)
    if order is not None:
        order.registration = draft.registration
    return Preview(
        pathway=chosen,
        stays=_titles(draft, found.stays),
        set_aside=_titles(draft, found.set_aside),
        returns=_titles(draft, found.returns),
        comes=_titles(draft, found.comes),
        needs=tuple(sentence(each) for each in found.needs),
        fee=fee_in_words(compared(order, pathway=pathway, on=on), chosen.title) if order else "",
    )


def _titles(draft: Draft, slots: Iterable[str]) -> tuple[str, ...]:
    entries = {draft.slot(each): each for each in draft.entries}
    return tuple(
        named(draft, entries[slot]) if slot in entries else draft.rules.slot_title(slot) for slot in slots
    )


def fee_in_words(fee: FeeComparison, title: str) -> str:
    """Say what a change of pathway means for the fee; what happens with a difference, the office says."""
    values = {
        "ordered": _pounds(fee.ordered, fee.currency),
        "table": _pounds(fee.table or 0, fee.currency),
        "difference": _pounds(abs(fee.difference), fee.currency),
        "pathway": title,
    }
    if fee.table is None:
        return (
            _(
                "Your invoice stands at %(ordered)s. The fee table has no line for %(pathway)s to compare it "
                "with. The office will write to you about the fee; until then your invoice stays as it is."
            )
            % values
        )
    if not fee.difference:
        return _("The fee is the same: %(ordered)s.") % values
    more = _(
        "Your invoice stands at %(ordered)s. The fee table says %(table)s for %(pathway)s: %(difference)s "
        "more. The office will write to you about the difference; until then your invoice stays as it is."
    )
    less = _(
        "Your invoice stands at %(ordered)s. The fee table says %(table)s for %(pathway)s: %(difference)s "
        "less. The office will write to you about the difference; until then your invoice stays as it is."
    )
    return (more if fee.difference > 0 else less) % values


def _pounds(amount: int, currency: str) -> str:
    return money(f"{amount / 100:.2f}", currency)
