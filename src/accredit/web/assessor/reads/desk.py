"""The desk: the portfolio on one side, the form on the other, and what went before."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Exists, OuterRef
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.assessments.models import Appeal, Appointment, Panel, Seat
from accredit.assessments.queries import (
    AssessmentContent,
    SeenAssessment,
    closed_slots,
    content_of,
    earlier_effects,
    edition_of,
    facts_of,
    outcomes_open,
    panels,
    round_of,
    rows_of,
    slots_of,
    visible_assessments,
)
from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Submission
from accredit.portfolios.queries import blinded
from accredit.rulebook import decision, framework
from accredit.rulebook.appeals import titles_of
from accredit.rulebook.decision import Row, RowKind
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actor import Actor
from accredit.web.assessor import words
from accredit.web.assessor.forms.desk import DeskForm
from accredit.web.ui.answered import with_answers
from accredit.web.ui.parts import Tab
from accredit.web.ui.portfolio import Answered, Reading, reading_of
from accredit.wording import sentence


@dataclass(frozen=True, slots=True)
class Earlier:
    """The latest earlier round: what was submitted, and what this reader may see of its assessments."""

    panel: Panel
    assessments: tuple[SeenAssessment, ...]

    @property
    def mine(self) -> SeenAssessment | None:
        """Return what I said in it."""
        return next((each for each in self.assessments if each.is_mine), None)

    @property
    def entries(self) -> dict[str, dict[str, Any]]:
        """Return what stood in each slot."""
        return {str(each["slot"]): each for each in self.panel.submission.content["entries"]}


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a row in an earlier round."""

    who: str
    mark: str
    comment: str
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """An assessor's place with everything its pages draw."""

    place: Appointment
    edition: framework.Edition
    rows: tuple[Row, ...]
    outcomes: tuple[framework.Outcome, ...]
    content: AssessmentContent
    earlier: Earlier | None = None
    # Rows that keep what I said of them in the round before.
    standing: frozenset[str] = frozenset()

    @property
    def panel(self) -> Panel:
        """Return the panel."""
        return self.place.panel

    @property
    def is_in(self) -> bool:
        """Say whether the assessment has been handed in."""
        return self.place.assessment.submitted_at is not None

    @property
    def is_open(self) -> bool:
        """Say whether it can be written now."""
        is_third = self.place.seat == Seat.THIRD
        stages = {Stage.THIRD_ASSESSMENT} if is_third else {Stage.APPOINTING, Stage.ASSESSING}
        return not self.is_in and self.is_present and Stage(self.panel.registration.stage) in stages

    @property
    def is_present(self) -> bool:
        """Say whether the round is the registration's present one."""
        return self.panel.round == self.panel.registration.round

    @property
    def may_reopen(self) -> bool:
        """Say whether it can be taken back: until the last one is in."""
        waiting = {Stage.APPOINTING, Stage.ASSESSING}
        stage = Stage(self.panel.registration.stage)
        return self.is_in and self.panel.compared_at is None and self.is_present and stage in waiting


def desk_of(place: Appointment, *, to: Actor) -> Desk:
    """Read a desk: two queries, up to three more in later rounds."""
    panel = place.panel
    content = content_of(place.assessment)
    found = Desk(place, edition_of(panel), rows_of(panel), outcomes_open(panel), content)
    earlier = _earlier(panel, to) if panel.round > 1 else None
    if earlier is None:
        return found
    if earlier.mine is None:
        return replace(found, earlier=earlier)
    closed = closed_slots(panel.submission.content)
    standing = decision.standing_rows(found.edition, found.rows, earlier.mine.marks, closed)
    fresh = place.assessment.version == 0
    content = _carried(found, earlier.mine, closed) if fresh else content
    return replace(found, earlier=earlier, content=content, standing=standing)


def _earlier(panel: Panel, to: Actor) -> Earlier | None:
    mine = Appointment.objects.filter(panel=OuterRef("pk"), person_id=to.person, ended_at=None)
    rows = panels().filter(registration_id=panel.registration_id, round__lt=panel.round)
    rows = rows.filter(outcome__set_aside_at=None)
    found = list(rows.annotate(was_mine=Exists(mine)).order_by("-round"))
    last = next((each for each in found if each.was_mine), found[0] if found else None)
    if last is None:
        return None
    return Earlier(last, visible_assessments(last, to=to) if last.was_mine else ())


def _carried(found: Desk, mine: SeenAssessment, closed: AbstractSet[str]) -> AssessmentContent:
    """Begin a later round with my own ratings of the sections that were not open for revision."""
    open_marks = {row.key: {mark.code for mark in row.marks} for row in found.rows if row.key in closed}
    marks = {key: mark for key, mark in mine.marks.items() if mark in open_marks.get(key, ())}
    comments = {key: text for key, text in mine.comments.items() if key in marks}
    return AssessmentContent(marks=marks, comments=comments)


def missing(found: Desk) -> list[tuple[str, str]]:
    """Return what the assessment still lacks, in words, with where to put it; one query."""
    panel, here = found.panel, desk_address(found.place)
    faults = decision.incomplete(
        found.edition,
        panel.registration.pathway,
        slots_of(panel.submission),
        facts_of(found.content),
        round_kind=round_of(panel),
        earlier=earlier_effects(panel.registration_id, panel.round),
    )
    places = {
        Code.OVERALL_TOO_SHORT: "overall",
        Code.OUTCOME_MISSING: "outcome",
        Code.REVISIONS_MISSING: "revise",
    }
    anchors = [f"rate-{each.get('section') or places.get(each.code, 'whole')}" for each in faults]
    return [(sentence(each), f"{here}#{anchor}") for each, anchor in zip(faults, anchors, strict=True)]


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form as it is drawn."""

    key: str
    title: str
    kind: RowKind
    meaning: str
    is_open: bool
    mark: BoundField | None
    comment: BoundField | None
    before: tuple[Said, ...] = ()
    changed: str = ""
    standing: Said | None = None


def form_rows(found: Desk, form: DeskForm) -> list[tuple[str, list[FormRow]]]:
    """Return the rows of the form under their headings."""
    entries = {str(each["slot"]): each for each in found.panel.submission.content["entries"]}
    rows = [_form_row(found, form, row, entries.get(row.key)) for row in found.rows]
    sections = [each for each in rows if each.kind is not RowKind.PRINCIPLE]
    principles = [each for each in rows if each.kind is RowKind.PRINCIPLE]
    first, then = _("Section by section"), _("Core principles, across the whole portfolio")
    return [(title, each) for title, each in ((first, sections), (then, principles)) if each]


def _form_row(found: Desk, form: DeskForm, row: Row, entry: dict[str, Any] | None) -> FormRow:
    stands = row.key in found.standing
    meaning = "" if entry else found.edition.principle(row.key.removeprefix("principle-")).meaning
    return FormRow(
        key=row.key,
        title=row.title,
        kind=row.kind,
        meaning=meaning,
        is_open=found.earlier is None or entry is None or bool(entry["open"]),
        mark=form.mark(row.key),
        comment=form.comment(row.key),
        before=tuple(each for each in _said(found, row.key) if not (stands and each.is_mine)),
        standing=next((each for each in _said(found, row.key) if stands and each.is_mine), None),
        changed=_changed(found.earlier, entry) if entry else "",
    )


def _said(found: Desk, key: str) -> tuple[Said, ...]:
    earlier = found.earlier
    if earlier is None:
        return ()
    marks = {mark.code: mark.title for mark in _marks_of(edition_of(earlier.panel))}
    return tuple(
        Said(
            _("You, round %(number)s") % {"number": earlier.panel.round} if each.is_mine else each.name,
            marks.get(each.marks.get(key, ""), "–"),
            each.comments.get(key, ""),
            each.is_mine,
        )
        for each in earlier.assessments
        if key in each.marks or key in each.comments
    )


def _marks_of(edition: framework.Edition) -> tuple[framework.Mark, ...]:
    return (*edition.form.marks, *edition.form.statement_marks)


def _changed(earlier: Earlier | None, entry: dict[str, Any]) -> str:
    if earlier is None or not entry["open"]:
        return ""
    before = earlier.entries.get(str(entry["slot"]))
    if before is None:
        return _("New in this round")
    number = earlier.panel.round
    if {**before, "open": True} == {**entry, "open": True}:
        return _("Unchanged since round %(number)s") % {"number": number}
    told = {"number": number, "before": before["words"], "now": entry["words"]}
    return _("Changed since round %(number)s (%(before)s words then, %(now)s now)") % told


def marks_in_words(found: Desk) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the scale with its meanings, for sections and for statements."""
    form = found.edition.form
    kinds = [(_("Sections and principles"), form.marks), (_("Statements"), form.statement_marks)]
    return [
        (title, [(mark.title, mark.meaning) for mark in decision.open_marks(marks)]) for title, marks in kinds
    ]


def reading(
    panel: Panel, submission: Submission, *, file_url: Callable[[int], str], answered: Mapping[str, Answered]
) -> Reading:
    """Return a frozen copy ready to draw, without names in a blind edition; one query."""
    files = {row.evidence_key: row.pk for row in submission.files.order_by("pk")}
    content = blinded(submission.content) if words.is_blind(panel) else submission.content
    rules = rules_of(panel.registration.edition)
    source = file_url(files[None]) if None in files else ""

    def url(key: str) -> str:
        return file_url(files[int(key)]) if int(key) in files else ""

    return with_answers(reading_of(content, rules, file_url=url, source_url=source), answered)


def tabs(found: Desk, wanted: str) -> list[Tab]:
    """Return what can be read beside the form."""
    if found.earlier is None:
        return []
    before = _("Round %(number)s") % {"number": found.earlier.panel.round}
    return links([("", _("Portfolio")), ("changes", _("What changed")), ("before", before)], wanted)


def links(labels: list[tuple[str, str]], wanted: str) -> list[Tab]:
    """Return tabs of the reading side: they stay on the page and choose by `?read=`."""
    return [Tab(label, f"?read={key}", key == wanted) for key, label in labels]


@dataclass(frozen=True, slots=True)
class Seen:
    """A handed-in assessment of mine, ready to draw."""

    outcome: str
    overall: str
    revise: tuple[str, ...]
    private_notes: str
    rows: list[Said] = field(default_factory=list)


def handed_in(found: Desk) -> Seen:
    """Return my assessment to read."""
    marks = {mark.code: mark.title for mark in _marks_of(found.edition)}
    titles = {each.code: each.title for each in found.edition.outcomes}
    content = found.content
    return Seen(
        outcome=titles.get(content.outcome, "–"),
        overall=content.overall,
        revise=tuple(found.edition.slot_title(slot) for slot in content.revise),
        private_notes=content.private_notes,
        rows=[
            Said(row.title, marks.get(content.marks.get(row.key, ""), "–"), content.comments.get(row.key, ""))
            for row in found.rows
        ],
    )


def desk_address(place: Appointment) -> str:
    """Return where a desk stands."""
    return reverse("assessor:desk", args=[place.assessment.pk])


def appealed(appeal: Appeal) -> dict[str, Any]:
    """Return an appeal with the result it is made against, for its reviewer."""
    outcome, edition = appeal.outcome, edition_of(appeal.outcome.panel)
    return {
        "appeal": appeal,
        "grounds": titles_of(edition, appeal.grounds),
        "decided": outcome,
        "outcome": edition.outcome(outcome.code),
        "revise": [edition.slot_title(slot) for slot in outcome.revise],
    }
