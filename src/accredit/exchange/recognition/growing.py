"""What grows while a document is read: the stretch that is open, and what the order decides at the end."""

from dataclasses import dataclass, field

from accredit.exchange.documents import Place
from accredit.exchange.recognition.headings import APART
from accredit.exchange.recognition.outline import Item, Said, Sure, Why
from accredit.exchange.recognition.slots import Slot
from accredit.exchange.recognition.words import is_named
from accredit.rulebook.terms import Part


@dataclass
class Here:
    """Where the reading stands."""

    slot: Slot | None = None
    level: int = 0
    is_guessed: bool = False
    part: str = ""
    example: int = 1
    group: str = ""
    sure: Sure = Sure.NONE
    why: Why = Why.NOTHING


@dataclass
class Growing:
    """A stretch that is still growing."""

    heading: str
    place: Place | None
    sure: Sure
    why: Why
    level: int = 0
    html: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    words: int = 0
    is_section_head: bool = False


def by_order(opened: list[Growing], slots: tuple[Slot, ...]) -> list[Growing]:
    """Give strange headings a place where exactly as many slots lie between their neighbours, unnamed.

    What stands before the first recognised heading is proposed as the contextual statement when no other
    heading is.
    """
    heads = [each for each in opened if each.is_section_head and each.place]
    if not heads:
        return opened
    first = opened.index(heads[0])
    context = next((slot for slot in slots if slot.kind == "context"), None)
    named = {each.place.slot for each in heads if each.place}
    if context is not None and context.code not in named:
        for each in opened[:first]:
            if each.words >= 60:
                each.place, each.sure, each.why = Place(context.code, "text"), Sure.GUESS, Why.ORDER
    return _between(opened, slots, named)


def _between(opened: list[Growing], slots: tuple[Slot, ...], named: set[str]) -> list[Growing]:
    order = [slot.code for slot in slots]
    before, waiting = -1, list[Growing]()
    for each in [*opened, None]:
        is_head = each is not None and each.is_section_head and each.place is not None
        if each is None or is_head:
            after = order.index(each.place.slot) if each is not None and each.place else len(order)
            free = [
                slot for slot in slots[before + 1 : after] if slot.code not in named and slot.position == 1
            ]
            if before >= 0 and waiting and len(free) == len(waiting):
                for head, slot in zip(waiting, free, strict=True):
                    part = Part.DESCRIPTION if slot.holds_examples else "text"
                    head.place = Place(slot.code, part, 1 if slot.holds_examples else 0)
                    head.sure, head.why = Sure.GUESS, Why.ORDER
            before, waiting = (after if each is not None else before), []
        elif each.place is None and each.heading and each.words and not is_named(each.heading, APART):
            waiting.append(each)
    return opened
