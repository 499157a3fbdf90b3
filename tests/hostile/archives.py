"""Archives that lie: the containers of documents, made wrong on purpose."""

import io
import struct
import zipfile

CONTENT_TYPES = "[Content_Types].xml"
WORD = "word/document.xml"


def archive(*members: str, **contents: bytes) -> bytes:
    """An archive of these members; contents by name where they matter."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as file:
        for member in (*members, *(name for name in contents if name not in members)):
            file.writestr(member, contents.get(member, b"<xml/>"))
    return into.getvalue()


def document(*members: str, **contents: bytes) -> bytes:
    """A Word document with further members."""
    return archive(CONTENT_TYPES, WORD, *members, **contents)


def bomb(megabytes: int = 60) -> bytes:
    """A document that unpacks to a thousand times its size."""
    return document(**{WORD: b"0" * megabytes * 1_000_000})


def nested_bomb() -> bytes:
    """A document that holds archives which hold archives of nothing but noughts."""
    inner = archive(**{f"{number}.bin": b"\0" * 20_000_000 for number in range(3)})
    return document(
        **{f"word/embeddings/{number}.zip": inner for number in range(20)}, **{WORD: b"0" * 60_000_000}
    )


def lying_size() -> bytes:
    """A document whose directory says that a large member is small."""
    content = bytearray(bomb(30))
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 24 : place + 28] = struct.pack("<I", 10)
        place = content.find(b"PK\x01\x02", place + 4)
    return bytes(content)


def overlapping() -> bytes:
    """A document whose directory names one member's bytes thousands of times."""
    content = document(**{WORD: b"0" * 5_000_000})
    end = content.rfind(b"PK\x05\x06")
    start = struct.unpack("<I", content[end + 16 : end + 20])[0]
    entries = content[start:end] * 400
    count = struct.unpack("<H", content[end + 10 : end + 12])[0] * 400
    tail = bytearray(content[end:])
    tail[8:12] = struct.pack("<HH", count, count)
    tail[12:20] = struct.pack("<II", len(entries), start)
    return content[:start] + entries + bytes(tail)


def encrypted() -> bytes:
    """An archive that asks for a password."""
    content = bytearray(document())
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        found = content.find(signature)
        while found >= 0:
            content[found + place] |= 1
            found = content.find(signature, found + 4)
    return bytes(content)


def with_link() -> bytes:
    """A document with a symbolic link to a file of the system."""
    into = io.BytesIO(document())
    with zipfile.ZipFile(into, "a") as file:
        link = zipfile.ZipInfo("word/media/image1.png")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        file.writestr(link, "/etc/passwd")
    return into.getvalue()


def ole(stream: str = "WordDocument") -> bytes:
    """The head of an old binary document, or of an encrypted new one."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return head + stream.encode("utf-16-le") + b"\0" * 512
