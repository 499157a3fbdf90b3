"""What a section says now beside what a document says: the same, more, or something else."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from lxml import html

from accredit.exchange.recognition import Item, Slot
from accredit.exchange.recognition.composing import Brought, BroughtExample
from accredit.portfolios.models import Evidence
from accredit.portfolios.queries import EntryContent, ExampleContent
from accredit.rulebook.terms import ExampleType
from accredit.toolkit.richtext import clean_html, plain

LONGEST_TITLE, LONGEST_AREA = 200, 120


class Choice(StrEnum):
    """What a person may do with a section; the first offered is what stands chosen."""

    KEEP = "keep"
    TAKE = "take"
    ADD = "add"


def offered(
    slot: Slot, mine: EntryContent, brought: Brought, pieces: Mapping[int, Evidence]
) -> tuple[Choice, ...]:
    """Return the choices there are; none where the document says what the section says already."""
    if says_nothing_new(mine, brought, pieces):
        return ()
    if not _has_text(mine):
        return (Choice.TAKE, Choice.KEEP)
    return (Choice.KEEP, Choice.TAKE, Choice.ADD)


def _has_text(mine: EntryContent) -> bool:
    texts = (mine.text, mine.area, *mine.principle_texts.values())
    return any(plain(each) for each in texts) or any(not each.is_blank for each in mine.examples)


def says_nothing_new(mine: EntryContent, brought: Brought, pieces: Mapping[int, Evidence]) -> bool:
    """Say whether taking it would change no word, no link and no piece of evidence."""
    after = taken(mine, brought)
    if not _same_texts(mine, after):
        return False
    standing = [each for each in pieces.values() if each.removed_at is None]
    if not all(any(is_same_piece(item, each) for each in standing) for item in brought.items):
        return False
    return all(
        any(is_same_piece(item, pieces[key]) for key in _evidence(mine, number) if key in pieces)
        for number, example in brought.examples.items()
        for item in example.items
    )


def _evidence(mine: EntryContent, number: int) -> tuple[int, ...]:
    return mine.examples[number - 1].evidence if number <= len(mine.examples) else ()


def is_same_piece(item: Item, piece: Evidence) -> bool:
    """Say whether what a document names is in the locker already."""
    if item.key:
        return piece.blob is not None and item.details.get("sha256") == piece.blob.sha256
    if item.address:
        return piece.address.rstrip("/") == item.address.rstrip("/")
    return bool(item.text) and plain(piece.text) == plain(item.text)


def _same_texts(one: EntryContent, other: EntryContent) -> bool:
    return _said(one) == _said(other)


def _said(content: EntryContent) -> tuple[object, ...]:
    texts = (content.title, content.area, content.link, content.pages, *_gist(content.text))
    principles = tuple((code, _gist(text)) for code, text in sorted(content.principle_texts.items()))
    examples = tuple(
        (each.title, _gist(each.description), _gist(each.reflection), each.type, each.jurisdiction)
        for each in content.examples
        if not each.is_blank
    )
    return (texts, principles, examples)


def _gist(text: str) -> tuple[object, ...]:
    """Return the words of a rich text and where its links lead: what two programs write alike."""
    if not text:
        return ("", ())
    root = html.fragment_fromstring(text, create_parent="div")
    links = tuple(str(each.get("href") or "").rstrip("/") for each in root.iter("a"))
    return (" ".join(plain(text).split()), links)


# --- what it would say --------------------------------------------------------------------------------------


def taken(mine: EntryContent, brought: Brought) -> EntryContent:
    """Return the section with what the document says put in place; what it does not say stays."""
    examples = list(mine.examples)
    for number, each in sorted(brought.examples.items()):
        if number <= len(examples):
            examples[number - 1] = _over(examples[number - 1], each)
        else:
            examples.append(_over(ExampleContent(), each))
    return replace(
        mine,
        title=_short(brought.title, LONGEST_TITLE) or mine.title,
        link=brought.link or mine.link,
        pages=brought.pages or mine.pages,
        area=_short(brought.area, LONGEST_AREA) or mine.area,
        text=brought.text or mine.text,
        principle_texts={**mine.principle_texts, **_filled(brought.principle_texts)},
        examples=tuple(examples),
    )


def places_of_brought(mine: EntryContent, brought: Brought, *, is_added: bool) -> dict[int, int]:
    """Return at which place each example of the document stands once it is taken, or added; from nought."""
    have, numbers = len(mine.examples), sorted(brought.examples)
    further = numbers if is_added else [each for each in numbers if each > have]
    return {each: have + further.index(each) if each in further else each - 1 for each in numbers}


def added(mine: EntryContent, brought: Brought) -> EntryContent:
    """Return the section with what the document says behind what it says now, as further examples."""
    more = [_over(ExampleContent(), each) for _number, each in sorted(brought.examples.items())]
    texts = _filled(brought.principle_texts)
    joined = {code: clean_html(mine.principle_texts.get(code, "") + text) for code, text in texts.items()}
    return replace(
        mine,
        area=mine.area or _short(brought.area, LONGEST_AREA),
        text=clean_html(mine.text + brought.text),
        principle_texts={**mine.principle_texts, **joined},
        examples=(*mine.examples, *more),
    )


def _over(example: ExampleContent, brought: BroughtExample) -> ExampleContent:
    kind, head = _type_of(brought.type), ""
    for line, most in ((brought.title, LONGEST_TITLE), (brought.jurisdiction, LONGEST_AREA)):
        head += _paragraph(line) if len(line) > most else ""
    head += _paragraph(brought.type) if brought.type and not kind else ""
    description = clean_html(head + brought.description) if head or brought.description else ""
    return replace(
        example,
        title=_short(brought.title, LONGEST_TITLE) or example.title,
        description=description or example.description,
        reflection=brought.reflection or example.reflection,
        type=kind or example.type,
        jurisdiction=_short(brought.jurisdiction, LONGEST_AREA) or example.jurisdiction,
    )


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else ""


def _paragraph(text: str) -> str:
    return clean_html(text)


def _type_of(text: str) -> str:
    word = text.strip().casefold()
    return next((each.value for each in ExampleType if each.value == word), "")


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: text for code, text in texts.items() if text}


def items_of(brought: Brought) -> Iterable[tuple[int, Item]]:
    """Yield the pieces of a section with the number of their example; 0 where they belong to none."""
    yield from ((0, item) for item in brought.items)
    for number, example in sorted(brought.examples.items()):
        yield from ((number, item) for item in example.items)
