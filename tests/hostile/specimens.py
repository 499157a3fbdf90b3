"""Hostile uploads: what each is called, what it holds, and what the door says of it."""

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, PngImagePlugin

from accredit.rulebook.faults import Code
from tests.hostile import archives

SCRIPT = b"<script>document.documentElement.dataset.executed='1'</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="document.documentElement.dataset.executed=1"/>'
NOT_IT, DAMAGED, SWELLS = Code.FILE_NOT_WHAT_IT_SAYS, Code.FILE_DAMAGED, Code.FILE_UNPACKS_TOO_LARGE
UNKNOWN, MACROS, NOT_UTF8 = Code.FILE_KIND_NOT_OPEN, Code.FILE_HOLDS_MACROS, Code.FILE_NOT_UTF8


@dataclass(frozen=True)
class Specimen:
    """One upload; `codes` are the refusals that fit, none where it may be kept and must then be harmless."""

    what: str
    name: str
    make: Callable[[], bytes]
    codes: tuple[Code, ...] = ()


def _picture(kind: str = "PNG", size: tuple[int, int] = (12, 8), **options: object) -> bytes:
    into = io.BytesIO()
    Image.new("RGB", size, "teal").save(into, format=kind, **options)
    return into.getvalue()


def _told_png() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", SCRIPT.decode())
    told.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>51.5N 0.1W</x:xmpmeta>")
    return _picture("PNG", pnginfo=told)


def _located_jpeg() -> bytes:
    about = Image.Exif()
    about[0x010E] = SCRIPT.decode()
    about.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    return _picture("JPEG", exif=about, comment=SCRIPT)


def _huge(kind: str) -> bytes:
    if kind == "gif":
        return b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\x80\0\0" + b"\0" * 100
    head = struct.pack(">II", 60_000, 60_000) + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + b"\0" * 60


def _frames() -> bytes:
    into = io.BytesIO()
    frames = [Image.new("RGB", (2, 2), (number % 251, number % 7 * 30, 9)) for number in range(500)]
    frames[0].save(into, format="GIF", save_all=True, append_images=frames[1:], duration=20)
    return into.getvalue()


def _pdf(inside: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<<" + inside + b">>\nendobj\nstartxref\n9\n%%EOF\n"


def _letter(body: bytes, headers: bytes = b"") -> bytes:
    return (
        b"From: M <m@example.org>\r\nSubject: Thanks\r\nDate: Mon, 02 Nov 2026 10:00:00 +0000\r\n"
        + headers
        + b"\r\n"
        + body
    )


def _nested_letter() -> bytes:
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
        for number in range(3000)
    )
    return _letter(b"", parts)


def _held(content: bytes) -> Callable[[], bytes]:
    return lambda: content


_MACRO_TYPE = (
    b'<Types><Override PartName="/word/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
)
_ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}

IMAGES = (
    Specimen("a program called a picture", "photo.png", _held(b"MZ\x90\0" + b"\0" * 200), (NOT_IT,)),
    Specimen("a drawing with a script", "drawing.svg", _held(SVG), (UNKNOWN,)),
    Specimen("a drawing called a picture", "drawing.png", _held(SVG), (NOT_IT,)),
    Specimen("a packed drawing", "drawing.svgz", _held(b"\x1f\x8b\x08" + b"\0" * 50), (UNKNOWN,)),
    Specimen("a page called a picture", "photo.jpg", _held(SCRIPT), (NOT_IT,)),
    Specimen(
        "a script that begins like a picture",
        "anim.gif",
        _held(b"GIF89a/*" + SCRIPT + b"*/=1;"),
        (DAMAGED, SWELLS),
    ),
    Specimen("a picture with a page behind it", "after.png", lambda: _picture() + SCRIPT),
    Specimen("a picture with a script in its texts", "told.png", _told_png),
    Specimen("a photograph that says where it was taken", "where.jpg", _located_jpeg),
    Specimen(
        "a picture of thousands of millions of points", "wall.png", lambda: _huge("png"), (SWELLS, DAMAGED)
    ),
    Specimen("a moving picture as wide as it can be", "wall.gif", lambda: _huge("gif"), (SWELLS, DAMAGED)),
    Specimen("a moving picture without an end", "long.gif", _frames, (SWELLS,)),
    Specimen("a picture cut short", "cut.webp", lambda: _picture("WEBP")[:30], (DAMAGED, NOT_IT)),
    Specimen("a picture of another kind", "scan.tiff", lambda: _picture("TIFF"), (UNKNOWN,)),
    Specimen("a bitmap", "paint.bmp", lambda: _picture("BMP"), (UNKNOWN,)),
    Specimen("a bitmap called PNG", "paint.png", lambda: _picture("BMP"), (NOT_IT,)),
    Specimen(
        "a telephone's picture",
        "IMG_0001.heic",
        _held(b"\0\0\0\x18ftypheic" + b"\0" * 60),
        (Code.FILE_IS_HEIC,),
    ),
    Specimen("an icon", "favicon.ico", lambda: _picture("ICO", size=(16, 16)), (UNKNOWN,)),
)
DOCUMENTS = (
    Specimen("a page called a PDF", "page.pdf", _held(SCRIPT), (NOT_IT,)),
    Specimen("a PDF that begins as a page", "both.pdf", lambda: SCRIPT + b"\n" + _pdf()),
    Specimen(
        "a PDF with a script", "script.pdf", lambda: _pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>")
    ),
    Specimen(
        "a PDF that starts a program", "launch.pdf", lambda: _pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>")
    ),
    Specimen("a PDF cut short", "cut.pdf", _held(b"%PDF-1.7\n1 0 obj\n<<"), (DAMAGED,)),
    Specimen("a document that swells", "bomb.docx", archives.bomb, (SWELLS,)),
    Specimen("a document of swelling archives", "nest.docx", archives.nested_bomb, (SWELLS,)),
    Specimen("a document that lies about its size", "lies.docx", archives.lying_size, (SWELLS, DAMAGED)),
    Specimen("a document that counts one part often", "again.docx", archives.overlapping, (SWELLS, DAMAGED)),
    Specimen(
        "a document with macros", "macro.docx", lambda: archives.document("word/vbaProject.bin"), (MACROS,)
    ),
    Specimen(
        "a document with macros by another name",
        "quiet.docx",
        lambda: archives.document("word/x.bin", **{archives.CONTENT_TYPES: _MACRO_TYPE}),
        (MACROS,),
    ),
    Specimen(
        "a document with macros in capitals",
        "LOUD.DOCX",
        lambda: archives.document("word/VBAPROJECT.BIN"),
        (MACROS,),
    ),
    Specimen(
        "slides with macros",
        "talk.pptx",
        lambda: archives.archive(archives.CONTENT_TYPES, "ppt/presentation.xml", "ppt/vbaProject.bin"),
        (MACROS,),
    ),
    Specimen(
        "an open document with macros",
        "basic.odt",
        lambda: archives.archive(**_ODT, **{"Basic/Standard/Module1.xml": b"<x/>"}),
        (MACROS,),
    ),
    Specimen(
        "an open document with scripts",
        "python.odt",
        lambda: archives.archive(**_ODT, **{"Scripts/python/x.py": b"print(1)"}),
        (MACROS,),
    ),
    Specimen(
        "a document that asks for a password",
        "secret.docx",
        lambda: archives.ole("EncryptedPackage"),
        (NOT_IT, DAMAGED),
    ),
    Specimen("parts that ask for a password", "locked.docx", archives.encrypted, (DAMAGED, NOT_IT)),
    Specimen("an old document by a new name", "old.docx", archives.ole, (NOT_IT,)),
    Specimen(
        "a sheet called a document",
        "sheet.docx",
        lambda: archives.archive(archives.CONTENT_TYPES, "xl/workbook.xml"),
        (NOT_IT,),
    ),
    Specimen(
        "a document without its text",
        "empty.docx",
        lambda: archives.archive(archives.CONTENT_TYPES),
        (NOT_IT,),
    ),
    Specimen("a document cut short", "half.docx", lambda: archives.document()[:-30], (NOT_IT, DAMAGED)),
    Specimen(
        "a document that climbs out of its folder",
        "climb.docx",
        lambda: archives.document("../../../etc/cron.d/x"),
        (DAMAGED,),
    ),
    Specimen("a document with a link to the system", "linked.docx", archives.with_link, (DAMAGED,)),
    Specimen(
        "a document of thirty thousand parts",
        "many.docx",
        lambda: archives.document(*(f"word/media/{number}" for number in range(21_000))),
        (SWELLS,),
    ),
)
TEXTS = (
    Specimen("a page", "page.html", _held(SCRIPT), (UNKNOWN,)),
    Specimen("a strict page", "page.xhtml", _held(SCRIPT), (UNKNOWN,)),
    Specimen("a page in one file", "page.mht", _held(SCRIPT), (UNKNOWN,)),
    Specimen("a script", "run.js", _held(b"alert(1)"), (UNKNOWN,)),
    Specimen("a page of a server", "shell.php", _held(b"<?php system($_GET[0]);"), (UNKNOWN,)),
    Specimen("two endings", "photo.png.php", _picture, (UNKNOWN,)),
    Specimen("a program", "setup.exe", _held(b"MZ\x90\0"), (UNKNOWN,)),
    Specimen("a shortcut", "read-me.lnk", _held(b"L\0\0\0"), (UNKNOWN,)),
    Specimen(
        "an address in a file", "site.url", _held(b"[InternetShortcut]\nURL=javascript:alert(1)"), (UNKNOWN,)
    ),
    Specimen("a batch", "run.bat", _held(b"@del *.*"), (UNKNOWN,)),
    Specimen("an archive", "all.zip", lambda: archives.archive("a.txt"), (UNKNOWN,)),
    Specimen("another archive", "all.7z", _held(b"7z\xbc\xaf\x27\x1c"), (UNKNOWN,)),
    Specimen("a disc", "disc.iso", _held(b"\0" * 40_000), (UNKNOWN,)),
    Specimen("markup called a text", "page.txt", _held(SCRIPT)),
    Specimen("markup called Markdown", "page.md", _held(b"[x](javascript:alert(1)) " + SCRIPT)),
    Specimen("a table with a formula", "marks.csv", _held(b"=cmd|' /C calc'!A0,1\n")),
    Specimen(
        "captions with a script", "talk.vtt", _held(b"WEBVTT\n\n00:00.000 --> 00:01.000\n" + SCRIPT + b"\n")
    ),
    Specimen("captions that are none", "talk2.vtt", _held(SCRIPT), (NOT_IT,)),
    Specimen("a text of another encoding", "latin.txt", _held("café".encode("latin-1")), (NOT_UTF8,)),
    Specimen("a text in two bytes", "wide.txt", _held("words".encode("utf-16")), (NOT_UTF8, NOT_IT)),
    Specimen("a program called a text", "notes.txt", _held(b"MZ\x90\0\x03\0"), (NOT_IT, NOT_UTF8)),
    Specimen(
        "a letter with a page in it", "page.eml", lambda: _letter(SCRIPT, b"Content-Type: text/html\r\n")
    ),
    Specimen("a letter of three thousand layers", "deep.eml", _nested_letter),
    Specimen(
        "a letter in an unknown alphabet",
        "odd.eml",
        lambda: _letter(
            b"x", b"Content-Type: text/plain; charset=no-such\r\nContent-Transfer-Encoding: base64\r\n"
        ),
    ),
    Specimen("a letter without a sender", "none.eml", _held(b"Hello\r\n"), (NOT_IT,)),
    Specimen("nothing at all", "nothing.pdf", _held(b""), (Code.FILE_EMPTY,)),
)
FILMS = (
    Specimen("a page called a film", "film.mp4", _held(SCRIPT), (NOT_IT,)),
    Specimen("a page called another film", "film.webm", _held(SCRIPT), (NOT_IT,)),
    Specimen("a page called a sound", "talk.mp3", _held(SCRIPT), (NOT_IT,)),
    Specimen("a picture called a sound", "talk.wav", lambda: _picture("WEBP"), (NOT_IT,)),
)
# Names that mean more than a name; the file itself is a harmless picture.
NAMES = tuple(
    Specimen(what, name, _picture)
    for what, name in (
        ("a name with markup", '"><img src=x onerror=document.documentElement.dataset.executed=1>.png'),
        ("a name that climbs", "../../../etc/cron.d/photo.png"),
        ("a name of another system", "..\\..\\windows\\photo.png"),
        ("a name that breaks a header", "a\r\nSet-Cookie: x=1\r\n.png"),
        ("a name read from right to left", "photo\u202egnp.exe.png"),
        ("a name of three hundred letters", "n" * 300 + ".png"),
        ("a name with quotes", "a\";filename=\"b.exe\";'.png"),
        ("a name of the system", "con.png"),
    )
)  # fmt: skip
ALL = (*IMAGES, *DOCUMENTS, *TEXTS, *FILMS, *NAMES)
