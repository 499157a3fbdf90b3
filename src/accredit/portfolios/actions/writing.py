"""Writing entries: saves that never lose what somebody typed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import F

from accredit.portfolios.actions.desk import Desk, line, long_text, open_desk, web_address
from accredit.portfolios.models import Entry, EntryVersion, Evidence, Example, Portfolio, Use
from accredit.portfolios.queries import EntryContent, ExampleContent, content_of
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.framework import LETTERS
from accredit.rulebook.terms import ExampleType
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Clash, refuse
from accredit.toolkit.richtext import clean_html, words_in

MOST_EXAMPLES = 20
THINNED_TO_SECONDS = 600
_OUT_OF_THE_WAY = 1000


def save_entry(entry: Entry, *, content: EntryContent, expected: int, by: Actor, at: datetime) -> Entry:
    """Replace what an entry says; `expected` is the version the writer started from.

    When it has been saved elsewhere since, the stored text stays, this one is kept as a version of the
    kind "clash", and `Clash` is raised: the page shows both. Saying what is stored already changes
    nothing, so a second click or a repeated autosave is no clash. Evidence removed meanwhile is left out.
    """
    # The kept text must outlive the exception, so it is raised after the transaction.
    saved = _save_or_keep(entry, content=content, expected=expected, by=by, at=at)
    if isinstance(saved, EntryVersion):
        raise Clash(fault(Code.CLASH))
    for field in Entry._meta.concrete_fields:
        setattr(entry, field.attname, getattr(saved, field.attname))
    entry._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    return saved


@action
def _save_or_keep(
    entry: Entry, *, content: EntryContent, expected: int, by: Actor, at: datetime
) -> Entry | EntryVersion:
    desk = open_desk(entry.portfolio_id, by=by)
    locked = Entry.objects.filter(pk=entry.pk).first()
    if locked is None:
        refuse(Code.ENTRY_REMOVED)
    locked.portfolio = desk.portfolio
    desk.require_open(desk.rules.slot(locked.section, locked.position))
    cleaned = _cleaned(content, desk, locked)
    stored = content_of(locked)
    if cleaned.says_the_same(stored):
        return locked
    if locked.version != expected:
        return _keep_clash(locked, cleaned, by=by, at=at)
    _write(locked, cleaned, at=at)
    if cleaned.examples != stored.examples:
        _write_examples(locked, cleaned.examples)
    _keep_version(locked, by=by, at=at)
    return locked


@action
def add_entry(portfolio: Portfolio, section: str, *, by: Actor, at: datetime) -> Entry:
    """Add an entry to a section that may have several. While the last one is untouched, it is that one.

    Refused beyond the number the edition allows, and in a revision.
    """
    desk = open_desk(portfolio.pk, by=by)
    desk.require_whole()
    pathway = desk.registration.pathway
    if section not in {each.code for each in desk.rules.sections_for(pathway)}:
        refuse(Code.CHOICE_UNKNOWN, value=section[:80])
    entries = list(desk.portfolio.entries.filter(section=section).order_by("position"))
    if entries and entries[-1].version == 0:
        return entries[-1]
    span = desk.rules.on(section, pathway).entries
    allowed = min(len(LETTERS), span.at_most or len(LETTERS))
    if len(entries) >= (allowed if desk.rules.section(section).is_repeatable else 1):
        refuse(Code.ENTRIES_FULL, title=desk.rules.section(section).title, allowed=allowed)
    return Entry.objects.create(
        portfolio=desk.portfolio, section=section, position=len(entries) + 1, saved_at=at
    )


@action
def remove_entry(entry: Entry, *, by: Actor, at: datetime) -> None:
    """Take an entry out of a section that may have several; those behind it move up.

    Refused when the edition asks for it, and in a revision. Doing it twice is doing it once.
    """
    desk = open_desk(entry.portfolio_id, by=by)
    desk.require_whole()
    locked = Entry.objects.filter(pk=entry.pk).first()
    if locked is None:
        return
    pathway, section = desk.registration.pathway, locked.section
    entries = desk.portfolio.entries.filter(section=section)
    if desk.rules.asks(section, pathway):
        needed = desk.rules.on(section, pathway).entries.at_least
        if entries.count() <= needed:
            refuse(Code.ENTRIES_NEEDED, title=desk.rules.section(section).title, needed=needed)
    behind = list(entries.filter(position__gt=locked.position).order_by("position"))
    locked.delete()
    for each in behind:
        each.position -= 1
        each.save(update_fields=["position"])


def _cleaned(content: EntryContent, desk: Desk, entry: Entry) -> EntryContent:
    """Return the content as it may be stored; refused where it says what no page of ours can send."""
    examples = [each for each in content.examples if each.key is not None or not each.is_blank]
    if len(examples) > MOST_EXAMPLES:
        slot = desk.rules.slot(entry.section, entry.position)
        title = desk.rules.slot_title(slot)
        refuse(Code.EXAMPLES_TOO_MANY, have=len(examples), allowed=MOST_EXAMPLES, section=slot, title=title)
    known = [principle.code for principle in desk.rules.principles]
    _require_known((*content.principles, *content.principle_texts), known)
    standing = _standing_evidence(desk, examples)
    texts = {code: clean_html(long_text(text)) for code, text in content.principle_texts.items()}
    return EntryContent(
        title=line(content.title, at_most=200),
        area=line(content.area, at_most=120),
        text=clean_html(long_text(content.text)),
        principles=tuple(code for code in known if code in content.principles),
        principle_texts={code: text for code, text in texts.items() if text},
        link=web_address(content.link),
        pages=line(content.pages, at_most=60),
        examples=tuple(_cleaned_example(each, standing) for each in examples),
    )


def _cleaned_example(example: ExampleContent, standing: frozenset[int]) -> ExampleContent:
    _require_known(filter(None, [example.type]), [each.value for each in ExampleType])
    return replace(
        example,
        title=line(example.title, at_most=200),
        description=clean_html(long_text(example.description)),
        reflection=clean_html(long_text(example.reflection)),
        jurisdiction=line(example.jurisdiction, at_most=120),
        evidence=tuple(key for key in dict.fromkeys(example.evidence) if key in standing),
    )


def _require_known(values: Iterable[str], known: list[str]) -> None:
    for value in values:
        if value not in known:
            refuse(Code.CHOICE_UNKNOWN, value=value[:80])


def _standing_evidence(desk: Desk, examples: list[ExampleContent]) -> frozenset[int]:
    """Return which of the pieces named are in the locker; refused when one never was."""
    named = {key for example in examples for key in example.evidence}
    if not named:
        return frozenset()
    rows = Evidence.objects.filter(portfolio=desk.portfolio, pk__in=named)
    removed: Mapping[int, datetime | None] = dict(rows.values_list("pk", "removed_at"))
    if len(removed) < len(named):
        refuse(Code.EVIDENCE_UNKNOWN)
    return frozenset(key for key, when in removed.items() if when is None)


def _write(entry: Entry, content: EntryContent, *, at: datetime) -> None:
    entry.title, entry.area, entry.text = content.title, content.area, content.text
    entry.principles = list(content.principles)
    entry.principle_texts = dict(content.principle_texts)
    entry.link, entry.pages = content.link, content.pages
    entry.version += 1
    entry.saved_at = at
    entry.save()


def _write_examples(entry: Entry, contents: tuple[ExampleContent, ...]) -> None:
    stored = {example.pk: example for example in entry.examples.all()}
    examples = [stored.pop(content.key or 0, Example(entry=entry)) for content in contents]
    if stored:
        entry.examples.filter(pk__in=stored).delete()
    if any(example.pk and example.position != place for place, example in enumerate(examples, 1)):
        entry.examples.update(position=F("position") + _OUT_OF_THE_WAY)
    for place, (example, content) in enumerate(zip(examples, contents, strict=True), 1):
        example.position, example.title, example.type = place, content.title, content.type
        example.description, example.reflection = content.description, content.reflection
        example.jurisdiction = content.jurisdiction
    fields = ["position", "title", "type", "description", "reflection", "jurisdiction"]
    Example.objects.bulk_update([each for each in examples if each.pk], fields)
    Example.objects.bulk_create([each for each in examples if not each.pk])
    _write_uses(examples, contents)


def _write_uses(examples: list[Example], contents: tuple[ExampleContent, ...]) -> None:
    Use.objects.filter(example__in=examples).delete()
    Use.objects.bulk_create(
        Use(example=example, evidence_id=key, position=place)
        for example, content in zip(examples, contents, strict=True)
        for place, key in enumerate(content.evidence)
    )


def _keep_clash(entry: Entry, content: EntryContent, *, by: Actor, at: datetime) -> EntryVersion:
    """Keep the text that came second; the same text sent again is kept once."""
    kept = entry.versions.filter(why=EntryVersion.Why.CLASH, saved_by=by.person).order_by("-id").first()
    if kept is not None and kept.content == content.as_json():
        return kept
    return EntryVersion.objects.create(
        entry=entry, saved_at=at, saved_by_id=by.person, why=EntryVersion.Why.CLASH, content=content.as_json()
    )


def _keep_version(entry: Entry, *, by: Actor, at: datetime) -> None:
    """Keep what the entry says now, the last save of each ten minutes and person.

    A save that drops more than half of the words never replaces a version: it may be a slip.
    """
    content = content_of(entry)
    last = (
        entry.versions.filter(why=EntryVersion.Why.SAVE, saved_by=by.person)
        .order_by("-saved_at", "-id")
        .first()
    )
    if last is not None and _same_stretch(last.saved_at, at) and not _loses_half(last.content, content):
        last.content, last.saved_at = content.as_json(), at
        last.save(update_fields=["content", "saved_at"])
        return
    EntryVersion.objects.create(entry=entry, saved_at=at, saved_by_id=by.person, content=content.as_json())


def _same_stretch(one: datetime, other: datetime) -> bool:
    return int(one.timestamp()) // THINNED_TO_SECONDS == int(other.timestamp()) // THINNED_TO_SECONDS


def _loses_half(before: Mapping[str, object], after: EntryContent) -> bool:
    return _size(after.as_json()) * 2 < _size(before)


def _size(content: object) -> int:
    if isinstance(content, str):
        return words_in(content)
    if isinstance(content, Mapping):
        return sum(_size(value) for value in content.values())
    return sum(_size(value) for value in content) if isinstance(content, list | tuple) else 0
