"""How well an outline places what a document says, section by section; and whether every word is in it."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from accredit.exchange.documents import Document
from accredit.exchange.readers import read
from accredit.exchange.recognition import Outline, outline_of
from accredit.exchange.recognition.words import fold
from accredit.toolkit.richtext import plain
from tests.exchange.shapes import Shape
from tests.exchange.texts import slots


@dataclass(frozen=True)
class Score:
    """Sections placed right, wrong and nowhere, and how many paragraphs stand in the right part."""

    right: int
    wrong: int
    unplaced: int
    parts_right: int
    parts: int

    @property
    def share(self) -> float:
        """Return the part of the sections that is right."""
        return self.right / (self.right + self.wrong + self.unplaced)


def read_shape(shape: Shape, folder: Path) -> tuple[Document, Outline]:
    """Read a shape as the child process does."""
    pieces = folder / "pieces"
    pieces.mkdir()
    path = folder / "source"
    path.write_bytes(shape.made())
    document = read(path, pieces, name=shape.name)
    return document, outline_of(document, slots(shape.pathway))


def score(shape: Shape, outline: Outline) -> Score:
    """Judge each section by its paragraphs."""
    texts = [(fold(plain(each.html)), each.place) for each in outline.stretches]
    counts, parts_right, parts = Counter[str](), 0, 0
    for section in shape.sections:
        verdicts = Counter[str]()
        for passage in section.passages:
            for paragraph in passage.paragraphs:
                words = fold(paragraph)
                place = next((place for text, place in texts if words in text), None)
                right = place is not None and place.slot == passage.place.slot
                verdicts["right" if right else "wrong" if place else "unplaced"] += 1
                parts += 1
                parts_right += right and place is not None and place.part == passage.place.part
        total = verdicts.total()
        counts["right" if verdicts["right"] >= 0.95 * total else verdicts.most_common(1)[0][0]] += 1
    return Score(counts["right"], counts["wrong"], counts["unplaced"], parts_right, parts)


def words_of(outline: Outline) -> Counter[str]:
    """Return every word an outline holds."""
    texts = [each.text for each in outline.loose]
    for each in outline.stretches:
        texts += [each.heading, plain(each.html), *(said.text for said in each.said)]
        texts += [f"{item.alt} {item.title} {plain(item.text)}" for item in each.items]
    return Counter(fold(" ".join(texts)).split())
