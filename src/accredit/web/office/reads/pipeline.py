"""All registrations: filtered, sorted, counted by stage and age."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accredit.registrations.models import Registration
from accredit.registrations.queries import with_former_pathway
from accredit.rulebook.workflow import FINAL, Stage
from accredit.web.office.reads.titles import Titles, options, pathway_titles
from accredit.web.office.tables import chosen, column
from accredit.web.ui.formats import day
from accredit.web.ui.labels import STAGES
from accredit.web.ui.pages import Page
from accredit.web.ui.parts import Cell, Column, Filter, Filters, Table

OLD = timedelta(days=28)
SORTS = ("pk", "person__name", "pathway", "stage", "stage_since", "registered_at", "expires_on")
OPEN, ALL = "open", ""
_REFERENCE = re.compile(r"(?:r-?)?0*(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    text: str
    stage: str
    pathway: str
    sort: str


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many stand in a stage, how many of them for long, and since when the first does."""

    stage: str
    text: str
    tone: str
    count: int
    old: int
    note: str
    href: str


def wanted(request: HttpRequest) -> Wanted:
    """Read the address; what it may not ask for is left out."""
    stage = request.GET.get("stage", OPEN)
    known = {each.value for each in Stage} | {OPEN}
    return Wanted(
        text=" ".join(request.GET.get("q", "").replace("\0", "").split())[:100],
        stage=stage if stage in known else ALL,
        pathway=request.GET.get("pathway", "")[:40].replace("\0", ""),
        sort=chosen(request, SORTS, "stage_since"),
    )


def found(rows: QuerySet[Registration], asked: Wanted) -> QuerySet[Registration]:
    """Return the registrations the address asks for, in its order."""
    if asked.stage == OPEN:
        rows = rows.exclude(stage__in=[each.value for each in FINAL])
    elif asked.stage:
        rows = rows.filter(stage=asked.stage)
    rows = with_former_pathway(_without_stage(rows, asked))
    return rows.select_related("person").order_by(asked.sort, "pk")


def _without_stage(rows: QuerySet[Registration], asked: Wanted) -> QuerySet[Registration]:
    if asked.pathway:
        rows = rows.filter(pathway=asked.pathway)
    reference = _REFERENCE.fullmatch(asked.text)
    if reference:
        return rows.filter(pk=int(reference[1]))
    if asked.text:
        rows = rows.filter(Q(person__name__icontains=asked.text) | Q(person__email__icontains=asked.text))
    return rows


def stage_counts(
    rows: QuerySet[Registration], asked: Wanted, query: QueryDict, at: datetime
) -> list[StageCount]:
    """Return every stage that somebody is in, with its age; one query at any size."""
    old = Count("pk", filter=Q(stage_since__lt=at - OLD))
    counted = _without_stage(rows, asked).order_by().values("stage")
    counted = counted.annotate(count=Count("pk"), old=old, since=Min("stage_since"))
    lines = {line["stage"]: line for line in counted}
    return [_count(stage, lines[stage], query, at) for stage in Stage if stage in lines]


def _count(stage: Stage, line: Mapping[str, object], query: QueryDict, at: datetime) -> StageCount:
    since, many = line["since"], line["old"]
    days = (at - since).days if isinstance(since, datetime) else 0
    note = _("longest: %(days)s days") % {"days": days} if stage not in FINAL else ""
    return StageCount(
        stage=stage.value,
        text=str(STAGES[stage].text),
        tone="warn" if many and stage not in FINAL else "",
        count=int(str(line["count"])),
        old=int(str(many)),
        note=note,
        href=_address(query, stage=stage.value),
    )


def _address(query: QueryDict, **changes: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        changed[name] = value
    return f"?{changed.urlencode()}"


def filters(asked: Wanted, titles: Titles) -> Filters:
    """Return the filter bar."""
    stages = [(each.value, look.text) for each, look in STAGES.items()]
    return Filters(
        [
            Filter(
                "stage", _("Stage"), [("", _("All")), (OPEN, _("All that are open")), *stages], asked.stage
            ),
            Filter("pathway", _("Pathway"), [("", _("All")), *options(titles)], asked.pathway),
        ],
        search=asked.text,
        search_label=_("Name, address or number"),
        hidden=(("sort", asked.sort),),
        clear=reverse("office:pipeline") if asked.text or asked.stage != OPEN or asked.pathway else "",
    )


def table(
    request: HttpRequest, page: Page[Registration], asked: Wanted, titles: Titles, at: datetime
) -> Table:
    """Return one page of registrations."""
    columns = [
        column(request, _("Number"), "pk", asked.sort, is_head=True, is_tight=True),
        column(request, _("Candidate"), "person__name", asked.sort),
        column(request, _("Pathway"), "pathway", asked.sort),
        Column(_("Round"), is_number=True),
        column(request, _("Stage"), "stage", asked.sort),
        column(request, _("Days in stage"), "stage_since", asked.sort, is_number=True),
        column(request, _("Registered"), "registered_at", asked.sort, is_tight=True),
        column(request, _("Ends"), "expires_on", asked.sort, is_tight=True),
    ]
    return Table(
        _("Registrations"),
        columns,
        [_line(row, titles, at) for row in page.items],
        _("No registration matches. Clear the filters to see all."),
        is_caption_shown=False,
    )


def _line(row: Registration, titles: Titles, at: datetime) -> list[object]:
    look = STAGES[Stage(row.stage)]
    final = row.stage in FINAL
    return [
        Cell(row.reference, reverse("office:registration", args=[row.pk])),
        Cell(row.person.name, reverse("office:person", args=[row.person_id])),
        Cell(titles.get((row.edition_id, row.pathway), row.pathway), note=_former(row, titles)),
        row.round,
        Cell(look.text, tone=look.tone, icon=look.icon),
        "–" if final else (at - row.stage_since).days,
        day(row.registered_at),
        "–" if final else day(row.revise_until if row.stage == Stage.REVISING else row.expires_on),
    ]


def _former(row: Registration, titles: Titles) -> str:
    former = getattr(row, "former_pathway", None)
    title = titles.get((row.edition_id, str(former)), "") if former else ""
    return _("before: %(pathway)s") % {"pathway": title} if title else ""


def export_head() -> list[str]:
    """Return the heads of the exported columns."""
    return [
        _("Number"),
        _("Candidate"),
        _("E-mail"),
        _("Pathway"),
        _("Round"),
        _("Stage"),
        _("In stage since"),
        _("Registered"),
        _("Submitted"),
        _("Ends"),
    ]


def export_lines(rows: QuerySet[Registration]) -> Iterator[list[object]]:
    """Yield a line for each registration, reading them in portions."""
    titles = pathway_titles()
    for row in rows.iterator(chunk_size=500):
        yield [
            row.reference,
            row.person.name,
            row.person.email,
            titles.get((row.edition_id, row.pathway), row.pathway),
            row.round,
            STAGES[Stage(row.stage)].text,
            localdate(row.stage_since).isoformat(),
            localdate(row.registered_at).isoformat(),
            localdate(row.submitted_at).isoformat() if row.submitted_at else "",
            row.expires_on.isoformat(),
        ]
