"""No text is lost: what a source says is held against what its document says, and the rest is listed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from accredit.exchange.documents import Caution, Document, Heading, Loose, Piece
from accredit.exchange.recognition.words import fold
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse
from accredit.toolkit.richtext import plain

MOST_CHARACTERS = 2_000_000
MOST_PICTURES = 500


def complete(document: Document, source: Iterable[str]) -> Document:
    """Return the document with every paragraph of the source that it does not hold among its loose texts."""
    have = Counter(fold(" ".join(_texts(document))).split())
    lost = list[Loose]()
    for paragraph in source:
        words = Counter(fold(paragraph).split())
        missing = words - have
        have -= words
        if missing:
            lost.append(Loose(" ".join(paragraph.split()), "elsewhere"))
    return replace(document, loose=(*document.loose, *lost))


def _texts(document: Document) -> Iterable[str]:
    for block in document.blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Piece):
            yield from (block.alt, block.title, plain(block.text))
        else:
            yield plain(block.html)
    yield from (plain(each.html) for each in document.footnotes)
    yield from (each.text for each in document.remarks)
    yield from (each.text for each in document.loose)


def require_sensible(document: Document, *, name: str) -> Document:
    """Refuse a document with nothing in it, with more pictures than anybody looks at, or a library."""
    pictures = {each.key for each in document.blocks if isinstance(each, Piece) and each.key}
    length = sum(len(each) for each in _texts(document))
    if not pictures and not any(fold(each) for each in _texts(document)):
        refuse(Code.IMPORT_NOTHING, name=name)
    if len(pictures) > MOST_PICTURES:
        refuse(Code.IMPORT_PICTURES_MANY, name=name, have=len(pictures), allowed=MOST_PICTURES)
    if length > MOST_CHARACTERS:
        refuse(Code.IMPORT_TOO_LONG, name=name, have=length, allowed=MOST_CHARACTERS)
    return document


def cautions(**counts: int) -> tuple[Caution, ...]:
    """Return a caution for each count above nought."""
    return tuple(Caution(code, count) for code, count in counts.items() if count)
