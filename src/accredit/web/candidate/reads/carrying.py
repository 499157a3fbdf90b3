"""Beginning from an earlier portfolio, and whether what came along still holds."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Carried, Portfolio, Submission
from accredit.portfolios.queries import (
    Draft,
    carried_in,
    carried_of,
    draft_of,
    earlier_of,
    left_behind,
    may_begin_from_earlier,
    parcels,
)
from accredit.rulebook.carrying import Asked, counts_until, side_by_side
from accredit.rulebook.framework import Edition
from accredit.web.candidate.reads.arranging import named
from accredit.web.candidate.reads.handing import reading_of_draft
from accredit.web.ui.formats import day
from accredit.web.ui.parts import Group, Task
from accredit.web.ui.portfolio import ReadEntry


@dataclass(frozen=True, slots=True)
class Offer:
    """An accredited portfolio one may begin from, and what would become of each part of it."""

    submission: int
    pathway: str
    submitted_on: date
    comes: tuple[str, ...]
    set_aside: tuple[str, ...]
    left_behind: tuple[str, ...]
    new: tuple[str, ...]


def offers(portfolio: Portfolio) -> list[Offer]:
    """Return what this draft may be begun from; three queries."""
    if not may_begin_from_earlier(portfolio):
        return []
    registration = portfolio.registration
    rules = rules_of(registration.edition)
    mine = earlier_of(registration.person_id, registration.scheme_id)
    return [_offer(each, rules, registration.pathway) for each in mine]


def _offer(earlier: Submission, rules: Edition, pathway: str) -> Offer:
    came = list(parcels(earlier, rules, pathway))
    return Offer(
        submission=earlier.pk,
        pathway=pathway_of(earlier),
        submitted_on=earlier.submitted_at.date(),
        comes=tuple(rules.slot_title(rules.slot(e.section, e.position)) for e in came if e.is_asked),
        set_aside=tuple(rules.slot_title(rules.slot(e.section, e.position)) for e in came if not e.is_asked),
        left_behind=tuple(left_behind(earlier, rules)),
        new=tuple(each.section.label for each in _asked(earlier, rules, pathway) if each.is_new),
    )


def _asked(earlier: Submission, rules: Edition, pathway: str) -> tuple[Asked, ...]:
    old = earlier.portfolio.registration
    return side_by_side(rules_of(old.edition), old.pathway, rules, pathway)


def pathway_of(earlier: Submission) -> str:
    """Return the title of the pathway an earlier portfolio was accredited for."""
    old = earlier.portfolio.registration
    return rules_of(old.edition).pathway(old.pathway).title


def overview(portfolio: Portfolio, on: date) -> list[Group]:
    """Return what came along, each with its answer, and what is new; none where nothing came: six queries."""
    known = {each.entry_id: each for each in carried_in(portfolio)}
    if not known:
        return []
    draft = draft_of(portfolio)
    here = [each for each in draft.asked if each.pk in known]
    aside = [each for each in draft.set_aside if each.pk in known]
    earlier = next(iter(known.values())).source
    groups = [
        Group(
            _("From your %(pathway)s portfolio") % {"pathway": pathway_of(earlier)},
            [_task(draft, known[each.pk], on) for each in here],
        )
    ]
    new = [
        Task(
            each.section.label,
            reverse("candidate:section", args=[draft.registration.pk, draft.rules.slot(each.section.code)]),
            note=_("Your earlier pathway did not ask for this."),
        )
        for each in _asked(earlier, draft.rules, draft.registration.pathway)
        if each.is_new
    ]
    if new:
        groups.append(Group(_("New here"), new))
    if aside:
        page = reverse("candidate:set_aside", args=[draft.registration.pk])
        groups.append(
            Group(
                _("Set aside: not asked on your pathway"),
                [Task(named(draft, each), f"{page}#section-{draft.slot(each)}", "aside") for each in aside],
            )
        )
    return groups


def _task(draft: Draft, carried: Carried, on: date) -> Task:
    entry = next(each for each in draft.entries if each.pk == carried.entry_id)
    told = standing_of(draft.rules, carried, on)
    href = reverse("candidate:carried", args=[draft.registration.pk, draft.slot(entry)])
    return Task(named(draft, entry), href, told.state, told.text)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an entry that was carried over stands, in words; `state` is that of a row of a task list."""

    text: str
    state: str

    @property
    def is_settled(self) -> bool:
        """Say whether nothing is left to answer."""
        return self.state == "ready"


def standing_of(rules: Edition, carried: Carried, on: date) -> Standing:
    """Say whether an entry that was carried over may be shown on a day, and until when."""
    if carried.is_valid is None:
        return Standing(_("Say whether it still holds, and from when."), "todo")
    if carried.practised_on is None:
        return Standing(_("No longer valid: rewrite it, then say so."), "started")
    until = counts_until(rules, carried.practised_on)
    values = {"day": day(carried.practised_on), "until": day(until)}
    if on > until:
        text = _("Practice of %(day)s: it counted until %(until)s. Write about newer practice.")
        return Standing(text % values, "attention")
    text = _("Still valid. Practice of %(day)s: it counts until %(until)s.")
    if not carried.is_valid:
        text = _("Rewritten. Practice of %(day)s: it counts until %(until)s.")
    return Standing(text % values, "ready")


@dataclass(frozen=True, slots=True)
class Question:
    """One entry that was carried over, with its text and what was and is asked of it."""

    carried: Carried
    title: str
    slot: str
    entry: ReadEntry | None
    earlier: str
    standing: Standing
    before: str
    after: str
    years: int
    is_open: bool

    @property
    def is_changed(self) -> bool:
        """Say whether the criteria read differently now."""
        return bool(self.before) and self.before != self.after


def question(portfolio: Portfolio, slot: str, on: date) -> Question | None:
    """Read the question about one entry; None where it was written for this portfolio: seven queries."""
    draft = draft_of(portfolio)
    entry = next((each for each in draft.asked if draft.slot(each) == slot), None)
    if entry is None or carried_of(entry) is None:
        return None
    carried = next(each for each in carried_in(portfolio) if each.entry_id == entry.pk)
    shown = next((each for each in reading_of_draft(draft).entries if each.slot == slot), None)
    asked = {
        each.section.code: each for each in _asked(carried.source, draft.rules, draft.registration.pathway)
    }
    both = asked[entry.section]
    return Question(
        carried=carried,
        title=draft.rules.slot_title(slot),
        slot=slot,
        entry=shown,
        earlier=pathway_of(carried.source),
        standing=standing_of(draft.rules, carried, on),
        before=both.before.criteria if both.before else "",
        after=both.after.criteria,
        years=draft.rules.progression.years,
        is_open=draft.is_open(slot),
    )
