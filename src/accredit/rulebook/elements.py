"""The parts of an edition: names, numbers and texts, grouped by what they are about."""

from dataclasses import dataclass

from accredit.rulebook.terms import Adopts, CountsFrom, Disagreement, Effect, Readers, RoundKind


@dataclass(frozen=True)
class Principle:
    """A commitment that informs the whole portfolio."""

    code: str
    title: str
    meaning: str


@dataclass(frozen=True)
class Pathway:
    """A level one may seek; a higher `rank` includes the lower ones."""

    code: str
    title: str
    rank: int
    post_nominals: str
    summary: str
    for_whom: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """A point of the scale."""

    code: str
    title: str
    meaning: str
    asks_revision: bool = False
    outside: bool = False  # says that the row does not belong to the pathway


@dataclass(frozen=True)
class Form:
    """The assessment form."""

    marks: tuple[Mark, ...]  # of sections and principles
    statement_marks: tuple[Mark, ...]
    rates_principles: bool
    comment_on_revision: bool  # a mark that asks for revision needs a comment
    comment_on_every_row: bool
    overall_words: int  # at least; 0: the overall comment is optional
    # In a later round, sections that passed before may be rated again. Source: not known; a setting.
    rerate_passed: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a panel may decide. `after`: open only if an earlier round ended with one of these effects."""

    code: str
    title: str
    meaning: str
    next: str  # what the candidate is told to do now
    effect: Effect
    rounds: frozenset[RoundKind]
    after: frozenset[Effect] = frozenset()
    distinction: bool = False


@dataclass(frozen=True)
class PanelRule:
    """Who may assess whom."""

    size: int
    leads: int
    pathway_or_above: bool
    institution_years: int  # a shared institution counts for so many years after leaving; 0: only today's
    parent_conflict: bool  # institutions under one parent count as one
    distinct_institutions: bool  # no two members of a panel from one institution
    assessments_before_lead: int
    blind_candidate: bool  # assessors do not learn the candidate's name
    assessors_named: bool  # the candidate learns the assessors' names
    new_panel_on_reassessment: bool


@dataclass(frozen=True)
class Agreement:
    """How a panel comes to one outcome; `disagreement` says who is called, in turn, moderation last.

    Somebody is called as well where two marks of one row lie more than `spread` steps of the scale apart, or
    where the panel has not agreed within `lapse_days`. Source: neither is known for any scheme; None: never.
    """

    adopts: Adopts
    disagreement: tuple[Disagreement, ...]
    ratification: bool
    spread: int | None = None
    lapse_days: int | None = None


@dataclass(frozen=True)
class Clock:
    """When assessors are asked, reminded and relieved, in days.

    Source: not known for any scheme; the numbers are sane defaults and settings of the edition.
    """

    answer_days: int = 7  # to answer an invitation
    answer_reminders: tuple[int, ...] = (3,)  # days after the invitation
    due_reminders: tuple[int, ...] = (7, 1)  # days before the assessment is due
    overdue_reminders: tuple[int, ...] = (1, 7)  # days after it was due
    overdue_escalation: int = 14  # days after it was due: the office is asked to relieve the assessor
    agreement_reminders: tuple[int, ...] = (7, 14)  # days after the last assessment came in


@dataclass(frozen=True)
class MinorReview:
    """Who reads a minor revision and which effects are open when it does not convince."""

    readers: Readers
    unconvinced: frozenset[Effect]


@dataclass(frozen=True)
class Ground:
    """A ground on which a candidate may appeal."""

    code: str
    title: str


@dataclass(frozen=True)
class Appeals:
    """Within how many days of its release, and on which grounds, a result may be appealed.

    Source: not known for any scheme; an edition without it has no appeals.
    """

    days: int
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class ReferralDays:
    """Days allowed for revisions, counted from the release."""

    minor: int
    major: int


@dataclass(frozen=True)
class RegistrationRule:
    """How long a registration lasts; the grace applies where no submission deadline follows."""

    years: int
    grace_days: int


@dataclass(frozen=True)
class Progression:
    """How old the practice may be that a candidate carries over from an accredited portfolio.

    Source: the slide deck, about 2019: from the last three years, which therefore also holds for editions
    that do not say.
    """

    years: int = 3


@dataclass(frozen=True)
class RenewalTemplate:
    """What a renewal asks: `sections` are written anew, the rest is linked."""

    opens_days_before: int
    sections: tuple[str, ...]
    summary: bool
    cpd_items: int
    panel_size: int
    leads: int
    # From where the years of the new award count: "end" of the one before, or the "grant". Source: not known.
    counts_from: CountsFrom = CountsFrom.END


@dataclass(frozen=True)
class Point:
    """A short heading with an explanation: a value of the body, a benefit."""

    title: str
    text: str


@dataclass(frozen=True)
class Source:
    """Where a rule of the edition comes from, or that it is not known and therefore a setting."""

    about: str
    says: str


@dataclass(frozen=True)
class About:
    """The public texts of the scheme, in paragraphs and points."""

    definition: tuple[str, ...]
    audience: tuple[str, ...]
    values: tuple[Point, ...]
    benefits: tuple[Point, ...]


@dataclass(frozen=True)
class Answer:
    """An answer of the public questionnaire: points towards pathways, and why."""

    code: str
    text: str
    leanings: tuple[tuple[str, int], ...]
    because: str


@dataclass(frozen=True)
class Question:
    """A question of the public questionnaire."""

    code: str
    text: str
    hint: str
    answers: tuple[Answer, ...]
