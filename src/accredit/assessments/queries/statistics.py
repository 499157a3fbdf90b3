"""Figures about assessing, and the rows behind them.

Only panels all of whose assessments are in count: nothing of a panel at work can be read from a figure.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from accredit.assessments.models import Appointment, Outcome, Panel, Rating, Seat
from accredit.assessments.queries.panels import edition_of, panels
from accredit.registrations.models import Registration
from accredit.rulebook.agreement import leniency
from accredit.rulebook.decision import rows as form_rows
from accredit.rulebook.workflow import Move, Stage
from accredit.trail.models import Row as TrailRow

FIRST_TWO = (Seat.LEAD.value, Seat.SECOND.value, Seat.MEMBER.value)


@dataclass(frozen=True, slots=True)
class Asked:
    """What figures are asked for: compared in this span of days, of a scheme, a pathway, an edition."""

    since: date
    until: date
    scheme: int | None = None
    pathway: str = ""
    edition: int | None = None

    @property
    def compared(self) -> Q:
        """Return the condition on panels."""
        found = Q(compared_at__date__gte=self.since, compared_at__date__lte=self.until)
        if self.scheme is not None:
            found &= Q(registration__scheme=self.scheme)
        if self.pathway:
            found &= Q(registration__pathway=self.pathway)
        return found & Q(registration__edition=self.edition) if self.edition is not None else found


@dataclass(frozen=True, slots=True)
class Marked:
    """One row of one portfolio with the marks of its first assessors, by person."""

    panel: int
    registration: int
    reference: str
    pathway: str
    row: str
    title: str
    scale: tuple[str, ...]
    marks: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Material:
    """Everything figures of agreement and leniency are made of."""

    panels: int
    rows: tuple[Marked, ...]
    people: Mapping[int, str] = field(default_factory=dict)


def material(
    asked: Asked, *, closed: QuerySet[Registration] | None = None, person: int | None = None
) -> Material:
    """Return what the first assessors of compared panels marked; three queries. `closed` are registrations
    whose panels the reader may not know; with `person` only the panels they sat on to the end."""
    rows = panels().filter(asked.compared).defer("submission__content")
    if closed is not None:
        rows = rows.exclude(registration__in=closed.values("pk"))
    if person is not None:
        rows = rows.filter(appointments__person=person, appointments__ended_at=None)
    found = {each.pk: each for each in rows.order_by("pk")}
    places = Appointment.objects.filter(panel__in=list(found), ended_at=None, seat__in=FIRST_TWO)
    people = dict(places.values_list("person_id", "person__name"))
    marks: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    given = Rating.objects.filter(
        assessment__appointment__panel__in=list(found),
        assessment__appointment__ended_at=None,
        assessment__appointment__seat__in=FIRST_TWO,
        assessment__submitted_at__isnull=False,
    ).exclude(mark="")
    for panel, who, row, mark in given.values_list(
        "assessment__appointment__panel", "assessment__appointment__person", "row", "mark"
    ):
        marks[panel, row][who] = mark
    return Material(len(found), tuple(_marked(found, marks)), people)


def _marked(
    found: Mapping[int, Panel], marks: Mapping[tuple[int, str], Mapping[int, str]]
) -> Iterable[Marked]:
    titles: dict[tuple[int, int, str, str], tuple[str, tuple[str, ...]]] = {}
    for (number, row), given in sorted(marks.items()):
        panel = found[number]
        pathway = panel.registration.pathway
        key = (panel.registration.edition_id, panel.submission.edition_id, pathway, row)
        if key not in titles:
            titles[key] = _row(panel, row)
        title, scale = titles[key]
        inside = {person: mark for person, mark in given.items() if mark in scale}
        if inside:
            owner = panel.registration
            yield Marked(number, owner.pk, owner.reference, pathway, row, title, scale, inside)


def _row(panel: Panel, key: str) -> tuple[str, tuple[str, ...]]:
    """The title of a row and its scale without what lies outside it. A section's row has its slot's name."""
    for each in form_rows(edition_of(panel), panel.registration.pathway, (key,)):
        if each.key == key:
            return each.title, tuple(mark.code for mark in each.marks if not mark.outside)
    return key, ()


def against_peers(known: Material) -> dict[int, tuple[float | None, int]]:
    """Return each assessor's leniency and of how many panels it is."""
    steps: dict[int, list[tuple[float, list[float]]]] = defaultdict(list)
    of: dict[int, set[int]] = defaultdict(set)
    for each in known.rows:
        places = {person: float(each.scale.index(mark)) for person, mark in each.marks.items()}
        for person, own in places.items():
            peers = [place for other, place in places.items() if other != person]
            if peers:
                steps[person].append((own, peers))
                of[person].add(each.panel)
    return {person: (leniency(given), len(of[person])) for person, given in steps.items()}


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody has done in the span, and has in hand now."""

    person: int
    name: str
    finished: int
    in_time: int
    late_days: int
    open: int


def loads(asked: Asked, *, person: int | None = None) -> list[Load]:
    """Return what each assessor has handed in in the span, how punctually, and has in hand; two queries."""
    rows = Appointment.objects.filter(
        assessment__submitted_at__date__gte=asked.since, assessment__submitted_at__date__lte=asked.until
    )
    open_now = Appointment.objects.filter(ended_at=None, panel__outcome=None, assessment__submitted_at=None)
    if person is not None:
        rows, open_now = rows.filter(person=person), open_now.filter(person=person)
    rows, open_now = _within(rows, asked), _within(open_now, asked)
    done: dict[int, list[int]] = defaultdict(list)
    names: dict[int, str] = {}
    for number, name, submitted, due in rows.values_list(
        "person_id", "person__name", "assessment__submitted_at", "panel__due_on"
    ):
        names[number] = name
        done[number].append((localdate(submitted) - due).days if submitted else 0)
    waiting: Counter[int] = Counter()
    for number, name in open_now.values_list("person_id", "person__name"):
        names[number] = name
        waiting[number] += 1
    return sorted(
        (
            Load(
                number,
                name,
                finished=len(done[number]),
                in_time=sum(days <= 0 for days in done[number]),
                late_days=sum(max(days, 0) for days in done[number]),
                open=waiting[number],
            )
            for number, name in names.items()
        ),
        key=lambda each: (-each.finished, each.name),
    )


def _within(rows: QuerySet[Appointment], asked: Asked) -> QuerySet[Appointment]:
    if asked.scheme is not None:
        rows = rows.filter(panel__registration__scheme=asked.scheme)
    return rows.filter(panel__registration__pathway=asked.pathway) if asked.pathway else rows


def outcome_counts(asked: Asked) -> Counter[tuple[str, str, str]]:
    """Return how often each outcome that stands was released, by pathway, kind and code; one query."""
    rows = Outcome.objects.filter(
        set_aside_at=None, released_at__date__gte=asked.since, released_at__date__lte=asked.until
    ).filter(_of_outcome(asked))
    return Counter(rows.values_list("panel__registration__pathway", "panel__submission__kind", "code"))


def _of_outcome(asked: Asked) -> Q:
    found = Q(panel__registration__scheme=asked.scheme) if asked.scheme is not None else Q()
    return found & Q(panel__registration__pathway=asked.pathway) if asked.pathway else found


# The steps between handing in and the result: from the stage in which one begins to where it has ended.
STEPS: tuple[tuple[str, tuple[Stage, ...]], ...] = (
    ("check", (Stage.SUBMITTED, Stage.CHECKING)),
    ("appointing", (Stage.APPOINTING,)),
    ("assessing", (Stage.ASSESSING,)),
    ("agreeing", (Stage.AGREEING, Stage.THIRD_ASSESSMENT, Stage.MODERATING, Stage.RATIFYING)),
    ("held", (Stage.HELD,)),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """How long a round of a registration took in each step, in days, and from handing in to the result."""

    registration: int
    round: int
    submitted_at: datetime
    released_at: datetime
    days: Mapping[str, float]

    @property
    def total(self) -> float:
        """Return the days from handing in to the result."""
        return (self.released_at - self.submitted_at) / timedelta(days=1)


_ENDS = {Move.RELEASE_PASS.value, Move.RELEASE_REFERRAL.value, Move.RELEASE_FAIL.value}


def passages(asked: Asked) -> list[Passage]:
    """Return the rounds whose result was released in the span, with how long each step took; one query."""
    released = Outcome.objects.filter(
        released_at__date__gte=asked.since, released_at__date__lte=asked.until
    ).filter(_of_outcome(asked))
    keys = released.values("panel__registration")
    moves = TrailRow.objects.filter(registration__in=keys, what__in=[each.value for each in Move])
    by_registration: dict[int, list[tuple[datetime, str, dict[str, Any]]]] = defaultdict(list)
    for row in moves.order_by("id"):
        by_registration[row.registration or 0].append((row.at, row.what, row.data))
    return [
        each
        for registration, rows in by_registration.items()
        for each in _passages(registration, rows)
        if asked.since <= localdate(each.released_at) <= asked.until
    ]


def _passages(registration: int, rows: list[tuple[datetime, str, dict[str, Any]]]) -> Iterable[Passage]:
    steps = {stage.value: name for name, stages in STEPS for stage in stages}
    begun: datetime | None = None
    since: datetime | None = None
    days: dict[str, float] = {}
    for at, what, data in rows:
        step = steps.get(str(data.get("from")))
        if begun is not None and since is not None and step is not None:
            days[step] = days.get(step, 0) + (at - since) / timedelta(days=1)
        since = at
        if what == Move.SUBMIT.value:
            begun, days = at, {}
        elif what in _ENDS and begun is not None:
            yield Passage(registration, int(data.get("round") or 1), begun, at, days)
            begun = None


@dataclass(frozen=True, slots=True)
class Service:
    """What somebody has done as an assessor in a span of days: by pathway and seat."""

    number: int
    in_time: int
    by_kind: Mapping[tuple[str, str], int]


def service_of(person: int, *, since: date, until: date) -> Service:
    """Return what a person has handed in within a span and whose panel has decided; one query."""
    rows = Appointment.objects.filter(
        person=person,
        panel__outcome__isnull=False,
        assessment__submitted_at__date__gte=since,
        assessment__submitted_at__date__lte=until,
    )
    counted: Counter[tuple[str, str]] = Counter()
    in_time = 0
    for pathway, seat, submitted, due in rows.values_list(
        "panel__registration__pathway", "seat", "assessment__submitted_at", "panel__due_on"
    ):
        counted[pathway, seat] += 1
        in_time += submitted is not None and localdate(submitted) <= due
    return Service(counted.total(), in_time, counted)
