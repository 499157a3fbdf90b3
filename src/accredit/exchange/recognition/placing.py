"""From a document to its outline: heading by heading, remembering where the last one led."""

import html
import re
from dataclasses import replace

from accredit.exchange.documents import Block, Document, Footnote, Heading, Loose, Piece, Place, Rich
from accredit.exchange.recognition.growing import Growing, Here, by_order
from accredit.exchange.recognition.headings import (
    APART,
    GENERIC,
    Reading,
    code_in,
    example_in,
    group_in,
    part_in,
    principle_in,
    read_heading,
)
from accredit.exchange.recognition.outline import Item, Outline, Said, Stretch, Sure, Why
from accredit.exchange.recognition.slots import Slot
from accredit.exchange.recognition.words import fold, is_named, tokens
from accredit.rulebook.terms import Part

# A paragraph of so many words at most may be a heading that nobody made one.
SHORT = 16
# What has no place is cut into pieces of about so many words, each of which can be placed.
LONGEST_UNPLACED = 350
_tag = re.compile(r"<[^>]*>")
_run_in = re.compile(
    r"^\s*<p[^>]*>\s*(?:<(?:strong|b|em|u)>)?\s*([^<>:]{4,60}?)\s*:?\s*"
    r"(?:</(?:strong|b|em|u)>)?\s*[:–-]\s*(?:</(?:strong|b|em|u)>)?\s*(?=\S)",
    re.IGNORECASE,
)


def outline_of(document: Document, slots: tuple[Slot, ...]) -> Outline:
    """Return the document as stretches with a proposed place for each; every word is in it somewhere."""
    reader = _Reader(document, slots)
    for number, block in enumerate(document.blocks):
        reader.take(number, block)
    return reader.finish()


class _Reader:
    """Reads the blocks of one document in order."""

    def __init__(self, document: Document, slots: tuple[Slot, ...]) -> None:
        self.document = document
        self.slots = slots
        self.here = Here()
        self.open: list[Growing] = [Growing("", None, Sure.NONE, Why.NOTHING)]
        self.loose = list(document.loose)
        self.footnotes: dict[str, Footnote] = {each.mark: each for each in document.footnotes}
        self.used: list[str] = []
        known = (text for slot in slots for text in slot.instructions)
        self.instructions = {fold(text) for text in known}

    def take(self, number: int, block: Block) -> None:
        """Put one block where it belongs, with the comments that stand at it."""
        if isinstance(block, Piece) and block.place is None and self.open[-1].why is Why.FILE:
            # A piece that nothing uses stands in the locker only.
            self.open.append(Growing("", None, Sure.NONE, Why.NOTHING))
        if block.place is not None:
            self._stated(block, block.place)
        elif isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Piece):
            self._item(block)
        else:
            self._rich(block)
        for remark in self.document.remarks:
            if remark.at == number:
                self.open[-1].said.append(Said(remark.text, remark.author, remark.quote))

    # --- what the file says itself ------------------------------------------------------------------------

    def _stated(self, block: Block, place: Place) -> None:
        last = self.open[-1]
        if last.place != place or last.why is not Why.FILE or isinstance(block, Heading):
            heading = block.text if isinstance(block, Heading) else ""
            self.open.append(Growing(heading, place, Sure.CERTAIN, Why.FILE))
        if isinstance(block, Piece):
            self._item(block)
        elif isinstance(block, Rich):
            self._add(block)

    # --- headings -----------------------------------------------------------------------------------------

    def _heading(self, heading: Heading) -> None:
        if not heading.text.strip():
            return
        if self._inner(heading) or self._section(heading) or self._group(heading):
            return
        self._strange(heading)

    def _inner(self, heading: Heading) -> bool:
        """Open a part, an example or a principle within the slot that is open."""
        slot = self.here.slot
        if slot is None:
            return False
        best = self._best(heading.text)
        if best is not None and best.score >= 0.85 and best.why != "title" and best.slot != slot:
            return False
        if slot.principles and (principle := principle_in(heading.text, slot)):
            self._begin(heading, f"principle:{principle}")
            return True
        if not slot.holds_examples:
            return False
        if slot.holds_area and is_named(heading.text, ("area", "my area", "name of the area", "topic")):
            self._begin(heading, "area")
            return True
        if is_named(heading.text, ("type", "type of example")):
            self._begin(heading, "type")
            return True
        if is_named(heading.text, ("jurisdiction",)):
            self._begin(heading, "jurisdiction")
            return True
        return self._example(heading) or self._part(heading)

    def _example(self, heading: Heading) -> bool:
        found = example_in(heading.text)
        if found is None:
            return False
        part = part_in(heading.text)
        self.here.example = found[0]
        if part is not None:
            self._begin(heading, part)
            return True
        if found[1]:
            self._begin(heading, "example-title")
            self.open[-1].html.append(f"<p>{html.escape(found[1], quote=False)}</p>")
            self.open.append(Growing("", self._place(""), self.here.sure, Why.UNDER))
            self.here.part = ""
        else:
            self._begin(heading, "")
        return True

    def _part(self, heading: Heading) -> bool:
        part = part_in(heading.text)
        if part is None:
            return False
        # A second description without a word between is the next example's.
        if part is Part.DESCRIPTION and self._has(Part.REFLECTION, Part.DESCRIPTION):
            self.here.example += 1
        self._begin(heading, part)
        return True

    def _has(self, *parts: str) -> bool:
        slot = self.here.slot
        if slot is None:
            return False
        places = {each.place for each in self.open}
        return all(Place(slot.code, part, self.here.example) in places for part in parts)

    def _begin(self, heading: Heading, part: str) -> None:
        self.here.part = part
        self.open.append(
            Growing(heading.text, self._place(part), self.here.sure, Why.UNDER, level=heading.level)
        )

    def _best(self, text: str) -> Reading | None:
        found = read_heading(text, self.slots, group=self.here.group)
        if not found:
            return None
        close = [each for each in found if each.score >= found[0].score - 0.08]
        return min(close, key=self._distance) if len(close) > 1 else found[0]

    def _distance(self, reading: Reading) -> tuple[bool, int]:
        """Prefer what has not been named yet and comes next in the order of the portfolio."""
        at = self.slots.index(reading.slot)
        now = self.slots.index(self.here.slot) if self.here.slot else -1
        return self._was_named(reading.slot), at - now if at > now else len(self.slots) + at

    def _was_named(self, slot: Slot) -> bool:
        return any(each.is_section_head and each.place and each.place.slot == slot.code for each in self.open)

    def _section(self, heading: Heading) -> bool:
        best = self._best(heading.text)
        if best is None or best.score < (0.62 if heading.is_guessed else 0.5):
            return self._only_one_of_group(heading)
        if best.why == "name" and self._is_in_passing(heading):
            return False
        deeper = self.here.slot is not None and not heading.is_guessed and heading.level > self.here.level
        if deeper and best.why in {"title", "name"} and (best.score < 0.8 or not self._is_group_level()):
            return False
        sure = Sure.CERTAIN if best.score >= 0.85 else Sure.LIKELY if best.score >= 0.62 else Sure.GUESS
        self._enter(best.slot, heading, sure, Why(best.why))
        return True

    def _is_in_passing(self, heading: Heading) -> bool:
        """Say whether "Context" or "Next steps" in bold is a step within an example, and no section."""
        inside = self.here.slot is not None and self.here.slot.holds_examples
        return inside and heading.is_guessed and is_named(heading.text, GENERIC)

    def _is_group_level(self) -> bool:
        return self.here.slot is not None and self.here.why is Why.GROUP

    def _only_one_of_group(self, heading: Heading) -> bool:
        number = group_in(heading.text, self.slots)
        of_group = [slot for slot in self.slots if slot.number == number and slot.position == 1]
        if number and len(of_group) == 1:
            self.here.group = number
            self._enter(of_group[0], heading, Sure.LIKELY, Why.GROUP)
            return True
        return False

    def _enter(self, slot: Slot, heading: Heading, sure: Sure, why: Why) -> None:
        is_again = self.here.slot == slot
        example = self.here.example if is_again else 1
        self.here = Here(slot, heading.level, heading.is_guessed, "", example, slot.number, sure, why)
        self.open.append(
            Growing(heading.text, self._place(""), sure, why, level=heading.level, is_section_head=True)
        )
        self._name_area(slot, heading)

    def _name_area(self, slot: Slot, heading: Heading) -> None:
        """Take what follows "Specialist area 1:" for the name of the area."""
        if not slot.holds_area:
            return
        code = code_in(heading.text)
        rest = re.split(r"[:–—]\s*|\s-\s", code.rest if code else heading.text, maxsplit=1)
        named = rest[-1].strip() if len(rest) > 1 else ""
        if named and not is_named(named, (slot.title,)):
            text = f"<p>{html.escape(named, quote=False)}</p>"
            place = Place(slot.code, "area", 0)
            self.open.append(Growing("", place, self.here.sure, Why.UNDER, html=[text]))
            self.open.append(Growing("", self._place(""), self.here.sure, Why.UNDER))

    def _group(self, heading: Heading) -> bool:
        number = group_in(heading.text, self.slots)
        if not number:
            return False
        self.here = Here(level=heading.level, group=number)
        self.open.append(Growing(heading.text, None, Sure.NONE, Why.NOTHING, level=heading.level))
        return True

    def _strange(self, heading: Heading) -> None:
        """Keep a heading that means nothing to us: a subheading in a section, else a stretch of its own."""
        inside = self.here.slot is not None and (
            heading.level > self.here.level or (heading.is_guessed and self.here.is_guessed)
        )
        if inside and not is_named(heading.text, APART):
            level = min(6, max(3, heading.level))
            self._add(Rich(f"<h{level}>{html.escape(heading.text, quote=False)}</h{level}>"))
            return
        self.here = Here(level=heading.level, is_guessed=heading.is_guessed)
        self.open.append(Growing(heading.text, None, Sure.NONE, Why.NOTHING, level=heading.level))

    # --- text and pictures --------------------------------------------------------------------------------

    def _rich(self, block: Rich) -> None:
        text = _words_of(block)
        if fold(text) in self.instructions:
            self.loose.append(Loose(text.strip(), "criteria"))
            return
        if len(text.split()) <= SHORT and self._is_plain_heading(text):
            self._heading(Heading(7, text.strip(), is_guessed=True))
            return
        if self.here.slot is not None and self.here.slot.holds_examples:
            found = _run_in.match(block.html)
            if found and part_in(found[1]) and len(found[1].split()) <= 4:
                self._part(Heading(7, found[1].strip(), is_guessed=True))
                rest = block.html[found.end() :]
                block = replace(block, html=f"<p>{_closed(rest)}")
        self._add(block)

    def _is_plain_heading(self, text: str) -> bool:
        """Say whether a short paragraph names a section beyond doubt, or a part of the open one."""
        words = text.strip()
        if not words or words.endswith((".", ",", ";", "?")):
            return False
        if self._is_plain_part(words):
            return True
        best = self._best(words)
        if best is None:
            return False
        if best.why == "name":
            return len(tokens(words)) <= 3 and len(words) > 6
        return best.why == "code and title" or (best.why == "title" and best.score >= 0.85)

    def _is_plain_part(self, words: str) -> bool:
        count = len(words.split())
        if self.here.slot is None or not self.here.slot.holds_examples or count > 3:
            return False
        return part_in(words) is not None or (count <= 2 and example_in(words) is not None)

    def _add(self, block: Rich) -> None:
        count = len(_words_of(block).split())
        last = self.open[-1]
        if last.place is None and last.words and last.words + count > LONGEST_UNPLACED:
            last = Growing("", None, Sure.NONE, Why.NOTHING)
            self.open.append(last)
        last.html.append(block.html)
        last.words += count
        last.notes += block.notes

    def _item(self, piece: Piece) -> None:
        values = {name: getattr(piece, name) for name in Item.__dataclass_fields__}
        self.open[-1].items.append(Item(**values))

    def _place(self, part: str) -> Place | None:
        slot = self.here.slot
        if slot is None:
            return None
        if not slot.holds_examples:
            return Place(slot.code, "text", 0)
        if part.startswith("principle:") or part == "area":
            return Place(slot.code, part, 0)
        return Place(slot.code, part or Part.DESCRIPTION, self.here.example)

    # --- the end ------------------------------------------------------------------------------------------

    def finish(self) -> Outline:
        """Close the stretches, put footnotes where they are named, and let the order decide what is left."""
        marks = {mark for each in self.open for mark in each.notes}
        unnamed = [each for mark, each in self.footnotes.items() if mark not in marks]
        self.loose += [Loose(_tag.sub(" ", each.html), "footnote") for each in unnamed]
        for remark in self.document.remarks:
            if not 0 <= remark.at < len(self.document.blocks):
                self.open[-1].said.append(Said(remark.text, remark.author, remark.quote))
        opened = by_order(self.open, self.slots)
        stretches = tuple(_closed_stretch(each, self.footnotes) for each in opened)
        return Outline(
            form=self.document.form,
            stretches=tuple(each for each in stretches if each.heading or not each.is_empty),
            loose=tuple(self.loose),
            cautions=self.document.cautions,
            about=self.document.about,
        )


def _closed_stretch(each: Growing, footnotes: dict[str, Footnote]) -> Stretch:
    notes = [footnotes[mark] for mark in dict.fromkeys(each.notes) if mark in footnotes]
    text = "".join(each.html)
    if notes:
        rows = "".join(f"<p>[{html.escape(note.mark)}] {note.html}</p>" for note in notes)
        text += rows
    return Stretch(each.heading, text, each.place, each.sure, each.why, tuple(each.items), tuple(each.said))


def _closed(rest: str) -> str:
    return rest if rest.strip() else "</p>"


def _words_of(block: Block) -> str:
    if isinstance(block, Heading):
        return block.text
    if isinstance(block, Piece):
        return block.alt
    spaced = re.sub(r"</(?:p|li|td|th|h\d|tr|div)>|<br[^>]*>", " ", block.html)
    return html.unescape(_tag.sub("", spaced))
