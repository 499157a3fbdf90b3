"""What may come in as a file, what is made of it, and what is refused in words."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from accredit.files import queries
from accredit.files.actions import images, keep, recognising
from accredit.files.models import Blob
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.refusals import Refused
from accredit.wording import sentence
from tests.factories import AT

pytestmark = pytest.mark.django_db

LIMIT = 5 * 1024 * 1024


def kept(content: bytes, name: str, limit: int = LIMIT) -> Blob:
    return keep(io.BytesIO(content), name=name, at=AT, limit=limit)


def refused(content: bytes, name: str, limit: int = LIMIT) -> Code:
    with pytest.raises(Refused) as caught:
        kept(content, name, limit)
    (fault,) = caught.value.faults
    assert "…" not in sentence(fault)
    return fault.code


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    into = io.BytesIO()
    Image.new("RGB", size, "teal").save(into, format=kind, **options)
    return into.getvalue()


def archive(*members: str, **contents: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as file:
        for member in members:
            file.writestr(member, contents.get(member, b"<xml/>"))
    return into.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
ODT = archive("mimetype", "content.xml", mimetype=b"application/vnd.oasis.opendocument.text")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"
LETTER = b"From: Mina <mina@example.org>\r\nSubject: Thanks\r\n\r\nIt worked.\r\n"
OPENED = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 40


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("chart.png", picture("PNG"), "image/png"),
        ("photo.JPG", picture("JPEG"), "image/jpeg"),
        ("moving.gif", picture("GIF"), "image/gif"),
        ("small.webp", picture("WEBP"), "image/webp"),
        ("really-a-photo.png", picture("JPEG"), "image/jpeg"),
        ("paper.pdf", PDF, "application/pdf"),
        ("plan.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("plan.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("thanks.eml", LETTER, "message/rfc822"),
        ("notes.txt", "Dŵr a thân\n".encode(), "text/plain"),
        ("notes.md", b"# Notes\n", "text/markdown"),
        ("marks.csv", b"\xef\xbb\xbfname,mark\n", "text/csv"),
        ("talk.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n", "text/vtt"),
        ("talk.mp3", b"ID3\x04" + b"\x00" * 40, "audio/mpeg"),
        ("talk.m4a", OPENED, "audio/mp4"),
        ("talk.wav", b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 20, "audio/wav"),
        ("talk.ogg", b"OggS" + b"\x00" * 40, "audio/ogg"),
        ("film.mp4", OPENED, "video/mp4"),
        ("film.mov", b"\x00\x00\x00\x08wide" + b"\x00" * 40, "video/quicktime"),
        ("film.webm", b"\x1a\x45\xdf\xa3\x00\x42\x82\x84webm" + b"\x00" * 40, "video/webm"),
    ],
)
def test_files_of_our_kinds_are_kept(name: str, content: bytes, media_type: str) -> None:
    blob = kept(content, name)
    assert blob.media_type == media_type
    with queries.read(blob) as stored:
        assert len(stored.read()) == blob.size


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("nothing.pdf", b"", Code.FILE_EMPTY),
        ("program.exe", b"MZ\x90", Code.FILE_KIND_NOT_OPEN),
        ("drawing.svg", b"<svg/>", Code.FILE_KIND_NOT_OPEN),
        ("no-ending", b"words", Code.FILE_KIND_NOT_OPEN),
        ("page.pdf", b"<html><script>alert(1)</script></html>", Code.FILE_NOT_WHAT_IT_SAYS),
        ("page.png", b"<svg onload=alert(1)>", Code.FILE_NOT_WHAT_IT_SAYS),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", Code.FILE_DAMAGED),
        ("cut.png", picture("PNG")[:60], Code.FILE_DAMAGED),
        ("sheet.docx", archive("[Content_Types].xml", "xl/workbook.xml"), Code.FILE_NOT_WHAT_IT_SAYS),
        ("any.docx", archive("readme.txt"), Code.FILE_NOT_WHAT_IT_SAYS),
        ("old.docx", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, Code.FILE_NOT_WHAT_IT_SAYS),
        (
            "macro.docx",
            archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            Code.FILE_HOLDS_MACROS,
        ),
        ("sheet.ods", ODT, Code.FILE_NOT_WHAT_IT_SAYS),
        ("latin.txt", "café".encode("latin-1"), Code.FILE_NOT_UTF8),
        ("binary.txt", b"MZ\x00\x01", Code.FILE_NOT_WHAT_IT_SAYS),
        ("talk.vtt", b"Hello", Code.FILE_NOT_WHAT_IT_SAYS),
        ("film.mp4", b"<html>", Code.FILE_NOT_WHAT_IT_SAYS),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic", Code.FILE_IS_HEIC),
        ("photo.jpg", b"\x00\x00\x00\x18ftypheic", Code.FILE_IS_HEIC),
        ("letter.eml", b"Hello\r\n", Code.FILE_NOT_WHAT_IT_SAYS),
    ],
)
def test_others_are_refused_in_words(name: str, content: bytes, code: Code) -> None:
    assert refused(content, name) is code
    assert not Blob.objects.exists()


def test_the_limit_is_kept_to_the_byte() -> None:
    assert kept(b"x" * 1000, "a.txt", limit=1000).size == 1000
    assert refused(b"x" * 1001, "a.txt", limit=1000) is Code.FILE_TOO_LARGE


def test_a_document_that_swells_is_refused() -> None:
    bomb = archive("[Content_Types].xml", "word/document.xml", **{"word/document.xml": b"0" * 60_000_000})
    assert refused(bomb, "bomb.docx") is Code.FILE_UNPACKS_TOO_LARGE


def test_a_picture_of_enormous_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MOST_PIXELS", 1000)
    assert refused(picture(size=(40, 40)), "wall.png") is Code.FILE_UNPACKS_TOO_LARGE


def test_a_picture_loses_what_the_camera_wrote_and_stands_upright() -> None:
    described = Image.Exif()
    described[0x0112], described[0x010F] = 6, "Camera of Ada"
    blob = kept(picture("JPEG", size=(40, 20), exif=described, comment=b"at home"), "photo.jpg")
    with queries.read(blob) as stored:
        content = stored.read()
    image = Image.open(io.BytesIO(content))
    assert image.size == (20, 40)
    assert not image.getexif()
    assert b"Camera of Ada" not in content
    assert b"at home" not in content


def test_a_moving_picture_goes_on_moving() -> None:
    into = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "teal", "gold")]
    frames[0].save(into, format="GIF", save_all=True, append_images=frames[1:], duration=80, comment=b"mine")
    with queries.read(kept(into.getvalue(), "moving.gif")) as stored:
        image = Image.open(io.BytesIO(stored.read()))
        assert getattr(image, "n_frames", 1) == 3
        assert "comment" not in image.info


def test_the_same_content_is_stored_once_under_any_name() -> None:
    one, two = kept(b"words", "a.txt"), kept(b"words", "b.csv")
    assert one == two
    assert Blob.objects.count() == 1
    assert queries.media_type_of(two, "b.csv") == "text/csv"
    assert queries.media_type_of(two, "b.txt") == "text/plain"
    folder = default_storage.listdir(one.path.split("/", maxsplit=1)[0])
    assert folder[1].count(one.sha256) == 1


def test_lost_content_is_stored_again() -> None:
    blob = kept(b"words", "a.txt")
    default_storage.delete(blob.path)
    assert not queries.is_present(blob)
    assert kept(b"words", "a.txt") == blob
    assert queries.is_present(blob)


def test_what_a_dying_process_left_half_written_is_written_anew() -> None:
    made = kept(b"All of these words.", "notes.txt")
    default_storage.delete(made.path)
    with allow_writes():
        made.delete()
    default_storage.save(made.path, ContentFile(b"All of"))
    again = kept(b"All of these words.", "notes.txt")
    with queries.read(again) as file:
        assert file.read() == b"All of these words."


def damaged(change: Callable[[bytearray, int], None]) -> bytes:
    """A document whose directory says something that no reader can follow."""
    content = bytearray(ODT)
    change(content, content.find(b"PK\x01\x02"))
    return bytes(content)


def unknown_compression(content: bytearray, entry: int) -> None:
    content[entry + 10] = 99


def password(content: bytearray, entry: int) -> None:
    content[entry + 8] |= 1
    content[6] |= 1


def torn(content: bytearray, entry: int) -> None:
    content[38:60] = b"\xff" * 22


@pytest.mark.parametrize("change", [unknown_compression, password, torn])
def test_a_document_that_cannot_be_opened_is_refused_in_words(
    change: Callable[[bytearray, int], None],
) -> None:
    assert refused(damaged(change), "text.odt") in (Code.FILE_DAMAGED, Code.FILE_NOT_WHAT_IT_SAYS)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_cut_anywhere_is_refused_in_words(kind: str) -> None:
    whole = picture(kind)
    for length in range(12, min(64, len(whole) - 32)):
        assert refused(whole[:length], "cut.png") in (Code.FILE_DAMAGED, Code.FILE_NOT_WHAT_IT_SAYS)


@pytest.mark.parametrize("size", [(0, 0), (65535, 65535)])
def test_a_picture_of_impossible_size_is_refused_in_words(size: tuple[int, int]) -> None:
    head = b"GIF89a" + struct.pack("<HH", *size) + b"\x80\0\0" + b"\0" * 100
    assert refused(head, "odd.gif") in (Code.FILE_DAMAGED, Code.FILE_UNPACKS_TOO_LARGE)


def test_a_path_in_the_name_goes_nowhere() -> None:
    assert refused(b"x", "../../etc/passwd") is Code.FILE_KIND_NOT_OPEN
    assert kept(b"words", "..\\..\\a.txt").path.startswith(Blob.objects.get().sha256[:2])


def test_every_kind_has_a_look() -> None:
    kinds = {kind for kind, _ in recognising.ENDINGS.values()}
    assert kinds == set(recognising.Kind)
    assert not queries.is_shown_in_place("text/html")
