"""Small frozen snapshots of records: what the rules judge. Built by `queries.facts_of`, never stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from accredit.rulebook.faults import Code
from accredit.rulebook.terms import ExampleType, RoundKind


@dataclass(frozen=True)
class Piece:
    """A piece of evidence, as far as advice reads it."""

    title: str
    needs_alt: bool = False  # a picture that nothing describes
    address: str = ""


@dataclass(frozen=True)
class Example:
    """One example of the candidate's own work; words are counts, evidence the number of items."""

    description_words: int = 0
    reflection_words: int = 0
    evidence: int = 0
    type: ExampleType | None = None
    jurisdiction: str = ""
    we_words: int = 0  # of the description, as `voice.voice_of` counts them; none unless it is English
    i_words: int = 0
    pieces: tuple[int, ...] = ()  # keys of `Portfolio.pieces`

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been written or attached yet: such an example is not counted."""
        return not (self.description_words or self.reflection_words or self.evidence)


@dataclass(frozen=True)
class Carried:
    """What the candidate says of an entry that began as a copy of an earlier portfolio’s.

    Still valid, or rewritten since (`is_valid` False): both with the last day of the practice it shows.
    Not valid and without a day: it has to be rewritten. None: not answered yet.
    """

    is_valid: bool | None = None
    practised_on: date | None = None


@dataclass(frozen=True)
class Entry:
    """What stands in one slot. `position` counts from 1 within its section."""

    section: str
    position: int = 1
    title: str = ""  # the candidate's own name for a specialist or advanced area
    area: str = ""  # a term of the edition's vocabulary
    text_words: int = 0  # of the statement, where the section holds one
    examples: tuple[Example, ...] = ()
    principles: frozenset[str] = frozenset()  # codes with which the entry is tagged
    principle_words: Mapping[str, int] = field(default_factory=dict)  # by code: advanced areas
    link: str = ""  # where this section stands in a portfolio submitted as it is
    pages: str = ""  # or its page range
    addresses: frozenset[str] = frozenset()  # web addresses within its texts
    carried: Carried | None = None  # None: written for this portfolio

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been written, attached or named yet."""
        named = (self.title, self.area, self.link, self.pages, self.principles)
        return not (self.words or any(named) or any(not each.is_blank for each in self.examples))

    @property
    def words(self) -> int:
        """All words of the entry together."""
        examples = sum(each.description_words + each.reflection_words for each in self.examples)
        return self.text_words + examples + sum(self.principle_words.values())


@dataclass(frozen=True)
class Portfolio:
    """One portfolio on its pathway, in its round. Entries of other pathways' sections may be present."""

    pathway: str
    entries: tuple[Entry, ...] = ()
    confirmed: bool = False
    as_it_is: bool = False
    has_source: bool = False  # as it is: the address or file is there
    open_slots: frozenset[str] | None = None  # None: all; else only these may change in this round
    round: RoundKind = RoundKind.FIRST
    summary_words: int = 0  # of the summary of changes (renewal: of recent work)
    cpd_items: int = 0  # renewal: items of the CPD record that carry a reflection
    pieces: Mapping[int, Piece] = field(default_factory=dict)  # the evidence that examples use, by key
    silent: frozenset[str] = frozenset()  # addresses that did not answer when they were last asked
    # The day of judging: practice carried over grows old. Where no day is given, it is too old on any.
    on: date = date.max


@dataclass(frozen=True)
class Stay:
    """Belonging to an institution; `until` None means today still. `parent` is its umbrella body."""

    institution: int
    until: date | None = None
    parent: int | None = None
    name: str = ""
    by_address: bool = False  # not said by the person: their e-mail address says so


@dataclass(frozen=True)
class Assessor:
    """One person as a possible member of one candidate's panel."""

    person: int
    holds: frozenset[str] = frozenset()  # pathway codes of awards in good standing
    completed: int = 0  # assessments finished
    leads: bool = False  # the office has said that they may
    load: int = 0  # assessments under way
    capacity: int | None = None  # None: no limit stated
    institutions: tuple[Stay, ...] = ()
    conflicts: tuple[Code, ...] = ()  # known or declared with this candidate, not dismissed
    history: frozenset[int] = frozenset()  # persons this one has assessed before
    pathways: frozenset[str] = frozenset()  # that they offer to assess; empty: every one they may
    away: frozenset[str] = frozenset()  # months in which they take nothing on, as "2026-08"
    per_year: int | None = None  # assessments begun within a year; None: no limit stated
    this_year: int = 0
    set_aside: frozenset[tuple[str, str]] = frozenset()  # conflicts the office dismissed: `Interest.key`


@dataclass(frozen=True)
class Candidate:
    """Whom a panel is sought for, on a day."""

    person: int
    pathway: str
    on: date
    institutions: tuple[Stay, ...] = ()
    round: RoundKind = RoundKind.FIRST
    earlier_panel: frozenset[int] = frozenset()  # persons who assessed this registration before
    # Of those, who sat on a panel whose result was set aside on appeal.
    set_aside_panel: frozenset[int] = frozenset()
    due: date | None = None  # when the assessments will be due, where that is known


@dataclass(frozen=True)
class Seat:
    """A place on a panel."""

    assessor: Assessor
    lead: bool = False


@dataclass(frozen=True)
class Panel:
    """A panel, drafted or appointed."""

    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Assessment:
    """One assessor's form. Rows are addressed by `decision.Row.key`."""

    marks: Mapping[str, str] = field(default_factory=dict)  # row key -> mark code
    comments: frozenset[str] = frozenset()  # keys of the rows that carry a comment
    overall_words: int = 0
    outcome: str | None = None  # code of the recommended outcome
    revise: frozenset[str] = frozenset()  # slots named for revision


@dataclass(frozen=True)
class Voice:
    """Where one panel member stands in the agreement; `agrees` is None until asked and answered."""

    person: int
    recommended: str  # outcome code of the own assessment
    agrees: bool | None = None  # with the proposal; the proposer's own is True
    third: bool = False  # called after a disagreement
