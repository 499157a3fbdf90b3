"""What a file really is, whatever it is called: by its first bytes, its members, its characters."""

import codecs
from collections.abc import Callable
from email.parser import BytesHeaderParser
from enum import Enum
from typing import IO, NoReturn

from accredit.files.actions import archives
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import refuse

HEAD = 64 * 1024
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})


class Kind(Enum):
    """Families of files that are looked at in the same way."""

    IMAGE = "image"
    PDF = "pdf"
    OFFICE = "office"
    OPEN_OFFICE = "open_office"
    LETTER = "letter"
    TEXT = "text"
    SOUND_OR_FILM = "sound_or_film"


# A part that only this kind of document has.
_OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_OPENXML = "application/vnd.openxmlformats-officedocument."
_OPENDOCUMENT = "application/vnd.oasis.opendocument."
# Ending of the name -> family and media type. Images may carry any image's ending.
ENDINGS: dict[str, tuple[Kind, str]] = {
    "png": (Kind.IMAGE, "image/png"),
    "jpg": (Kind.IMAGE, "image/jpeg"),
    "jpeg": (Kind.IMAGE, "image/jpeg"),
    "gif": (Kind.IMAGE, "image/gif"),
    "webp": (Kind.IMAGE, "image/webp"),
    "pdf": (Kind.PDF, "application/pdf"),
    "docx": (Kind.OFFICE, _OPENXML + "wordprocessingml.document"),
    "xlsx": (Kind.OFFICE, _OPENXML + "spreadsheetml.sheet"),
    "pptx": (Kind.OFFICE, _OPENXML + "presentationml.presentation"),
    "odt": (Kind.OPEN_OFFICE, _OPENDOCUMENT + "text"),
    "ods": (Kind.OPEN_OFFICE, _OPENDOCUMENT + "spreadsheet"),
    "odp": (Kind.OPEN_OFFICE, _OPENDOCUMENT + "presentation"),
    "eml": (Kind.LETTER, "message/rfc822"),
    "txt": (Kind.TEXT, "text/plain"),
    "md": (Kind.TEXT, "text/markdown"),
    "csv": (Kind.TEXT, "text/csv"),
    "vtt": (Kind.TEXT, "text/vtt"),
    "mp3": (Kind.SOUND_OR_FILM, "audio/mpeg"),
    "m4a": (Kind.SOUND_OR_FILM, "audio/mp4"),
    "wav": (Kind.SOUND_OR_FILM, "audio/wav"),
    "ogg": (Kind.SOUND_OR_FILM, "audio/ogg"),
    "mp4": (Kind.SOUND_OR_FILM, "video/mp4"),
    "webm": (Kind.SOUND_OR_FILM, "video/webm"),
    "mov": (Kind.SOUND_OR_FILM, "video/quicktime"),
}


def ending_of(name: str) -> str:
    """Return the ending of a file's name in lower case, without the dot."""
    return name.rpartition(".")[2].lower()


def kind_of(name: str) -> Kind:
    """Return the family a name's ending promises; refused when it is none of ours."""
    found = ENDINGS.get(ending_of(name))
    if ending_of(name) in {"heic", "heif"}:
        refuse(Code.FILE_IS_HEIC, name=name)
    if found is None:
        refuse(Code.FILE_KIND_NOT_OPEN, name=name, kinds=", ".join(ENDINGS))
    return found[0]


def recognise(content: IO[bytes], *, kind: Kind, name: str) -> str:
    """Return the media type of the content; refused when it is not of the kind its name promises."""
    content.seek(0)
    head = content.read(HEAD)
    if kind is Kind.IMAGE:
        return _image(head, name)
    ending = ending_of(name)
    if not _LOOKS[kind](content, head, ending, name):
        _not_what_it_says(name)
    return ENDINGS[ending][1]


def _not_what_it_says(name: str) -> NoReturn:
    refuse(Code.FILE_NOT_WHAT_IT_SAYS, name=name, kind=ending_of(name).upper())


def _image(head: bytes, name: str) -> str:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    # Telephones hand such pictures on under the name of a JPEG.
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        refuse(Code.FILE_IS_HEIC, name=name)
    _not_what_it_says(name)


def _pdf(content: IO[bytes], head: bytes, ending: str, name: str) -> bool:
    if b"%PDF-" not in head[:1024]:
        return False
    content.seek(0, 2)
    content.seek(max(0, content.tell() - HEAD))
    if b"%%EOF" not in content.read():
        refuse(Code.FILE_DAMAGED, name=name)
    return True


def _office(content: IO[bytes], head: bytes, ending: str, name: str) -> bool:
    parts = archives.parts_of(content, name=name)
    types = parts.get("[Content_Types].xml", b"")
    if any(part.lower().endswith("vbaproject.bin") for part in parts) or b"vbaproject" in types.lower():
        refuse(Code.FILE_HOLDS_MACROS, name=name)
    return {"[Content_Types].xml", _OFFICE_PARTS[ending]} <= set(parts)


def _open_office(content: IO[bytes], head: bytes, ending: str, name: str) -> bool:
    parts = archives.parts_of(content, name=name)
    if any(part.startswith(("Basic/", "Scripts/")) for part in parts):
        refuse(Code.FILE_HOLDS_MACROS, name=name)
    kind = parts.get("mimetype", b"").decode("ascii", "replace").strip()
    return "content.xml" in parts and kind == ENDINGS[ending][1]


def _letter(content: IO[bytes], head: bytes, ending: str, name: str) -> bool:
    if b"\x00" in head:
        return False
    headers = BytesHeaderParser().parsebytes(head)
    return "from" in headers and ("date" in headers or "subject" in headers)


def _text(content: IO[bytes], head: bytes, ending: str, name: str) -> bool:
    content.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := content.read(HEAD):
            if not _is_written(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        refuse(Code.FILE_NOT_UTF8, name=name)
    return ending != "vtt" or head.removeprefix(codecs.BOM_UTF8).startswith(b"WEBVTT")


def _is_written(text: str) -> bool:
    return not any(character < " " and character not in "\t\n\r\f" for character in text)


def _sound_or_film(content: IO[bytes], head: bytes, ending: str, name: str) -> bool:
    if ending in {"mp4", "m4a"}:
        return head[4:8] == b"ftyp"
    if ending == "mov":
        return head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
    if ending == "mp3":
        return head.startswith(b"ID3") or (head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE0 == 0xE0)
    if ending == "wav":
        return head.startswith(b"RIFF") and head[8:12] == b"WAVE"
    if ending == "ogg":
        return head.startswith(b"OggS")
    return head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:4096]


_LOOKS: dict[Kind, Callable[[IO[bytes], bytes, str, str], bool]] = {
    Kind.PDF: _pdf,
    Kind.OFFICE: _office,
    Kind.OPEN_OFFICE: _open_office,
    Kind.LETTER: _letter,
    Kind.TEXT: _text,
    Kind.SOUND_OR_FILM: _sound_or_film,
}
