"""The page on which one entry is written."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accredit.assessments.queries import results_of
from accredit.portfolios.models import Entry, EntryVersion, Evidence, Portfolio
from accredit.portfolios.queries import (
    Draft,
    EntryContent,
    carried_of,
    clashes_of,
    content_of,
    draft_of,
    facts_of_draft,
    notes_of,
    silent_addresses,
)
from accredit.rulebook import facts, requirements
from accredit.rulebook.advice import gentle
from accredit.rulebook.comparison import Change, new_on
from accredit.rulebook.terms import RoundKind
from accredit.toolkit.actor import Actor
from accredit.web.candidate.forms.entries import Asked
from accredit.web.candidate.mine import is_editable
from accredit.web.candidate.reads.carrying import Standing, standing_of
from accredit.web.candidate.reads.friends import beside
from accredit.web.candidate.reads.tasks import feedback_of, without_title
from accredit.web.candidate.reads.thoughts import Thought, by_example, headline, thoughts
from accredit.web.ui.formats import day
from accredit.web.ui.parts import Crumb
from accredit.wording import sentence


@dataclass(frozen=True)
class Writing:
    """One entry on the desk of its writer."""

    draft: Draft
    entry: Entry
    slot: str
    asked: Asked
    content: EntryContent
    pieces: tuple[Evidence, ...]
    is_open: bool

    @property
    def title(self) -> str:
        """Return the title of the slot."""
        return self.draft.rules.slot_title(self.slot)

    @cached_property
    def facts(self) -> facts.Portfolio:
        """Return what the rules judge: one query. In a revision the results stand here as well, and links
        that do not answer are told on the task list alone."""
        is_first = self.draft.registration.round_kind == RoundKind.FIRST.value
        silent = silent_addresses(self.draft.portfolio) if is_first else frozenset()
        return facts_of_draft(self.draft, on=timezone.localdate(), silent=silent)

    @property
    def needs(self) -> list[str]:
        """Return what the section still needs, in words."""
        found = requirements.unmet_for_slot(self.draft.rules, self.facts, self.slot)
        return [without_title(sentence(each), self.title) for each in found]

    @property
    def thoughts(self) -> tuple[Thought, ...]:
        """Return what is worth a thought here."""
        advice = [each for each in gentle(self.draft.rules, self.facts) if each.get("section") == self.slot]
        return thoughts(advice, self.draft.registration.pk, without=self.title)

    @property
    def words(self) -> int:
        """Return how many words the entry has."""
        found = self.facts.entries
        return next((e.words for e in found if (e.section, e.position) == self._place), 0)

    @property
    def _place(self) -> tuple[str, int]:
        return self.entry.section, self.entry.position


def writing(portfolio: Portfolio, slot: str) -> Writing | None:
    """Read an entry with everything its form needs: five queries."""
    draft = draft_of(portfolio)
    entry = next((each for each in draft.entries if _slot(draft, each) == slot), None)
    if entry is None or not draft.is_asked(entry):
        return None
    entry.portfolio = portfolio
    section = draft.rules.section(entry.section)
    return Writing(
        draft=draft,
        entry=entry,
        slot=slot,
        asked=Asked(
            draft.rules, section, draft.rules.on(section.code, draft.registration.pathway), draft.is_as_it_is
        ),
        content=content_of(entry),
        pieces=tuple(
            portfolio.evidence.filter(removed_at=None).order_by("added_at", "id")
            if section.is_rated and not draft.is_as_it_is
            else ()
        ),
        is_open=is_editable(draft.registration) and draft.is_open(slot),
    )


def _slot(draft: Draft, entry: Entry) -> str:
    try:
        return draft.slot(entry)
    except KeyError:
        # An entry of an earlier pathway or edition keeps its row but has no address.
        return ""


def context_of(found: Writing, *, to: Actor) -> dict[str, Any]:
    """Return what the page shows around the form."""
    registration = found.draft.registration
    is_revision = registration.round_kind != RoundKind.FIRST.value
    results = results_of(registration.pk, to=to) if is_revision else ()
    advice = found.thoughts
    of_section = [each for each in advice if not each.example]
    return {
        "found": found,
        "registration": registration,
        "title": found.title,
        "crumbs": crumbs(found),
        "asked": found.asked,
        "needs": found.needs,
        "words": found.words,
        "thoughts": of_section,
        "thoughts_title": headline(len(of_section)),
        "thoughts_by_example": by_example(advice),
        "change": _change(found),
        "feedback": feedback_of(results, found.slot),
        "clash": unsettled(found.entry),
        # In a revision the result is read beside the text: both would ask the database too often.
        "comments": () if is_revision else beside(found.draft, found.entry),
        "has_comments_elsewhere": is_revision,
        # What was said of an earlier round takes the questions: there the list of notes comes by itself.
        "notes": None if is_revision else list(notes_of(found.draft.portfolio, beside=found.entry)),
        "saved_words": _saved(found.entry),
        "areas": _areas(found),
        "can_remove_entry": _can_remove(found),
        "carried": _carried(found),
        **_neighbours(found),
    }


def _change(found: Writing) -> Change | None:
    return new_on(found.draft.rules, found.entry.section, found.draft.registration.pathway)


def _saved(entry: Entry) -> str:
    """Say when the entry was saved: the time today, else the day."""
    if not entry.version:
        return ""
    local = timezone.localtime(entry.saved_at)
    is_today = local.date() == timezone.localdate()
    return _("Saved %(when)s") % {"when": f"{local:%H:%M}" if is_today else day(local.date())}


def _carried(found: Writing) -> Standing | None:
    carried = carried_of(found.entry)
    return standing_of(found.draft.rules, carried, timezone.localdate()) if carried else None


def crumbs(found: Writing) -> list[Crumb]:
    """Return the way to the entry."""
    pk = found.draft.registration.pk
    return [
        Crumb(_("My accreditation"), reverse("candidate:home")),
        Crumb(_("Task list"), reverse("candidate:registration", args=[pk])),
        Crumb(found.title),
    ]


def unsettled(entry: Entry) -> EntryVersion | None:
    """Return the newest text that came second to another save and waits for a choice."""
    return next(iter(clashes_of(entry)), None) if getattr(entry, "has_clash", True) else None


def _areas(found: Writing) -> dict[str, Any] | None:
    section = found.asked.section
    if not section.is_repeatable or found.draft.portfolio.open_slots is not None:
        return None
    span, have = found.asked.on.entries, len(list(found.draft.of_section(section.code)))
    may_add = span.at_most is None or have < span.at_most
    rows = [each for each in found.draft.entries if each.section == section.code]
    return {
        "section": section.code,
        "may_add": may_add,
        "title": section.title,
        "may_arrange": len(rows) > 1 and is_editable(found.draft.registration),
    }


def _can_remove(found: Writing) -> bool:
    if not found.asked.section.is_repeatable or found.draft.portfolio.open_slots is not None:
        return False
    return len(list(found.draft.of_section(found.entry.section))) > found.asked.on.entries.at_least


def _neighbours(found: Writing) -> dict[str, str]:
    """Return the addresses of the entries before and after this one that may be written."""
    draft = found.draft
    slots = [
        slot
        for section in draft.sections
        for each in draft.of_section(section.code)
        if (slot := _slot(draft, each)) and draft.is_open(slot)
    ]
    here = slots.index(found.slot) if found.slot in slots else None
    if here is None:
        return {"previous": "", "following": ""}
    pk = draft.registration.pk
    before, after = slots[:here][-1:], slots[here + 1 : here + 2]
    return {
        "previous": reverse("candidate:section", args=[pk, before[0]]) if before else "",
        "following": reverse("candidate:section", args=[pk, after[0]]) if after else "",
    }
