"""What an entry said before, in words: the list of versions, differences field by field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accredit.portfolios.models import EntryVersion
from accredit.portfolios.queries import EntryContent, content_of_version, fields_of, name_of
from accredit.toolkit.richtext import plain
from accredit.web.candidate.reads.writing import Writing, crumbs
from accredit.web.ui.formats import moment
from accredit.web.ui.parts import Cell, Column, Crumb, Table
from accredit.wording.vocabulary import TYPES

LEAD = gettext_lazy(
    "What this section said before: the last text of each ten minutes in which it was saved, and every text "
    "that clashed, was restored, imported or moved. Nobody but you sees them."
)
WHY = {
    EntryVersion.Why.SAVE: gettext_lazy("Saved"),
    EntryVersion.Why.CLASH: gettext_lazy("Second text of a clash"),
    EntryVersion.Why.RESTORE: gettext_lazy("Restored or chosen"),
    EntryVersion.Why.IMPORT: gettext_lazy("Imported"),
    EntryVersion.Why.MOVE: gettext_lazy("Moved"),
}
LABELS = {
    "title": gettext_lazy("What you call this area"),
    "area": gettext_lazy("Nearest term"),
    "text": gettext_lazy("Your text"),
    "link": gettext_lazy("Link to this section"),
    "pages": gettext_lazy("Pages"),
    "principles": gettext_lazy("Principles this section shows"),
}
PARTS = {
    "title": gettext_lazy("title"),
    "type": gettext_lazy("what it is about"),
    "jurisdiction": gettext_lazy("where the law applies"),
    "description": gettext_lazy("description"),
    "evidence": gettext_lazy("evidence"),
    "reflection": gettext_lazy("reflection"),
}


@dataclass(frozen=True, slots=True)
class FieldOfTwo:
    """One field as two texts have it, in words."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Words:
    """Writes the fields of one entry in words; `contents` say at which place each example stands."""

    found: Writing
    titles: dict[int, str]
    contents: tuple[EntryContent, ...]

    def pairs(self, old: EntryContent, new: EntryContent, names: Iterable[str]) -> list[FieldOfTwo]:
        """Return the named fields as both have them."""
        return [
            FieldOfTwo(name, self.label(name), self.value(name, old), self.value(name, new)) for name in names
        ]

    def label(self, name: str) -> str:
        """Name a field as the page of the section does."""
        if name.startswith("principle-"):
            return self.principles.get(name.removeprefix("principle-"), name)
        if not name.startswith("example-"):
            return str(LABELS[name])
        key, part = name.split("-")[1:2], name.split("-")[2:]
        example = _("Example %(number)s") % {"number": self._place(key[0])}
        return f"{example}: {PARTS[part[0]]}" if part else example

    def value(self, name: str, content: EntryContent) -> str:
        """Write what a field says; nothing where it is empty or not there."""
        if name.startswith("example-") and name.count("-") == 1:
            parts = {part: self.value(f"{name}-{part}", content) for part in PARTS}
            return "\n\n".join(text for text in parts.values() if text)
        return self._said(name, fields_of(content).get(name, ""))

    def _said(self, name: str, value: Any) -> str:
        if name == "principles":
            return ", ".join(self.principles.get(code, code) for code in value)
        if name.endswith("-evidence"):
            return "; ".join(self.titles.get(key, "") for key in value)
        if name.endswith("-type"):
            return str(TYPES.get(value, value))
        is_rich = (
            name == "text" or name.startswith("principle-") or name.endswith(("description", "reflection"))
        )
        return plain(value) if is_rich else str(value)

    def _place(self, key: str) -> int:
        for content in self.contents:
            for place, each in enumerate(content.examples, 1):
                if str(each.key) == key:
                    return place
        return 0

    @property
    def principles(self) -> dict[str, str]:
        """Return the titles of the principles by code."""
        return {each.code: each.title for each in self.found.asked.rules.principles}


def _words(found: Writing, *contents: EntryContent) -> Words:
    titles = dict(found.entry.portfolio.evidence.values_list("pk", "title"))
    return Words(found, titles, (found.content, *contents))


def clashing(found: Writing, kept: EntryVersion) -> list[FieldOfTwo]:
    """Return the fields a clash is about: as stored, and as they came second."""
    other = content_of_version(kept)
    return _words(found, other).pairs(found.content, other, kept.fields)


def crumbs_to_versions(found: Writing, more: str = "") -> list[Crumb]:
    """Return the way to the versions of an entry, or to one of them."""
    pk, slot = found.draft.registration.pk, found.slot
    *before, here = crumbs(found)
    versions = reverse("candidate:versions", args=[pk, slot])
    way = [*before, Crumb(here.label, reverse("candidate:section", args=[pk, slot]))]
    return [*way, *([Crumb(_("Versions"), versions), Crumb(more)] if more else [Crumb(_("Versions"))])]


def listed(found: Writing, rows: Sequence[EntryVersion]) -> Table:
    """Return the versions as a table; each leads to what it said."""
    pk, slot = found.draft.registration.pk, found.slot
    return Table(
        _("Versions of this section, the newest first"),
        [
            Column(_("When"), is_head=True),
            Column(_("Who")),
            Column(_("Why")),
            Column(_("Words"), is_number=True),
        ],
        [
            [
                Cell(moment(each.saved_at), href=reverse("candidate:version", args=[pk, slot, each.pk])),
                _who(each),
                _why(each),
                content_of_version(each).words,
            ]
            for each in rows
        ],
        empty=_("Nothing has been saved yet."),
        is_caption_shown=False,
    )


def _who(version: EntryVersion) -> str:
    return version.saved_by.name if version.saved_by else _("The program")


def _why(version: EntryVersion) -> str:
    waits = version.why == EntryVersion.Why.CLASH and version.settled_at is None
    return (
        _("Second text of a clash, waiting for your choice")
        if waits
        else str(WHY[EntryVersion.Why(version.why)])
    )


def compared(found: Writing, kept: EntryVersion, *, is_with_before: bool) -> dict[str, Any]:
    """Return what the page of one version shows: how it differs from now, or from the one before it."""
    rows = found.entry.versions.exclude(why=EntryVersion.Why.CLASH).filter(pk__lt=kept.pk)
    before = rows.order_by("-pk").first()
    is_with_before = is_with_before and before is not None
    said = content_of_version(kept)
    old = content_of_version(before) if is_with_before and before else said
    new = said if is_with_before else found.content
    fields = {**fields_of(old), **fields_of(new)}
    changed = [name for name in fields if fields_of(old).get(name, "") != fields_of(new).get(name, "")]
    words = _words(found, new, old)
    pairs = [each for each in words.pairs(old, new, _whole(changed, old, new)) if each.old != each.new]
    when = moment(kept.saved_at)
    return {
        "title": _("Version of %(moment)s") % {"moment": when},
        "lead": f"{found.title} · {_who(kept)} · {_why(kept)}",
        "crumbs": crumbs_to_versions(found, when),
        "found": found,
        "kept": kept,
        "before": before,
        "is_with_before": is_with_before,
        "fields": pairs,
        "words": said.words,
    }


def _whole(names: list[str], old: EntryContent, new: EntryContent) -> list[str]:
    """Name an example that only one of the two has once, not by each of its parts."""
    both = {e.key for e in old.examples} & {e.key for e in new.examples}
    single = {name_of(e.key) for e in (*old.examples, *new.examples) if e.key not in both}
    starts = {name: "-".join(name.split("-")[:2]) for name in names}
    return list(dict.fromkeys(starts[name] if starts[name] in single else name for name in names))
