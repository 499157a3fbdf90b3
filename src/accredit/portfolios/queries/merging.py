"""Two saves of one entry put together, field by field: one field written twice differently is a clash."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from accredit.portfolios.models import Entry
from accredit.portfolios.queries.contents import EntryContent, ExampleContent

TOP = ("title", "area", "text", "link", "pages", "principles")
PARTS = ("title", "type", "jurisdiction", "description", "evidence", "reflection")
_PRINCIPLE = "principle-"
_NOTHING = ""


def name_of(key: int | None, part: str = "") -> str:
    """Return the name of a field of an example; without a part, that of its being there at all."""
    return f"example-{key}-{part}" if part else f"example-{key}"


def fields_of(content: EntryContent) -> dict[str, Any]:
    """Return every field by its name; fields of examples are addressed by their key."""
    found = {name: getattr(content, name) for name in TOP}
    found |= {f"{_PRINCIPLE}{code}": text for code, text in content.principle_texts.items()}
    for each in content.examples:
        found |= {name_of(each.key, part): getattr(each, part) for part in PARTS}
    return found


def with_fields(content: EntryContent, names: Iterable[str], source: EntryContent) -> EntryContent:
    """Return `content` with the named fields as `source` has them; an example named as such comes or goes."""
    wanted = set(names)
    texts = dict(content.principle_texts)
    for name in (each for each in wanted if each.startswith(_PRINCIPLE)):
        code = name.removeprefix(_PRINCIPLE)
        texts[code] = source.principle_texts.get(code, "")
    there = {each.key: each for each in source.examples}
    here = {each.key for each in content.examples}
    examples = [
        _example_with(each, wanted, there.get(each.key))
        for each in content.examples
        if name_of(each.key) not in wanted or each.key in there
    ]
    examples += [e for e in source.examples if e.key not in here and name_of(e.key) in wanted]
    top = {name: getattr(source, name) for name in TOP if name in wanted}
    texts = {code: text for code, text in texts.items() if text}
    return replace(content, **top, principle_texts=texts, examples=tuple(examples))


def _example_with(example: ExampleContent, wanted: set[str], source: ExampleContent | None) -> ExampleContent:
    if source is None:
        return example
    parts = {part: getattr(source, part) for part in PARTS if name_of(example.key, part) in wanted}
    return replace(example, **parts)


@dataclass(frozen=True)
class Page:
    """The page a save comes from: `writer` is its own name, different in every tab.

    `touched` names the fields changed in it since its last acknowledged save, each with the version the
    page knows of it; examples go by their place in the content sent (`e2-title`). None: every field.
    """

    writer: str = ""
    touched: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Ledger:
    """Which save last changed each field of an entry, from which page; what is not known counts as late."""

    marks: Mapping[str, tuple[int, str]]
    born: Mapping[str, int]
    floor: int
    version: int

    @classmethod
    def of(cls, entry: Entry) -> "Ledger":
        """Read the ledger; when something else has written the entry since, every field may have changed."""
        kept = entry.field_versions
        floor = kept.get("floor", 0) if kept.get("known") == entry.version else entry.version
        marks = {name: (mark[0], mark[1]) for name, mark in kept.get("marks", {}).items()}
        return cls(marks, kept.get("born", {}), floor, entry.version)

    def last(self, name: str) -> tuple[int, str]:
        """Return the version in which a field changed last, and the page that did it."""
        return max(self.marks.get(name, (0, "")), (self.floor, ""))

    def changed(self, name: str, base: int, writer: str) -> bool:
        """Say whether another page has changed a field after the version `base`."""
        version, by = self.last(name)
        return version > base and not (writer and by == writer)

    def after(
        self, before: EntryContent, now: EntryContent, *, version: int, writer: str, born: Mapping[str, int]
    ) -> dict[str, Any]:
        """Return what the entry keeps of the save that made it `version`."""
        old, new = fields_of(before), fields_of(now)
        marks = {name: list(mark) for name, mark in self.marks.items()}
        was, there = ({each.key for each in content.examples} for content in (before, now))
        changed = [name_of(key) for key in was ^ there]
        changed += [n for n in {*old, *new} if (old.get(n) or _NOTHING) != (new.get(n) or _NOTHING)]
        gone = tuple(f"{name_of(key)}-" for key in was - there)
        marks |= {name: [version, writer] for name in changed}
        marks = {name: mark for name, mark in marks.items() if not name.startswith(gone)}
        kept = {token: key for token, key in {**self.born, **born}.items() if key in there}
        return {"known": version, "floor": self.floor, "marks": marks, "born": kept}


def keyed(
    sent: EntryContent, stored: EntryContent, *, ledger: Ledger, expected: int, page: Page
) -> tuple[EntryContent, Page]:
    """Give each example that came without a key the one it has meanwhile, and name what was touched by keys.

    A page's own example that was stored although the answer never arrived is known by the page and its
    place; one that another page has begun in the same empty place is the same example. A really new one
    gets its place as a negative key.
    """
    taken = {each.key for each in sent.examples}
    examples = []
    for place, each in enumerate(sent.examples, 1):
        key = each.key
        if key is None and not each.is_blank:
            key = ledger.born.get(f"{page.writer}-{place}") if page.writer else None
            key = key or _begun_elsewhere(stored, place, ledger, expected, taken) or -place
            taken.add(key)
        examples.append(replace(each, key=key))
    renamed = replace(sent, examples=tuple(examples))
    if page.touched is None:
        return renamed, page
    touched = {_by_key(name, examples): base for name, base in page.touched.items()}
    return renamed, replace(page, touched=touched)


def _begun_elsewhere(
    stored: EntryContent, place: int, ledger: Ledger, expected: int, taken: set[int | None]
) -> int | None:
    if place > len(stored.examples):
        return None
    key = stored.examples[place - 1].key
    is_later = ledger.last(name_of(key))[0] > expected
    return key if is_later and key not in taken else None


def _by_key(name: str, examples: list[ExampleContent]) -> str:
    place, _dash, part = name.removeprefix("e").partition("-")
    if not (name.startswith("e") and place.isdecimal() and 0 < int(place) <= len(examples)):
        return name
    return name_of(examples[int(place) - 1].key, part)


@dataclass(frozen=True)
class Merged:
    """What an entry says after a save; where it clashes, `other` is that with the text that came second."""

    content: EntryContent
    other: EntryContent
    clashes: tuple[str, ...]


def merge(stored: EntryContent, sent: EntryContent, *, ledger: Ledger, expected: int, page: Page) -> Merged:
    """Take from `sent` what its page touched; a field that another page has changed since stays, and clashes.

    Without a list of what was touched `sent` speaks for every field, and for which examples there are as of
    the version `expected`.
    """
    return _Merge(stored, sent, ledger, expected, page).merged()


class _Merge:
    def __init__(
        self, stored: EntryContent, sent: EntryContent, ledger: Ledger, expected: int, page: Page
    ) -> None:
        self.stored, self.sent, self.ledger, self.expected = stored, sent, ledger, expected
        self.touched = page.touched
        # Without scripts nobody knows what the page showed when it was sent again.
        self.writer = page.writer if page.touched is not None else ""
        self.clashes: list[str] = []

    def merged(self) -> Merged:
        old, new = fields_of(self.stored), fields_of(self.sent)
        names = [*TOP, *dict.fromkeys(name for name in (*old, *new) if name.startswith(_PRINCIPLE))]
        taken = [name for name in names if self.takes(name, old.get(name, ""), new.get(name, ""))]
        content = replace(with_fields(self.stored, taken, self.sent), examples=self.examples())
        other = with_fields(content, self.clashes, self.sent)
        return Merged(content, other, tuple(self.clashes))

    def is_touched(self, name: str) -> bool:
        return self.touched is None or name in self.touched

    def is_changed(self, name: str) -> bool:
        base = self.expected if self.touched is None else self.touched.get(name, self.expected)
        return self.ledger.changed(name, base, self.writer)

    def takes(self, name: str, old: Any, new: Any) -> bool:
        if old == new or not self.is_touched(name):
            return False
        if self.is_changed(name):
            self.clashes.append(name)
            return False
        return True

    def examples(self) -> tuple[ExampleContent, ...]:
        sent = {each.key: each for each in self.sent.examples}
        kept = {
            each.key: self.example(each, sent[each.key]) if each.key in sent else each
            for each in self.stored.examples
            if each.key in sent or not self.removes(each)
        }
        stored = {each.key for each in self.stored.examples}
        kept |= {each.key: each for each in self.sent.examples if each.key not in stored and self.adds(each)}
        if self.touched is None and self.ledger.version == self.expected:
            order = [key for key in sent if key in kept]
            return tuple(kept[key] for key in (*order, *(key for key in kept if key not in order)))
        return tuple(kept.values())

    def example(self, stored: ExampleContent, sent: ExampleContent) -> ExampleContent:
        taken = [
            name_of(stored.key, part)
            for part in PARTS
            if self.takes(name_of(stored.key, part), getattr(stored, part), getattr(sent, part))
        ]
        return _example_with(stored, set(taken), sent)

    def removes(self, stored: ExampleContent) -> bool:
        """Say whether the page takes this example out; not when it has not seen what it says now."""
        name = name_of(stored.key)
        if self.touched is None and self.ledger.last(name)[0] > self.expected:
            return False
        if not self.is_touched(name):
            return False
        if any(self.is_changed(each) for each in (name, *(name_of(stored.key, part) for part in PARTS))):
            self.clashes.append(name)
            return False
        return True

    def adds(self, sent: ExampleContent) -> bool:
        """Say whether the page brings an example; one that another page has removed since is a clash."""
        if (sent.key or -1) < 0 or replace(sent, key=None).is_blank:
            return not replace(sent, key=None).is_blank
        parts = [name_of(sent.key, part) for part in PARTS]
        if not any(self.is_touched(name) for name in parts):
            return False
        name = name_of(sent.key)
        if name in self.ledger.marks and any(self.is_changed(each) for each in (name, *parts)):
            self.clashes.append(name)
            return False
        return True


def changed_elsewhere(entry: Entry, content: EntryContent, *, base: int, writer: str) -> dict[str, Any]:
    """Return the fields that other pages have changed after `base`, as an entry has them in `content` now.

    An example that came or went since then is named as such, with whether it is there.
    """
    ledger, there = Ledger.of(entry), {name_of(each.key) for each in content.examples}
    found = {n: value for n, value in fields_of(content).items() if ledger.changed(n, base, writer)}
    named = {*there, *(name for name in ledger.marks if _is_example(name))}
    return found | {name: name in there for name in named if ledger.changed(name, base, writer)}


def _is_example(name: str) -> bool:
    return name.startswith("example-") and name.count("-") == 1
