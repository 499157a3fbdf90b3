"""Our own JSON, checked against its schema: as a document whose blocks say where they belong, or whole."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from accredit.exchange.documents import Block, Document, Heading, Piece, Place, Rich, put
from accredit.exchange.readers.container import Container, opened
from accredit.exchange.readers.shape import misfits
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse

MEMBER = "portfolio.json"
MEBIBYTE = 1024 * 1024
LARGEST_JSON = 48 * MEBIBYTE
LARGEST_FILE = 500 * MEBIBYTE
DETAILS = ("shows", "visibility", "from", "until", "contribution", "others", "permission")
Content = dict[str, Any]


def read(path: Path, into: Path, *, name: str) -> Document:
    """Read the zip as a document: each text with its place, each file as a piece."""
    found, kept = unpacked(path, into, name=name)
    blocks = tuple(_blocks(found["content"], kept))
    return Document(form="accredit", blocks=blocks, about={"name": found["about"]["name"]})


def unpacked(path: Path, into: Path, *, name: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what `portfolio.json` says, and the keys of its files in the folder by their hashes."""
    with opened(path, name=name) as container:
        found = _whole(container)
        return found, dict(_files(container, found, into))


def _whole(container: Container) -> dict[str, Any]:
    try:
        whole: dict[str, Any] = json.loads(container.read(MEMBER, most=LARGEST_JSON))
    except KeyError:
        refuse(Code.RESTORE_NOT_OURS, where=MEMBER)
    except (ValueError, RecursionError):
        refuse(Code.RESTORE_NOT_OURS, where=MEMBER)
    wrong = next(misfits(whole), None)
    if wrong is not None:
        refuse(Code.RESTORE_NOT_OURS, where=wrong[:120])
    return whole


def _files(container: Container, whole: dict[str, Any], into: Path) -> Iterator[tuple[str, str]]:
    """Keep the files whose bytes are what they say; yields hash and key, which are the same."""
    for sha256, member in whole["files"].items():
        if member not in container.members:
            continue
        content = container.read(member, most=LARGEST_FILE)
        if hashlib.sha256(content).hexdigest() != sha256:
            refuse(Code.RESTORE_NOT_OURS, where=member[:120])
        yield sha256, put(content, into=into)


def _blocks(content: Content, kept: dict[str, str]) -> Iterator[Block]:
    if content["summary"]:
        yield Rich(content["summary"])
    for entry in (*content["entries"], *content.get("aside", [])):
        yield from _entry(entry, content["evidence"], kept)
    used = {key for entry in content["entries"] for each in entry["examples"] for key in each["evidence"]}
    for key, piece in content["evidence"].items():
        if int(key) not in used:
            yield _piece(key, piece, kept, None)


def _entry(entry: Content, pieces: Content, kept: dict[str, str]) -> Iterator[Block]:
    slot = entry["slot"]
    yield Heading(1, entry["section_title"], place=Place(slot))
    for part in ("title", "area", "link", "pages"):
        if entry[part]:
            yield Rich(_paragraph(entry[part]), place=Place(slot, part))
    if entry["text"]:
        yield Rich(entry["text"], place=Place(slot, "text"))
    for code, text in entry["principle_texts"].items():
        yield Rich(text, place=Place(slot, f"principle:{code}"))
    for number, example in enumerate(entry["examples"], 1):
        yield from _example(example, number, slot)
        for key in example["evidence"]:
            if str(key) in pieces:
                yield _piece(str(key), pieces[str(key)], kept, Place(slot, "evidence", number))


def _example(example: Content, number: int, slot: str) -> Iterator[Block]:
    for part, where in (("title", "example-title"), ("type", "type"), ("jurisdiction", "jurisdiction")):
        if example[part]:
            yield Rich(_paragraph(example[part]), place=Place(slot, where, number))
    for part in ("description", "reflection"):
        if example[part]:
            yield Rich(example[part], place=Place(slot, part, number))


def _piece(key: str, piece: Content, kept: dict[str, str], place: Place | None) -> Piece:
    details = {name: str(piece.get(name, "")) for name in DETAILS}
    return Piece(
        name=piece["name"],
        key=kept.get(piece["file"], ""),
        alt=piece["alt"],
        title=piece["title"],
        address=piece["address"],
        text=piece["text"] if piece["kind"] == "text" else "",
        id=key,
        details={name: value for name, value in details.items() if value},
        place=place,
    )


def _paragraph(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p>{escaped}</p>"
