"""Readers: what a file really is, the reader for it, and the job that a child process does with it."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from accredit.exchange.documents import Document, Piece
from accredit.exchange.readers import accredit, docx, html, leap2a, markdown
from accredit.exchange.readers.checking import require_sensible
from accredit.exchange.readers.container import OLE
from accredit.exchange.recognition import outline_of
from accredit.exchange.recognition.slots import from_json
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse

SOURCE, PICTURES = "source", "pieces"
HEAD = 4096
TEXTS = ("md", "markdown", "txt", "text")
PAGES = ("html", "htm", "xhtml")
ENDINGS = ("docx", *TEXTS, *PAGES, "zip", "xml", "json")

Reader = Callable[..., Document]


def read(path: Path, into: Path, *, name: str) -> Document:
    """Read any document that can be read here; refused in words when it is none or harmful."""
    if not path.stat().st_size:
        refuse(Code.FILE_EMPTY, name=name)
    reader = _reader_for(path, name)
    return require_sensible(reader(path, into, name=name), name=name)


def _reader_for(path: Path, name: str) -> Reader:
    """Choose by content first, then by the ending of the name."""
    with path.open("rb") as content:
        head = content.read(HEAD)
    ending = name.rpartition(".")[2].lower()
    if head.startswith(OLE):
        refuse(_ole(path), name=name)
    if head.startswith(b"PK"):
        return _packed(path, name)
    if ending in {"docx", "zip"}:
        refuse(Code.FILE_NOT_WHAT_IT_SAYS, name=name, kind=ending.upper())
    if ending in PAGES or _begins_like_page(head):
        return html.read
    if ending not in TEXTS:
        refuse(Code.IMPORT_FORM_UNKNOWN, name=name)
    return markdown.read


def _ole(path: Path) -> Code:
    """Tell a document locked by a password from one of old Word: both lie in the old office format."""
    content = path.read_bytes()
    locked = "EncryptedPackage".encode("utf-16-le") in content
    return Code.IMPORT_PASSWORD if locked else Code.IMPORT_OLD_WORD


def _packed(path: Path, name: str) -> Reader:
    if not zipfile.is_zipfile(path):
        refuse(Code.FILE_DAMAGED, name=name)
    try:
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        refuse(Code.FILE_DAMAGED, name=name)
    if leap2a.is_feed(members):
        return leap2a.read
    if accredit.MEMBER in members:
        return accredit.read
    if any(each.startswith("word/") for each in members) or name.lower().endswith((".docx", ".docm")):
        return docx.read
    return html.read_zip


def _begins_like_page(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<body", b"<head"))


def job(folder: Path, *, name: str, slots: list[dict[str, Any]]) -> dict[str, Any]:
    """Read and recognise the file `source` of the folder, in the child process; see `toolkit.confined`.

    Returns the outline as JSON. Pictures lie in the folder `pieces` by their keys.
    """
    pieces = folder / PICTURES
    pieces.mkdir()
    document = read(folder / SOURCE, pieces, name=name)
    wanted = {each.key for each in document.blocks if isinstance(each, Piece)}
    for left in pieces.iterdir():
        if left.name not in wanted:
            left.unlink()
    outline = outline_of(document, from_json(slots)).as_json()
    # What cannot be written as JSON fails here and not in the parent.
    json.dumps(outline)
    return outline
