"""What waits for the office, oldest first, and what is about to be late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accredit.assessments.models import Appeal, Appointment, Panel
from accredit.assessments.queries import unanswered
from accredit.fees.models import Order
from accredit.frameworks.models import Edition
from accredit.registrations.models import Registration
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import FINAL, Stage
from accredit.web.office.reads.billing import Bill
from accredit.web.office.reads.telling import SEATS
from accredit.web.office.reads.titles import Titles
from accredit.web.ui.formats import day
from accredit.web.ui.labels import STAGES
from accredit.web.ui.parts import Cell, Column, Table

MOST = 30
DUE_DAYS, REVISION_DAYS, END_DAYS = 7, 30, 60
ADDRESSES = {
    Stage.SUBMITTED: "office:check",
    Stage.CHECKING: "office:check",
    Stage.APPOINTING: "office:panel",
    Stage.THIRD_ASSESSMENT: "office:third",
    Stage.ASSESSING: "office:review",
    Stage.HELD: "office:release",
    Stage.APPEALING: "office:appeal",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A registration that waits for the office, and the step it waits for."""

    reference: str
    href: str
    name: str
    pathway: str
    stage: str
    days: int
    step: str
    step_href: str


def steps() -> dict[Stage, str]:
    """Return the words of each step, in the active language."""
    return {
        Stage.SUBMITTED: _("Begin the check"),
        Stage.CHECKING: _("Go on with the check"),
        Stage.APPOINTING: _("Appoint the panel"),
        Stage.THIRD_ASSESSMENT: _("Invite a third assessor"),
        Stage.ASSESSING: _("Read the review"),
        Stage.HELD: _("Look and release"),
        Stage.APPEALING: _("Look at the appeal"),
    }


def waits(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Return the registrations that wait for the office, the oldest first."""
    round_of = Panel.objects.filter(registration=OuterRef("pk"), round=OuterRef("round"))
    standing = Appointment.objects.filter(
        panel__registration=OuterRef("pk"), panel__round=OuterRef("round"), ended_at=None
    )
    always = (Stage.SUBMITTED, Stage.CHECKING, Stage.APPOINTING, Stage.HELD)
    third = Q(stage=Stage.THIRD_ASSESSMENT.value) & ~Exists(standing.filter(seat="third"))
    read_here = (
        Q(stage=Stage.ASSESSING.value, round_kind=RoundKind.REVIEW.value)
        & Exists(round_of)
        & ~Exists(standing)
    )
    fresh = Appeal.objects.filter(outcome__panel__registration=OuterRef("pk"), reviewer=None, decided_at=None)
    appealed = Q(stage=Stage.APPEALING.value) & Exists(fresh)
    found = rows.filter(Q(stage__in=[each.value for each in always]) | third | read_here | appealed)
    return found.select_related("person").order_by("stage_since", "pk")


def waiting(rows: QuerySet[Registration], titles: Titles, at: datetime) -> list[Waiting]:
    """Return the first that wait; one query."""
    words = steps()
    return [_waiting(row, titles, at, words[Stage(row.stage)]) for row in waits(rows)[:MOST]]


def _waiting(row: Registration, titles: Titles, at: datetime, step: str) -> Waiting:
    stage = Stage(row.stage)
    return Waiting(
        reference=row.reference,
        href=reverse("office:registration", args=[row.pk]),
        name=row.person.name,
        pathway=titles.get((row.edition_id, row.pathway), row.pathway),
        stage=row.stage,
        days=(at - row.stage_since).days,
        step=step,
        step_href=reverse(ADDRESSES[stage], args=[row.pk]),
    )


def counts(rows: QuerySet[Registration]) -> dict[str, int]:
    """Return how many stand in each stage that is not final; one query."""
    stages = dict(
        rows.exclude(stage__in=[each.value for each in FINAL])
        .order_by()
        .values_list("stage")
        .annotate(n=Count("pk"))
    )
    return {stage: int(stages.get(stage, 0)) for stage in Stage}


def late_assessments(rows: QuerySet[Registration], at: datetime, editions: Iterable[Edition]) -> Table:
    """Return assessments overdue or due within days, and invitations not answered in the edition's time; one
    query."""
    today = localdate(at)
    late = Q(panel__due_on__lte=today + timedelta(days=DUE_DAYS)) | unanswered(at, editions)
    found = Appointment.objects.filter(
        late,
        ended_at=None,
        assessment__submitted_at=None,
        panel__registration__in=rows.filter(
            stage__in=(Stage.APPOINTING, Stage.ASSESSING, Stage.THIRD_ASSESSMENT)
        ).values("pk"),
        panel__round=F("panel__registration__round"),
    )
    found = found.select_related("person", "panel__registration__person").order_by("panel__due_on", "pk")[
        :MOST
    ]
    columns = [
        Column(_("Assessor"), is_head=True),
        Column(_("Seat")),
        Column(_("Candidate")),
        Column(_("Due")),
        Column(_("What")),
        Column(_("Do")),
    ]
    lines = [_late(each, at) for each in found]
    return Table(_("Assessments and invitations"), columns, lines, _("Nothing is late or due within a week."))


def _late(each: Appointment, at: datetime) -> list[object]:
    owner, due = each.panel.registration, each.panel.due_on
    relieve: object = Cell(_("Relieve"), reverse("office:panel_relieve", args=[owner.pk, each.pk]))
    if not each.answer:
        days = (at - each.invited_at).days
        what = Cell(_("Not answered for %(days)s days") % {"days": days}, tone="warn")
    elif due < localdate(at):
        what = Cell(_("Overdue by %(days)s days") % {"days": (localdate(at) - due).days}, tone="bad")
    else:
        what, relieve = Cell(_("Due soon"), tone="info"), "–"
    return [
        Cell(each.person.name, reverse("office:person", args=[each.person_id])),
        str(SEATS.get(each.seat, each.seat)),
        Cell(owner.person.name, reverse("office:registration", args=[owner.pk])),
        day(due),
        what,
        relieve,
    ]


def ending(rows: QuerySet[Registration], at: datetime) -> Table:
    """Return revisions due and registrations about to end; one query."""
    today = localdate(at)
    revising = Q(stage=Stage.REVISING, revise_until__lte=today + timedelta(days=REVISION_DAYS))
    writing = Q(stage__in=[Stage.DRAFTING, Stage.RETURNED], expires_on__lte=today + timedelta(days=END_DAYS))
    found = rows.filter(revising | writing).select_related("person").order_by("expires_on", "pk")[:MOST]
    columns = [
        Column(_("Candidate"), is_head=True),
        Column(_("Number")),
        Column(_("Stage")),
        Column(_("Last day")),
    ]
    lines = [
        [
            row.person.name,
            Cell(row.reference, reverse("office:registration", args=[row.pk])),
            Cell(STAGES[Stage(row.stage)].text, tone=STAGES[Stage(row.stage)].tone),
            day(row.revise_until if row.stage == Stage.REVISING else row.expires_on),
        ]
        for row in found
    ]
    return Table(_("Revisions due and registrations ending"), columns, lines, _("Nothing ends soon."))


def unpaid(rows: QuerySet[Registration]) -> Table:
    """Return invoices not paid in full, the oldest first; one query."""
    found = Order.objects.annotate(received=Sum("payments__amount", default=0)).filter(
        received__lt=F("amount")
    )
    alive = rows.exclude(stage__in=[Stage.WITHDRAWN, Stage.EXPIRED]).values("pk")
    found = (
        found.filter(registration__in=alive)
        .select_related("registration__person")
        .order_by("ordered_at", "pk")
    )
    columns = [
        Column(_("Invoice"), is_head=True),
        Column(_("Candidate")),
        Column(_("Missing"), is_number=True),
        Column(_("Since")),
        Column(_("Do")),
    ]
    lines = [
        [
            each.invoice_number,
            Cell(each.registration.person.name, reverse("office:registration", args=[each.registration_id])),
            Bill(currency=each.currency).shown(each.amount - each.received),
            day(each.ordered_at),
            Cell(_("Record a payment"), reverse("office:payment", args=[each.registration_id])),
        ]
        for each in found[:MOST]
    ]
    return Table(_("Invoices not paid in full"), columns, lines, _("Everything is paid."))


@dataclass(frozen=True, slots=True)
class Stat:
    """A number that leads to the rows behind it."""

    value: int
    label: str
    href: str
    tone: str = ""


def stats(rows: QuerySet[Registration]) -> list[Stat]:
    """Return how many stand where something is to be done, by whom."""
    found = counts(rows)
    shown = (
        (Stage.SUBMITTED, _("to check")),
        (Stage.APPOINTING, _("without a panel")),
        (Stage.ASSESSING, _("being assessed")),
        (Stage.AGREEING, _("being agreed")),
        (Stage.MODERATING, _("with the moderator")),
        (Stage.RATIFYING, _("with the committee")),
        (Stage.HELD, _("to release")),
        (Stage.REVISING, _("being revised")),
        (Stage.APPEALING, _("under appeal")),
    )
    pipeline = reverse("office:pipeline")
    # Stages that most schemes never use stay out of sight while nobody is in them.
    rare = (Stage.MODERATING, Stage.RATIFYING, Stage.APPEALING)
    return [
        Stat(found[stage], label, f"{pipeline}?stage={stage.value}")
        for stage, label in shown
        if found[stage] or stage not in rare
    ]
