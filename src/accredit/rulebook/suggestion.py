"""The public questionnaire "which pathway?": a suggestion that explains itself and keeps nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from accredit.rulebook.framework import Answer, Edition, Pathway, Question


@dataclass(frozen=True)
class Reason:
    """One answer given, the pathways it speaks for, and why."""

    question: Question
    answer: Answer
    towards: tuple[Pathway, ...]
    because: str


@dataclass(frozen=True)
class Suggestion:
    """The suggested pathway with its reasons; `close` is another one within one point of it."""

    pathway: Pathway
    points: tuple[tuple[Pathway, int], ...]
    reasons: tuple[Reason, ...]
    close: Pathway | None


def suggest(edition: Edition, answers: Mapping[str, str]) -> Suggestion | None:
    """The pathway with most points, the lower one on a tie; None when no known answer was given.

    `answers` maps question codes to answer codes; unknown ones are ignored. Source: the deck (about 2019)
    names the features of each pathway but not how they weigh: the points are settings of the edition.
    """
    reasons = tuple(
        _reason(edition, question, answer)
        for question in edition.questionnaire
        for answer in question.answers
        if answers.get(question.code) == answer.code
    )
    if not reasons:
        return None
    points = tuple((pathway, _points(pathway, reasons)) for pathway in edition.pathways)
    best, most = max(points, key=lambda pair: (pair[1], -pair[0].rank))
    near = [pathway for pathway, had in points if pathway != best and most - had <= 1]
    return Suggestion(best, points, reasons, near[0] if near else None)


def _reason(edition: Edition, question: Question, answer: Answer) -> Reason:
    towards = tuple(edition.pathway(code) for code, points in answer.leanings if points > 0)
    return Reason(question, answer, towards, answer.because)


def _points(pathway: Pathway, reasons: tuple[Reason, ...]) -> int:
    return sum(dict(reason.answer.leanings).get(pathway.code, 0) for reason in reasons)
