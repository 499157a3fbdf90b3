"""Figures about assessing as tables, each with the rows behind it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.assessments.queries import (
    Asked,
    Marked,
    Material,
    against_peers,
    loads,
    material,
    outcome_counts,
    passages,
)
from accredit.frameworks.models import Edition
from accredit.frameworks.queries import rules_of
from accredit.registrations.models import Registration
from accredit.rulebook import agreement
from accredit.rulebook.agreement import FEW, Coefficient, Counts, Interval
from accredit.rulebook.terms import RoundKind
from accredit.web.ui.parts import Cell, Column, Filter, Filters, Table, Text

SEED = 1
PERIODS = {"90": 90, "365": 365, "1095": 1095, "all": 36_500}
USUAL = "365"
STEPS = {
    "check": gettext_lazy("Check by the office"),
    "appointing": gettext_lazy("Finding a panel"),
    "assessing": gettext_lazy("Assessing"),
    "agreeing": gettext_lazy("Agreeing, third assessor, moderation, ratification"),
    "held": gettext_lazy("Held until released"),
}
ROUNDS = {
    RoundKind.FIRST.value: gettext_lazy("First"),
    RoundKind.REVIEW.value: gettext_lazy("Review"),
    RoundKind.REASSESSMENT.value: gettext_lazy("Re-assessment"),
    RoundKind.RENEWAL.value: gettext_lazy("Renewal"),
}
COEFFICIENTS: tuple[tuple[Text, Coefficient], ...] = (
    (gettext_lazy("Same mark"), agreement.percentage),
    (gettext_lazy("AC1"), agreement.ac1),
    (gettext_lazy("Alpha"), agreement.alpha),
)


Behind = tuple[list[str], Iterable[list[Any]]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A table of figures and the address of the rows behind it."""

    table: Table
    rows: str
    note: str = ""


def wanted(request: HttpRequest, today: date) -> Asked:
    """Return what the address asks for."""
    days = PERIODS.get(request.GET.get("period", USUAL), PERIODS[USUAL])
    pathway = request.GET.get("pathway", "")[:40]
    return Asked(since=today - timedelta(days=days), until=today, pathway=pathway)


@dataclass(frozen=True, slots=True)
class Names:
    """What codes of pathways and outcomes are called, in any edition; the later one names it."""

    pathways: dict[str, str]
    outcomes: dict[str, str]


def names() -> Names:
    """Return the names; one query."""
    rules = [rules_of(row) for row in Edition.objects.order_by("in_force_on", "pk")]
    return Names(
        {each.code: each.title for edition in rules for each in edition.pathways},
        {each.code: each.title for edition in rules for each in edition.outcomes},
    )


def filters(request: HttpRequest, named: Names) -> Filters:
    """Return the filter bar."""
    periods = [
        ("90", _("The last 90 days")),
        ("365", _("The last 12 months")),
        ("1095", _("The last three years")),
        ("all", _("Everything")),
    ]
    period, pathway = request.GET.get("period", USUAL), request.GET.get("pathway", "")
    return Filters(
        [
            Filter("period", _("When"), periods, period if period in PERIODS else USUAL),
            Filter("pathway", _("Pathway"), [("", _("All")), *named.pathways.items()], pathway),
        ],
        clear=reverse("office:statistics") if pathway or period != USUAL else "",
    )


def figures(request: HttpRequest, asked: Asked, closed: QuerySet[Registration], named: Names) -> list[Figure]:
    """Return every table of figures; seven queries."""
    query = request.GET.urlencode()
    known = material(asked, closed=closed)
    titles = named.pathways

    def rows(what: str) -> str:
        return f"{reverse('office:statistics_rows', args=[what])}{'?' if query else ''}{query}"

    return [
        Figure(_turnaround(asked), rows("turnaround")),
        Figure(_outcomes(asked, named), rows("outcomes")),
        Figure(
            _agreement(known, lambda each: each.title, _("Section or principle"), _("Agreement by section")),
            rows("agreement"),
            _(
                "Between the first assessors of a panel, before they knew of each other. AC1 and alpha "
                "leave out what chance alone would give: 1 is perfect, 0 is chance. In brackets stands "
                "what drawing as many of the same again gives in 95 cases of 100."
            ),
        ),
        Figure(
            _agreement(
                known,
                lambda each: titles.get(each.pathway, each.pathway),
                _("Pathway"),
                _("Agreement by pathway"),
            ),
            rows("agreement"),
        ),
        Figure(_loads(asked), rows("load")),
        Figure(
            _leniency(known),
            rows("agreement"),
            _(
                "By how many steps of the scale somebody marks kinder (above 0) or stricter (below 0) than "
                "the others on the same rows."
            ),
        ),
    ]


def _few(number: int) -> str:
    return _("few: of little weight") if number < FEW else ""


def _turnaround(asked: Asked) -> Table:
    found = passages(asked)
    columns = [
        Column(_("Step"), is_head=True),
        Column(_("Half take at most, in days"), is_number=True),
        Column(_("Four in five take at most"), is_number=True),
        Column(_("Portfolios"), is_number=True),
    ]
    lines = [
        _spread(str(title), [each.days[step] for each in found if step in each.days])
        for step, title in STEPS.items()
    ]
    lines.append(_spread(_("From handing in to the result"), [each.total for each in found]))
    return Table(_("How long it takes"), columns, lines)


def _spread(title: str, days: Sequence[float]) -> list[object]:
    if not days:
        return [title, "–", "–", 0]
    ranked = sorted(days)
    most = ranked[min(int(0.8 * len(ranked)), len(ranked) - 1)]
    return [title, f"{median(ranked):.1f}", f"{most:.1f}", Cell(len(days), note=_few(len(days)))]


def _outcomes(asked: Asked, named: Names) -> Table:
    counted = outcome_counts(asked)
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for (pathway, kind, _code), number in counted.items():
        sums[pathway, kind] += number
    columns = [
        Column(_("Pathway"), is_head=True),
        Column(_("Round")),
        Column(_("Result")),
        Column(_("Share"), is_number=True),
        Column(_("Number"), is_number=True),
    ]
    lines = [
        [
            named.pathways.get(pathway, pathway),
            str(ROUNDS.get(kind, kind)),
            named.outcomes.get(code, code),
            _("%(share)s %%") % {"share": round(100 * number / sums[pathway, kind])},
            _share(number, sums[pathway, kind]),
        ]
        for (pathway, kind, code), number in sorted(counted.items())
    ]
    return Table(_("Results"), columns, lines, _("No result was released in this time."))


def _share(number: int, of: int) -> Cell:
    return Cell(_("%(n)s of %(all)s") % {"n": number, "all": of}, note=_few(of))


def _agreement(known: Material, by: Callable[[Marked], str], head: str, caption: str) -> Table:
    groups: dict[str, list[Marked]] = defaultdict(list)
    for each in known.rows:
        if len(each.marks) > 1:
            groups[by(each)].append(each)
    columns = [
        Column(head, is_head=True),
        *(Column(title, is_number=True) for title, _coefficient in COEFFICIENTS),
        Column(_("Marked by several"), is_number=True),
    ]
    lines = [
        [title, *_coefficients(rows), Cell(len(rows), note=_few(len(rows)))] for title, rows in groups.items()
    ]
    return Table(caption, columns, lines, _("No panel compared its assessments in this time."))


def _coefficients(rows: list[Marked]) -> list[object]:
    # Rows of one scale only: marks of different editions have no common order.
    scale = max((each.scale for each in rows), key=lambda each: sum(one.scale == each for one in rows))
    units = agreement.counted(list(each.marks.values()) for each in rows if each.scale == scale)
    return [_value(units, scale, coefficient) for _title, coefficient in COEFFICIENTS]


def _value(units: Counts, scale: Sequence[str], coefficient: Coefficient) -> object:
    value = coefficient(units, scale)
    if value is None:
        return "–"
    spread = agreement.interval(units, scale, coefficient, seed=SEED)
    return Cell(f"{value:.2f}", note=_bracket(spread) if spread else "")


def _bracket(spread: Interval) -> str:
    return f"({spread.low:.2f} – {spread.high:.2f})"


def _loads(asked: Asked) -> Table:
    columns = [
        Column(_("Assessor"), is_head=True),
        Column(_("Handed in"), is_number=True),
        Column(_("In time"), is_number=True),
        Column(_("Days late, in all"), is_number=True),
        Column(_("In hand now"), is_number=True),
    ]
    lines = [
        [
            Cell(each.name, reverse("office:person", args=[each.person])),
            each.finished,
            each.in_time,
            each.late_days,
            each.open,
        ]
        for each in loads(asked)
    ]
    return Table(_("Who does the work"), columns, lines, _("Nobody has assessed in this time."))


def _leniency(known: Material) -> Table:
    columns = [
        Column(_("Assessor"), is_head=True),
        Column(_("Kinder (+) or stricter (−)"), is_number=True),
        Column(_("Panels"), is_number=True),
    ]
    found = sorted(against_peers(known).items(), key=lambda each: -(each[1][0] or 0))
    lines = [
        [
            Cell(known.people.get(person, "–"), reverse("office:person", args=[person])),
            "–" if value is None else f"{value:+.2f}",
            Cell(number, note=_few(number)),
        ]
        for person, (value, number) in found
    ]
    return Table(_("Against peers"), columns, lines, _("No panel compared its assessments in this time."))


def behind(
    what: str, asked: Asked, closed: QuerySet[Registration]
) -> tuple[list[str], Iterable[list[Any]]] | None:
    """Return the head and the rows behind a table; None where there is no such table."""
    match what:
        case "turnaround":
            head = ["registration", "round", "submitted", "released", *STEPS, "total_days"]
            return head, (
                [
                    f"R-{each.registration:06d}",
                    each.round,
                    each.submitted_at.isoformat(),
                    each.released_at.isoformat(),
                    *(f"{each.days[step]:.2f}" if step in each.days else "" for step in STEPS),
                    f"{each.total:.2f}",
                ]
                for each in passages(asked)
            )
        case "agreement":
            known = material(asked, closed=closed)
            return ["registration", "pathway", "row", "assessor", "mark"], (
                [each.reference, each.pathway, each.row, known.people.get(person, ""), mark]
                for each in known.rows
                for person, mark in each.marks.items()
            )
        case "load":
            return ["assessor", "handed_in", "in_time", "days_late", "in_hand"], (
                [each.name, each.finished, each.in_time, each.late_days, each.open] for each in loads(asked)
            )
        case "outcomes":
            return ["pathway", "round", "result", "number"], (
                [*key, number] for key, number in sorted(outcome_counts(asked).items())
            )
    return None
