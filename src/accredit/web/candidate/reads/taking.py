"""What each section would say once a document is taken, in words: field by field, beside what it says now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accredit.exchange.models import Import
from accredit.exchange.queries import Choice, Proposal, items_of, outline_of, proposals_of, taken
from accredit.exchange.recognition import Item, Slot
from accredit.exchange.recognition.composing import NOTE, read_place, where
from accredit.portfolios.queries import EntryContent, ExampleContent
from accredit.toolkit.richtext import plain
from accredit.web.candidate.reads.bringing import PARTS, slot_title, whole
from accredit.wording.vocabulary import TYPES

SHORT = 160
CHOICES = {
    Choice.KEEP: gettext_lazy("Keep what is in the section now"),
    Choice.TAKE: gettext_lazy("Take what the document says instead"),
    Choice.ADD: gettext_lazy("Put it behind what is there, as another example"),
}
BEHIND = gettext_lazy("Put it behind what is there")
TO_AN_EMPTY_ONE = {
    Choice.TAKE: gettext_lazy("Take it: the section is empty"),
    Choice.KEEP: gettext_lazy("Leave the section empty"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field now and then, as plain text."""

    label: str
    old: str
    new: str

    @property
    def is_short(self) -> bool:
        """Say whether it is read at a glance."""
        return len(self.old.split()) + len(self.new.split()) <= SHORT

    @property
    def told(self) -> str:
        """Name the field with its length now and then."""
        now, then = len(self.old.split()), len(self.new.split())
        if not now:
            values = {"label": self.label, "then": then}
            return ngettext("%(label)s (%(then)s word)", "%(label)s (%(then)s words)", then) % values
        values = {"label": self.label, "now": now, "then": then}
        return _("%(label)s (%(now)s words now, %(then)s in the document)") % values


@dataclass(frozen=True, slots=True)
class Section:
    """One section with its differences and choices; without choices nothing differs."""

    slot: str
    title: str
    version: int
    fields: tuple[Field, ...]
    pieces: tuple[str, ...]
    comments: int
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Checking:
    """Everything a person sees before they take it."""

    sections: tuple[Section, ...]
    same: tuple[str, ...]
    notes: tuple[str, ...]
    left: tuple[tuple[str, str], ...]
    size: str


def checking(found: Import, chosen: dict[str, str]) -> Checking:
    """Return the sections with their differences; `chosen` is what was sent before."""
    proposals, notes = proposals_of(found)
    differing = [each for each in proposals if each.choices]
    sizes = {
        item.details.get("sha256", ""): int(item.details.get("size", "0"))
        for each in differing
        for _number, item in items_of(each.brought)
    }
    return Checking(
        sections=tuple(_section(each, chosen) for each in differing),
        same=tuple(slot_title(each.slot) for each in proposals if not each.choices),
        notes=tuple(filter(None, (each.heading or plain(each.html)[:80] for each in notes))),
        left=left_over(found, [each.slot for each in proposals]),
        size=filesizeformat(sum(sizes.values())) if any(sizes.values()) else "",
    )


def left_over(found: Import, slots: Iterable[Slot]) -> tuple[tuple[str, str], ...]:
    """Return heading and words of every stretch that goes nowhere."""
    outline, known = outline_of(found), {slot.code for slot in slots}
    rows = []
    for number, stretch in enumerate(outline.stretches if outline else ()):
        wanted = where(number, stretch, found.placing)
        place = read_place(wanted)
        if wanted != NOTE and (place is None or place.slot not in known) and not stretch.is_empty:
            rows.append((stretch.heading, whole(stretch)))
    return tuple(rows)


def _section(proposal: Proposal, chosen: dict[str, str]) -> Section:
    slot = proposal.slot
    names = CHOICES if Choice.ADD in proposal.choices else TO_AN_EMPTY_ONE
    if not slot.holds_examples:
        names = names | {Choice.ADD: BEHIND}
    choices = tuple((each.value, str(names[each])) for each in proposal.choices)
    wanted = chosen.get(slot.code, choices[0][0])
    return Section(
        slot=slot.code,
        title=slot_title(slot),
        version=proposal.version,
        fields=tuple(_fields(slot, proposal.mine, taken(proposal.mine, proposal.brought))),
        pieces=tuple(_piece(item) for _number, item in items_of(proposal.brought)),
        comments=len(proposal.brought.said),
        choices=choices,
        chosen=wanted if wanted in dict(choices) else choices[0][0],
    )


def _piece(item: Item) -> str:
    return item.title or item.alt or item.address or plain(item.text)[:120] or item.name


def _fields(slot: Slot, mine: EntryContent, theirs: EntryContent) -> Iterable[Field]:
    pairs = [
        (_("Name of the area"), mine.area, theirs.area),
        (_("Text"), mine.text, theirs.text),
        *(
            (title, mine.principle_texts.get(code, ""), theirs.principle_texts.get(code, ""))
            for code, title in slot.principles
        ),
    ]
    for number, example in enumerate(theirs.examples, 1):
        old = mine.examples[number - 1] if number <= len(mine.examples) else ExampleContent()
        pairs += _example(number, old, example)
    for label, old_text, new_text in pairs:
        if plain(old_text) != plain(new_text):
            yield Field(str(label), plain(old_text), plain(new_text))


def _example(number: int, old: ExampleContent, new: ExampleContent) -> list[tuple[str, str, str]]:
    def named(part: str) -> str:
        return _("Example %(number)s: %(part)s") % {"number": number, "part": PARTS[part]}

    return [
        (named("example-title"), old.title, new.title),
        (named("type"), _type(old.type), _type(new.type)),
        (named("jurisdiction"), old.jurisdiction, new.jurisdiction),
        (named("description"), old.description, new.description),
        (named("reflection"), old.reflection, new.reflection),
    ]


def _type(value: str) -> str:
    return str(TYPES.get(value, value)) if value else ""
