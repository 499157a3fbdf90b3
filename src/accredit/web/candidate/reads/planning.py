"""The plan as its candidate sees it: the one next step, and what to choose from."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.portfolios.models import Plan, Portfolio
from accredit.portfolios.queries import Task, TaskList, plan_of, step_words, task_list
from accredit.registrations.queries import last_day
from accredit.rulebook.framework import Edition
from accredit.rulebook.planning import doubts
from accredit.web.candidate import phrases
from accredit.web.candidate.forms.planning import dated
from accredit.web.ui.formats import day
from accredit.wording import sentence

# Far enough to be kept, near enough to be begun.
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Step:
    """The next step as it stands on top of the pages: in words, when, where to; `text` empty: none yet."""

    text: str
    when: str
    href: str
    plan_href: str
    done_href: str
    is_late: bool = False
    is_ready: bool = False

    @property
    def has_text(self) -> bool:
        """Say whether a step has been planned."""
        return bool(self.text)


def step_of(
    plan: Plan | None,
    registration: int,
    on: date,
    *,
    rules: Edition,
    ready: frozenset[str] = frozenset(),
) -> Step:
    """Return the planned step; `ready` are the slots that lack nothing, where the page knows them."""
    text = step_words(plan, rules) if plan else ""
    slot = plan.step_slot if plan else ""
    home = reverse("candidate:registration", args=[registration])
    step_on = plan.step_on if plan else None
    return Step(
        text=text,
        when=_("%(day)s: %(left)s") % {"day": day(step_on), "left": phrases.days_left(step_on, on)}
        if step_on
        else "",
        href=reverse("candidate:section", args=[registration, slot]) if slot else home,
        plan_href=reverse("candidate:plan", args=[registration]),
        done_href=reverse("candidate:step_done", args=[registration]),
        is_late=step_on is not None and step_on < on,
        # Of a step in the candidate's own words only they know when it is done.
        is_ready=plan is not None and not plan.step and slot in ready,
    )


@dataclass(frozen=True)
class Planning:
    """The page of the plan."""

    plan: Plan
    tasks: TaskList
    last_day: date
    doubts: tuple[str, ...]

    @property
    def suggested(self) -> Task | None:
        """Return the first slot that is not ready."""
        return next((each for each in self.tasks.tasks if each.is_open and not each.is_ready), None)

    @property
    def step_title(self) -> str:
        """Return the title of the section chosen, if one was."""
        return next((each.title for each in self.tasks.tasks if each.slot == self.plan.step_slot), "")

    @property
    def slots(self) -> list[tuple[str, str]]:
        """Return what may be chosen: what is not ready, and what was chosen before."""
        suggested = self.suggested
        return [
            (
                task.slot,
                _("%(title)s (suggested)") % {"title": task.title} if task == suggested else task.title,
            )
            for task in self.tasks.tasks
            if task.entry is not None
            and task.is_open
            and (not task.is_ready or task.slot == self.plan.step_slot)
        ]

    def initial(self, on: date) -> dict[str, Any]:
        """Return what the form begins with: the plan, or a suggestion for a week from now."""
        plan, suggested = self.plan, self.suggested
        is_new = not (plan.step or plan.step_slot or plan.step_on)
        slot = suggested.slot if is_new and suggested and suggested.entry else plan.step_slot
        return {
            "version": plan.version,
            "step": plan.step,
            "step_slot": slot,
            "step_on": on + A_WEEK if is_new else plan.step_on,
            "target_on": plan.target_on,
            "nudge": plan.nudge,
        }


def planning(portfolio: Portfolio, on: date) -> Planning:
    """Read the plan and what it may choose from: six queries at any size."""
    plan = plan_of(portfolio.pk) or Plan()
    plan.portfolio = portfolio
    last = last_day(portfolio.registration)
    found = doubts(target_on=plan.target_on, step_on=plan.step_on, last_day=last)
    told = tuple(sentence(dated(each)) for each in found)
    return Planning(plan, task_list(portfolio, on=on), last, told)
