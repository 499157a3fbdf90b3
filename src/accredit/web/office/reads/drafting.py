"""The allocation console: who waits, the draft as a list, worst first, and one panel of it in full."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accredit.allocation.problem import Bar
from accredit.assessments.models import Appointment, Draft, DraftPanel, DraftSeat, Run
from accredit.assessments.queries import rule_of, willing
from accredit.assessments.queries.judging import work_of_people
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.fit import WHOLE
from accredit.web.office.reads.telling import SEATS
from accredit.web.office.reads.titles import Titles
from accredit.web.ui.formats import moment
from accredit.web.ui.parts import Cell, Column, Row, Table
from accredit.wording import sentence


def percent(fit: int | None) -> str:
    """Return a fit as people read it."""
    return "–" if fit is None else _("%(number)s %%") % {"number": round(100 * fit / WHOLE)}


@dataclass(frozen=True, slots=True)
class Demand:
    """How many portfolios wait, what they need, and what is offered."""

    pathways: list[tuple[str, str, int]]
    portfolios: int
    places: int
    leads: int
    offered: int
    assessors: int


def demand(scheme: Scheme, waiting: QuerySet[Registration], titles: Titles) -> Demand:
    """Return what waits for a panel against what the assessors offer now; three queries."""
    rows = list(waiting)
    counted: Counter[tuple[str, str]] = Counter(
        (each.pathway, titles.get((each.edition_id, each.pathway), each.pathway)) for each in rows
    )
    rules = [rule_of(each)[0] for each in rows]
    offers = list(willing())
    work = work_of_people([each.person_id for each in offers])
    free = [max(each.at_most - work.get(each.person_id, (0, 0, 0))[1], 0) for each in offers]
    return Demand(
        pathways=sorted((code, title, number) for (code, title), number in counted.items()),
        portfolios=len(rows),
        places=sum(each.size for each in rules),
        leads=sum(each.leads for each in rules),
        offered=sum(free),
        assessors=sum(each > 0 for each in free),
    )


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody in a seat of a draft panel."""

    key: int
    person: int
    name: str
    seat: str
    title: str
    fit: str
    is_locked: bool
    stands: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One draft panel as the console lists it."""

    registration: int
    reference: str
    name: str
    pathway: str
    round: int
    fit: str
    is_weak: bool
    href: str
    faults: tuple[str, ...]
    seats: list[Sitting] = field(default_factory=list)


# Below this the office should look twice: less than a quarter of what a perfect assessor would bring.
WEAK = WHOLE // 4


def rows_of(draft: Draft, mine: QuerySet[Registration]) -> list[DraftPanel]:
    """Return the panels of a draft that this person runs: faulty first, then the worst served. One query for
    a whole draft, two more for a repair, which shows of the panels that may move only those that would."""
    rows = draft.panels.filter(registration__in=mine.values("pk")).select_related("registration__person")
    found = list(rows.defer("close").order_by("registration_id"))
    if draft.is_repair:
        moved = _moved(draft, [each for each in found if each.is_movable])
        found = [each for each in found if not each.is_movable or each.pk in moved]
    found.sort(key=lambda each: (not each.faults, each.worst is not None, each.worst or 0))
    return found


def _moved(draft: Draft, rows: list[DraftPanel]) -> set[int]:
    """Which of these panels the draft would change."""
    seats: dict[int, set[int]] = defaultdict(set)
    named = DraftSeat.objects.filter(panel__draft=draft, panel__is_movable=True)
    for panel, person in named.values_list("panel", "person"):
        seats[panel].add(person)
    standing = sitting_now([each.registration_id for each in rows])
    return {each.pk for each in rows if seats[each.pk] and seats[each.pk] != standing[each.registration_id]}


def sitting_now(registrations: Iterable[int]) -> Mapping[int, set[int]]:
    """Return who holds a place on the panel of each registration's present round; one query."""
    rows = Appointment.objects.filter(
        panel__registration__in=list(registrations),
        panel__round=F("panel__registration__round"),
        ended_at=None,
    )
    found: dict[int, set[int]] = defaultdict(set)
    for registration, person in rows.values_list("panel__registration", "person"):
        found[registration].add(person)
    return found


def lines(draft: Draft, rows: list[DraftPanel], titles: Titles) -> list[Line]:
    """Return these panels with who sits where; two queries."""
    standing = sitting_now([each.registration_id for each in rows])
    seats: dict[int, list[DraftSeat]] = defaultdict(list)
    for each in DraftSeat.objects.filter(panel__in=[row.pk for row in rows]).select_related("person"):
        seats[each.panel_id].append(each)
    return [_line(draft, each, seats[each.pk], standing[each.registration_id], titles) for each in rows]


_ORDER = {"lead": 0, "second": 1}


def _line(draft: Draft, row: DraftPanel, seats: list[DraftSeat], standing: set[int], titles: Titles) -> Line:
    owner = row.registration
    seats.sort(key=lambda each: (_ORDER.get(each.seat, 2), each.person.name))
    return Line(
        registration=owner.pk,
        reference=owner.reference,
        name=owner.person.name,
        pathway=titles.get((owner.edition_id, owner.pathway), owner.pathway),
        round=owner.round,
        fit=percent(row.worst),
        is_weak=row.worst is not None and row.worst < WEAK,
        href=reverse("office:draft_panel", args=[draft.scheme.code, owner.pk]),
        faults=tuple(sentence(fault(Code(code), **values)) for code, values in row.faults),
        seats=[
            Sitting(
                key=each.pk,
                person=each.person_id,
                name=each.person.name,
                seat=each.seat,
                title=str(SEATS.get(each.seat, each.seat)),
                fit=percent(each.fit),
                is_locked=each.is_locked,
                stands=each.person_id in standing,
            )
            for each in seats
        ],
    )


@dataclass(frozen=True, slots=True)
class Told:
    """A run in words: what it is doing, or what came of it."""

    is_running: bool
    seconds: int
    best: str
    sentence: str
    rows: list[Row]


def told(run: Run | None, at: Any) -> Told | None:
    """Return the latest run in words."""
    if run is None:
        return None
    if run.ended_at is None:
        best = run.progress.get("worst")
        return Told(
            is_running=True,
            seconds=int((at - (run.claimed_at or run.asked_at)).total_seconds()),
            best="" if best is None else percent(int(best)),
            sentence=_("Stopping …") if run.stop_asked_at else "",
            rows=[],
        )
    if run.fault:
        code, values = run.fault
        return Told(False, 0, "", sentence(fault(Code(code), **values)), [])
    return Told(False, 0, "", "", [] if run.figures.get("infeasible") else _figures(run.figures))


def _figures(known: Mapping[str, Any]) -> list[Row]:
    if not known:
        return []
    proof = (
        _("no panels could serve it better")
        if known["worst_proven"]
        else _("it may be possible to do better")
    )
    gap = (
        _("proven to be the most there is")
        if not known["gap"]
        else _("at most %(share)s %% below the most there could be") % {"share": f"{100 * known['gap']:.2g}"}
    )
    found = [
        Row(_("Worst-served portfolio"), f"{percent(known['worst'])} – {proof}"),
        Row(_("Fit of all places"), f"{percent(known['total'] // max(known['seats'], 1))} – {gap}"),
    ]
    if known["loads"]:
        least, middle, most = known["loads"]
        loads = _("from %(least)s %% to %(most)s %% of what each offers, half of them up to %(middle)s %%")
        found.append(Row(_("Load"), loads % {"least": least, "most": most, "middle": middle}))
    words = ngettext("%(number)s assessor gets work", "%(number)s assessors get work", known["used"])
    found.append(Row(_("Assessors"), words % {"number": known["used"]}))
    words = ngettext("%(number)s second", "%(number)s seconds", round(known["seconds"]))
    time = words % {"number": known["seconds"]}
    if known["timed_out"]:
        time = _("%(time)s: the time was up, these are the best found until then") % {"time": time}
    return [*found, Row(_("Worked out in"), time)]


WHYS = {
    "full": gettext_lazy("has no place left"),
    "group": gettext_lazy("belongs to an institution of the panel"),
    "worse": gettext_lazy("serves another portfolio better"),
}
BARS = {
    Bar.OWN: gettext_lazy("is the candidate"),
    Bar.PATHWAY: gettext_lazy("does not hold this pathway or a higher one"),
    Bar.CONFLICT: gettext_lazy("has a conflict of interest"),
    Bar.INSTITUTION: gettext_lazy("shares an institution with the candidate"),
    Bar.EARLIER: gettext_lazy("assessed an earlier round"),
    Bar.NOT_SAME: gettext_lazy("did not assess the earlier round"),
    Bar.UNWILLING: gettext_lazy("does not offer this pathway"),
    Bar.AWAY: gettext_lazy("is away in that time"),
    Bar.FORBIDDEN: gettext_lazy("is kept off this panel, or has left it"),
    Bar.NOT_LEAD: gettext_lazy("may not lead yet"),
}


def due_on(draft: Draft, today: date) -> date:
    """Return the day to propose: the draft's while it lies ahead, else the scheme's usual time from today."""
    usual = today + timedelta(days=draft.scheme.assessing_days)
    return draft.due_on if draft.due_on > today else usual


def invitations(draft: Draft, rows: list[DraftPanel]) -> list[tuple[str, int]]:
    """Return who would be invited, and to how many panels; two queries."""
    standing = sitting_now([each.registration_id for each in rows])
    named = DraftSeat.objects.filter(panel__in=[each.pk for each in rows]).select_related("person", "panel")
    counted: Counter[tuple[str, int]] = Counter(
        (each.person.name, each.person_id)
        for each in named
        if each.person_id not in standing[each.panel.registration_id]
    )
    return [(name, number) for (name, _person), number in sorted(counted.items())]


def names_of(people: Iterable[int], registrations: Iterable[int]) -> tuple[dict[int, str], dict[int, str]]:
    """Return the names of persons, and of the candidates of registrations; two queries."""
    named = dict(Profile.objects.filter(pk__in=list(people)).values_list("pk", "name"))
    rows = Registration.objects.filter(pk__in=list(registrations)).values_list("pk", "person__name")
    return named, dict(rows)


def runs_as_table(scheme: Scheme, rows: Iterable[Run]) -> Table:
    """Return runs as a table, each with its question and answer."""
    columns = [
        Column(_("Asked"), is_head=True),
        Column(_("By")),
        Column(_("What came of it")),
        Column(_("Seconds"), is_number=True),
        Column(_("Question")),
        Column(_("Answer")),
    ]
    lines = [
        [
            moment(each.asked_at),
            each.asked_by.name if each.asked_by else _("The program"),
            _came(each),
            each.figures.get("seconds", ""),
            _fetched(scheme, each, "problem", is_there=each.problem_id is not None),
            _fetched(scheme, each, "answer", is_there=each.answer_id is not None),
        ]
        for each in rows
    ]
    return Table(_("Runs"), columns, lines, _("Nothing has been worked out yet."))


def _came(run: Run) -> str:
    if run.fault:
        code, values = run.fault
        return sentence(fault(Code(code), **values))
    if run.ended_at is None:
        return _("Under way")
    if not run.figures:
        return _("Given up: the draft was dropped")
    if run.figures.get("infeasible"):
        return _("There are no such panels")
    words = _("%(panels)s panels, the worst served at %(worst)s")
    return words % {"panels": run.figures["panels"], "worst": percent(run.figures["worst"])}


def _fetched(scheme: Scheme, run: Run, what: str, *, is_there: bool) -> object:
    if not is_there:
        return "–"
    return Cell(_("Download"), reverse("office:draft_document", args=[scheme.code, run.pk, what]))
