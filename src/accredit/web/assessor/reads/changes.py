"""What changed in a portfolio between two rounds, section by section."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accredit.toolkit.richtext import plain
from accredit.web.assessor.reads.desk import Earlier

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One section as it stood and as it stands, in plain words; `is_open` says it was to be revised."""

    slot: str
    title: str
    old: str
    new: str
    is_open: bool

    @property
    def is_changed(self) -> bool:
        """Say whether anything is different."""
        return self.old != self.new


def changes(content: Content, earlier: Earlier) -> list[Change]:
    """Return the sections that were open for revision, and any other that is different."""
    before, old = earlier.entries, earlier.panel.submission.content
    found = [
        Change(
            slot=str(entry["slot"]),
            title=str(entry["section_title"]),
            old=_in_words(before.get(str(entry["slot"])), old),
            new=_in_words(entry, content),
            is_open=bool(entry["open"]),
        )
        for entry in content["entries"]
    ]
    return [each for each in found if each.is_open or each.is_changed]


def _in_words(entry: Content | None, content: Content) -> str:
    if entry is None:
        return ""
    parts = [entry["title"], entry["area"], plain(entry["text"]), entry["link"], entry["pages"]]
    parts += [plain(text) for text in entry["principle_texts"].values()]
    for number, example in enumerate(entry["examples"], 1):
        parts.append(_("Example %(number)s: %(title)s") % {"number": number, "title": example["title"]})
        parts += [plain(example["description"]), *_evidence(example, content), plain(example["reflection"])]
    return "\n".join(part for part in parts if part)


def _evidence(example: Content, content: Content) -> list[str]:
    pieces = [content["evidence"].get(str(key)) for key in example["evidence"]]
    return [_piece(each) for each in pieces if each is not None]


def _piece(piece: Content) -> str:
    text = _("Evidence: %(title)s") % {"title": piece["title"]}
    return "\n".join(part for part in (text, piece["address"], plain(piece["text"])) if part)
