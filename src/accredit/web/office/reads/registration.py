"""One registration: everything that ever happened, and what may be done now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.assessments.models import Appointment
from accredit.assessments.queries import conflicts_of
from accredit.frameworks.queries import rules_of
from accredit.notices.models import Notice
from accredit.portfolios.models import Portfolio, Submission
from accredit.registrations.models import Registration
from accredit.registrations.queries import with_former_pathway
from accredit.rulebook.framework import Edition
from accredit.rulebook.workflow import FINAL, Move, Role, Stage, moves_from
from accredit.trail.queries import of_registration
from accredit.web.office.reads import telling
from accredit.web.office.reads.billing import Bill, difference, invoice
from accredit.web.ui.formats import day, moment
from accredit.web.ui.parts import Cell, Column, Crumb, Moment, Row, Table

MOST_ROWS = 300
KINDS = {
    "first": gettext_lazy("First submission"),
    "review": gettext_lazy("Review of minor revisions"),
    "reassessment": gettext_lazy("Re-assessment after major revisions"),
    "renewal": gettext_lazy("Renewal"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """Something the office can do now; the first is the one that waits."""

    label: str
    href: str
    kind: str = "secondary"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on a panel as the office's progress view shows it: in or not in."""

    appointment: int
    person: int
    name: str
    seat: str
    round: int
    state: str
    tone: str
    due_on: date
    reason: str
    may_be_replaced: bool
    is_third: bool = False
    is_standing: bool = False


def with_portfolio(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Add what the page says of the portfolio, within the same query."""
    own = Portfolio.objects.filter(registration=OuterRef("pk"))
    named = ("form", "suggested_assessor", "language", "confirmed_name", "confirmed_on")
    rows = with_former_pathway(rows.select_related("person", "scheme", "edition"))
    return rows.annotate(**{f"portfolio_{name}": Subquery(own.values(name)[:1]) for name in named})


def seats_of(registration: Registration) -> list[Seat]:
    """Return all places on the panels of a registration, the newest round first; one query."""
    rows = Appointment.objects.filter(panel__registration=registration)
    named = rows.values(
        "pk",
        "person_id",
        "person__name",
        "seat",
        "answer",
        "reason",
        "ended_at",
        "panel__round",
        "panel__due_on",
        "assessment__submitted_at",
    )
    return [_seat(row, registration) for row in named.order_by("-panel__round", "pk")]


def _seat(row: Mapping[str, Any], registration: Registration) -> Seat:
    state, tone = _state(row)
    current = row["panel__round"] == registration.round and registration.stage in _REPLACING
    return Seat(
        appointment=row["pk"],
        person=row["person_id"],
        name=row["person__name"],
        seat=str(telling.SEATS.get(row["seat"], row["seat"])),
        round=row["panel__round"],
        state=state,
        tone=tone,
        due_on=row["panel__due_on"],
        reason=row["reason"],
        is_third=row["seat"] == "third",
        is_standing=row["ended_at"] is None and row["panel__round"] == registration.round,
        may_be_replaced=current and row["ended_at"] is None and row["assessment__submitted_at"] is None,
    )


_REPLACING = {Stage.APPOINTING, Stage.ASSESSING, Stage.THIRD_ASSESSMENT}


def _state(row: Mapping[str, Any]) -> tuple[str, str]:
    if row["answer"] == Appointment.Answer.DECLINED:
        return _("Declined"), "warn"
    if row["assessment__submitted_at"] is not None:
        return _("In"), "good"
    if row["ended_at"] is not None:
        return _("Left"), "calm"
    if row["answer"] == Appointment.Answer.ACCEPTED:
        return _("Not in"), "info"
    return _("Not answered"), "warn"


def summary(registration: Registration, bill: Bill, on: date) -> list[Row]:
    """Return the facts at the head of the page."""
    rules = rules_of(registration.edition)
    one = [registration.pk]
    rows = [
        Row(
            _("Candidate"),
            registration.person.name,
            reverse("office:person", args=[registration.person_id]),
            _("Open"),
        ),
        Row(_("Pathway"), _pathway(registration, rules)),
        Row(_("Edition"), rules.title),
        Row(
            _("Round"),
            f"{registration.round} · {KINDS.get(registration.round_kind, registration.round_kind)}",
        ),
        Row(_("Registered"), moment(registration.registered_at)),
        *_ends(registration, one),
        Row(
            _("Invoice"),
            invoice(bill),
            reverse("office:payment", args=one) if bill.order else "",
            _("Record a payment"),
        ),
        *difference(registration, bill, on),
    ]
    said = (("language", _("Language")), ("suggested_assessor", _("Suggested assessor")))
    told = [(label, getattr(registration, f"portfolio_{name}", "")) for name, label in said]
    return [*rows, *(Row(label, value) for label, value in told if value)]


def _pathway(registration: Registration, rules: Edition) -> str:
    title, former = rules.pathway(registration.pathway).title, getattr(registration, "former_pathway", None)
    known = {each.code: each.title for each in rules.pathways}
    return (
        _("%(now)s (before: %(former)s)") % {"now": title, "former": known[former]}
        if former in known
        else title
    )


def _ends(registration: Registration, one: list[int]) -> list[Row]:
    if registration.stage in FINAL:
        return [Row(_("Ended"), moment(registration.ended_at))]
    extend = reverse("office:extend", args=one)
    if registration.revise_until:
        return [Row(_("To be handed in by"), day(registration.revise_until), extend, _("Give more time"))]
    return [Row(_("Registration ends"), day(registration.expires_on), extend, _("Give more time"))]


def steps(registration: Registration, submissions: list[Submission], seats: list[Seat]) -> list[Step]:
    """Return what the office can do now, the step that waits first."""
    stage, one = Stage(registration.stage), [registration.pk]
    found = [*_waiting(stage, one, submissions, seats)]
    if Move.WITHDRAW in moves_from(stage, Role.OFFICE):
        found.append(
            Step(_("Withdraw for the candidate"), reverse("office:withdraw", args=one), "quiet", "log-out")
        )
    return found


def _waiting(
    stage: Stage, one: list[int], submissions: list[Submission], seats: list[Seat]
) -> Iterable[Step]:
    if stage in (Stage.SUBMITTED, Stage.CHECKING):
        text = _("Begin the check") if stage is Stage.SUBMITTED else _("Go on with the check")
        yield Step(text, reverse("office:check", args=one), "primary", "list-checks")
    elif stage is Stage.APPOINTING:
        yield Step(_("Appoint the panel"), reverse("office:panel", args=one), "primary", "users")
    elif stage is Stage.THIRD_ASSESSMENT and not any(each.is_third and each.is_standing for each in seats):
        yield Step(
            _("Invite a third assessor"), reverse("office:third", args=one), "primary", "user-round-plus"
        )
    elif stage is Stage.ASSESSING and is_read_by_office(submissions, seats):
        yield Step(_("Read the review"), reverse("office:review", args=one), "primary", "book-open-check")
    elif stage is Stage.HELD:
        yield Step(
            _("Look at the result and release it"),
            reverse("office:release", args=one),
            "primary",
            "mail-check",
        )
    elif stage is Stage.APPEALING:
        yield Step(_("Look at the appeal"), reverse("office:appeal", args=one), "primary", "scale")
    elif stage in (Stage.ACCREDITED, Stage.FAILED, Stage.REVISING) and submissions:
        yield Step(_("See the result as sent"), reverse("office:release", args=one), icon="mail-open")


def is_read_by_office(submissions: list[Submission], seats: list[Seat]) -> bool:
    """Say whether the newest submission has nobody to read it but the office."""
    newest = max(
        (each for each in submissions if each.set_aside_at is None), key=lambda each: each.round, default=None
    )
    return newest is not None and not any(each.round == newest.round for each in seats)


def submissions_of(registration: int) -> list[Submission]:
    """Return the frozen copies without their content, the newest first; one query."""
    rows = Submission.objects.filter(portfolio__registration_id=registration).defer("content")
    return list(rows.order_by("-pk"))


def submissions_table(registration: int, rows: list[Submission]) -> Table:
    """Return the frozen copies as a table."""
    columns = [
        Column(_("Round"), is_head=True),
        Column(_("What")),
        Column(_("Submitted")),
        Column(_("Words"), is_number=True),
    ]
    lines = [
        [
            row.round
            if row.set_aside_at
            else Cell(
                _("Round %(round)s") % {"round": row.round},
                reverse("office:submission", args=[registration, row.round]),
            ),
            KINDS.get(row.kind, row.kind),
            Cell(
                moment(row.submitted_at), note=_("Taken back or handed in anew") if row.set_aside_at else ""
            ),
            row.words,
        ]
        for row in rows
    ]
    return Table(_("Submissions"), columns, lines, _("Nothing has been submitted yet."))


def seats_table(registration: Registration, seats: list[Seat], today: date) -> Table:
    """Return who sits on the panels, in or not in, and who of them is in conflict; one query."""
    sitting = [each.person for each in seats if each.is_standing]
    conflicts = conflicts_of(sitting, registration) if sitting else {}
    columns = [
        Column(_("Assessor"), is_head=True),
        Column(_("Seat")),
        Column(_("Round"), is_number=True),
        Column(_("Assessment")),
        Column(_("Due")),
        Column(_("Change")),
    ]
    lines = [
        [
            Cell(each.name, reverse("office:person", args=[each.person])),
            each.seat,
            each.round,
            Cell(_("In conflict"), tone="bad", note=each.state)
            if each.is_standing and each.person in conflicts
            else Cell(each.state, tone=each.tone, note=each.reason),
            Cell(day(each.due_on), note=_("overdue") if each.may_be_replaced and each.due_on < today else ""),
            _change(each, registration.pk, is_in_conflict=each.person in conflicts),
        ]
        for each in seats
    ]
    return Table(_("Panel"), columns, lines, _("Nobody has been invited yet."))


def _change(each: Seat, registration: int, *, is_in_conflict: bool) -> object:
    if not each.may_be_replaced:
        return "–"
    if is_in_conflict:
        return Cell(_("Relieve"), reverse("office:panel_relieve", args=[registration, each.appointment]))
    return Cell(_("Replace"), reverse("office:panel_replace", args=[registration, each.appointment]))


def notices_table(registration: int) -> Table:
    """Return what was or will be told about a registration; one query."""
    rows = Notice.objects.filter(registration_id=registration).defer("text", "html").select_related("person")
    return notices_as_table(rows.order_by("-due_at", "-pk")[:100], _("Notices"))


def notices_as_table(rows: Iterable[Notice], caption: str) -> Table:
    """Return notices with how each fares."""
    columns = [Column(_("Subject"), is_head=True), Column(_("To")), Column(_("Due")), Column(_("State"))]
    lines = [
        [
            Cell(row.subject, reverse("office:notice", args=[row.pk]), note=row.because),
            Cell(row.person.name, reverse("office:person", args=[row.person_id]))
            if row.person
            else row.address,
            moment(row.due_at),
            notice_state(row),
        ]
        for row in rows
    ]
    return Table(caption, columns, lines, _("No notices."))


def notice_state(row: Notice) -> Cell:
    """Return whether a notice was sent, held back (and why), or waits."""
    if row.sent_at:
        return Cell(_("Sent"), tone="good", icon="mail-check", note=moment(row.sent_at))
    if row.suppressed_at:
        return Cell(_("Held back"), tone="calm", icon="mail-x", note=row.suppressed_because)
    if row.last_fault:
        return Cell(_("Not sent yet"), tone="warn", icon="mail-warning", note=row.last_fault)
    return Cell(_("Waiting"), tone="info", icon="clock")


def history(registration: Registration) -> list[Moment]:
    """Return everything recorded about a registration, the newest first; two queries."""
    rules = rules_of(registration.edition)
    rows = of_registration(registration.pk).order_by("-id")[:MOST_ROWS]
    told = telling.tell(
        reversed(rows),
        {each.code: each.title for each in rules.pathways},
        {each.code: each.title for each in rules.outcomes},
    )
    return [telling.now_line(registration), *telling.moments(told)]


def crumbs(registration: Registration | None = None) -> list[Crumb]:
    """Return the way to a registration, or from it onwards."""
    way = [Crumb(_("Pipeline"), reverse("office:pipeline"))]
    if registration is not None:
        way.append(Crumb(registration.reference, reverse("office:registration", args=[registration.pk])))
    return way
