"""Opening what strangers packed: zip files and XML, looked at before a byte of them is used."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from lxml import etree

from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse

MEBIBYTE = 1024 * 1024
MOST_MEMBERS = 10_000
MOST_UNPACKED = 600 * MEBIBYTE
MOST_RATIO = 200
SMALL = 10 * MEBIBYTE
LARGEST_XML = 48 * MEBIBYTE
LARGEST_PICTURE = 100 * MEBIBYTE
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, zlib.error, RuntimeError)


class Container:
    """A zip file whose list of contents has been found harmless; members are read up to a limit."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive = archive
        self.name = name
        self.members = {each.filename: each for each in archive.infolist() if not each.is_dir()}

    def read(self, member: str, *, most: int = LARGEST_XML) -> bytes:
        """Return a member's content; refused when it is larger, damaged or locked. KeyError: not there."""
        if self.members[member].file_size > most:
            refuse(Code.FILE_UNPACKS_TOO_LARGE, name=self.name)
        try:
            with self.archive.open(member) as content:
                return content.read(most + 1)[:most]
        except _BROKEN:
            refuse(Code.FILE_DAMAGED, name=self.name)

    def xml(self, member: str) -> etree._Element:
        """Return the root of a member that is XML."""
        return parsed(self.read(member), name=self.name)

    def folder(self, member: str) -> PurePosixPath:
        """Return the folder that a member lies in."""
        return PurePosixPath(member).parent


@contextmanager
def opened(path: Path, *, name: str) -> Iterator[Container]:
    """Open a zip file; refused when it is locked, lies, would unpack to too much or points outside."""
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN:
        refuse(Code.FILE_DAMAGED, name=name)
    with archive:
        _require_harmless(archive, size=path.stat().st_size, name=name)
        yield Container(archive, name)


def _require_harmless(archive: zipfile.ZipFile, *, size: int, name: str) -> None:
    found = archive.infolist()
    if any(each.flag_bits & 1 for each in found):
        refuse(Code.IMPORT_PASSWORD, name=name)
    if any(_points_outside(each) for each in found):
        refuse(Code.IMPORT_PATHS, name=name)
    unpacked = sum(each.file_size for each in found)
    packed = sum(each.compress_size for each in found)
    swollen = unpacked > SMALL and unpacked > MOST_RATIO * max(1, packed)
    # Members that overlap share their bytes, so that together they claim more than there is.
    if len(found) > MOST_MEMBERS or unpacked > MOST_UNPACKED or swollen or packed > size:
        refuse(Code.FILE_UNPACKS_TOO_LARGE, name=name)


def _points_outside(member: zipfile.ZipInfo) -> bool:
    path = member.filename.replace("\\", "/")
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    return is_link or path.startswith("/") or path[1:2] == ":" or ".." in path.split("/")


def parsed(content: bytes, *, name: str) -> etree._Element:
    """Return the root of an XML text; entities are never resolved, nothing is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        _refuse_broken(fault, content, name)
    except ValueError:
        refuse(Code.FILE_DAMAGED, name=name)
    if root.getroottree().docinfo.doctype:
        refuse(Code.IMPORT_DECLARATIONS, name=name)
    return root


def _refuse_broken(fault: etree.XMLSyntaxError, content: bytes, name: str) -> None:
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        refuse(Code.IMPORT_DECLARATIONS, name=name)
    is_deep = "depth" in str(fault).lower()
    refuse(Code.IMPORT_TOO_DEEP if is_deep else Code.FILE_DAMAGED, name=name)


def is_ole(content: IO[bytes]) -> bool:
    """Say whether a file is of the old office format, which also wraps documents with a password."""
    content.seek(0)
    return content.read(8) == OLE


def text_of(content: bytes, *, name: str) -> str:
    """Return a text file's text: UTF-8, or UTF-16 with its mark; refused otherwise and with NULs in it."""
    encoding = "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        refuse(Code.FILE_NOT_UTF8, name=name)
    if "\x00" in text:
        refuse(Code.FILE_DAMAGED, name=name)
    return text
