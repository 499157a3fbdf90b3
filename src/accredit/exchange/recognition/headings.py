"""One heading by itself: the code it bears, the title it resembles, the part or example it opens."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from accredit.exchange.recognition.slots import Slot
from accredit.exchange.recognition.words import fold, is_named, shared, tokens
from accredit.rulebook.framework import LETTERS
from accredit.rulebook.terms import Part, SectionKind

NAMES: dict[str, tuple[str, ...]] = {
    SectionKind.CONTEXT: (
        "contextual statement", "context statement", "statement of context", "context", "introduction",
        "background", "professional context", "my context", "about me", "career history", "my role",
        "role and context", "personal statement", "biography", "who I am",
    ),
    SectionKind.PLANS: (
        "future plans", "future plan", "cpd plans", "cpd plan", "future cpd", "development plan",
        "professional development plan", "future development", "next steps", "looking ahead",
        "looking forward", "plans for the future", "where next", "planned development",
    ),
}  # fmt: skip
PARTS: dict[Part, tuple[str, ...]] = {
    Part.DESCRIPTION: (
        "description", "descriptive statement", "what I did", "overview", "what I do", "describe",
        "narrative", "the example", "summary", "statement", "account", "activity", "my contribution",
    ),
    Part.EVIDENCE: (
        "evidence", "supporting evidence", "artefacts", "artifacts", "supporting documents",
        "evidence and links", "links to evidence", "supporting material", "attachments", "exhibits", "proof",
    ),
    Part.REFLECTION: (
        "reflection", "reflections", "reflective statement", "reflective commentary", "critical reflection",
        "lessons learnt", "lessons learned", "what I learnt", "what I learned", "what I have learnt",
        "evaluation", "what went well", "what I would do differently", "reflect", "learning points",
    ),
}  # fmt: skip
APART = ("references", "bibliography", "appendix", "appendices", "glossary", "acknowledgements", "contents",
         "table of contents", "abstract", "endnotes", "footnotes", "list of figures",
         "further reading")  # fmt: skip
# They name a section at the level of sections, and a step of an example below it.
GENERIC = ("context", "background", "introduction", "next steps", "looking ahead", "looking forward",
           "where next", "my role", "biography", "future development")  # fmt: skip
ORDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NTH = ("first", "second", "third", "fourth", "fifth")
_LEADS = r"(?:cmalt|core|section|area|areas|criterion|criteria|unit|part|competency|competence|specialist|advanced|option|optional|standard|heading)"  # noqa: E501
_code = re.compile(
    rf"^\W*(?:{_LEADS}\W+){{0,3}}(\d{{1,2}})\s*[-.–:]?\s*\(?\s*([a-z]|\d{{1,2}})?\s*(?:[).:\]–-]+|\s|$)",
    re.IGNORECASE,
)
_letter = re.compile(r"^\W*\(?([a-z])\s*[).:–-]+\s*", re.IGNORECASE)
_example = re.compile(
    rf"^\W*(?:(?:my\s+)?({'|'.join(NTH)})\s+(?:example|case study)|"
    rf"(?:example|case study|project|activity)\W*(\d{{1,2}}|[a-e]|{'|'.join(ORDINALS)})?)(?=\W|$)\W*(.*)$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Reading:
    """How well a heading fits a slot: 0 to 1, and why ("code and title", "code", "title", "name")."""

    slot: Slot
    score: float
    why: str


@dataclass(frozen=True)
class Code:
    """A number as it stands at the beginning of a heading; `second` is a letter, digits or nothing."""

    first: str
    second: str
    rest: str


def code_in(text: str) -> Code | None:
    """Return the number that a heading begins with: "1a", "1 a)", "Section 1(a)", "Core area 1"."""
    found = _code.match(text)
    if found is None:
        return None
    return Code(found[1].lstrip("0") or "0", (found[2] or "").lower(), text[found.end() :].strip())


def read_heading(text: str, slots: tuple[Slot, ...], *, group: str = "") -> tuple[Reading, ...]:
    """Return the slots that a heading may mean, the best first. `group` is the number it stands under."""
    if is_named(text, APART):
        return ()
    code, weights = code_in(text), weights_of(slots)
    letter = None if code else _letter.match(text)
    rest = code.rest if code else (text[letter.end() :] if letter else text)
    found = [_fit(slot, code, _under(letter, group), rest, weights) for slot in slots]
    return tuple(sorted((each for each in found if each.score > 0), key=lambda each: -each.score))


def _under(letter: re.Match[str] | None, group: str) -> str:
    return group + letter[1].lower() if letter and group else ""


def _fit(slot: Slot, code: Code | None, under: str, rest: str, weights: dict[str, float]) -> Reading:
    similar = 0.0 if slot.kind in NAMES else likeness(rest, slot, weights)
    coded = 1.0 if under == slot.code else _coded(slot, code)
    if slot.kind in NAMES:
        if is_named(rest, (slot.title,)):
            return Reading(slot, 0.9, "title")
        return Reading(slot, 0.9 if is_named(rest, NAMES[slot.kind]) else 0.0, "name")
    if coded and similar >= 0.4:
        return Reading(slot, min(1.0, 0.7 + 0.2 * coded + 0.1 * similar), "code and title")
    if coded:
        # A number before words of another section counts less than those words.
        return Reading(slot, 0.8 * coded if not rest or similar > 0 else 0.62 * coded, "code")
    if slot.kind in {SectionKind.SPECIALIST, SectionKind.ADVANCED}:
        return Reading(slot, 0.0, "title") if code and code.second else _repeatable(slot, rest, similar)
    return Reading(slot, similar if similar >= 0.5 else 0.0, "title")


def _repeatable(slot: Slot, rest: str, similar: float) -> Reading:
    """Fit "Specialist area 2" to the second, and the bare title to the first."""
    if similar < 0.5 and not is_named(rest, _kinds_of(slot)):
        return Reading(slot, 0.0, "title")
    number = re.search(rf"\b(\d|{'|'.join(ORDINALS)})\b", fold(rest))
    position = _number(number[1]) if number else 1
    return Reading(slot, max(similar, 0.75) if position == slot.position else 0.0, "title")


def _kinds_of(slot: Slot) -> tuple[str, ...]:
    if slot.kind == SectionKind.SPECIALIST:
        return (
            slot.title,
            "specialist area",
            "specialist option",
            "specialism",
            "specialist topic",
            "optional area",
        )
    return (slot.title, "advanced area", "advanced option")


def _coded(slot: Slot, code: Code | None) -> float:
    if code is None or code.first != slot.number:
        return 0.0
    letter = slot.code[len(slot.number) :]
    if code.second == letter:
        return 1.0
    if code.second.isdigit() and letter and int(code.second) - 1 == LETTERS.index(letter):
        return 0.7
    return 0.0


def likeness(text: str, slot: Slot, weights: dict[str, float]) -> float:
    """Return how alike a heading and a slot's title are, 0 to 1; words that many titles have weigh less."""
    title = _without_group(tokens(slot.title), slot)
    words = tokens(text)
    in_title = shared(words, title)
    known = shared(title, words)
    if not known:
        return 0.0
    total = sum(weights.get(word, 1.0) for word in set(title))
    found = sum(weights.get(word, 1.0) for word in known) / total
    strange = [word for word in set(words) - in_title if not shared([word], tokens(slot.group))]
    exact = 1 - min(0.5, 0.06 * len(strange))
    return min(1.0, math.sqrt(found) * exact)


def _without_group(title: tuple[str, ...], slot: Slot) -> tuple[str, ...]:
    return title or tokens(slot.group)


def weights_of(slots: Iterable[Slot]) -> dict[str, float]:
    """Return how much each word of the titles tells: one that stands in three titles tells a third."""
    titles = {slot.section: set(tokens(slot.title)) for slot in slots}
    counts = Counter(word for words in titles.values() for word in words)
    return {word: 1 / count for word, count in counts.items()}


def group_in(text: str, slots: tuple[Slot, ...]) -> str:
    """Return the number of the group that a heading opens: "Core area 1: Operational issues"; else ''."""
    code, groups = code_in(text), {slot.number: slot.group for slot in slots if slot.number}
    rest = code.rest if code else text
    for number, title in groups.items():
        words, ours = tokens(rest), tokens(title)
        close = bool(ours) and len(shared(ours, words)) >= 0.7 * len(ours) and len(words) <= len(ours) + 3
        if close and (code is None or not code.second):
            return number
        if code and code.first == number and not code.second and not words:
            return number
    return ""


def part_in(text: str) -> Part | None:
    """Return the part of an example that a heading opens; the one named first where it names two."""
    words = re.sub(r"^\W*(?:\d+|[a-z]\))?[\W\d]*", "", text, flags=re.IGNORECASE)
    words = re.sub(r"^(?:example|case study)\s+(?:\d+|one|two|three)\W+", "", words, flags=re.IGNORECASE)
    found = [(part, name) for part, names in PARTS.items() for name in names if is_named(words, (name,))]
    return max(found, key=lambda each: len(tokens(each[1])))[0] if found and len(words.split()) <= 8 else None


def example_in(text: str) -> tuple[int, str] | None:
    """Return number and title of the example that a heading opens: "Example 2: Moving to video"."""
    found = _example.match(text)
    if found is None or (found[2] is None and found[1] is None and len(tokens(text)) > 1):
        return None
    number = NTH.index(found[1].lower()) + 1 if found[1] else _number(found[2] or "1")
    return number, found[3].strip(" -–:.")


def _number(word: str) -> int:
    word = word.casefold()
    if word.isdigit():
        return max(1, int(word))
    return ORDINALS.index(word) + 1 if word in ORDINALS else LETTERS.index(word) + 1


def principle_in(text: str, slot: Slot) -> str:
    """Return the code of the principle that a heading within an advanced area opens; else ''."""
    number = re.match(r"^\W*(?:core\s+)?principle\W*(\d)", text, re.IGNORECASE)
    if number and 0 < int(number[1]) <= len(slot.principles):
        return slot.principles[int(number[1]) - 1][0]
    words = tokens(text)
    for code, title in slot.principles:
        ours = tokens(title)
        if ours and len(shared(ours, words)) >= 0.7 * len(set(ours)):
            return code
    return ""
