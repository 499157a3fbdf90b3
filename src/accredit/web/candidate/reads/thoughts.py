"""Advice as the candidate reads it: beside what it is about, and gathered; none of it stops anybody."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accredit.portfolios.queries import TaskList
from accredit.rulebook.faults import Code, Fault
from accredit.wording import sentence


@dataclass(frozen=True, slots=True)
class Thought:
    """One piece of advice, where it leads, and the example it belongs to (0: the section as a whole)."""

    text: str
    href: str
    example: int = 0


@dataclass(frozen=True, slots=True)
class Gathered:
    """The advice of one section, or of the whole portfolio."""

    title: str
    thoughts: tuple[Thought, ...]


def headline(count: int) -> str:
    """Say how much there is, before it is opened."""
    return ngettext("Worth a thought: %(count)d thing", "Worth a thought: %(count)d things", count) % {
        "count": count
    }


def thoughts(advice: Iterable[Fault], registration: int, *, without: str = "") -> tuple[Thought, ...]:
    """Put advice into words; `without` is a title each sentence need not begin with."""
    return tuple(
        Thought(_short(sentence(each), each, without), href_of(each, registration), _example(each))
        for each in advice
    )


def gathered(found: TaskList, registration: int) -> tuple[Gathered, ...]:
    """Return all advice of the sections that may change, in the order of the portfolio."""
    whole = thoughts(found.advice, registration)
    of_slots = [
        Gathered(task.title, thoughts(task.advice, registration, without=task.title))
        for task in found.tasks
        if task.is_open and task.advice
    ]
    return (*([Gathered(_("The portfolio as a whole"), whole)] if whole else []), *of_slots)


def href_of(advice: Fault, registration: int) -> str:
    """Return the place at which one acts on a piece of advice."""
    if advice.code is Code.IMAGE_UNDESCRIBED:
        return reverse("candidate:evidence_piece", args=[registration, advice.get("evidence")])
    if advice.code is Code.LINK_SILENT:
        return reverse("candidate:links", args=[registration])
    if advice.code is Code.PRINCIPLE_UNCOVERED:
        return reverse("candidate:coverage", args=[registration])
    section = reverse("candidate:section", args=[registration, advice.get("section")])
    number = _example(advice)
    return f"{section}#example-{number}" if number else section


def _example(advice: Fault) -> int:
    return int(advice.get("example") or 0)


def _short(text: str, advice: Fault, title: str) -> str:
    if not title:
        return text
    named = _("%(title)s, example %(number)s:") % {"title": title, "number": _example(advice)}
    rest = text.removeprefix(named).removeprefix(title).lstrip(":, ")
    return rest[:1].upper() + rest[1:]


def by_example(found: Iterable[Thought]) -> list[tuple[int, str, list[Thought]]]:
    """Return the advice of each example: its number, a headline, and the advice."""
    told: dict[int, list[Thought]] = {}
    for each in found:
        told.setdefault(each.example, []).append(each)
    return [(number, headline(len(of)), of) for number, of in told.items() if number]
