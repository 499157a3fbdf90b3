"""An assessor's work: invitations, what waits for whom, the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accredit.assessments.models import Appeal, Appointment, Panel
from accredit.assessments.queries import (
    Asked,
    Next,
    Work,
    against_peers,
    appeals_to_review,
    close_to,
    edition_of,
    material,
    panels,
    service_of,
)
from accredit.exchange.queries import Served
from accredit.frameworks.models import Edition, Scheme
from accredit.frameworks.queries import rules_of
from accredit.people.models import RoleHeld
from accredit.rulebook.agreement import FEW
from accredit.rulebook.workflow import Stage
from accredit.web.assessor import words
from accredit.web.ui.formats import day
from accredit.web.ui.pages import Page
from accredit.web.ui.parts import Cell, Column, Table
from accredit.web.ui.shell import Person

CALLS = {
    RoleHeld.Name.MODERATOR.value: Stage.MODERATING,
    RoleHeld.Name.COMMITTEE.value: Stage.RATIFYING,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One portfolio in hand, with what waits for the assessor."""

    title: str
    note: str
    seat: str
    due_on: date
    left: str
    tone: str
    text: str
    action: str
    href: str
    is_mine: bool


def lines(works: Iterable[Work], today: date) -> list[Line]:
    """Return work ready to draw, what waits for the assessor first."""
    found = [_line(each, today) for each in works]
    return sorted(found, key=lambda each: not each.is_mine)


def _line(work: Work, today: date) -> Line:
    text, action, href = _next(work)
    is_in = work.next not in (Next.ANSWER, Next.ASSESS)
    return Line(
        title=work.candidate or work.reference,
        note=" · ".join((work.pathway_title, words.round_words(work.round, work.kind), work.reference)),
        seat=str(words.SEATS[work.seat]),
        due_on=work.due_on,
        left="" if is_in else words.time_left(work.due_on, today),
        tone=words.tone_of(work.due_on, today),
        text=text,
        action=action,
        href=href,
        is_mine=work.next is not Next.WAIT,
    )


def _next(work: Work) -> tuple[str, str, str]:
    agreement = reverse("assessor:agreement", args=[work.panel])
    match work.next:
        case Next.ANSWER:
            here = reverse("assessor:invitation", args=[work.appointment])
            return _("You are invited to assess this portfolio."), _("See the invitation"), here
        case Next.ASSESS:
            here = reverse("assessor:desk", args=[work.assessment])
            return _("Your assessment waits to be written."), _("Open the desk"), here
        case Next.PROPOSE:
            return _("All assessments are in. Propose the outcome."), _("Go to the agreement"), agreement
        case Next.REPLY:
            return _("An outcome has been proposed. Say whether you agree."), _("Answer"), agreement
    here = reverse("assessor:desk", args=[work.assessment])
    return _("Nothing to do now: you are told by e-mail when it is your turn."), _("Look at it"), here


def calls(person: Person) -> list[Line]:
    """Return what waits for a moderator, the committee or a reviewer; two queries, none for others."""
    stages = [stage.value for role, stage in CALLS.items() if role in person.roles]
    if not stages:
        return []
    reviews = [_review(each) for each in appeals_to_review(person.pk)]
    rows = panels().filter(registration__stage__in=stages).exclude(registration__person_id=person.pk)
    rows = rows.exclude(appointments__person_id=person.pk, appointments__ended_at=None)
    rows = rows.exclude(close_to(person.pk))
    found = rows.defer("submission__content").order_by("registration__stage_since", "pk")
    return reviews + [_call(each) for each in found if each.round == each.registration.round]


def _review(appeal: Appeal) -> Line:
    panel = appeal.outcome.panel
    return Line(
        title=words.name_of(panel),
        note=words.eyebrow(panel),
        seat=_("Reviewer"),
        due_on=localdate(appeal.admitted_at),
        left="",
        tone="calm",
        text=_("The candidate has appealed against the result."),
        action=_("Decide the appeal"),
        href=reverse("assessor:appeal", args=[appeal.pk]),
        is_mine=True,
    )


def _call(panel: Panel) -> Line:
    is_moderating = panel.registration.stage == Stage.MODERATING
    name = "moderation" if is_moderating else "ratification"
    return Line(
        title=words.name_of(panel),
        note=words.eyebrow(panel),
        seat=_("Moderator") if is_moderating else _("Committee"),
        due_on=localdate(panel.registration.stage_since),
        left="",
        tone="calm",
        text=_("The panel could not agree. Read both sides and decide.")
        if is_moderating
        else _("An outcome waits for the committee."),
        action=_("Moderate") if is_moderating else _("Ratify"),
        href=reverse(f"assessor:{name}", args=[panel.pk]),
        is_mine=True,
    )


def with_outcomes(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """Return finished work, the newest first."""
    return rows.select_related("panel__registration__scheme").order_by("-assessment__submitted_at", "-pk")


def record(page: Page[Appointment]) -> Table:
    """Return what an assessor has done, as a table."""
    columns = [
        Column(_("Portfolio"), is_head=True),
        Column(_("Round")),
        Column(_("Seat")),
        Column(_("Handed in")),
        Column(_("Outcome")),
    ]
    return Table(_("Assessments you have made"), columns, [_done(each) for each in page.items])


def _done(each: Appointment) -> list[object]:
    panel = each.panel
    edition = edition_of(panel)
    handed_in = localdate(each.assessment.submitted_at)
    is_late = handed_in > panel.due_on
    return [
        Cell(
            words.name_of(panel),
            reverse("assessor:agreement", args=[panel.pk]),
            note=edition.pathway(panel.registration.pathway).title,
        ),
        words.round_words(panel.round, panel.submission.kind),
        words.SEATS[each.seat],
        Cell(day(handed_in), note=_("after the due date") if is_late else _("on time")),
        edition.outcome(panel.outcome.code).title,
    ]


YEAR = timedelta(days=365)


def span(given: Mapping[str, str], today: date) -> tuple[date, date]:
    """Return the span an address asks for, the last twelve months where it says nothing that can be one."""
    found = []
    for name, usual in (("since", today - YEAR), ("until", today)):
        try:
            found.append(date.fromisoformat(given.get(name, "")[:10]))
        except ValueError:
            found.append(usual)
    return (found[0], found[1]) if found[0] <= found[1] else (today - YEAR, today)


def service(person: int, scheme: Scheme, since: date, until: date) -> Served:
    """Return what somebody has assessed in a span; two queries."""
    found = service_of(person, since=since, until=until)
    rules = [rules_of(each) for each in Edition.objects.order_by("in_force_on", "pk")]
    titles = {each.code: each.title for edition in rules for each in edition.pathways}
    return Served(
        number=found.number,
        in_time=found.in_time,
        hours=found.number * scheme.assessing_hours,
        lines=[
            (titles.get(pathway, pathway), str(words.SEATS[seat]), number)
            for (pathway, seat), number in sorted(found.by_kind.items())
        ],
    )


def peers(person: int, today: date) -> str:
    """Say how somebody marks against their peers, over three years; three queries. Nothing where no panel of
    theirs has compared its assessments."""
    asked = Asked(since=today - 3 * YEAR, until=today)
    value, number = against_peers(material(asked, person=person)).get(person, (None, 0))
    if value is None:
        return ""
    told = _("as your peers do") if abs(value) < ALIKE else ""
    told = told or (_("kinder than your peers") if value > 0 else _("stricter than your peers"))
    panels = ngettext("%(n)s panel", "%(n)s panels", number) % {"n": number}
    text = _(
        "Over the last three years you marked %(told)s: by %(steps)s steps of the scale, over %(panels)s."
    )
    said = text % {"told": told, "steps": f"{abs(value):.2f}", "panels": panels}
    return said if number >= FEW else said + " " + _("That is few: it says little.")


# Within so much of a step there is no difference worth a word.
ALIKE = 0.1
