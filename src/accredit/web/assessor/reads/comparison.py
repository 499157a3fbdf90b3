"""Assessments side by side, the differences first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accredit.assessments.models import Escalated, Panel, Proposal
from accredit.assessments.queries import (
    Exchange,
    SeenAssessment,
    edition_of,
    rows_of,
)
from accredit.rulebook import framework
from accredit.rulebook.decision import Row
from accredit.rulebook.terms import Disagreement
from accredit.rulebook.workflow import Move
from accredit.trail.queries import of_registration
from accredit.web.assessor import words


@dataclass(frozen=True, slots=True)
class Side:
    """One assessor's column."""

    name: str
    seat: str
    outcome: str
    effect: str
    overall: str
    revise: tuple[str, ...]
    notes: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One assessor's mark for a row."""

    name: str
    mark: str
    comment: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form with a cell for each side."""

    title: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Say whether the marks are not the same."""
        return len({cell.mark for cell in self.cells}) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """All sides with their rows: those that differ, and the others."""

    sides: tuple[Side, ...]
    differing: tuple[Line, ...]
    agreeing: tuple[Line, ...]

    @property
    def is_one_outcome(self) -> bool:
        """Say whether all recommend the same."""
        return len({side.outcome for side in self.sides}) == 1

    @property
    def groups(self) -> list[tuple[str, tuple[Line, ...]]]:
        """Return the rows under their headings, the differences first."""
        first, then = _("Where the ratings differ"), _("Where they are the same")
        return [(title, rows) for title, rows in ((first, self.differing), (then, self.agreeing)) if rows]


def compare(panel: Panel, seen: Iterable[SeenAssessment]) -> Comparison:
    """Put assessments side by side; no query."""
    edition, given = edition_of(panel), tuple(seen)
    lines = [_line(edition, row, given) for row in rows_of(panel)]
    return Comparison(
        sides=tuple(_side(edition, each) for each in given),
        differing=tuple(line for line in lines if line.differs),
        agreeing=tuple(line for line in lines if not line.differs),
    )


def _side(edition: framework.Edition, each: SeenAssessment) -> Side:
    outcome = edition.outcome(each.outcome) if each.outcome else None
    return Side(
        name=_("%(name)s (you)") % {"name": each.name} if each.is_mine else each.name,
        seat=str(words.SEATS[each.seat]),
        outcome=outcome.title if outcome else "",
        effect=outcome.effect.value if outcome else "",
        overall=each.overall,
        revise=tuple(edition.slot_title(slot) for slot in each.revise),
        notes=each.private_notes,
    )


def _line(edition: framework.Edition, row: Row, given: tuple[SeenAssessment, ...]) -> Line:
    titles = {mark.code: mark.title for mark in (*edition.form.marks, *edition.form.statement_marks)}
    return Line(
        row.title,
        tuple(
            Cell(each.name, titles.get(each.marks.get(row.key, ""), "–"), each.comments.get(row.key, ""))
            for each in given
        ),
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """One proposal of the thread, with its answers."""

    who: str
    at: Any
    outcome: str
    effect: str
    feedback: str
    revise: tuple[str, ...]
    is_standing: bool
    replies: tuple[tuple[str, bool, str, Any], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Something a member wrote to the others."""

    who: str
    at: Any
    text: str
    is_message: bool = True


def turns(panel: Panel, exchange: Exchange) -> list[Turn | Said]:
    """Return the thread of a panel ready to draw: what was proposed, answered and written, in order."""
    edition = edition_of(panel)
    said = [Said(each.made_by.person.name, each.made_at, each.text) for each in exchange.messages]
    return sorted([*(_turn(edition, each) for each in exchange.proposals), *said], key=lambda each: each.at)


def why_called(panel: Panel) -> str:
    """Say by which rule somebody else was called; nothing where it was the members' word."""
    if panel.escalated_because == Escalated.LAPSE:
        words = _("The edition gives a panel %(days)s days to agree. They are over: somebody else is called.")
        return words % {"days": edition_of(panel).agreement.lapse_days or 0}
    if panel.escalated_because == Escalated.SPREAD:
        return _("Two marks lie further apart than the edition leaves to a panel: somebody else is called.")
    return ""


def _turn(edition: framework.Edition, each: Proposal) -> Turn:
    outcome = edition.outcome(each.outcome)
    return Turn(
        who=each.made_by.person.name,
        at=each.made_at,
        outcome=outcome.title,
        effect=outcome.effect.value,
        feedback=each.feedback,
        revise=tuple(edition.slot_title(slot) for slot in each.revise),
        is_standing=each.replaced_at is None,
        replies=tuple(
            (reply.made_by.person.name, reply.agrees, reply.reason, reply.made_at)
            for reply in each.replies.all()
        ),
    )


def sent_back(panel: Panel) -> str:
    """Return why the committee has sent this round's outcome back, '' where it has not; one query."""
    rows = of_registration(panel.registration_id).filter(what=Move.REMIT.value).order_by("-id")
    found = rows.first()
    if found is None or found.data.get("round") != panel.round:
        return ""
    return str(found.words.values.get("because", "")) if hasattr(found, "words") else ""


def what_follows(panel: Panel) -> list[str]:
    """Say what happens if the panel agrees, and if it does not."""
    rules = edition_of(panel).agreement
    agreed = (
        _("If you agree, the committee ratifies the outcome before the office releases it.")
        if rules.ratification
        else _("If you agree, the office reads the outcome once more and releases it to the candidate.")
    )
    if rules.disagreement[0] is Disagreement.THIRD:
        return [
            agreed,
            _("If you do not, the office invites a third assessor, who does not see what you wrote."),
            *_in_time(rules),
        ]
    return [agreed, _("If you do not, a moderator reads all assessments and decides."), *_in_time(rules)]


def _in_time(rules: framework.Agreement) -> list[str]:
    if rules.lapse_days is None:
        return []
    words = _("If you have not agreed %(days)s days after it began, the same follows by itself.")
    return [words % {"days": rules.lapse_days}]
