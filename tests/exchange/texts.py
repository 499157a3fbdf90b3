"""The demo's full portfolios as plain material: what stands in which slot and part, in order."""

from dataclasses import dataclass
from functools import lru_cache

from accredit.demo import cast
from accredit.demo.writing import MARKDOWN
from accredit.exchange.documents import Place
from accredit.exchange.recognition import Slot, slots_for
from accredit.frameworks.queries import shipped_documents
from accredit.rulebook.framework import Edition
from accredit.rulebook.reading import read_edition
from accredit.toolkit.richtext import plain

PATHWAYS = {
    "tomas-cmalt": "cmalt",
    "priya-cmalt": "cmalt",
    "ada-associate": "associate",
    "gwen-senior": "senior",
}


@dataclass(frozen=True)
class Passage:
    """Paragraphs that belong to one place."""

    place: Place
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """One slot of a portfolio: code, title, name of its area, and its passages in order."""

    slot: Slot
    area: str
    passages: tuple[Passage, ...]

    def of(self, example: int) -> dict[str, tuple[str, ...]]:
        """Return the paragraphs of one example by part."""
        return {each.place.part: each.paragraphs for each in self.passages if each.place.example == example}

    @property
    def examples(self) -> tuple[int, ...]:
        """Return the numbers of its examples; empty for a statement."""
        return tuple(dict.fromkeys(each.place.example for each in self.passages if each.place.example))


@lru_cache(maxsize=4)
def edition() -> Edition:
    """Return the edition of 2026."""
    return read_edition(shipped_documents()["cmalt-2026"])


@lru_cache(maxsize=8)
def slots(pathway: str) -> tuple[Slot, ...]:
    """Return the slots of a pathway with nothing written yet."""
    return slots_for(edition(), pathway, {})


@lru_cache(maxsize=8)
def sections(key: str) -> tuple[Section, ...]:
    """Return a full portfolio section by section, the confirmation left out."""
    by_code = {each.code: each for each in slots(PATHWAYS[key])}
    counts: dict[str, int] = {}
    found = []
    for row in cast.portfolio(key)["entries"]:
        code = row["section"]
        counts[code] = counts.get(code, 0) + 1
        slot = edition().slot(code, counts[code]) if code in {"5", "6"} else code
        if slot in by_code:
            found.append(Section(by_code[slot], row.get("area", ""), tuple(_passages(slot, row))))
    return tuple(found)


def _passages(slot: str, row: dict[str, object]) -> list[Passage]:
    if row.get("text"):
        return [Passage(Place(slot, "text", 0), paragraphs(str(row["text"])))]
    found = []
    for number, example in enumerate(row.get("examples", ()), 1):  # type: ignore[call-overload]
        parts = ("description", "reflection")
        found += [Passage(Place(slot, part, number), paragraphs(example[part])) for part in parts]
    texts = row.get("principle_texts", {}).items()  # type: ignore[attr-defined]
    return [*found, *(Passage(Place(slot, f"principle:{code}", 0), paragraphs(each)) for code, each in texts)]


def paragraphs(markdown: str) -> tuple[str, ...]:
    """Return the paragraphs of a Markdown text, without marks."""
    return tuple(plain(MARKDOWN.render(markdown)).split("\n"))
