"""Files that nobody should send, each with the code of the sentence it gets."""

import io
import struct
import zipfile
from collections.abc import Callable

from accredit.rulebook.faults import Code
from tests.exchange import wordmaking as word
from tests.exchange.shapes_web import zipped

BILLION = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ABROAD = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">'


def plain_docx() -> bytes:
    """A harmless document."""
    document = word.new()
    document.add_heading("Contextual statement", 1)
    document.add_paragraph("I work in a library.")
    return word.saved(document)


def with_part(member: str, change: Callable[[bytes], bytes]) -> bytes:
    """A document with one part changed."""
    return word.repacked(plain_docx(), lambda name, body: change(body) if name == member else body)


def with_prolog(prolog: str) -> bytes:
    """A document whose text begins with declarations."""

    def change(body: bytes) -> bytes:
        text = body.decode().split("?>", 1)[1].replace("I work", "&a; I work")
        return (prolog + text).encode()

    return with_part("word/document.xml", change)


def encrypted_zip() -> bytes:
    """A zip file whose members say that they are locked."""
    content = bytearray(zipped({"page.html": b"<p>hidden</p>"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(signature) + offset
        content[at : at + 2] = struct.pack("<H", 1)
    return bytes(content)


def bomb(name: str = "word/media/a.bin", size: int = 900) -> bytes:
    """A document that unpacks to much more than it is."""
    made = io.BytesIO(plain_docx())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, bytes(size * 1024 * 1024 // 16))
    return made.getvalue()


def lying() -> bytes:
    """A zip file that says that a member is small which is not."""
    content = bytearray(zipped({"page.html": b"<p>" + b"word " * 5000 + b"</p>"}))
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    return bytes(content)


def overlapping() -> bytes:
    """A zip file whose list of contents names the same bytes four hundred times."""
    inner = zipped({"page.html": bytes(30_000).replace(b"\0", b"x")})
    start = inner.index(b"PK\x01\x02")
    end = inner.index(b"PK\x05\x06")
    row = inner[start:end]
    rows = b"".join(row.replace(b"page.html", b"p%03d.html" % number) for number in range(400))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 400, 400, len(rows), start, 0)
    return inner[:start] + rows + tail


def member_named(name: str, mode: int = 0) -> bytes:
    """A zip file with a page and a member of a name of one's own."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("page.html", "<p>Hello</p>")
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, "/etc/passwd")
    return made.getvalue()


def ole(*, locked: bool) -> bytes:
    """The beginning of a file of the old office format."""
    stream = "EncryptedPackage" if locked else "WordDocument"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + stream.encode("utf-16-le") + bytes(512)


def many_pictures(count: int = 4000) -> bytes:
    """A document with more pictures than anybody looks at."""
    made = io.BytesIO(plain_docx())
    with zipfile.ZipFile(made, "a") as archive:
        for number in range(count):
            archive.writestr(f"word/media/image{number}.png", b"\x89PNG")
    return made.getvalue()


def many_members() -> bytes:
    """A zip file of eleven thousand empty files."""
    return zipped({f"{number}.txt": b"" for number in range(11_000)} | {"page.html": b"<p>x</p>"})


def deep_docx() -> bytes:
    """Tables in tables in tables."""
    head, tail = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    return with_part(
        "word/document.xml",
        lambda body: body.replace(b"<w:body>", (f"<w:body>{head * 200}{tail * 200}").encode(), 1),
    )


HOSTILE: dict[str, tuple[str, Callable[[], bytes], Code]] = {
    "empty": ("a.docx", lambda: b"", Code.FILE_EMPTY),
    "text called docx": ("a.docx", lambda: b"Hello, this is text", Code.FILE_NOT_WHAT_IT_SAYS),
    "pdf called docx": ("a.docx", lambda: b"%PDF-1.7 ...", Code.FILE_NOT_WHAT_IT_SAYS),
    "text called zip": ("a.zip", lambda: b"Hello", Code.FILE_NOT_WHAT_IT_SAYS),
    "pdf": ("a.pdf", lambda: b"%PDF-1.7 ...", Code.IMPORT_FORM_UNKNOWN),
    "program": ("a.exe", lambda: b"MZ\x90\x00", Code.IMPORT_FORM_UNKNOWN),
    "rtf": ("a.rtf", lambda: b"{\\rtf1 Hello}", Code.IMPORT_FORM_UNKNOWN),
    "no ending": ("a", lambda: b"Hello", Code.IMPORT_FORM_UNKNOWN),
    "password": ("a.docx", lambda: ole(locked=True), Code.IMPORT_PASSWORD),
    "old word": ("a.doc", lambda: ole(locked=False), Code.IMPORT_OLD_WORD),
    "locked zip": ("a.zip", encrypted_zip, Code.IMPORT_PASSWORD),
    "macros": (
        "a.docm",
        lambda: word.repacked(plain_docx(), lambda _, body: body, **{"word__vbaProject.bin": b"\xd0\xcf"}),
        Code.FILE_HOLDS_MACROS,
    ),
    "bomb": ("a.docx", bomb, Code.FILE_UNPACKS_TOO_LARGE),
    "bomb in a zip": (
        "a.zip",
        lambda: zipped({"page.html": b"<p>" + b"a" * 40_000_000}),
        Code.FILE_UNPACKS_TOO_LARGE,
    ),
    "large part": (
        "a.docx",
        lambda: with_part("word/styles.xml", lambda body: body + b" " * 60_000_000),
        Code.FILE_UNPACKS_TOO_LARGE,
    ),
    "overlapping members": ("a.zip", overlapping, Code.FILE_UNPACKS_TOO_LARGE),
    "lying sizes": ("a.zip", lying, Code.FILE_DAMAGED),
    "many members": ("a.zip", many_members, Code.FILE_UNPACKS_TOO_LARGE),
    "path upwards": ("a.zip", lambda: member_named("../../etc/cron.d/x"), Code.IMPORT_PATHS),
    "path upwards, backslash": ("a.zip", lambda: member_named("..\\..\\x.html"), Code.IMPORT_PATHS),
    "absolute path": ("a.zip", lambda: member_named("/etc/passwd"), Code.IMPORT_PATHS),
    "drive letter": ("a.zip", lambda: member_named("C:/windows/x"), Code.IMPORT_PATHS),
    "symlink": ("a.zip", lambda: member_named("link.html", 0o120777), Code.IMPORT_PATHS),
    "billion laughs": ("a.docx", lambda: with_prolog(BILLION), Code.IMPORT_DECLARATIONS),
    "outside entity": ("a.docx", lambda: with_prolog(OUTSIDE), Code.IMPORT_DECLARATIONS),
    "declaration abroad": ("a.docx", lambda: with_prolog(ABROAD), Code.IMPORT_DECLARATIONS),
    "entities in styles": (
        "a.docx",
        lambda: with_part("word/styles.xml", lambda body: BILLION.encode() + body.split(b"?>", 1)[1]),
        Code.IMPORT_DECLARATIONS,
    ),
    "many pictures": ("a.docx", many_pictures, Code.IMPORT_PICTURES_MANY),
    "broken xml": (
        "a.docx",
        lambda: with_part("word/document.xml", lambda body: body[: len(body) // 2]),
        Code.FILE_DAMAGED,
    ),
    "no text part": (
        "a.docx",
        lambda: word.repacked(plain_docx(), lambda name, body: None if name == "word/document.xml" else body),
        Code.FILE_NOT_WHAT_IT_SAYS,
    ),
    "cut off": ("a.docx", lambda: plain_docx()[:-200], Code.FILE_DAMAGED),
    "flipped bytes": (
        "a.docx",
        lambda: plain_docx()[:900] + b"\xff" * 80 + plain_docx()[980:],
        Code.FILE_DAMAGED,
    ),
    "spreadsheet": ("a.xlsx", lambda: zipped({"xl/workbook.xml": b"<x/>"}), Code.IMPORT_NO_PAGE),
    "zip of a zip": (
        "a.zip",
        lambda: zipped({"b.zip": zipped({"p": b"x"})}),
        Code.IMPORT_NO_PAGE,
    ),
    "deep tables": ("a.docx", deep_docx, Code.IMPORT_TOO_DEEP),
    "deep page": ("a.html", lambda: b"<div>" * 3000 + b"deep" + b"</div>" * 3000, Code.IMPORT_TOO_DEEP),
    "deep markdown": ("a.md", lambda: b">" * 5000 + b" deep", Code.IMPORT_TOO_DEEP),
    "NULs in a page": ("a.html", lambda: b"<p>a\x00b</p>", Code.FILE_DAMAGED),
    "NULs in markdown": ("a.md", lambda: b"# a\x00b", Code.FILE_DAMAGED),
    "wrong encoding": ("a.md", lambda: "Größe und Maß".encode("cp1252"), Code.FILE_NOT_UTF8),
    "nothing in it": (
        "a.html",
        lambda: b"<html><script>x()</script></html>",
        Code.IMPORT_NOTHING,
    ),
    "blank document": ("a.docx", lambda: word.saved(word.new()), Code.IMPORT_NOTHING),
    "blank text": ("a.txt", lambda: b"   \n\n  ", Code.IMPORT_NOTHING),
    "library": ("a.txt", lambda: b"word " * 600_000, Code.IMPORT_TOO_LONG),
}
