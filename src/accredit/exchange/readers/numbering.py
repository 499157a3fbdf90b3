"""The numbers that Word draws before headings: they stand in no text, and say which section is meant."""

from collections import defaultdict
from dataclasses import dataclass

from lxml import etree

from accredit.exchange.readers.wordml import child, value, w
from accredit.rulebook.framework import LETTERS

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True)
class Level:
    """One level of a list: how its number is written ("%1%2"), in which signs, from which number on."""

    text: str
    signs: str
    start: int


class Numbers:
    """Counts along the paragraphs of a document as Word does."""

    def __init__(self, numbering: etree._Element | None) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        self.list_of: dict[str, str] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is None:
            return
        for abstract in numbering.iter(w("abstractNum")):
            levels = {int(value(each, "ilvl") or 0): _level(each) for each in abstract.iter(w("lvl"))}
            self.levels[value(abstract, "abstractNumId")] = levels
        for number in numbering.iter(w("num")):
            self.list_of[value(number, "numId")] = value(child(number, "abstractNumId"))

    def next(self, num_id: str, depth: int) -> str:
        """Count one paragraph and return the number drawn before it; '' for a bullet or no list."""
        name = self.list_of.get(num_id)
        levels = self.levels.get(name or "", {})
        if name is None or depth not in levels:
            return ""
        counts = self.counts[name]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if levels[depth].signs in {"bullet", "none"}:
            return ""
        return _written(levels, counts, depth)


def _level(element: etree._Element) -> Level:
    start = value(child(element, "start"))
    return Level(
        text=value(child(element, "lvlText")),
        signs=value(child(element, "numFmt")) or "decimal",
        start=int(start) if start.isdigit() else 1,
    )


def _written(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    text = levels[depth].text
    for number in range(9):
        if f"%{number + 1}" in text and number in levels:
            count = counts.get(number, levels[number].start)
            text = text.replace(f"%{number + 1}", _signs(count, levels[number].signs))
    return text


def _signs(count: int, signs: str) -> str:
    if signs.endswith("Letter") and 1 <= count <= len(LETTERS):
        letter = LETTERS[count - 1]
        return letter.upper() if signs.startswith("upper") else letter
    if signs.endswith("Roman") and 1 <= count <= len(ROMAN):
        return ROMAN[count - 1].upper() if signs.startswith("upper") else ROMAN[count - 1]
    return str(count)
