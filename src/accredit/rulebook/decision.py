"""The assessment form, the outcomes open in a round, and what follows from what people decided.

Outcomes are judged by people: nothing here computes one from ratings.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from accredit.rulebook.facts import Assessment, Voice
from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.framework import Edition, Mark, Outcome
from accredit.rulebook.terms import Adopts, Disagreement, Effect, Readers, RoundKind
from accredit.rulebook.workflow import Move

ROUND_AFTER = {Effect.REFER_MINOR: RoundKind.REVIEW, Effect.REFER_MAJOR: RoundKind.REASSESSMENT}
REFERRALS = frozenset(ROUND_AFTER)


class RowKind(StrEnum):
    """What a row of the form is about."""

    STATEMENT = "statement"
    SECTION = "section"
    PRINCIPLE = "principle"


@dataclass(frozen=True)
class Row:
    """A row of the form. `key` is the slot, or "principle-" and the code; `marks` are the ones open here."""

    key: str
    kind: RowKind
    title: str
    marks: tuple[Mark, ...]


def rows(edition: Edition, pathway: str, slots: Iterable[str]) -> tuple[Row, ...]:
    """The rows for a submission with these slots, in the order of the portfolio, then the principles.

    The confirmation is not rated; slots of sections outside the pathway have no row.
    Source: the assessment form of 2026; earlier editions do not rate principles.
    """
    given = set(slots)
    found = [
        row for section in edition.sections_for(pathway) for row in _rows_of(edition, section.code, given)
    ]
    if edition.form.rates_principles:
        marks = open_marks(edition.form.marks)
        found += [
            Row(f"principle-{each.code}", RowKind.PRINCIPLE, each.title, marks) for each in edition.principles
        ]
    return tuple(found)


def open_marks(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks an assessor may give: rows outside the pathway are not on the form, nor is their mark."""
    return tuple(mark for mark in marks if not mark.outside)


def _rows_of(edition: Edition, code: str, given: set[str]) -> Iterator[Row]:
    section = edition.section(code)
    kind = RowKind.STATEMENT if section.is_statement else RowKind.SECTION
    marks = edition.form.statement_marks if section.is_statement else edition.form.marks
    if section.is_statement or section.is_rated:
        for slot in sorted(each for each in given if _belongs(edition, each, code)):
            yield Row(slot, kind, edition.slot_title(slot), open_marks(marks))


def _belongs(edition: Edition, slot: str, code: str) -> bool:
    try:
        return edition.position_of_slot(slot)[0] == code
    except KeyError:
        return False


def standing_rows(
    edition: Edition, form: Iterable[Row], marks: Mapping[str, str], closed: Collection[str]
) -> frozenset[str]:
    """The rows of a later round that keep the mark the same assessor gave before: of slots that were not open
    for revision (`closed`), with a mark that asks for none and is on this form too. None where the edition
    lets passed sections be rated again (`form.rerate_passed`; a setting, not known for any scheme).
    """
    if edition.form.rerate_passed:
        return frozenset()
    return frozenset(
        row.key
        for row in form
        if row.key in closed
        and any(mark.code == marks.get(row.key) and not mark.asks_revision for mark in row.marks)
    )


def incomplete(
    edition: Edition,
    pathway: str,
    slots: Iterable[str],
    assessment: Assessment,
    round_kind: RoundKind,
    *,
    earlier: Sequence[Effect] = (),
) -> tuple[Fault, ...]:
    """What an assessment lacks before it may be handed in.

    `earlier` holds the effects of this registration's earlier outcomes, oldest first. Comments per section
    are optional but required where revisions are asked, if the edition says so.
    """
    form = rows(edition, pathway, slots)
    return (
        *(each for row in form for each in _of_row(edition, row, assessment)),
        *_of_keys(form, assessment),
        *_of_overall(edition, assessment),
        *_of_outcome(edition, form, assessment, open_outcomes(edition, round_kind, earlier)),
    )


_MISPLACED = frozenset({Code.MARK_NOT_OPEN, Code.ROW_UNKNOWN, Code.REVISION_UNKNOWN, Code.OUTCOME_NOT_OPEN})


def misplaced(
    edition: Edition,
    pathway: str,
    slots: Iterable[str],
    assessment: Assessment,
    *,
    round_kind: RoundKind,
    earlier: Sequence[Effect] = (),
) -> tuple[Fault, ...]:
    """What even an unfinished assessment may not say: rows, marks and outcomes that are not on its form."""
    found = incomplete(edition, pathway, slots, assessment, round_kind=round_kind, earlier=earlier)
    return tuple(each for each in found if each.code in _MISPLACED)


def undecidable(
    edition: Edition,
    pathway: str,
    slots: Iterable[str],
    *,
    round_kind: RoundKind,
    earlier: Sequence[Effect],
    outcome: str,
    has_feedback: bool,
    revise: frozenset[str],
) -> tuple[Fault, ...]:
    """Why this outcome cannot be proposed or decided: not open, no words for the candidate, nothing or
    something unknown named for revision."""
    form = rows(edition, pathway, slots)
    said = Assessment(outcome=outcome or None, revise=revise)
    return (
        *_of_keys(form, said),
        *_of_outcome(edition, form, said, open_outcomes(edition, round_kind, earlier)),
        *(() if has_feedback else (fault(Code.FEEDBACK_MISSING),)),
    )


def _of_row(edition: Edition, row: Row, assessment: Assessment) -> Iterator[Fault]:
    where = {"section": row.key, "title": row.title}
    code = assessment.marks.get(row.key)
    given = next((mark for mark in row.marks if mark.code == code), None)
    if code is None:
        yield fault(Code.MARK_MISSING, **where)
    elif given is None:
        yield fault(Code.MARK_NOT_OPEN, mark=code, **where)
    asked = given is not None and given.asks_revision and edition.form.comment_on_revision
    if (asked or edition.form.comment_on_every_row) and row.key not in assessment.comments:
        yield fault(Code.COMMENT_MISSING, **where)


def _of_keys(form: tuple[Row, ...], assessment: Assessment) -> Iterator[Fault]:
    known = {row.key for row in form}
    for key in sorted({*assessment.marks, *assessment.comments} - known):
        yield fault(Code.ROW_UNKNOWN, section=key)
    for slot in sorted(assessment.revise - _slots(form)):
        yield fault(Code.REVISION_UNKNOWN, section=slot)


def _slots(form: tuple[Row, ...]) -> set[str]:
    return {row.key for row in form if row.kind is not RowKind.PRINCIPLE}


def _of_overall(edition: Edition, assessment: Assessment) -> Iterator[Fault]:
    needed = edition.form.overall_words
    if assessment.overall_words < needed:
        yield fault(Code.OVERALL_TOO_SHORT, have=assessment.overall_words, needed=needed)


def _of_outcome(
    edition: Edition, form: tuple[Row, ...], assessment: Assessment, open_now: tuple[Outcome, ...]
) -> Iterator[Fault]:
    if assessment.outcome is None:
        yield fault(Code.OUTCOME_MISSING)
        return
    recommended = next((each for each in open_now if each.code == assessment.outcome), None)
    if recommended is None:
        titles = {each.code: each.title for each in edition.outcomes}
        yield fault(Code.OUTCOME_NOT_OPEN, outcome=titles.get(assessment.outcome, assessment.outcome))
    elif recommended.effect in REFERRALS and not assessment.revise & _slots(form):
        yield fault(Code.REVISIONS_MISSING)


def open_outcomes(
    edition: Edition, round_kind: RoundKind, earlier: Sequence[Effect] = ()
) -> tuple[Outcome, ...]:
    """The outcomes open in a round, given the effects of this registration's earlier outcomes.

    Source: the form of 2026 (fail only for a resubmission that had needed major revisions) and the forms to
    2019 (the second decision is final). A review opens, besides a pass, the effects the edition names for
    one that does not convince; the last attempt opens no further referral.
    """
    return tuple(each for each in edition.outcomes if _is_open(edition, each, round_kind, earlier))


def _is_open(edition: Edition, outcome: Outcome, round_kind: RoundKind, earlier: Sequence[Effect]) -> bool:
    if round_kind not in outcome.rounds:
        return False
    if outcome.effect in REFERRALS and attempts_left(edition, earlier) in (0, 1):
        return False
    if outcome.after and not outcome.after.intersection(earlier):
        return False
    review = round_kind is RoundKind.REVIEW and outcome.effect is not Effect.PASS
    return not review or outcome.effect in edition.minor_review.unconvinced


def attempts_left(edition: Edition, earlier: Sequence[Effect]) -> int | None:
    """Assessed rounds still possible, the present one included; None without a limit."""
    return None if edition.attempt_limit is None else max(0, edition.attempt_limit - len(earlier))


def may_submit_again(edition: Edition, earlier: Sequence[Effect]) -> tuple[Fault, ...]:
    """Why no further round may begin; empty when one may."""
    if attempts_left(edition, earlier) == 0:
        return (fault(Code.ATTEMPTS_EXHAUSTED, limit=edition.attempt_limit or 0),)
    return ()


class Step(StrEnum):
    """What happens next in an agreement."""

    WAIT = "wait"
    ADOPT = "adopt"
    THIRD = "third"
    MODERATE = "moderate"


@dataclass(frozen=True)
class Verdict:
    """The next step and, when it is ADOPT, the outcome's code."""

    step: Step
    outcome: str | None = None


def next_step(edition: Edition, voices: Sequence[Voice], proposal: str | None) -> Verdict:
    """What follows from a panel's answers to the proposed outcome.

    `voices` are the members whose assessments are in; the proposer agrees. All must agree, or a majority if
    the edition says so; else the edition's next escalation is called. Once a third assessor is in, an
    outcome that more than half of them stand behind is adopted; otherwise the moderator decides.
    """
    if any(voice.third for voice in voices):
        return _of_majority(_stances(voices, proposal))
    if proposal is None or not voices:
        return Verdict(Step.WAIT)
    if _is_adopted(edition, voices):
        return Verdict(Step.ADOPT, proposal)
    if _is_refused(edition, voices):
        return Verdict(escalation(edition))
    return Verdict(Step.WAIT)


_ESCALATION = {Disagreement.THIRD: Step.THIRD, Disagreement.MODERATION: Step.MODERATE}


def escalation(edition: Edition) -> Step:
    """Who is called first when a panel may not, or does not, agree by itself. (After a third assessor nothing
    is left to agree: their majority or the moderator decides at once.)"""
    return _ESCALATION[edition.agreement.disagreement[0]]


def _is_adopted(edition: Edition, voices: Sequence[Voice]) -> bool:
    agreed = sum(voice.agrees is True for voice in voices)
    if edition.agreement.adopts is Adopts.ALL:
        return agreed == len(voices)
    return agreed * 2 > len(voices)


def _is_refused(edition: Edition, voices: Sequence[Voice]) -> bool:
    refused = sum(voice.agrees is False for voice in voices)
    if edition.agreement.adopts is Adopts.ALL:
        return refused > 0
    return refused * 2 >= len(voices)


def _stances(voices: Sequence[Voice], proposal: str | None) -> list[str]:
    return [proposal if voice.agrees and proposal else voice.recommended for voice in voices]


def _of_majority(stances: list[str]) -> Verdict:
    outcome, count = Counter(stances).most_common(1)[0]
    return Verdict(Step.ADOPT, outcome) if count * 2 > len(stances) else Verdict(Step.MODERATE)


def move_for(edition: Edition, step: Step) -> Move | None:
    """The move that carries out a step of the agreement; None while it waits."""
    if step is Step.ADOPT:
        return Move.AGREE_FOR_RATIFICATION if edition.agreement.ratification else Move.AGREE
    return {Step.THIRD: Move.CALL_THIRD, Step.MODERATE: Move.CALL_MODERATOR}.get(step)


def move_of_moderator(edition: Edition) -> Move:
    """The move by which a moderator's decision is recorded."""
    return Move.MODERATE_FOR_RATIFICATION if edition.agreement.ratification else Move.MODERATE


def move_on_accepting(edition: Edition, round_kind: RoundKind) -> Move:
    """The move that ends a check: a review goes to its readers at once, all else to appointing unless the
    panel of the first round also reassesses."""
    same_panel = round_kind is RoundKind.REASSESSMENT and not edition.panel.new_panel_on_reassessment
    at_once = round_kind is RoundKind.REVIEW or same_panel
    return Move.ACCEPT_FOR_REVIEW if at_once else Move.ACCEPT


def move_on_last_assessment(edition: Edition, round_kind: RoundKind) -> Move:
    """The move once all expected assessments are in: a review read by one person is decided by it."""
    one_reader = round_kind is RoundKind.REVIEW and edition.minor_review.readers is not Readers.BOTH
    return move_of_reader(edition) if one_reader else Move.COMPARE


def move_of_reader(edition: Edition) -> Move:
    """The move by which a review's single reader, or the office, decides it."""
    return Move.DECIDE_REVIEW_FOR_RATIFICATION if edition.agreement.ratification else Move.DECIDE_REVIEW


def move_on_release(effect: Effect) -> Move:
    """The move by which an outcome of that effect is released."""
    if effect is Effect.PASS:
        return Move.RELEASE_PASS
    return Move.RELEASE_FAIL if effect is Effect.FAIL else Move.RELEASE_REFERRAL


def next_round(effect: Effect) -> RoundKind | None:
    """The round that follows an outcome of that effect: review after minor, reassessment after major."""
    return ROUND_AFTER.get(effect)
