"""What a draft looks like to the rules, and what each part of it still needs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from accredit.portfolios.models import Carried, Entry, Evidence, Example, Link, Portfolio, Use
from accredit.portfolios.queries.drafts import Draft, draft_of
from accredit.rulebook import facts, requirements
from accredit.rulebook.advice import gentle
from accredit.rulebook.faults import Fault
from accredit.rulebook.framework import Edition, Section, SectionKind
from accredit.rulebook.links import BROKEN, PASSING
from accredit.rulebook.placing import on_pathway
from accredit.rulebook.terms import ExampleType, RoundKind
from accredit.rulebook.voice import voice_of
from accredit.toolkit.richtext import addresses_in, own_words, words_in

TWICE = 2  # an address that may have had a bad moment is believed to be broken when asked again


@dataclass(frozen=True)
class Task:
    """One slot of a portfolio: what it is called, whether it is ready, and if not, what it lacks.

    `entry` is None for the confirmation and for a slot not begun; `is_open` is False for slots that may
    not change in this round of revisions, which therefore lack nothing.
    """

    slot: str
    section: Section
    title: str
    entry: Entry | None
    is_open: bool
    is_ready: bool
    faults: tuple[Fault, ...]
    advice: tuple[Fault, ...]
    words: int


@dataclass(frozen=True)
class TaskList:
    """All slots in order; what belongs to no slot; the words of the pathway's entries.

    `set_aside` are entries the pathway does not ask for; `is_carried` says that some of the entries began
    in an earlier portfolio.
    """

    tasks: tuple[Task, ...]
    overall: tuple[Fault, ...]
    advice: tuple[Fault, ...]
    words: int
    set_aside: tuple[Entry, ...] = ()
    is_carried: bool = False

    @property
    def needed(self) -> int:
        """Return how many slots have to be ready."""
        return sum(task.is_open for task in self.tasks)

    @property
    def ready(self) -> int:
        """Return how many of them are."""
        return sum(task.is_open and task.is_ready for task in self.tasks)

    @property
    def is_complete(self) -> bool:
        """Say whether nothing stands in the way of a submission but its time."""
        return not self.overall and all(task.is_ready for task in self.tasks)


def facts_of(portfolio: Portfolio, *, on: date) -> facts.Portfolio:
    """Return the snapshot that the rulebook judges on a day: at most four queries."""
    return facts_of_draft(draft_of(portfolio), on=on)


def silent_addresses(portfolio: Portfolio) -> frozenset[str]:
    """Return the addresses found broken; of those that an hour may mend, the ones asked twice."""
    lasting = Q(finding__in=BROKEN - PASSING)
    passing = Q(finding__in=BROKEN & PASSING, failures__gte=TWICE)
    rows = Link.objects.filter(lasting | passing, portfolio=portfolio)
    return frozenset(rows.values_list("address", flat=True))


def facts_of_draft(draft: Draft, *, on: date, silent: frozenset[str] = frozenset()) -> facts.Portfolio:
    """Return the snapshot of a draft already loaded, without what its pathway sets aside.

    Addresses that are `silent` are read by advice alone.
    """
    found = on_pathway(draft.rules, facts_of_everything(draft, on=on), draft.registration.pathway)
    return replace(found, silent=silent)


def facts_of_everything(draft: Draft, *, on: date) -> facts.Portfolio:
    """Return the snapshot with what is set aside, too: from it a change of pathway is judged."""
    portfolio = draft.portfolio
    open_slots = portfolio.open_slots
    confirmation = (
        facts.Entry(section=each.code) for each in draft.sections if each.kind is SectionKind.CONFIRMATION
    )
    return facts.Portfolio(
        pathway=draft.registration.pathway,
        entries=(*(_entry(each, as_it_is=draft.is_as_it_is) for each in draft.entries), *confirmation),
        confirmed=portfolio.confirmed_on is not None,
        as_it_is=draft.is_as_it_is,
        has_source=bool(portfolio.source_address or portfolio.source_blob_id),
        open_slots=None if open_slots is None else frozenset(open_slots),
        round=RoundKind(draft.registration.round_kind),
        summary_words=words_in(portfolio.summary_of_changes),
        on=on,
        pieces={use.evidence_id: _piece(use.evidence) for use in _uses(draft)},
    )


def _uses(draft: Draft) -> Iterator[Use]:
    examples = (example for entry in draft.entries for example in entry.examples.all())
    return (use for example in examples for use in example.uses.all())


def _piece(evidence: Evidence) -> facts.Piece:
    is_picture = evidence.blob is not None and evidence.blob.media_type.startswith("image/")
    return facts.Piece(evidence.title, is_picture and not evidence.alt.strip(), evidence.address)


def _entry(entry: Entry, *, as_it_is: bool) -> facts.Entry:
    if as_it_is:
        # What was written here before stays in its rows but is not part of what is handed over.
        return facts.Entry(
            section=entry.section,
            position=entry.position,
            title=entry.title,
            area=entry.area,
            link=entry.link,
            pages=entry.pages,
        )
    return facts.Entry(
        section=entry.section,
        position=entry.position,
        title=entry.title,
        area=entry.area,
        text_words=words_in(entry.text),
        examples=tuple(_example(each) for each in entry.examples.all()),
        principles=frozenset(entry.principles),
        principle_words={code: words_in(text) for code, text in entry.principle_texts.items()},
        link=entry.link,
        pages=entry.pages,
        carried=_carried(carried_of(entry)),
        addresses=_addresses(entry),
    )


def carried_of(entry: Entry) -> Carried | None:
    """Return what is known of an entry that was carried over; None where it was written for this one."""
    found: Carried | None = getattr(entry, "carried", None)
    return found


def _carried(carried: Carried | None) -> facts.Carried | None:
    return None if carried is None else facts.Carried(carried.is_valid, carried.practised_on)


def _addresses(entry: Entry) -> frozenset[str]:
    examples = (text for each in entry.examples.all() for text in (each.description, each.reflection))
    texts = (entry.text, *entry.principle_texts.values(), *examples)
    return frozenset(found for text in texts for found in addresses_in(text))


def _example(example: Example) -> facts.Example:
    voice = voice_of(own_words(example.description))
    return facts.Example(
        description_words=words_in(example.description),
        reflection_words=words_in(example.reflection),
        evidence=len(example.uses.all()),
        type=ExampleType(example.type) if example.type else None,
        jurisdiction=example.jurisdiction,
        we_words=voice.we,
        i_words=voice.i,
        pieces=tuple(use.evidence_id for use in example.uses.all()),
    )


def words_of_entry(entry: Entry) -> int:
    """Return the words of one entry, all its parts together."""
    return _entry(entry, as_it_is=False).words


def task_list(portfolio: Portfolio, rules: Edition | None = None, *, on: date) -> TaskList:
    """Return what a portfolio still needs on a day, slot by slot: five queries at any size."""
    return task_list_of(draft_of(portfolio), rules, on=on, silent=silent_addresses(portfolio))


def task_list_of(
    draft: Draft, rules: Edition | None = None, *, on: date, silent: frozenset[str] = frozenset()
) -> TaskList:
    """Return the same of a draft already loaded; `silent` are the addresses that do not answer."""
    rules = rules or draft.rules
    snapshot = facts_of_draft(draft, on=on, silent=silent)
    unmet, advice = requirements.unmet(rules, snapshot), gentle(rules, snapshot)
    entries = {draft.slot(each): each for each in draft.asked}
    words = {rules.slot(each.section, each.position): each.words for each in snapshot.entries}
    tasks = tuple(
        _task(draft, section, slot, entries.get(slot), words=words.get(slot, 0), unmet=unmet, advice=advice)
        for section in draft.sections
        for slot in _slots(draft, section)
    )
    return TaskList(
        tasks=tasks,
        overall=tuple(each for each in unmet if each.get("section") is None),
        advice=tuple(each for each in advice if each.get("section") is None),
        words=sum(task.words for task in tasks),
        set_aside=draft.set_aside,
        is_carried=any(carried_of(each) is not None for each in draft.entries),
    )


def _slots(draft: Draft, section: Section) -> list[str]:
    present = {entry.position for entry in draft.of_section(section.code)}
    needed = draft.rules.on(section.code, draft.registration.pathway).entries.at_least
    return list(
        draft.rules.slots(section.code, max([needed, 1 if not section.is_repeatable else 0, *present]))
    )


def _task(
    draft: Draft,
    section: Section,
    slot: str,
    entry: Entry | None,
    *,
    words: int,
    unmet: tuple[Fault, ...],
    advice: tuple[Fault, ...],
) -> Task:
    faults = tuple(each for each in unmet if each.get("section") == slot)
    return Task(
        slot=slot,
        section=section,
        title=draft.rules.slot_title(slot),
        entry=entry,
        is_open=draft.is_open(slot),
        is_ready=not faults,
        faults=faults,
        advice=tuple(each for each in advice if each.get("section") == slot),
        words=words,
    )
