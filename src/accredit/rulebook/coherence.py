"""What a well-formed edition may still contradict itself in."""

from collections import Counter
from collections.abc import Iterable, Iterator

from accredit.rulebook.decision import REFERRALS, ROUND_AFTER, open_outcomes
from accredit.rulebook.documents import Problem
from accredit.rulebook.framework import LETTERS, Edition, OnPathway, Section
from accredit.rulebook.kinds import Examples, Types
from accredit.rulebook.terms import Disagreement, Effect, Readers, RoundKind

_DEPTH = 4  # rounds followed where the edition sets no limit of attempts


def contradictions(edition: Edition) -> list[Problem]:
    """Every contradiction: codes used twice or unknown, slots that cannot be told apart, requirements that
    cannot be met, rounds in which assessors could not decide."""
    return [
        *_twice(edition),
        *_unknown(edition),
        *_of_sections(edition),
        *_of_form(edition),
        *_of_people(edition),
        *_of_rounds(edition),
    ]


def _twice(edition: Edition) -> Iterator[Problem]:
    marks = (*edition.form.marks, *edition.form.statement_marks)
    yield from _repeated("pathways", (each.code for each in edition.pathways))
    yield from _repeated("pathways.rank", (str(each.rank) for each in edition.pathways))
    yield from _repeated("principles", (each.code for each in edition.principles))
    yield from _repeated("sections", (each.code for each in edition.sections))
    yield from _repeated("form.marks", (each.code for each in marks))
    yield from _repeated("outcomes", (each.code for each in edition.outcomes))
    yield from _repeated("questionnaire", (each.code for each in edition.questionnaire))
    if edition.appeals is not None:
        yield from _repeated("appeals.grounds", (each.code for each in edition.appeals.grounds))
    for section in edition.sections:
        yield from _repeated(f"sections[{section.code}].on", (each.pathway for each in section.on))
    for question in edition.questionnaire:
        path = f"questionnaire[{question.code}].answers"
        yield from _repeated(path, (each.code for each in question.answers))


def _repeated(path: str, codes: Iterable[str]) -> Iterator[Problem]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield Problem(path, f"{code!r} occurs {count} times")


def _unknown(edition: Edition) -> Iterator[Problem]:
    pathways = {each.code for each in edition.pathways}
    sections = {each.code for each in edition.sections}
    for section in edition.sections:
        named = [each.pathway for each in section.on]
        yield from _strangers(f"sections[{section.code}].on", named, pathways)
    for question in edition.questionnaire:
        for answer in question.answers:
            named = [code for code, _ in answer.leanings]
            path = f"questionnaire[{question.code}].answers[{answer.code}].leanings"
            yield from _strangers(path, named, pathways)
    yield from _strangers("renewal.sections", edition.renewal.sections, sections)


def _strangers(path: str, named: Iterable[str], known: set[str]) -> Iterator[Problem]:
    for code in named:
        if code not in known:
            yield Problem(path, f"{code!r} is not in this edition")


def _of_sections(edition: Edition) -> Iterator[Problem]:
    codes = {section.code for section in edition.sections}
    for section in edition.sections:
        path = f"sections[{section.code}]"
        if section.is_repeatable and codes & {section.code + letter for letter in LETTERS}:
            yield Problem(path, "its slots have the codes of other sections")
        if section.code.startswith("principle-"):
            yield Problem(path, "codes that begin with 'principle-' are rows of the form")
        for on in section.on:
            yield from _of_on(section, on, f"{path}.on[{on.pathway}]")
    for pathway in edition.pathways:
        if not any(section.is_rated and section.on for section in _asked(edition, pathway.code)):
            yield Problem(f"pathways[{pathway.code}]", "has no section that is rated")


def _asked(edition: Edition, pathway: str) -> list[Section]:
    return [each for each in edition.sections if any(on.pathway == pathway for on in each.on)]


def _of_on(section: Section, on: OnPathway, path: str) -> Iterator[Problem]:
    if not section.is_repeatable and (on.entries.at_most != 1 or on.entries.at_least > 1):
        yield Problem(path, "only specialist and advanced sections may have more than one entry")
    if not section.is_rated and any(isinstance(each, Examples) for each in on.requirements):
        yield Problem(path, "a statement or confirmation holds no examples")
    for rule in on.requirements:
        if isinstance(rule, Types):
            yield from _of_types(rule, on, path)


def _of_types(rule: Types, on: OnPathway, path: str) -> Iterator[Problem]:
    if not set(rule.of) & set(on.example_types):
        yield Problem(path, "asks for types that its examples may not have")
    if on.examples is not None and on.examples.at_most is not None and rule.at_least > on.examples.at_most:
        yield Problem(path, "asks for more examples of a type than an entry may hold")


def _of_form(edition: Edition) -> Iterator[Problem]:
    scales = {"marks": edition.form.marks, "statement_marks": edition.form.statement_marks}
    for name, marks in scales.items():
        if all(mark.outside or mark.asks_revision for mark in marks):
            yield Problem(f"form.{name}", "has no mark for work that meets the criteria")


def _of_people(edition: Edition) -> Iterator[Problem]:
    if edition.panel.leads > edition.panel.size:
        yield Problem("panel.leads", "is above the size")
    if edition.renewal.leads > edition.renewal.panel_size:
        yield Problem("renewal.leads", "is above the size")
    for name, leads in (("panel", edition.panel.leads), ("renewal", edition.renewal.leads)):
        if leads > 1:
            yield Problem(f"{name}.leads", "must be 0 or 1: one person leads, or nobody does")
    if edition.minor_review.readers is Readers.LEAD and not edition.panel.leads:
        yield Problem("minor_review.readers", "names the lead of a panel without one")
    if edition.agreement.disagreement[-1:] != (Disagreement.MODERATION,):
        yield Problem("agreement.disagreement", "must end with moderation, or a panel could stay divided")


def _of_rounds(edition: Edition) -> Iterator[Problem]:
    if Effect.PASS in edition.minor_review.unconvinced:
        yield Problem("minor_review.unconvinced", "a pass cannot follow a review that does not convince")
    for outcome in edition.outcomes:
        if not outcome.rounds:
            yield Problem(f"outcomes[{outcome.code}].rounds", "must not be empty")
        if outcome.distinction and outcome.effect is not Effect.PASS:
            yield Problem(f"outcomes[{outcome.code}].distinction", "belongs to a pass")
    if not any(each.effect is Effect.PASS for each in open_outcomes(edition, RoundKind.RENEWAL)):
        yield Problem("outcomes", "no pass is open in the round 'renewal'")
    yield from dict.fromkeys(_dead_ends(edition, RoundKind.FIRST, ()))


def _dead_ends(edition: Edition, kind: RoundKind, earlier: tuple[Effect, ...]) -> Iterator[Problem]:
    """Rounds that the outcomes can lead to and in which a panel could not say both yes and no."""
    effects = {each.effect for each in open_outcomes(edition, kind, earlier)}
    if Effect.PASS not in effects:
        yield Problem("outcomes", f"no pass is open in the round '{kind}'")
    if effects <= {Effect.PASS}:
        told = " then ".join(earlier) or "nothing"
        yield Problem("outcomes", f"nothing but a pass is open in the round '{kind}' after {told}")
    if len(earlier) < (edition.attempt_limit or _DEPTH):
        for effect in sorted(effects & REFERRALS):
            yield from _dead_ends(edition, ROUND_AFTER[effect], (*earlier, effect))
