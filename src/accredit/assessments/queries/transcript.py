"""The result as the candidate receives it: both columns side by side, "Assessor 1" and "Assessor 2"."""

from dataclasses import dataclass, replace
from datetime import datetime

from accredit.assessments.models import OVERALL, Appointment, Outcome, Panel, edit_key
from accredit.assessments.queries.forms import AssessmentContent, content_of
from accredit.assessments.queries.panels import edition_of, panels, rows_of
from accredit.assessments.queries.seeing import is_in, is_open_to, places_by_panel, places_of, with_ratings
from accredit.rulebook import dates, framework
from accredit.rulebook.decision import REFERRALS, Row
from accredit.toolkit.actor import Actor


@dataclass(frozen=True, slots=True)
class Column:
    """One assessor's side; `name` is empty unless the edition names assessors to candidates."""

    number: int
    name: str
    overall: str
    appointment: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One assessor's mark for a row."""

    mark: str
    title: str
    comment: str


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """A row of the form with a cell for each column."""

    key: str
    kind: str
    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything of a decided round the candidate may read; `released_at` None: a preview of the office."""

    registration: int
    panel: int
    round: int
    kind: str
    outcome: framework.Outcome
    feedback: str
    revise: tuple[tuple[str, str], ...]
    revise_by: datetime | None
    columns: tuple[Column, ...]
    rows: tuple[TranscriptRow, ...]
    released_at: datetime | None
    # An appeal against it was upheld: it counts for nothing any more.
    set_aside_at: datetime | None = None
    # Keys of the comments whose words were edited for the candidate (`edit_key`). For the office.
    edited: frozenset[str] = frozenset()


def transcript_of(row: Panel, *, to: Actor) -> Transcript | None:
    """Return a round's result: to its candidate once released, before that to the office and the panel.

    The order of columns was drawn when the last assessment came in and says nothing of the seats.
    """
    decided = Outcome.objects.filter(panel=row).first()
    return _shown(row, decided, places_of(row), to) if decided else None


def results_of(registration: int, *, to: Actor) -> tuple[Transcript, ...]:
    """Return the results of all rounds this reader may see, the first round first: three queries."""
    rows = panels().filter(registration_id=registration, outcome__isnull=False)
    found = list(rows.select_related("outcome").order_by("round"))
    places = places_by_panel(found)
    made = [_shown(row, row.outcome, places[row.pk], to) for row in found]
    return tuple(each for each in made if each is not None)


def _shown(row: Panel, decided: Outcome, places: list[Appointment], to: Actor) -> Transcript | None:
    own = to.person is not None and to.person == row.registration.person_id
    if not (decided.released_at is not None if own else is_open_to(row, places, to)):
        return None
    return _made(row, decided, with_ratings(each for each in places if is_in(each)))


def _made(row: Panel, decided: Outcome, places: list[Appointment]) -> Transcript:
    edition = edition_of(row)
    ordered = sorted(places, key=lambda each: (each.shown_as or 0, each.pk))
    contents = [_edited(decided, each) for each in ordered]
    columns = tuple(
        Column(number, each.person.name if edition.panel.assessors_named else "", content.overall, each.pk)
        for number, (each, content) in enumerate(zip(ordered, contents, strict=True), 1)
    )
    outcome = edition.outcome(decided.code)
    return Transcript(
        registration=row.registration_id,
        panel=row.pk,
        round=row.round,
        kind=row.submission.kind,
        outcome=outcome,
        feedback=decided.feedback,
        revise=tuple((slot, edition.slot_title(slot)) for slot in decided.revise),
        revise_by=_revise_by(row, decided, outcome),
        columns=columns,
        rows=tuple(_row(edition, each, contents) for each in rows_of(row)) if contents else (),
        released_at=decided.released_at,
        set_aside_at=decided.set_aside_at,
        edited=frozenset(decided.edited),
    )


def _edited(decided: Outcome, place: Appointment) -> AssessmentContent:
    """Return what an assessor said in the words the office has edited for the candidate."""
    said = content_of(place.assessment)
    edits = decided.edited
    comments = {row: edits.get(edit_key(place.pk, row), text) for row, text in said.comments.items()}
    overall = edits.get(edit_key(place.pk, OVERALL), said.overall)
    return replace(said, comments={row: text for row, text in comments.items() if text}, overall=overall)


def _revise_by(row: Panel, decided: Outcome, outcome: framework.Outcome) -> datetime | None:
    if decided.released_at is None or outcome.effect not in REFERRALS:
        return None
    zone = row.registration.scheme.time_zone
    return dates.referral_due(edition_of(row), outcome.effect, decided.released_at, zone)


def _row(edition: framework.Edition, each: Row, contents: list[AssessmentContent]) -> TranscriptRow:
    cells = tuple(
        Cell(code, edition.mark(code).title if code else "", content.comments.get(each.key, ""))
        for content in contents
        for code in (content.marks.get(each.key, ""),)
    )
    return TranscriptRow(each.key, each.kind.value, each.title, cells)
