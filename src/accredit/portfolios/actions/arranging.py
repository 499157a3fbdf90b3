"""Putting a portfolio in order: examples and entries moved, placed and copied, with what belongs to them."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F

from accredit.portfolios.actions.carrying import carry_along
from accredit.portfolios.actions.desk import Desk, open_desk
from accredit.portfolios.models import Comment, Entry, EntryVersion, Example, Plan, Portfolio, Use
from accredit.portfolios.queries import EntryContent, ExampleContent, Ledger, content_of
from accredit.rulebook.faults import Code
from accredit.rulebook.framework import LETTERS
from accredit.rulebook.placing import examples_allowed, is_asked
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse

_OUT_OF_THE_WAY = 1000


@action
def move_example(
    source: Entry, *, example: int, to: Entry, expected: int | None = None, by: Actor, at: datetime
) -> Entry:
    """Move an example to the end of another entry of the portfolio, with its evidence and its comments.

    `expected` is the version of the source that the mover saw. What both entries said before and after is
    kept as versions. Type and jurisdiction go along, seen again where they are asked for. Out of an entry
    that was carried over, it brings the question whether it still holds. An example that
    stands in the target already was moved by the first of two clicks. Refused when it stands elsewhere,
    when a slot is closed in this round, and when the target is set aside, full or takes no examples.
    """
    desk, here = _standing(source, by=by)
    there = Entry.objects.filter(pk=to.pk, portfolio=desk.portfolio).first()
    if there is None:
        refuse(Code.ENTRY_REMOVED)
    moved = Example.objects.filter(pk=example, entry__in=[here, there]).first()
    if moved is None:
        refuse(Code.EXAMPLE_ELSEWHERE)
    if moved.entry_id == there.pk:
        return there
    desk.require_version(here.version, expected)
    desk.require_open(_slot(desk, here))
    require_place(desk, there)
    before = content_of(here), content_of(there)
    moved.entry, moved.position = there, _behind(there)
    moved.save(update_fields=["entry", "position"])
    Comment.objects.filter(entry=here, part__startswith=f"{moved.pk}-").update(entry=there)
    _close_ranks(here)
    carry_along(here, there)
    _changed(here, before[0], by=by, at=at)
    _changed(there, before[1], by=by, at=at)
    return there


@action
def copy_example(
    entry: Entry, *, example: int, expected: int | None = None, by: Actor, at: datetime
) -> Example:
    """Put a copy of an example behind the others of its entry; the same evidence supports both.

    While a copy says the same, asking again finds it. Refused where the entry is full.
    """
    desk, here = _standing(entry, by=by)
    desk.require_open(_slot(desk, here))
    original = here.examples.filter(pk=example).first()
    if original is None:
        refuse(Code.EXAMPLE_ELSEWHERE)
    before = content_of(here)
    twin = _twin(before, original.pk)
    if twin is not None:
        return Example.objects.get(pk=twin)
    desk.require_version(here.version, expected)
    require_place(desk, here)
    made = _copied(original, here, _behind(here))
    _changed(here, before, by=by, at=at)
    return made


@action
def place_example(entry: Entry, *, example: int, position: int, by: Actor, at: datetime) -> Example:
    """Put an example at another place among those of its entry, the first or last where there is none such.

    Doing it twice is doing it once. Refused in a slot that is closed in this round.
    """
    desk, here = _standing(entry, by=by)
    desk.require_open(_slot(desk, here))
    rows = list(here.examples.order_by("position"))
    moved = next((each for each in rows if each.pk == example), None)
    if moved is None:
        refuse(Code.EXAMPLE_ELSEWHERE)
    place, before = min(max(position, 1), len(rows)), content_of(here)
    ordered = [each for each in rows if each.pk != example]
    ordered.insert(place - 1, moved)
    if ordered != rows:
        here.examples.update(position=F("position") + _OUT_OF_THE_WAY)
        for number, each in enumerate(ordered, 1):
            each.position = number
            each.save(update_fields=["position"])
        _count_on(here, before, at=at)
    return moved


@action
def place_entry(entry: Entry, *, position: int, by: Actor, at: datetime) -> Entry:
    """Put an entry of a section that may repeat at another place; those between move by one.

    Critical friends and the plan's next step follow their entries. Refused in a revision and for a place
    that the section does not have.
    """
    desk, here = _standing(entry, by=by)
    desk.require_whole()
    rows = list(desk.portfolio.entries.filter(section=here.section).order_by("position"))
    if not 1 <= position <= len(rows):
        refuse(Code.CHOICE_UNKNOWN, value=str(position)[:20])
    ordered = [each for each in rows if each.pk != here.pk]
    ordered.insert(position - 1, here)
    _number(desk, ordered)
    return Entry.objects.get(pk=here.pk)


@action
def copy_entry(entry: Entry, *, by: Actor, at: datetime) -> Entry:
    """Add a copy of an entry behind the others of its section, with its examples and their evidence.

    While a copy says the same, asking again finds it. Refused beyond what the edition allows, and in a
    revision.
    """
    desk, here = _standing(entry, by=by)
    desk.require_whole()
    section, pathway = desk.rules.section(here.section), desk.registration.pathway
    rows = list(desk.portfolio.entries.filter(section=here.section).order_by("position"))
    said = content_of(here)
    for each in rows:
        if each.pk != here.pk and content_of(each).says_the_same(said):
            return each
    if not desk.rules.asks(here.section, pathway):
        refuse(Code.ENTRY_SET_ASIDE, title=section.title)
    most = desk.rules.on(here.section, pathway).entries.at_most
    allowed = min(len(LETTERS), most or len(LETTERS)) if section.is_repeatable else 1
    if len(rows) >= allowed:
        refuse(Code.ENTRIES_FULL, title=section.title, allowed=allowed)
    made = Entry.objects.create(
        portfolio=desk.portfolio,
        section=here.section,
        position=len(rows) + 1,
        title=here.title,
        area=here.area,
        text=here.text,
        principles=list(here.principles),
        principle_texts=dict(here.principle_texts),
        link=here.link,
        pages=here.pages,
        saved_at=at,
    )
    for example in here.examples.prefetch_related("uses"):
        _copied(example, made, example.position)
    carry_along(here, made)
    _changed(made, None, by=by, at=at)
    return made


def require_place(desk: Desk, entry: Entry) -> None:
    """Refuse one more example in an entry that is closed, set aside, full or holds no examples."""
    slot = _slot(desk, entry)
    title = desk.rules.slot_title(slot)
    if not is_asked(desk.rules, desk.registration.pathway, entry.section, entry.position):
        refuse(Code.ENTRY_SET_ASIDE, title=title)
    desk.require_open(slot)
    allowed = examples_allowed(desk.rules, desk.registration.pathway, entry.section)
    if not allowed:
        refuse(Code.EXAMPLES_NOT_ASKED, title=title)
    if sum(not each.is_blank for each in content_of(entry).examples) >= allowed:
        refuse(Code.EXAMPLES_FULL, title=title, allowed=allowed)


def _standing(entry: Entry, *, by: Actor) -> tuple[Desk, Entry]:
    desk = open_desk(entry.portfolio_id, by=by)
    locked = Entry.objects.filter(pk=entry.pk).first()
    if locked is None:
        refuse(Code.ENTRY_REMOVED)
    locked.portfolio = desk.portfolio
    return desk, locked


def _slot(desk: Desk, entry: Entry) -> str:
    return desk.rules.slot(entry.section, entry.position)


def _behind(entry: Entry) -> int:
    last = entry.examples.order_by("-position").first()
    return last.position + 1 if last else 1


def _close_ranks(entry: Entry) -> None:
    for place, each in enumerate(entry.examples.order_by("position"), 1):
        if each.position != place:
            each.position = place
            each.save(update_fields=["position"])


def _twin(content: EntryContent, key: int) -> int | None:
    """Return another example that says what this one says."""
    said = {each.key: _without_key(each) for each in content.examples}
    return next((each for each, text in said.items() if each != key and text == said[key]), None)


def _without_key(example: ExampleContent) -> tuple[object, ...]:
    return (
        example.title,
        example.description,
        example.reflection,
        example.type,
        example.jurisdiction,
        example.evidence,
    )


def _copied(example: Example, entry: Entry, position: int) -> Example:
    made = Example.objects.create(
        entry=entry,
        position=position,
        title=example.title,
        description=example.description,
        reflection=example.reflection,
        type=example.type,
        jurisdiction=example.jurisdiction,
    )
    Use.objects.bulk_create(
        Use(example=made, evidence_id=use.evidence_id, position=use.position) for use in example.uses.all()
    )
    return made


def _number(desk: Desk, rows: list[Entry]) -> None:
    """Give entries of one section their places in this order, and have what names a slot follow."""
    went = {
        _slot(desk, each): desk.rules.slot(each.section, place)
        for place, each in enumerate(rows, 1)
        if each.position != place
    }
    if not went:
        return
    section = rows[0].section
    Entry.objects.filter(portfolio=desk.portfolio, section=section).update(
        position=F("position") + _OUT_OF_THE_WAY
    )
    for place, each in enumerate(rows, 1):
        Entry.objects.filter(pk=each.pk).update(position=place)
    follow(desk.portfolio, went)


@action
def follow(portfolio: Portfolio, went: Mapping[str, str]) -> None:
    """Have the plan's next step go with its entry; `went` names where each slot went, '' where nowhere."""
    for plan in Plan.objects.filter(portfolio=portfolio, step_slot__in=list(went)):
        plan.step_slot = went[plan.step_slot]
        plan.save(update_fields=["step_slot"])


def _changed(entry: Entry, before: EntryContent | None, *, by: Actor, at: datetime) -> None:
    """Keep what the entry said before and says now: neither is thinned."""
    now = _count_on(entry, before or EntryContent(), at=at)
    EntryVersion.objects.bulk_create(
        EntryVersion(
            entry=entry,
            saved_at=at,
            saved_by_id=by.person,
            why=EntryVersion.Why.MOVE,
            content=content.as_json(),
        )
        for content in ([now] if before is None else [before, now])
    )


def _count_on(entry: Entry, before: EntryContent, *, at: datetime) -> EntryContent:
    """Count the version on, and note which fields changed: pages that are open elsewhere save the others."""
    now, ledger = content_of(entry), Ledger.of(entry)
    entry.field_versions = ledger.after(before, now, version=entry.version + 1, writer="", born={})
    entry.version += 1
    entry.saved_at = at
    entry.save(update_fields=["version", "saved_at", "field_versions"])
    return now
