"""What the Word template of a pathway holds: every open section with what it asks and says now."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accredit.exchange.queries.imports import slots_of
from accredit.exchange.recognition import Slot
from accredit.exchange.writers.template import Filled, FilledExample, Words
from accredit.portfolios.models import Entry, Portfolio
from accredit.portfolios.queries import Draft, ExampleContent, content_of, draft_of, evidence_of
from accredit.rulebook.framework import Edition
from accredit.toolkit.richtext import plain


def filled_of(portfolio: Portfolio) -> tuple[Filled, ...]:
    """Return the open sections of a draft in order; of those that may repeat, the ones begun and needed."""
    draft = draft_of(portfolio)
    titles = {each.pk: each.title for each in evidence_of(portfolio)}
    entries = {draft.slot(each): each for each in draft.entries}
    return tuple(_filled(draft, slot, entries.get(slot.code), titles) for slot in _wanted(draft, entries))


def _wanted(draft: Draft, entries: dict[str, Entry]) -> Iterable[Slot]:
    for slot in slots_of(draft):
        needed = draft.rules.on(slot.section, draft.registration.pathway).entries.at_least
        if slot.code in entries or slot.position <= needed:
            yield slot


def _filled(draft: Draft, slot: Slot, entry: Entry | None, titles: dict[int, str]) -> Filled:
    rules, on = draft.rules, draft.rules.on(slot.section, draft.registration.pathway)
    asks = tuple(plain(each) for each in (on.criteria, *on.guidance, *on.prompts))
    content = content_of(entry) if entry is not None else None
    stored = content.examples if content else ()
    least = on.examples.at_least if on.examples else 0
    blank = [ExampleContent()] * max(0, least - len(stored))
    return Filled(
        slot=slot,
        title=_title(rules, slot),
        asks=asks,
        has_types=bool(on.example_types),
        area=content.area if content else "",
        text=content.text if content else "",
        principle_texts=dict(content.principle_texts) if content else {},
        examples=tuple(_example(each, titles) for each in (*stored, *blank)),
    )


def _title(rules: Edition, slot: Slot) -> str:
    return rules.slot_title(slot.code)


def _example(example: ExampleContent, titles: dict[int, str]) -> FilledExample:
    return FilledExample(
        title=example.title,
        description=example.description,
        reflection=example.reflection,
        type=example.type,
        jurisdiction=example.jurisdiction,
        evidence=tuple(titles[key] for key in example.evidence if key in titles),
    )


def words_of(pathway: str) -> Words:
    """Return the words of the template in the active language; the names of parts are those recognised."""
    return Words(
        title=_("My portfolio: %(pathway)s") % {"pathway": pathway},
        how=(
            _("Write below the headings and leave the headings as they are: they say what belongs where."),
            _("Grey lines are guidance and are left out when you bring the document back."),
            _("For a further example, copy the headings of one and count on: Example 2, Example 3."),
            _("Bring it back as often as you like: you see what differs and choose, section by section."),
        ),
        example="Example",
        description="Description",
        evidence="Evidence",
        reflection="Reflection",
        area="Area",
        type="Type",
        type_hint=_("One of these: Law, Policy, Standard."),
        jurisdiction="Jurisdiction",
        in_locker=_("In your locker:"),
        evidence_hint=_("Put pictures here, or one link on a line; they join your locker."),
    )
