"""From an edition's TOML document to a frozen edition, or to the list of everything wrong with it."""

import tomllib

from accredit.rulebook.coherence import contradictions
from accredit.rulebook.documents import Node, Problem
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
from accredit.rulebook.framework import Edition
from accredit.rulebook.kinds import Covered
from accredit.rulebook.sections import read_section
from accredit.rulebook.terms import Adopts, CountsFrom, Disagreement, Effect, Force, Readers, RoundKind

_YEARS = 50


class BadEdition(Exception):
    """A document that is no edition; `problems` name each path and fault."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def read_edition(text: str) -> Edition:
    """The edition that a TOML document describes.

    Unknown keys and kinds are refused. Raises BadEdition with every fault found, never anything else, and
    never returns a half-read edition.
    """
    problems: list[Problem] = []
    node = Node(_parsed(text), "", problems)
    edition = _edition(node)
    node.finish()
    if not problems:
        problems += contradictions(edition)
    if problems:
        raise BadEdition(tuple(problems))
    return edition


def _parsed(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadEdition((Problem("", f"is not TOML: {error}"),)) from error


def _edition(node: Node) -> Edition:
    coverage, force = node.one("coverage", _coverage)
    areas, advanced_areas = node.one("vocabularies", _vocabularies)
    pathways = node.each("pathways", _pathway)
    return Edition(
        code=node.code("code"),
        title=node.text("title"),
        scheme=node.text("scheme"),
        body=node.text("body"),
        about=node.one("about", _about),
        pathways=tuple(sorted(pathways, key=lambda pathway: pathway.rank)),
        principles=node.each("principles", _principle, at_least=0),
        principles_force=force,
        sections=node.each("sections", read_section),
        requirements=(coverage,),
        areas=areas,
        advanced_areas=advanced_areas,
        form=node.one("form", _form),
        outcomes=node.each("outcomes", _outcome),
        panel=node.one("panel", _panel),
        agreement=node.one("agreement", _agreement),
        minor_review=node.one("minor_review", _minor_review),
        clock=node.one("clock", _clock) if node.has("clock") else Clock(),
        appeals=node.one("appeals", _appeals) if node.has("appeals") else None,
        attempt_limit=node.whole_if("attempt_limit", at_least=1, at_most=6),
        referral_days=node.one("referral_days", _referral_days),
        registration=node.one("registration", _registration),
        progression=node.one("progression", _progression) if node.has("progression") else Progression(),
        validity_years=node.whole("validity_years", at_least=1, at_most=_YEARS),
        grace_days=node.whole("grace_days"),
        renewal=node.one("renewal", _renewal),
        as_it_is=node.flag("as_it_is"),
        questionnaire=node.each("questionnaire", _question, at_least=0),
        sources=node.each("sources", _source, at_least=0),
    )


def _coverage(node: Node) -> tuple[Covered, Force]:
    return Covered(node.whole("at_least")), node.choice("force", Force)


def _vocabularies(node: Node) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return node.texts("areas", ()), node.texts("advanced_areas", ())


def _about(node: Node) -> About:
    return About(
        definition=node.texts("definition"),
        audience=node.texts("audience"),
        values=node.each("values", _point, at_least=0),
        benefits=node.each("benefits", _point, at_least=0),
    )


def _point(node: Node) -> Point:
    return Point(node.text("title"), node.text("text"))


def _source(node: Node) -> Source:
    return Source(node.text("about"), node.text("says"))


def _pathway(node: Node) -> Pathway:
    return Pathway(
        code=node.code("code"),
        title=node.text("title"),
        rank=node.whole("rank", at_least=1, at_most=100),
        post_nominals=node.text("post_nominals", ""),
        summary=node.text("summary"),
        for_whom=node.texts("for_whom"),
    )


def _principle(node: Node) -> Principle:
    return Principle(node.code("code"), node.text("title"), node.text("meaning"))


def _mark(node: Node) -> Mark:
    return Mark(
        code=node.code("code"),
        title=node.text("title"),
        meaning=node.text("meaning"),
        asks_revision=node.flag("asks_revision", False),
        outside=node.flag("outside", False),
    )


def _form(node: Node) -> Form:
    return Form(
        marks=node.each("marks", _mark),
        statement_marks=node.each("statement_marks", _mark),
        rates_principles=node.flag("rates_principles"),
        comment_on_revision=node.flag("comment_on_revision"),
        comment_on_every_row=node.flag("comment_on_every_row"),
        overall_words=node.whole("overall_words"),
        rerate_passed=node.flag("rerate_passed", False),
    )


def _outcome(node: Node) -> Outcome:
    return Outcome(
        code=node.code("code"),
        title=node.text("title"),
        meaning=node.text("meaning"),
        next=node.text("next"),
        effect=node.choice("effect", Effect),
        rounds=frozenset(node.choices("rounds", RoundKind)),
        after=frozenset(node.choices("after", Effect, ())),
        distinction=node.flag("distinction", False),
    )


def _panel(node: Node) -> PanelRule:
    return PanelRule(
        size=node.whole("size", at_least=1, at_most=12),
        leads=node.whole("leads", at_most=12),
        pathway_or_above=node.flag("pathway_or_above"),
        institution_years=node.whole("institution_years", at_most=_YEARS),
        parent_conflict=node.flag("parent_conflict"),
        distinct_institutions=node.flag("distinct_institutions"),
        assessments_before_lead=node.whole("assessments_before_lead", at_most=1000),
        blind_candidate=node.flag("blind_candidate"),
        assessors_named=node.flag("assessors_named"),
        new_panel_on_reassessment=node.flag("new_panel_on_reassessment"),
    )


def _agreement(node: Node) -> Agreement:
    return Agreement(
        adopts=node.choice("adopts", Adopts),
        disagreement=node.choices("disagreement", Disagreement),
        ratification=node.flag("ratification"),
        spread=node.whole_if("spread", at_least=1, at_most=9),
        lapse_days=node.whole_if("lapse_days", at_least=1, at_most=366),
    )


def _clock(node: Node) -> Clock:
    usual = Clock()
    return Clock(
        answer_days=node.whole_or("answer_days", usual.answer_days, at_least=1, at_most=366),
        answer_reminders=node.days("answer_reminders", usual.answer_reminders),
        due_reminders=node.days("due_reminders", usual.due_reminders),
        overdue_reminders=node.days("overdue_reminders", usual.overdue_reminders),
        overdue_escalation=node.whole_or("overdue_escalation", usual.overdue_escalation, at_most=366),
        agreement_reminders=node.days("agreement_reminders", usual.agreement_reminders),
    )


def _appeals(node: Node) -> Appeals:
    return Appeals(node.whole("days", at_least=1, at_most=366), node.each("grounds", _ground))


def _ground(node: Node) -> Ground:
    return Ground(node.code("code"), node.text("title"))


def _minor_review(node: Node) -> MinorReview:
    return MinorReview(node.choice("readers", Readers), frozenset(node.choices("unconvinced", Effect)))


def _referral_days(node: Node) -> ReferralDays:
    return ReferralDays(node.whole("minor", at_least=1), node.whole("major", at_least=1))


def _registration(node: Node) -> RegistrationRule:
    return RegistrationRule(node.whole("years", at_least=1, at_most=_YEARS), node.whole("grace_days"))


def _progression(node: Node) -> Progression:
    return Progression(node.whole("years", at_least=1, at_most=_YEARS))


def _renewal(node: Node) -> RenewalTemplate:
    return RenewalTemplate(
        opens_days_before=node.whole("opens_days_before"),
        sections=node.texts("sections"),
        summary=node.flag("summary"),
        cpd_items=node.whole("cpd_items", at_most=1000),
        panel_size=node.whole("panel_size", at_least=1, at_most=12),
        leads=node.whole("leads", at_most=12),
        counts_from=node.choice("counts_from", CountsFrom) if node.has("counts_from") else CountsFrom.END,
    )


def _answer(node: Node) -> Answer:
    return Answer(node.code("code"), node.text("text"), node.counts("leanings"), node.text("because"))


def _question(node: Node) -> Question:
    answers = node.each("answers", _answer, at_least=2)
    return Question(node.code("code"), node.text("text"), node.text("hint", ""), answers)
