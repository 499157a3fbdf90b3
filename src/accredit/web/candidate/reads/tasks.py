"""The page of a registration: a task list while it is written, its progress otherwise."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accredit.assessments.queries import Transcript, expected, results_of
from accredit.awards.models import Award
from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Portfolio, Submission
from accredit.portfolios.queries import Task as Slot
from accredit.portfolios.queries import TaskList, earlier_of, last_return, plan_of, submissions_of, task_list
from accredit.registrations.models import Registration
from accredit.registrations.queries import last_day
from accredit.rulebook.framework import Pathway, SectionKind
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actor import Actor
from accredit.toolkit.richtext import plain
from accredit.web.candidate import phrases
from accredit.web.candidate.reads.planning import Step, step_of
from accredit.web.candidate.reads.thoughts import Gathered, gathered, headline
from accredit.web.ui.formats import day
from accredit.web.ui.parts import Group, Moment, Task
from accredit.wording import sentence


@dataclass(frozen=True, slots=True)
class Drafting:
    """A task list ready to draw."""

    groups: tuple[Group, ...]
    ready: int
    needed: int
    words: int
    overall: tuple[str, ...]
    thoughts: tuple[Gathered, ...]
    is_complete: bool
    next_title: str
    next_href: str
    deadline: str
    reasons: str
    step: Step
    summary: Task | None
    set_aside: tuple[Task, ...]
    is_carried: bool
    may_begin_from: bool

    @property
    def as_aside(self) -> list[Group]:
        """Return what is set aside as a group of its own."""
        return [Group(_("Set aside: not asked on your pathway"), self.set_aside)] if self.set_aside else []

    @property
    def thoughts_title(self) -> str:
        """Say how much advice there is."""
        return headline(sum(len(each.thoughts) for each in self.thoughts))

    @property
    def as_tasks(self) -> list[Task]:
        """Return the summary of changes as a list of its own."""
        return [self.summary] if self.summary else []


def drafting(portfolio: Portfolio, on: date) -> Drafting:
    """Read the task list."""
    registration = portfolio.registration
    found = task_list(portfolio, on=on)
    summary = _summary(portfolio)
    first = _first(found, summary)
    until = last_day(registration)
    reasons = last_return(registration.pk) if registration.stage == Stage.RETURNED else None
    return Drafting(
        groups=_groups(found, registration),
        ready=found.ready,
        needed=found.needed,
        words=found.words,
        overall=tuple(sentence(each) for each in found.overall),
        thoughts=gathered(found, registration.pk),
        is_complete=found.is_complete,
        next_title=first.title
        if first
        else (str(summary.title) if summary and summary.state == "todo" else ""),
        next_href=_href(registration.pk, first) if first else (summary.href if summary else ""),
        deadline=_("By %(day)s: %(left)s.") % {"day": day(until), "left": phrases.days_left(until, on)},
        reasons=reasons.reasons if reasons else "",
        step=step_of(
            plan_of(portfolio.pk),
            registration.pk,
            on,
            ready=frozenset(each.slot for each in found.tasks if each.is_ready),
            rules=rules_of(registration.edition),
        ),
        summary=summary,
        set_aside=_aside(found, registration),
        is_carried=found.is_carried,
        may_begin_from=_may_begin_from(portfolio, found),
    )


def _may_begin_from(portfolio: Portfolio, found: TaskList) -> bool:
    """Say whether an accredited portfolio may be the start: asked only while nothing has been written."""
    registration = portfolio.registration
    if found.set_aside or any(each.entry is not None and each.entry.version for each in found.tasks):
        return False
    first = registration.round_kind == RoundKind.FIRST.value
    return first and bool(earlier_of(registration.person_id, registration.scheme_id))


def _aside(found: TaskList, registration: Registration) -> tuple[Task, ...]:
    rules, page = rules_of(registration.edition), reverse("candidate:set_aside", args=[registration.pk])
    slots = [(rules.slot(each.section, each.position), each) for each in found.set_aside]
    return tuple(
        Task(
            f"{rules.slot_title(slot)}: {each.title}" if each.title else rules.slot_title(slot),
            f"{page}#section-{slot}",
            "aside",
        )
        for slot, each in slots
    )


def _first(found: TaskList, summary: Task | None) -> Slot | None:
    """Return the next slot to write; None when there is none, or the summary of changes comes before it."""
    first = next((each for each in found.tasks if each.is_open and not each.is_ready), None)
    is_last = first is not None and first.section.kind is SectionKind.CONFIRMATION
    return None if is_last and summary is not None and summary.state == "todo" else first


def _summary(portfolio: Portfolio) -> Task | None:
    if portfolio.registration.round_kind == RoundKind.FIRST.value:
        return None
    return Task(
        title=_("Summary of changes"),
        href=reverse("candidate:summary", args=[portfolio.registration_id]),
        state="ready" if portfolio.summary_of_changes else "todo",
        note=_("What you have changed, section by section. Assessors read this first."),
    )


def _groups(found: TaskList, registration: Registration) -> tuple[Group, ...]:
    groups: list[tuple[str, list[Task]]] = []
    for each in found.tasks:
        title = each.section.group or _("To begin")
        if each.section.kind in (SectionKind.PLANS, SectionKind.CONFIRMATION):
            title = each.section.group or _("To finish")
        if not groups or groups[-1][0] != title:
            groups.append((title, []))
        groups[-1][1].append(_task(each, registration.pk))
    return tuple(Group(title, tasks) for title, tasks in groups)


def _task(slot: Slot, registration: int) -> Task:
    code, title = "", slot.title
    if slot.section.is_rated and slot.title.startswith(slot.slot):
        code, title = slot.slot, slot.title[len(slot.slot) :].strip()
    if slot.entry is not None and (slot.entry.title or slot.entry.area):
        title = f"{title}: {slot.entry.title or slot.entry.area}"
    return Task(title=title, href=_href(registration, slot), state=_state(slot), note=_note(slot), code=code)


def _href(registration: int, slot: Slot) -> str:
    if slot.section.kind is SectionKind.CONFIRMATION:
        return reverse("candidate:confirmation", args=[registration])
    return reverse("candidate:section", args=[registration, slot.slot])


def _state(slot: Slot) -> str:
    if not slot.is_open:
        return "locked"
    if slot.is_ready:
        return "ready"
    return "started" if slot.words or (slot.entry is not None and slot.entry.version) else "todo"


def _note(slot: Slot) -> str:
    if not slot.is_open:
        return _("Not part of this round: it stays as it was assessed.")
    told = [without_title(sentence(each), slot.title) for each in slot.faults]
    return " ".join(told[:3]) + (_(" And more: open it to see.") if len(told) > 3 else "")


def without_title(text: str, title: str) -> str:
    """Drop the title the sentence begins with: the row says it already."""
    rest = text.removeprefix(title).removeprefix(":").removeprefix(",").strip()
    return rest[:1].upper() + rest[1:] if rest else text


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a registration stands once it is out of the candidate's hands."""

    moments: tuple[Moment, ...]
    results: tuple[tuple[Transcript, str], ...]
    award: str
    submissions: tuple[tuple[Submission, str], ...]


def progress(registration: Registration, *, to: Actor) -> Progress:
    """Read the progress of a registration: nothing of what happens between submission and release."""
    results = results_of(registration.pk, to=to)
    award = Award.objects.filter(registration=registration).values_list("pk", flat=True).first()
    handed_in = [each for each in submissions_of(registration.pk) if each.set_aside_at is None]
    return Progress(
        moments=tuple(_moments(registration, list(reversed(handed_in)), results)),
        results=tuple((each, _result_href(registration, each)) for each in results),
        award=reverse("candidate:award", args=[award]) if award else "",
        submissions=tuple(
            (each, reverse("candidate:submission", args=[registration.pk, each.round])) for each in handed_in
        ),
    )


def expectation(registration: Registration, on: date) -> str:
    """Say when the result may be expected, honestly; nothing where it cannot be said. One query."""
    found = expected(registration, on)
    if found is None:
        return ""
    rests_on = ngettext(
        "This rests on %(n)s result of the last months and on everybody who waits now.",
        "This rests on %(n)s results of the last months and on everybody who waits now.",
        found.results,
    ) % {"n": found.results}
    if found.half_on is None:
        return (
            _("Nearly all others had their result sooner, so we cannot say when yours comes.")
            + f" {rests_on}"
        )
    if found.nearly_all_on is None:
        said = _("Half of those who have waited as long as you have their result by %(half)s.")
        return said % {"half": day(found.half_on)} + f" {rests_on}"
    said = _(
        "Half of those who have waited as long as you have their result by %(half)s, nearly all by %(all)s."
    )
    return said % {"half": day(found.half_on), "all": day(found.nearly_all_on)} + f" {rests_on}"


def _result_href(registration: Registration, result: Transcript) -> str:
    return reverse("candidate:result", args=[registration.pk, result.round])


def _moments(
    registration: Registration, handed_in: list[Submission], results: tuple[Transcript, ...]
) -> list[Moment]:
    made = [Moment(_("Registered"), registration.registered_at)]
    released = {each.round: each for each in results}
    for each in handed_in:
        made.append(Moment(_title(each, released.get(each.round - 1)), each.submitted_at))
        if each.round in released:
            made.append(_result(released[each.round]))
    return made + _coming(Stage(registration.stage), registration.stage_since)


def _title(submission: Submission, before: Transcript | None) -> str:
    if before is not None and before.set_aside_at is not None:
        return _("Given to a new panel after your appeal")
    return _("Portfolio submitted") if submission.round == 1 else _("Revisions submitted")


def _result(found: Transcript) -> Moment:
    text = _("Set aside on your appeal.") if found.set_aside_at is not None else ""
    return Moment(found.outcome.title, found.released_at, text=text)


def _coming(stage: Stage, since: datetime) -> list[Moment]:
    check, assess, result = _("Checked by the office"), _("Assessed"), _("Result")
    if stage is Stage.SUBMITTED:
        waiting = _("The office looks at it next. Until then you can take it back.")
        return [
            Moment(check, text=waiting, state="current"),
            Moment(assess, state="next"),
            Moment(result, state="next"),
        ]
    if stage is Stage.CHECKING:
        text = _("The office is checking that everything is there and opens.")
        return [
            Moment(check, text=text, state="current"),
            Moment(assess, state="next"),
            Moment(result, state="next"),
        ]
    if stage is Stage.WITHDRAWN:
        return [Moment(_("Withdrawn"), since, state="current")]
    if stage is Stage.EXPIRED:
        return [Moment(_("Time ran out"), since, state="current")]
    if stage in (Stage.ACCREDITED, Stage.FAILED):
        return []
    if stage is Stage.APPEALING:
        return [Moment(_("Your appeal"), since, text=str(phrases.WAITING[stage]), state="current")]
    return [
        Moment(check),
        Moment(assess, text=str(phrases.ASSESSED), state="current"),
        Moment(result, state="next"),
    ]


def feedback_of(results: tuple[Transcript, ...], slot: str) -> list[tuple[str, str, str]]:
    """Return what each assessor of the last released round said of a slot: who, mark, comment."""
    if not results:
        return []
    last = results[-1]
    row = next((each for each in last.rows if each.key == slot), None)
    if row is None:
        return []
    return [
        (
            column.name or _("Assessor %(number)s") % {"number": column.number},
            cell.title,
            plain(cell.comment),
        )
        for column, cell in zip(last.columns, row.cells, strict=True)
        if cell.title or cell.comment
    ]


def pathway_of(registration: Registration) -> Pathway:
    """Return the pathway as its edition describes it."""
    return rules_of(registration.edition).pathway(registration.pathway)
