"""What is worth a thought before a portfolio is handed in: gentle checks that never block.

Source: what candidates and assessors complain of in published posts; the numbers below are ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from accredit.rulebook import requirements
from accredit.rulebook.facts import Entry, Example, Portfolio
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.framework import Edition, OnPathway, Principle
from accredit.rulebook.kinds import Parts, about, entries_of
from accredit.rulebook.terms import Part, RoundKind

WE_AT_LEAST = 3  # fewer “we” are how anybody tells of a team
DESCRIBED_AT_LEAST = 80  # words of a description that wait for a reflection
REFLECTION_SHARE = 5  # a reflection of less than a fifth of its description is short
SEVERAL_SECTIONS = 2  # a piece that supports so many sections may show the same thing twice


@dataclass(frozen=True)
class Coverage:
    """Where one principle is shown: the slots tagged with it, and those with a text about it."""

    principle: Principle
    tagged: tuple[str, ...]
    written: tuple[str, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """All slots that show it, those with a text first."""
        return tuple(dict.fromkeys((*self.written, *self.tagged)))


def gentle(edition: Edition, portfolio: Portfolio) -> tuple[Fault, ...]:
    """Return everything worth a thought: lengths and principles first, then slot by slot.

    Each piece of advice names its slot (`section`) unless it is about the whole portfolio. Nothing is
    said of slots that may not change now, of renewals, and of a portfolio handed over as it is.
    """
    if portfolio.as_it_is or portfolio.round is RoundKind.RENEWAL:
        return ()
    entries = _entries_by_slot(edition, portfolio)
    used = _slots_by_piece(entries)
    found = [
        each
        for slot, entry in entries.items()
        if portfolio.open_slots is None or slot in portfolio.open_slots
        for each in _of_entry(edition, portfolio, slot, entry, used)
    ]
    return (*requirements.advice(edition, portfolio), *dict.fromkeys(found))


def coverage(edition: Edition, portfolio: Portfolio) -> tuple[Coverage, ...]:
    """Return where each principle is shown, in the order of the edition and of the portfolio."""
    entries = _entries_by_slot(edition, portfolio)
    return tuple(
        Coverage(
            principle,
            tuple(slot for slot, entry in entries.items() if principle.code in entry.principles),
            tuple(slot for slot, entry in entries.items() if entry.principle_words.get(principle.code)),
        )
        for principle in edition.principles
    )


def _entries_by_slot(edition: Edition, portfolio: Portfolio) -> dict[str, Entry]:
    return {
        edition.slot(section.code, entry.position): entry
        for section in edition.sections_for(portfolio.pathway)
        for entry in entries_of(portfolio, section.code)
    }


def _slots_by_piece(entries: dict[str, Entry]) -> dict[int, list[str]]:
    used: dict[int, list[str]] = {}
    for slot, entry in entries.items():
        for key in dict.fromkeys(key for example in entry.examples for key in example.pieces):
            used.setdefault(key, []).append(slot)
    return used


def _of_entry(
    edition: Edition, portfolio: Portfolio, slot: str, entry: Entry, used: dict[int, list[str]]
) -> Iterator[Fault]:
    where = about(edition, slot)
    asked = edition.on(entry.section, portfolio.pathway)
    for number, example in enumerate(entry.examples, 1):
        yield from _of_example(asked, example, {**where, "example": number})
        yield from _of_pieces(portfolio, example, slot, where, used)
    for address in sorted(_addresses(portfolio, entry) & portfolio.silent):
        yield fault(Code.LINK_SILENT, address=address, **where)


def _of_example(asked: OnPathway, example: Example, where: dict[str, str | int]) -> Iterator[Fault]:
    if example.we_words >= WE_AT_LEAST and example.we_words > example.i_words:
        yield fault(Code.WE_NOT_I, we=example.we_words, i=example.i_words, **where)
    if example.description_words < DESCRIBED_AT_LEAST:
        return
    if not example.reflection_words:
        # Where the section asks for one, the rules say so already.
        if not _asks_for_reflection(asked):
            yield fault(Code.REFLECTION_NONE_YET, **where)
    elif example.reflection_words * REFLECTION_SHARE < example.description_words:
        told = {"have": example.reflection_words, "description": example.description_words}
        yield fault(Code.REFLECTION_SHORT, **told, **where)


def _asks_for_reflection(asked: OnPathway) -> bool:
    return any(isinstance(each, Parts) and Part.REFLECTION in each.of for each in asked.requirements)


def _of_pieces(
    portfolio: Portfolio, example: Example, slot: str, where: dict[str, str], used: dict[int, list[str]]
) -> Iterator[Fault]:
    for key in example.pieces:
        piece = portfolio.pieces[key]
        told: dict[str, str | int] = {**where, "piece": piece.title, "evidence": key}
        if piece.needs_alt:
            yield fault(Code.IMAGE_UNDESCRIBED, **told)
        if len(used[key]) >= SEVERAL_SECTIONS:
            elsewhere = ", ".join(each for each in used[key] if each != slot)
            yield fault(Code.EVIDENCE_REUSED, elsewhere=elsewhere, **told)


def _addresses(portfolio: Portfolio, entry: Entry) -> frozenset[str]:
    keys = (key for example in entry.examples for key in example.pieces)
    return entry.addresses | {portfolio.pieces[key].address for key in keys}
