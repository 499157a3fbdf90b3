"""What the demo's assessors say: the written assessments, turned towards the outcome a story needs."""

from typing import Any

from markdown_it import MarkdownIt

from accredit.assessments.models import Assessment
from accredit.assessments.queries import AssessmentContent, panels, rows_of
from accredit.demo import cast
from accredit.rulebook.decision import REFERRALS, Row, RowKind
from accredit.rulebook.framework import Edition
from accredit.rulebook.terms import Effect

MARKDOWN = MarkdownIt("commonmark")
RETURNED = (
    "Section 1b: the second link asks for a password, so assessors cannot open it. "
    "Please give a link that opens for everybody, or attach the file.\n\n"
    "The date in your confirmation lies before the last change of section 3a. Please confirm again."
)
COMMENT = "I would like to read more about what you yourself did here, and what difference it made."
OVERALL = (
    "Thank you for a portfolio that shows steady, thoughtful practice. Your evidence supports what you "
    "describe, and I learnt something from your reflections. My comments on the sections say where I would "
    "like to see more."
)
FEEDBACK = (
    "The panel enjoyed reading your portfolio. Both of us found your own part clear in most sections and the "
    "evidence well chosen. Please see the comments on each section for what was strong and for what could be "
    "stronger."
)
EFFECTS = {
    "distinction": Effect.PASS,
    "pass": Effect.PASS,
    "minor": Effect.REFER_MINOR,
    "major": Effect.REFER_MAJOR,
    "fail": Effect.FAIL,
}


def outcome_code(edition: Edition, wanted: str) -> str:
    """Return the edition's code for an outcome of people.toml."""
    found = [each for each in edition.outcomes if each.effect is EFFECTS[wanted]]
    return next((each.code for each in found if each.distinction == (wanted == "distinction")), found[0].code)


def _text_of(base: str, place: int) -> dict[str, Any]:
    which = "second" if place == 1 else "first"
    rows = cast.assessments()["assessments"]
    return next(each for each in rows if each["portfolio"] == base and each["assessor"] == which)


def content(
    assessment: Assessment, edition: Edition, plan: cast.Plan, *, wanted: str, place: int
) -> AssessmentContent:
    """Return a whole form: the marks and comments written for the base, bent to the outcome wanted."""
    written = _text_of(plan.portfolio, place)
    rows = rows_of(panels().get(pk=assessment.appointment.panel_id))
    refers = EFFECTS[wanted] is not Effect.PASS
    marks = {row.key: _mark_of(row, written, refers=refers) for row in rows}
    comments = {key: MARKDOWN.render(_comments(written).get(key, "")) for key in marks}
    sections = [row.key for row in rows if row.kind is RowKind.SECTION]
    asking = next(mark.code for mark in edition.form.marks if mark.asks_revision)
    if refers and asking not in marks.values():
        marks[sections[1]] = asking
    revise = [key for key in sections if marks[key] == asking]
    comments |= {key: comments[key] or f"<p>{COMMENT}</p>" for key in revise}
    fits = wanted == written["outcome"]
    return AssessmentContent(
        marks=marks,
        comments={key: text for key, text in comments.items() if text},
        overall=MARKDOWN.render(written["overall"]) if fits else f"<p>{OVERALL}</p>",
        outcome=outcome_code(edition, wanted),
        revise=tuple(revise) if EFFECTS[wanted] in REFERRALS else (),
    )


def _comments(written: dict[str, Any]) -> dict[str, str]:
    return dict(written.get("comments", {}))


def _mark_of(row: Row, written: dict[str, Any], *, refers: bool) -> str:
    """Return the mark written for a row; one that fits every pass where the story wants one."""
    known = {mark.code: mark for mark in row.marks}
    mark = known.get(_mark(written, row.key))
    weak = mark is None or mark.asks_revision
    if mark is None or (weak and not refers):
        mark = next(each for each in row.marks if not each.asks_revision)
    return mark.code


def _mark(written: dict[str, Any], key: str) -> str:
    if key.startswith("principle-"):
        return str(written.get("principles", {}).get(key.removeprefix("principle-"), ""))
    return str(written["marks"].get(key, ""))


def changes(base: str) -> str:
    """Return the summary of changes written for a referred portfolio."""
    rows = cast.assessments()["changes"]
    text = next((each["summary_of_changes"] for each in rows if each["portfolio"] == base), OVERALL)
    return str(MARKDOWN.render(text))
