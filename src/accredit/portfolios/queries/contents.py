"""What a candidate types into one entry: the same shape in forms, rows, versions and clashes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from accredit.portfolios.models import Entry, EntryVersion, Example
from accredit.toolkit.richtext import words_in


@dataclass(frozen=True)
class ExampleContent:
    """One example; `key` is the id of the stored one, None for a new one. `evidence` are ids, in order."""

    key: int | None = None
    title: str = ""
    description: str = ""
    reflection: str = ""
    type: str = ""
    jurisdiction: str = ""
    evidence: tuple[int, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Say whether nothing has been put into it."""
        return replace(self, key=None) == ExampleContent()

    def as_json(self) -> dict[str, Any]:
        """Return it for a version; a place that stood for a key yet to come is none."""
        key = self.key if (self.key or 0) > 0 else None
        return asdict(self) | {"key": key, "evidence": list(self.evidence)}


@dataclass(frozen=True)
class EntryContent:
    """Everything of one entry that a save replaces."""

    title: str = ""
    area: str = ""
    text: str = ""
    principles: tuple[str, ...] = ()
    principle_texts: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    pages: str = ""
    examples: tuple[ExampleContent, ...] = ()

    @property
    def words(self) -> int:
        """Return how many words its texts have."""
        texts = [self.text, *self.principle_texts.values()]
        texts += [text for each in self.examples for text in (each.description, each.reflection)]
        return sum(words_in(text) for text in texts)

    def as_json(self) -> dict[str, Any]:
        """Return what `content_of_version` reads back."""
        values = asdict(replace(self, principle_texts=dict(self.principle_texts)))
        values["principles"] = list(self.principles)
        values["examples"] = [each.as_json() for each in self.examples]
        return values

    def says_the_same(self, other: "EntryContent") -> bool:
        """Say whether two contents read alike, whatever the ids of their examples are."""
        return self._without_keys() == other._without_keys()

    def _without_keys(self) -> "EntryContent":
        return replace(self, examples=tuple(replace(each, key=None) for each in self.examples))


def content_of(entry: Entry) -> EntryContent:
    """Return what an entry says now. Two queries, none where examples and uses are prefetched."""
    if not hasattr(entry, "_prefetched_objects_cache") or "examples" not in entry._prefetched_objects_cache:
        examples = list(entry.examples.prefetch_related("uses"))
    else:
        examples = list(entry.examples.all())
    return EntryContent(
        title=entry.title,
        area=entry.area,
        text=entry.text,
        principles=tuple(entry.principles),
        principle_texts=dict(entry.principle_texts),
        link=entry.link,
        pages=entry.pages,
        examples=tuple(_example(each) for each in examples),
    )


def _example(example: Example) -> ExampleContent:
    return ExampleContent(
        key=example.pk,
        title=example.title,
        description=example.description,
        reflection=example.reflection,
        type=example.type,
        jurisdiction=example.jurisdiction,
        evidence=tuple(use.evidence_id for use in example.uses.all()),
    )


def content_of_version(version: EntryVersion) -> EntryContent:
    """Return what an entry said at that version; saving it again restores it."""
    values = dict(version.content)
    examples = tuple(
        ExampleContent(**(each | {"evidence": tuple(each["evidence"])})) for each in values.pop("examples")
    )
    return EntryContent(**(values | {"principles": tuple(values["principles"]), "examples": examples}))


def versions_of(entry: Entry) -> list[EntryVersion]:
    """Return an entry's versions, the newest first."""
    return list(entry.versions.select_related("saved_by").order_by("-saved_at", "-id"))


def clashes_of(entry: Entry) -> list[EntryVersion]:
    """Return the texts that came second to another save and wait for a choice, the newest first."""
    rows = entry.versions.filter(why=EntryVersion.Why.CLASH, settled_at=None)
    return list(rows.select_related("saved_by").order_by("-saved_at", "-id"))
