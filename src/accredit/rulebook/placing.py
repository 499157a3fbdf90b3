"""Which entries a pathway asks for, which it sets aside, and what a change of pathway means for each slot."""

from dataclasses import dataclass, replace

from accredit.rulebook.facts import Entry, Portfolio
from accredit.rulebook.faults import Fault
from accredit.rulebook.framework import Edition
from accredit.rulebook.requirements import required_slots, unmet
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Stage

# What one entry takes where its edition sets no limit: more than anybody reads.
MOST_EXAMPLES = 20
_WRITING = frozenset({Stage.DRAFTING, Stage.RETURNED})


@dataclass(frozen=True)
class PathwayChange:
    """What changing the pathway means, by slot, in the order of the portfolio.

    `stays`: asked on both; `set_aside`: written, and not asked any more; `returns`: written, set aside so
    far, and asked again; `comes`: to be written from the start. `needs`: what would then stand against a
    submission.
    """

    stays: tuple[str, ...]
    set_aside: tuple[str, ...]
    returns: tuple[str, ...]
    comes: tuple[str, ...]
    needs: tuple[Fault, ...]


def is_asked(edition: Edition, pathway: str, section: str, position: int = 1) -> bool:
    """Whether a pathway asks for the entry at that place; what it does not ask for is set aside.

    Set aside are entries of sections that are not on the pathway, and those behind the most a section takes.
    """
    if not edition.asks(section, pathway):
        return False
    most = edition.on(section, pathway).entries.at_most
    return most is None or position <= most


def examples_allowed(edition: Edition, pathway: str, section: str) -> int:
    """How many examples an entry of a section of the pathway may hold; 0 where it holds a text instead."""
    span = edition.on(section, pathway).examples
    return 0 if span is None else min(MOST_EXAMPLES, span.at_most or MOST_EXAMPLES)


def on_pathway(edition: Edition, portfolio: Portfolio, pathway: str) -> Portfolio:
    """A portfolio as it stands on a pathway: without what that sets aside."""
    entries = tuple(
        each for each in portfolio.entries if is_asked(edition, pathway, each.section, each.position)
    )
    return replace(portfolio, pathway=pathway, entries=entries)


def may_change_pathway(stage: Stage, round_kind: RoundKind) -> bool:
    """Whether the pathway may be changed: in the first round, while the candidate writes.

    Source: people change pathway mid-draft (published portfolios); a revision answers the panel of one.
    """
    return stage in _WRITING and round_kind is RoundKind.FIRST


def change_of_pathway(edition: Edition, portfolio: Portfolio, pathway: str) -> PathwayChange:
    """What changing to another pathway of the edition means. `portfolio` holds all entries, also those that
    its present pathway sets aside; nothing is lost by any change, since the entries stay what they are."""
    now, then = (_asked(edition, portfolio, each) for each in (portfolio.pathway, pathway))
    written = {_slot(edition, each) for each in portfolio.entries if not each.is_blank}
    changed = on_pathway(edition, portfolio, pathway)
    kept, back = now & then, written & then - now
    return PathwayChange(
        stays=_in_order(edition, portfolio, kept),
        set_aside=_in_order(edition, portfolio, written & now - then),
        returns=_in_order(edition, portfolio, back),
        comes=tuple(slot for slot in required_slots(edition, changed) if slot not in kept | back),
        needs=unmet(edition, changed),
    )


def _asked(edition: Edition, portfolio: Portfolio, pathway: str) -> set[str]:
    return {_slot(edition, each) for each in on_pathway(edition, portfolio, pathway).entries}


def _slot(edition: Edition, entry: Entry) -> str:
    return edition.slot(entry.section, entry.position)


def _in_order(edition: Edition, portfolio: Portfolio, slots: set[str]) -> tuple[str, ...]:
    order = [section.code for section in edition.sections]
    entries = sorted(portfolio.entries, key=lambda each: (order.index(each.section), each.position))
    return tuple(slot for each in entries if (slot := _slot(edition, each)) in slots)
