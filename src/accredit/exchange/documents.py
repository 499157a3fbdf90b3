"""The neutral document that every reader gives: what a file says, before anybody asks where it belongs.

A reader is `read(path, into) -> Document`: `path` is the file, `into` a folder for the bytes of pictures and
attachments (`put`). No text is lost: what has no place among the blocks stands in `loose`, with why.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where the file itself says a block belongs. `part` is named as in `EntryContent` or `ExampleContent`.

    `text`, `title`, `area`, `link`, `pages`, `principles` and `principle:CODE` of the entry; `description`,
    `evidence`, `reflection`, `example-title`, `type` and `jurisdiction` of the example counted from 1.
    """

    slot: str
    part: str = ""
    example: int = 0


@dataclass(frozen=True)
class Heading:
    """A heading as its text reads, level 1 to 6. `is_guessed`: it was a bold paragraph, not a heading."""

    level: int
    text: str
    is_guessed: bool = False
    place: Place | None = None


@dataclass(frozen=True)
class Rich:
    """A paragraph, list, table or the like as HTML that is not clean yet; `notes` are footnotes it names."""

    html: str
    notes: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True)
class Piece:
    """What becomes evidence: a file kept in the folder under `key`, or (without one) a link or a text.

    `details` are fields of a piece of evidence by name, as far as the file states them. `id` lets blocks of
    the same document name one piece twice. A piece without `title` gets one from its name.
    """

    name: str = ""
    key: str = ""
    alt: str = ""
    title: str = ""
    address: str = ""
    text: str = ""
    id: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None


Block = Heading | Rich | Piece


@dataclass(frozen=True)
class Remark:
    """Somebody's comment on a passage; `at` is the number of the block it stood in, -1 when unknown."""

    text: str
    author: str = ""
    quote: str = ""
    at: int = -1


@dataclass(frozen=True)
class Footnote:
    """A footnote or endnote: its mark as it stands in the text ("1"), and what it says as HTML."""

    mark: str
    html: str


@dataclass(frozen=True)
class Loose:
    """Text that stands outside the run of the document. `why`: deleted, header, text box and so on."""

    text: str
    why: str


@dataclass(frozen=True)
class Caution:
    """Something the reader left out or could not do; `code` has a sentence, `count` says how often."""

    code: str
    count: int = 1


@dataclass(frozen=True)
class Document:
    """One document in reading order. `form` is docx, markdown, html, leap2a or accredit."""

    form: str
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    loose: tuple[Loose, ...] = ()
    cautions: tuple[Caution, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return what `from_json` reads back."""
        return asdict(self) | {"blocks": [_KIND[type(each)] | asdict(each) for each in self.blocks]}


_KIND: Mapping[type, dict[str, str]] = {
    Heading: {"kind": "heading"},
    Rich: {"kind": "rich"},
    Piece: {"kind": "piece"},
}


def from_json(values: Mapping[str, Any]) -> Document:
    """Return the document that `as_json` wrote down."""
    return Document(
        form=values["form"],
        blocks=tuple(_block(dict(each)) for each in values["blocks"]),
        remarks=tuple(Remark(**each) for each in values["remarks"]),
        footnotes=tuple(Footnote(**each) for each in values["footnotes"]),
        loose=tuple(Loose(**each) for each in values["loose"]),
        cautions=tuple(Caution(**each) for each in values["cautions"]),
        about=values["about"],
    )


def _block(values: dict[str, Any]) -> Block:
    kind, place = values.pop("kind"), values.pop("place")
    where = Place(**place) if place else None
    if kind == "heading":
        return Heading(**values, place=where)
    if kind == "piece":
        return Piece(**values, place=where)
    return Rich(html=values["html"], notes=tuple(values["notes"]), place=where)


def put(content: bytes, *, into: Path) -> str:
    """Keep the bytes of a picture or attachment in the folder and return their key: equal bytes, one file."""
    key = hashlib.sha256(content).hexdigest()
    path = into / key
    if not path.exists():
        path.write_bytes(content)
    return key
