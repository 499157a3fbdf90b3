"""The kinds of requirement that an edition may name: one small dataclass each."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from accredit.rulebook.facts import Entry, Example, Portfolio
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.framework import Edition
from accredit.rulebook.terms import ExampleType, Part


def entries_of(portfolio: Portfolio, section: str) -> tuple[Entry, ...]:
    """The portfolio's entries of a section, by position."""
    found = (entry for entry in portfolio.entries if entry.section == section)
    return tuple(sorted(found, key=lambda entry: entry.position))


def about(edition: Edition, slot: str) -> dict[str, str]:
    """The values that every fault of a slot carries: its address and its title."""
    return {"section": slot, "title": edition.slot_title(slot)}


def _examples(entry: Entry) -> Iterator[tuple[int, Example]]:
    return ((number, each) for number, each in enumerate(entry.examples, 1) if not each.is_blank)


@dataclass(frozen=True)
class _OfSection:
    """A rule about one section."""

    of_text: ClassVar[bool] = True
    section: str


@dataclass(frozen=True)
class _OfEntries(_OfSection, ABC):
    """A rule about each entry of one section."""

    def unmet_by(self, portfolio: Portfolio, edition: Edition) -> tuple[Fault, ...]:
        found: list[Fault] = []
        for entry in entries_of(portfolio, self.section):
            slot = edition.slot(self.section, entry.position)
            found += self.of_entry(entry, about(edition, slot))
        return tuple(found)

    @abstractmethod
    def of_entry(self, entry: Entry, where: dict[str, str]) -> Iterable[Fault]:
        """What one entry lacks; `where` are the values that name its slot."""


@dataclass(frozen=True)
class Entries(_OfSection):
    """So many entries in a section: one fault for each missing or surplus slot."""

    of_text: ClassVar[bool] = False
    at_least: int
    at_most: int | None = None

    def unmet_by(self, portfolio: Portfolio, edition: Edition) -> tuple[Fault, ...]:
        present = [entry.position for entry in entries_of(portfolio, self.section)]
        missing = [
            fault(Code.ENTRY_MISSING, **about(edition, slot))
            for slot in missing_slots(edition, self.section, present, self.at_least)
        ]
        surplus = present[self.at_most :] if self.at_most is not None else []
        return (*missing, *(self._surplus(edition, position) for position in surplus))

    def _surplus(self, edition: Edition, position: int) -> Fault:
        where = about(edition, edition.slot(self.section, position))
        return fault(Code.ENTRY_SURPLUS, allowed=self.at_most or 0, **where)


def missing_slots(edition: Edition, section: str, present: list[int], needed: int) -> tuple[str, ...]:
    """The lowest free slots that bring the entries of a section up to the number needed."""
    if not edition.section(section).is_repeatable:
        return () if present or not needed else (section,)
    free = (position for position in range(1, needed + len(present) + 1) if position not in present)
    short = max(0, needed - len(present))
    return tuple(edition.slot(section, position) for _, position in zip(range(short), free, strict=False))


@dataclass(frozen=True)
class Statement(_OfEntries):
    """The section holds a text; having one at all is the whole rule."""

    def of_entry(self, entry: Entry, where: dict[str, str]) -> Iterable[Fault]:
        if not entry.text_words:
            yield fault(Code.STATEMENT_MISSING, **where)


@dataclass(frozen=True)
class Examples(_OfEntries):
    """So many examples in each entry of a section; blank ones are not counted."""

    at_least: int
    at_most: int | None = None

    def of_entry(self, entry: Entry, where: dict[str, str]) -> Iterable[Fault]:
        have = sum(1 for _ in _examples(entry))
        if have < self.at_least:
            yield fault(Code.EXAMPLES_TOO_FEW, have=have, needed=self.at_least, **where)
        if self.at_most is not None and have > self.at_most:
            yield fault(Code.EXAMPLES_TOO_MANY, have=have, allowed=self.at_most, **where)


_OF_PART = {
    Part.DESCRIPTION: (Code.DESCRIPTION_MISSING, "description_words"),
    Part.EVIDENCE: (Code.EVIDENCE_MISSING, "evidence"),
    Part.REFLECTION: (Code.REFLECTION_MISSING, "reflection_words"),
}


@dataclass(frozen=True)
class Parts(_OfEntries):
    """Each example holds these parts. Source: the scheme's slide deck, about 2019."""

    of: tuple[Part, ...]

    def of_entry(self, entry: Entry, where: dict[str, str]) -> Iterable[Fault]:
        for number, example in _examples(entry):
            for part in self.of:
                code, field = _OF_PART[part]
                if not getattr(example, field):
                    yield fault(code, example=number, **where)


@dataclass(frozen=True)
class Types(_OfEntries):
    """At least so many examples of an entry are of one of these types.

    Source: the deck's matrix and competency slides (about 2019), which differ, and published portfolios.
    """

    of: tuple[ExampleType, ...]
    at_least: int = 1

    def of_entry(self, entry: Entry, where: dict[str, str]) -> Iterable[Fault]:
        have = sum(1 for _, example in _examples(entry) if example.type in self.of)
        if have < self.at_least:
            types = ", ".join(self.of)
            yield fault(Code.TYPES_TOO_FEW, types=types, have=have, needed=self.at_least, **where)


@dataclass(frozen=True)
class Typed(_OfEntries):
    """Each example says of which of these types it is, and a law says where it applies."""

    of: tuple[ExampleType, ...]

    def of_entry(self, entry: Entry, where: dict[str, str]) -> Iterable[Fault]:
        for number, example in _examples(entry):
            if example.type is None:
                yield fault(Code.TYPE_MISSING, example=number, **where)
            elif example.type not in self.of:
                yield fault(Code.TYPE_NOT_OPEN, example=number, type=example.type.value, **where)
            elif example.type is ExampleType.LAW and not example.jurisdiction.strip():
                yield fault(Code.JURISDICTION_MISSING, example=number, **where)


@dataclass(frozen=True)
class Area(_OfEntries):
    """The entry names its area: a term of the vocabulary or the candidate's own title."""

    def of_entry(self, entry: Entry, where: dict[str, str]) -> Iterable[Fault]:
        if not (entry.title.strip() or entry.area.strip()):
            yield fault(Code.AREA_MISSING, **where)


@dataclass(frozen=True)
class PrincipleTexts(_OfSection):
    """The entry has a text for each core principle. Source: the slide deck, about 2019 (advanced areas)."""

    def unmet_by(self, portfolio: Portfolio, edition: Edition) -> tuple[Fault, ...]:
        return tuple(
            fault(Code.PRINCIPLE_TEXT_MISSING, principle=principle.title, **about(edition, slot))
            for entry in entries_of(portfolio, self.section)
            for slot in edition.slots(self.section, entry.position)[-1:]
            for principle in edition.principles
            if not entry.principle_words.get(principle.code)
        )


@dataclass(frozen=True)
class WordLimit(_OfEntries):
    """A hard limit of words for each entry; advice about length is `OnPathway.words`."""

    at_most: int

    def of_entry(self, entry: Entry, where: dict[str, str]) -> Iterable[Fault]:
        if entry.words > self.at_most:
            yield fault(Code.WORDS_OVER_LIMIT, have=entry.words, allowed=self.at_most, **where)


@dataclass(frozen=True)
class Confirmation(_OfSection):
    """The candidate has confirmed that the portfolio describes the candidate's own practice."""

    of_text: ClassVar[bool] = False

    def unmet_by(self, portfolio: Portfolio, edition: Edition) -> tuple[Fault, ...]:
        where = about(edition, self.section)
        return () if portfolio.confirmed else (fault(Code.CONFIRMATION_MISSING, **where),)


@dataclass(frozen=True)
class Covered:
    """Each core principle is tagged in, or has a text in, at least so many entries of the pathway.

    Source: the slide deck, about 2019: the principles must inform all work presented. Whether an uncovered
    one blocks a submission is a setting of the edition.
    """

    of_text: ClassVar[bool] = True
    at_least: int = 1

    def unmet_by(self, portfolio: Portfolio, edition: Edition) -> tuple[Fault, ...]:
        on_pathway = [each for each in portfolio.entries if edition.asks(each.section, portfolio.pathway)]
        return tuple(
            fault(Code.PRINCIPLE_UNCOVERED, principle=principle.code, title=principle.title)
            for principle in edition.principles
            if sum(_covers(entry, principle.code) for entry in on_pathway) < self.at_least
        )


def _covers(entry: Entry, principle: str) -> bool:
    return principle in entry.principles or bool(entry.principle_words.get(principle))
