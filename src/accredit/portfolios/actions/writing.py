"""Writing entries: saves that never lose what somebody typed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import F

from accredit.frameworks.queries import rules_of
from accredit.portfolios.actions.arranging import follow
from accredit.portfolios.actions.desk import Desk, line, long_text, open_desk, web_address
from accredit.portfolios.models import Entry, EntryVersion, Evidence, Example, Portfolio, Use
from accredit.portfolios.queries import (
    EntryContent,
    ExampleContent,
    Ledger,
    Merged,
    Page,
    content_of,
    content_of_version,
    keyed,
    merge,
    registration_of,
    with_fields,
)
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.framework import LETTERS
from accredit.rulebook.placing import is_asked
from accredit.rulebook.terms import ExampleType
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Clash, refuse
from accredit.toolkit.richtext import clean_html
from accredit.toolkit.thinning import loses_half, may_replace

MOST_EXAMPLES = 20
EVERYTHING = Page()
_OUT_OF_THE_WAY = 1000


def save_entry(
    entry: Entry,
    *,
    content: EntryContent,
    expected: int,
    by: Actor,
    at: datetime,
    page: Page = EVERYTHING,
    why: EntryVersion.Why = EntryVersion.Why.SAVE,
) -> Entry:
    """Put what a page says into an entry; `expected` is the version the writer started from.

    Only what the page touched counts. A touched field that another page has changed since stays as it is
    stored; the rest is saved, the second text is kept as a version of the kind "clash", and `Clash` is
    raised: the page shows both. Saying what is stored already changes nothing, so a second click or a save
    whose answer was lost is no clash. Evidence removed meanwhile is left out. `entry` is refreshed.
    """
    # The kept text must outlive the exception, so it is raised after the transaction.
    saved, kept = _save_or_keep(entry, content=content, expected=expected, by=by, at=at, page=page, why=why)
    for field in Entry._meta.concrete_fields:
        setattr(entry, field.attname, getattr(saved, field.attname))
    entry._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    if kept is not None:
        raise Clash(fault(Code.CLASH))
    return saved


@action
def _save_or_keep(
    entry: Entry,
    *,
    content: EntryContent,
    expected: int,
    by: Actor,
    at: datetime,
    page: Page,
    why: EntryVersion.Why,
) -> tuple[Entry, EntryVersion | None]:
    desk = open_desk(entry.portfolio_id, by=by)
    locked = _locked(entry, desk)
    stored, ledger = content_of(locked), Ledger.of(locked)
    sent, page = keyed(content, stored, ledger=ledger, expected=expected, page=page)
    cleaned = _cleaned(sent, desk, locked)
    if cleaned.says_the_same(stored):
        return locked, None
    merged = merge(stored, cleaned, ledger=ledger, expected=expected, page=page)
    _require_room(merged.content, desk, locked)
    if not merged.content.says_the_same(stored):
        _replace(locked, merged.content, stored, ledger=ledger, writer=page.writer, at=at)
        _keep_version(locked, why=why, by=by, at=at)
    kept = _keep_clash(locked, merged, writer=page.writer, by=by, at=at) if merged.clashes else None
    return locked, kept


@action
def settle_clash(
    kept: EntryVersion, *, take: Collection[str], expected: int, by: Actor, at: datetime
) -> Entry:
    """Take from a text that came second the fields named, leave the others as they are stored.

    What stood there before stays a version. Raises `Clash` when one of the fields in question has been saved
    since the person looked at version `expected`. Settling twice is settling once.
    """
    desk = open_desk(kept.entry.portfolio_id, by=by)
    entry = _locked(kept.entry, desk)
    kept = EntryVersion.objects.get(pk=kept.pk)
    if kept.settled_at is not None:
        return entry
    stored, ledger = content_of(entry), Ledger.of(entry)
    if any(ledger.changed(name, expected, "") for name in kept.fields):
        raise Clash(fault(Code.CLASH))
    chosen = with_fields(stored, set(kept.fields) & set(take), content_of_version(kept))
    content = _cleaned(chosen, desk, entry)
    if not content.says_the_same(stored):
        _replace(entry, content, stored, ledger=ledger, writer="", at=at)
        _keep_version(entry, why=EntryVersion.Why.RESTORE, by=by, at=at)
    kept.settled_at = at
    kept.save(update_fields=["settled_at"])
    return entry


def restore_version(version: EntryVersion, *, expected: int, by: Actor, at: datetime) -> Entry:
    """Let an entry say again what it said at a version; that is a new version, and nothing is lost.

    Principles the edition no longer knows and evidence removed since are left out. Raises `Clash` when the
    entry has been saved since the person looked at version `expected`.
    """
    rules = rules_of(registration_of(version.entry.portfolio).edition)
    known = {principle.code for principle in rules.principles}
    content = content_of_version(version)
    content = replace(
        content,
        principles=tuple(code for code in content.principles if code in known),
        principle_texts={code: text for code, text in content.principle_texts.items() if code in known},
    )
    restore = EntryVersion.Why.RESTORE
    return save_entry(version.entry, content=content, expected=expected, by=by, at=at, why=restore)


def _locked(entry: Entry, desk: Desk) -> Entry:
    """Return the entry as it stands under the lock of its portfolio; refused when it may not be written."""
    locked = Entry.objects.filter(pk=entry.pk).first()
    if locked is None:
        refuse(Code.ENTRY_REMOVED)
    locked.portfolio = desk.portfolio
    desk.require_open(desk.rules.slot(locked.section, locked.position))
    return locked


def _replace(
    entry: Entry, content: EntryContent, stored: EntryContent, *, ledger: Ledger, writer: str, at: datetime
) -> None:
    """Write the content, and which of its fields this save changed."""
    keys = tuple(each.key for each in content.examples)
    if content.examples != stored.examples:
        keys = _write_examples(entry, content.examples)
    places = {each.key: key for each, key in zip(content.examples, keys, strict=True) if key}
    born = {f"{writer}{place}": key for place, key in places.items() if writer and (place or 0) < 0 and key}
    now = replace(
        content,
        examples=tuple(replace(e, key=key) for e, key in zip(content.examples, keys, strict=True)),
    )
    entry.field_versions = ledger.after(stored, now, version=entry.version + 1, writer=writer, born=born)
    _write(entry, content, at=at)


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
    if entries and entries[-1].version == 0 and is_asked(desk.rules, pathway, section, len(entries)):
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
    """Take an entry out of a section that may have several; those behind it move up, the plan with them.

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
    went = {desk.rules.slot(section, locked.position): ""}
    locked.delete()
    for each in behind:
        went[desk.rules.slot(section, each.position)] = desk.rules.slot(section, each.position - 1)
        each.position -= 1
        each.save(update_fields=["position"])
    follow(desk.portfolio, went)


def _cleaned(content: EntryContent, desk: Desk, entry: Entry) -> EntryContent:
    """Return the content as it may be stored; refused where it says what no page of ours can send."""
    examples = [each for each in content.examples if each.key is not None or not each.is_blank]
    _require_room(content, desk, entry)
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


def _require_room(content: EntryContent, desk: Desk, entry: Entry) -> None:
    have = len([each for each in content.examples if each.key is not None or not each.is_blank])
    if have > MOST_EXAMPLES:
        slot = desk.rules.slot(entry.section, entry.position)
        title = desk.rules.slot_title(slot)
        refuse(Code.EXAMPLES_TOO_MANY, have=have, allowed=MOST_EXAMPLES, section=slot, title=title)


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


def _write_examples(entry: Entry, contents: tuple[ExampleContent, ...]) -> tuple[int, ...]:
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
    return tuple(each.pk for each in examples)


def _write_uses(examples: list[Example], contents: tuple[ExampleContent, ...]) -> None:
    Use.objects.filter(example__in=examples).delete()
    Use.objects.bulk_create(
        Use(example=example, evidence_id=key, position=place)
        for example, content in zip(examples, contents, strict=True)
        for place, key in enumerate(content.evidence)
    )


def _keep_clash(entry: Entry, merged: Merged, *, writer: str, by: Actor, at: datetime) -> EntryVersion:
    """Keep the text that came second; what the same page goes on typing replaces it, until it is settled."""
    other, fields = merged.other, sorted(merged.clashes)
    rows = entry.versions.filter(why=EntryVersion.Why.CLASH, saved_by=by.person, settled_at=None)
    kept = rows.filter(writer=writer).order_by("-id").first()
    if kept is not None and writer:
        earlier = [name for name in kept.fields if name not in fields]
        other = with_fields(other, earlier, content_of_version(kept))
        fields = sorted({*fields, *earlier})
    if kept is not None and kept.content == other.as_json():
        return kept
    if kept is None or not writer or loses_half(kept.content, other.as_json()):
        kept = EntryVersion(entry=entry, saved_by_id=by.person, why=EntryVersion.Why.CLASH, writer=writer)
    kept.content, kept.fields, kept.saved_at = other.as_json(), fields, at
    kept.save()
    return kept


def _keep_version(entry: Entry, *, why: EntryVersion.Why, by: Actor, at: datetime) -> None:
    """Keep what the entry says now, the last save of each ten minutes and person.

    A save that drops more than half of the words never replaces a version: it may be a slip. Nor does one
    that follows a restored, imported or moved text: what stood before that is to be found again.
    """
    content = content_of(entry)
    last = entry.versions.exclude(why=EntryVersion.Why.CLASH).order_by("-id").first()
    if (
        why is EntryVersion.Why.SAVE
        and last is not None
        and (last.why, last.saved_by_id) == (why, by.person)
        and may_replace(last.content, last.saved_at, content.as_json(), at)
    ):
        last.content, last.saved_at = content.as_json(), at
        last.save(update_fields=["content", "saved_at"])
        return
    EntryVersion.objects.create(
        entry=entry, saved_at=at, saved_by_id=by.person, why=why, content=content.as_json()
    )
