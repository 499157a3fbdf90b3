"""An edition of a scheme as frozen data: everything that must not change under a registered person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Protocol, TypeVar

from accredit.rulebook.elements import (
    About,
    Agreement,
    Answer,
    Appeals,
    Clock,
    Form,
    Ground,
    Mark,
    MinorReview,
    Outcome,
    PanelRule,
    Pathway,
    Point,
    Principle,
    Progression,
    Question,
    ReferralDays,
    RegistrationRule,
    RenewalTemplate,
    Source,
)
from accredit.rulebook.facts import Portfolio
from accredit.rulebook.faults import Fault
from accredit.rulebook.terms import (
    Adopts,
    Disagreement,
    Effect,
    ExampleType,
    Force,
    Part,
    Readers,
    RoundKind,
    SectionKind,
    Span,
)

__all__ = [
    "About", "Adopts", "Agreement", "Answer", "Appeals", "Clock", "Disagreement", "Edition", "Effect",
    "ExampleType", "Force", "Form", "Ground", "Mark", "MinorReview", "OnPathway", "Outcome", "PanelRule",
    "Part", "Pathway", "Point", "Principle", "Progression", "Question", "Readers", "ReferralDays",
    "RegistrationRule", "RenewalTemplate", "Requirement", "RoundKind", "Section", "SectionKind", "Source",
    "Span",
]  # fmt: skip

ONE = Span(1, 1)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_REPEATABLE = frozenset({SectionKind.SPECIALIST, SectionKind.ADVANCED})
_STATEMENTS = frozenset({SectionKind.CONTEXT, SectionKind.PLANS})


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


T = TypeVar("T", bound=_Coded)


class Requirement(Protocol):
    """A rule about a portfolio. `of_text` rules are not asked of a portfolio submitted as it is."""

    of_text: ClassVar[bool]

    def unmet_by(self, portfolio: Portfolio, edition: "Edition") -> tuple[Fault, ...]:
        """What is still missing, in the order of the portfolio; empty when the rule is met."""


@dataclass(frozen=True)
class OnPathway:
    """What one section asks on one pathway. `words` is advice, never a limit."""

    pathway: str
    criteria: str
    guidance: tuple[str, ...]  # paragraphs
    prompts: tuple[str, ...]  # questions that help to reflect
    entries: Span
    examples: Span | None  # per entry; None: the section holds a text instead
    example_types: tuple[ExampleType, ...]  # empty: examples here have no type
    words: Span | None
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True)
class Section:
    """A part of the portfolio, as named for all pathways that have it."""

    code: str
    kind: SectionKind
    group: str
    title: str
    on: tuple[OnPathway, ...]

    @property
    def is_repeatable(self) -> bool:
        """Whether its slots carry letters: "5a", "5b"."""
        return self.kind in _REPEATABLE

    @property
    def is_statement(self) -> bool:
        """Whether it holds one text that is only complete or not."""
        return self.kind in _STATEMENTS

    @property
    def is_rated(self) -> bool:
        """Whether assessors rate it with the marks of sections."""
        return self.kind is SectionKind.CORE or self.is_repeatable

    @property
    def label(self) -> str:
        """Code and title, or the title alone for unrated sections."""
        return f"{self.code} {self.title}" if self.is_rated else self.title


@dataclass(frozen=True)
class Edition:
    """A published edition. Lookups raise KeyError for codes that it does not hold."""

    code: str
    title: str
    scheme: str  # the accreditation's name
    body: str  # who runs it
    about: About
    pathways: tuple[Pathway, ...]  # by rank
    principles: tuple[Principle, ...]
    principles_force: Force
    sections: tuple[Section, ...]
    requirements: tuple[Requirement, ...]  # of the whole portfolio
    areas: tuple[str, ...]  # suggested specialist areas
    advanced_areas: tuple[str, ...]
    form: Form
    outcomes: tuple[Outcome, ...]
    panel: PanelRule
    agreement: Agreement
    minor_review: MinorReview
    attempt_limit: int | None  # assessed rounds of one registration
    referral_days: ReferralDays
    registration: RegistrationRule
    progression: Progression
    validity_years: int
    grace_days: int  # after the end of validity, before the award lapses
    renewal: RenewalTemplate
    as_it_is: bool
    questionnaire: tuple[Question, ...]
    sources: tuple[Source, ...]
    clock: Clock
    appeals: Appeals | None  # None: results are not appealed here

    def pathway(self, code: str) -> Pathway:
        """The pathway of that code."""
        return _found(self.pathways, code)

    def at_or_above(self, pathway: str) -> frozenset[str]:
        """Codes of that pathway and all of higher rank."""
        rank = self.pathway(pathway).rank
        return frozenset(each.code for each in self.pathways if each.rank >= rank)

    def principle(self, code: str) -> Principle:
        """The principle of that code."""
        return _found(self.principles, code)

    def section(self, code: str) -> Section:
        """The section of that code."""
        return _found(self.sections, code)

    def outcome(self, code: str) -> Outcome:
        """The outcome of that code."""
        return _found(self.outcomes, code)

    def mark(self, code: str) -> Mark:
        """The mark of that code, for sections, principles or statements."""
        return _found((*self.form.marks, *self.form.statement_marks), code)

    @property
    def rounds(self) -> tuple[RoundKind, ...]:
        """The rounds for which at least one outcome is open."""
        return tuple(kind for kind in RoundKind if any(kind in each.rounds for each in self.outcomes))

    def sections_for(self, pathway: str) -> tuple[Section, ...]:
        """The sections of a pathway, in the order of the portfolio."""
        return tuple(each for each in self.sections if self.asks(each.code, pathway))

    def asks(self, section: str, pathway: str) -> bool:
        """Whether the section belongs to the pathway."""
        return any(each.pathway == pathway for each in self.section(section).on)

    def on(self, section: str, pathway: str) -> OnPathway:
        """What the section asks on the pathway."""
        for each in self.section(section).on:
            if each.pathway == pathway:
                return each
        raise KeyError(f"section {section} is not on pathway {pathway}")

    def slot(self, section: str, position: int = 1) -> str:
        """The address of an entry; `position` counts from 1 and only matters in repeatable sections."""
        if not self.section(section).is_repeatable:
            return section
        if not 1 <= position <= len(LETTERS):
            raise KeyError(f"section {section} has no position {position}")
        return section + LETTERS[position - 1]

    def slots(self, section: str, count: int = 1) -> tuple[str, ...]:
        """The first `count` slots of a repeatable section; the one slot of any other."""
        if not self.section(section).is_repeatable:
            return (section,)
        return tuple(self.slot(section, position) for position in range(1, count + 1))

    def position_of_slot(self, slot: str) -> tuple[str, int]:
        """Section code and position (from 1) of a slot: the reverse of `slot`."""
        for section in self.sections:
            if section.code == slot and not section.is_repeatable:
                return slot, 1
            if section.is_repeatable and slot[:-1] == section.code and slot[-1] in LETTERS:
                return section.code, LETTERS.index(slot[-1]) + 1
        raise KeyError(f"no slot {slot}")

    def section_of_slot(self, slot: str) -> Section:
        """The section to which a slot belongs."""
        return self.section(self.position_of_slot(slot)[0])

    def slot_title(self, slot: str) -> str:
        """The title of a slot, numbered where the section may repeat: "5b Specialist area 2"."""
        code, position = self.position_of_slot(slot)
        section = self.section(code)
        return f"{slot} {section.title} {position}" if section.is_repeatable else section.label

    def referral_time(self, effect: Effect) -> timedelta:
        """How long the candidate has to revise after a referral of that effect."""
        days = self.referral_days.minor if effect is Effect.REFER_MINOR else self.referral_days.major
        return timedelta(days=days)


def _found(rows: Iterable[T], code: str) -> T:
    for row in rows:
        if row.code == code:
            return row
    raise KeyError(code)
