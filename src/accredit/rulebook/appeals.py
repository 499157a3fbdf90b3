"""Appeals: which results may be appealed, until when and on which grounds; what follows from the decision.

Source: appeals are not known for any scheme; whether there are any, the days and the grounds are data of the
edition (`elements.Appeals`).
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from accredit.rulebook.faults import Code, Fault, fault
from accredit.rulebook.framework import Edition
from accredit.rulebook.terms import Effect, RoundKind
from accredit.rulebook.workflow import Move


def last_day(edition: Edition, released_on: date) -> date | None:
    """The last day on which a result released on a day may be appealed; None where the edition has none."""
    return released_on + timedelta(days=edition.appeals.days) if edition.appeals is not None else None


def not_open(edition: Edition, effect: Effect, *, released_on: date, on: date) -> tuple[Fault, ...]:
    """Why a result may not be appealed on a day, whatever the candidate says; empty when it may.

    A pass is not appealed: nothing further could be granted but what its panel chose not to.
    """
    until = last_day(edition, released_on)
    if until is None:
        return (fault(Code.APPEALS_NOT_OPEN),)
    if effect is Effect.PASS:
        return (fault(Code.APPEAL_AGAINST_PASS),)
    return (fault(Code.APPEAL_TOO_LATE, date=until.isoformat()),) if on > until else ()


def lacking(edition: Edition, *, grounds: Collection[str], has_words: bool) -> tuple[Fault, ...]:
    """What an appeal lacks: a ground of the edition, and the candidate's words for it."""
    known = {each.code for each in edition.appeals.grounds} if edition.appeals is not None else set()
    found = [fault(Code.GROUND_UNKNOWN, ground=each) for each in sorted(set(grounds) - known)]
    if not grounds:
        found.append(fault(Code.GROUND_MISSING))
    if not has_words:
        found.append(fault(Code.APPEAL_WORDS_MISSING))
    return tuple(found)


def titles_of(edition: Edition, grounds: Iterable[str]) -> tuple[str, ...]:
    """The titles of grounds; one the edition does not know is named by its code."""
    known = {each.code: each.title for each in edition.appeals.grounds} if edition.appeals is not None else {}
    return tuple(known.get(each, each) for each in grounds)


def move_back(effect: Effect) -> Move:
    """The move by which the result stands: its revision goes on, or it has failed."""
    return Move.LET_FAIL_STAND if effect is Effect.FAIL else Move.RESUME_REVISION


def kind_for_new_panel(kind: RoundKind) -> RoundKind:
    """How the new panel of an appeal that was upheld reads the submission: as it was read before; the review
    of a minor revision, which is its first panel's to read, as a whole portfolio assessed again."""
    return RoundKind.REASSESSMENT if kind is RoundKind.REVIEW else kind


def revise_until(until: date, *, appealed_on: date, decided_on: date) -> date:
    """The last day for a revision after an appeal that was not upheld: what the appeal took is given back."""
    return until + max(timedelta(0), decided_on - appealed_on)
