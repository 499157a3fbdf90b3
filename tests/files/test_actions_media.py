"""What pictures say about where they were made goes; what captions say stays, and nothing else of them."""

import io

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from accredit.files import actions, queries
from accredit.files.actions.captions import MOST_CAPTIONS, webvtt
from accredit.files.models import Blob
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Refused
from tests.factories import AT

WHERE = b"51.4816N 3.1791W"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>51.4816N 3.1791W</exif:GPSLatitude></x:xmpmeta>'


def placed() -> Image.Exif:
    """What a telephone writes into a picture: which way up, and where."""
    described = Image.Exif()
    described[ExifTags.Base.Orientation] = 6
    described[ExifTags.Base.Make] = "Telephone 51.4816N 3.1791W"
    described.get_ifd(ExifTags.IFD.GPSInfo).update(
        {1: "N", 2: (51.0, 28.0, 53.8), 3: "W", 4: (3.0, 10.0, 44.8)}
    )
    return described


def photo(kind: str) -> bytes:
    """A picture that says where it was taken, in every way its format knows."""
    into, image = io.BytesIO(), Image.new("RGB", (40, 20), "teal")
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Location", WHERE.decode())
        words.add_itxt("XML:com.adobe.xmp", XMP.decode())
        words.add_text("Long", WHERE.decode(), zip=False)
        image.save(into, format=kind, pnginfo=words, exif=placed())
    elif kind == "JPEG":
        image.save(into, format=kind, exif=placed(), comment=WHERE, xmp=XMP)
    else:
        image.save(into, format=kind, exif=placed(), xmp=XMP)
    return into.getvalue()


def stored(blob: Blob) -> bytes:
    with queries.read(blob) as file:
        return bytes(file.read())


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_no_longer_says_where_it_was_made_and_stands_upright(
    kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    content = photo(kind)
    assert b"51.4816" in content
    caplog.set_level(0)
    blob = actions.keep(io.BytesIO(content), name=f"photo.{kind.lower()}", at=AT, limit=10**6)
    kept = stored(blob)
    assert b"51.4816" not in kept
    assert b"GPS" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.size == (20, 40)
        assert not image.getexif()
        assert not {"exif", "xmp", "XML:com.adobe.xmp", "Location", "Long", "comment"} & set(image.info)
    assert "51.4816" not in caplog.text
    assert "PIL" not in caplog.text


@pytest.mark.django_db
def test_a_moving_picture_loses_its_comment() -> None:
    into = io.BytesIO()
    frames = [Image.new("P", (8, 8), colour) for colour in (1, 2)]
    frames[0].save(into, format="GIF", save_all=True, append_images=frames[1:], comment=WHERE)
    assert b"51.4816" in into.getvalue()
    blob = actions.keep(into, name="moving.gif", at=AT, limit=10**6)
    assert b"51.4816" not in stored(blob)


TALK = """WEBVTT - a title

STYLE
::cue { background: url(https://evil.example/x) }

REGION
id:fred

NOTE a remark

first
00:00.000 --> 00:02.500 align:start position:10%
<v.loud Mina Ó’Dea>Good <b>morning</b> &amp; <c.red>welcome</c>

01:00:03.000 --> 01:00:04.000
<script>alert(1)</script><img src=x onerror=alert(1)>
1 < 2 --> 3
"""
CLEAN = """WEBVTT

00:00.000 --> 00:02.500 align:start position:10%
<v Mina Ó’Dea>Good <b>morning</b> &amp; welcome

01:00:03.000 --> 01:00:04.000
alert(1)
1 &lt; 2 → 3
"""


def test_captions_keep_times_and_words_and_nothing_that_styles_or_runs() -> None:
    written = webvtt(TALK, name="a.vtt")
    assert written == CLEAN
    assert webvtt(written, name="a.vtt") == written
    assert queries.words_of_captions(written) == ("Mina Ó’Dea: Good morning & welcome\nalert(1)\n1 < 2 → 3")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\nHello\n", 1),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nHello\n", 1),
        ("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nHello\n", 3),
        ("WEBVTT\n\nHello\n", 3),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\nHello\n", 3),
        ("WEBVTT\n\n00:01.000 --> 00:02.000 onclick=alert(1)\nHello\n", 3),
        ("WEBVTT\n", 2),
    ],
)
def test_captions_that_are_none_name_the_line(text: str, line: int) -> None:
    with pytest.raises(Refused) as caught:
        webvtt(text, name="a.vtt")
    (fault,) = caught.value.faults
    assert (fault.code, fault.get("line")) == (Code.CAPTIONS_UNREADABLE, line)


@given(st.text(alphabet="<>/bvi &;-=\"'()aA\n:. scriptonload", max_size=80))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_a_cue_says_only_our_marks_are_in_it(words: str) -> None:
    block = "\n".join(line for line in words.splitlines() if line.strip())
    try:
        written = webvtt(f"WEBVTT\n\n00:00.000 --> 00:01.000\n{block}\n", name="a.vtt")
    except Refused:
        return
    for mark in written.split("<")[1:]:
        assert mark.removeprefix("/").split(">")[0].split(" ")[0] in {"b", "i", "u", "v"}, written
    assert written.count("-->") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("talk.srt", b"1\n", Code.FILE_KIND_NOT_OPEN),
        ("talk.vtt", b"", Code.FILE_EMPTY),
        ("talk.vtt", b"\xff\xfe", Code.FILE_NOT_UTF8),
        ("talk.vtt", b"x" * (MOST_CAPTIONS + 1), Code.FILE_TOO_LARGE),
        ("talk.vtt", b"<html><script>alert(1)</script>", Code.CAPTIONS_UNREADABLE),
    ],
)
def test_captions_of_other_kinds_are_refused(name: str, content: bytes, code: Code) -> None:
    with pytest.raises(Refused, match=f"^{code.value}$"):
        actions.keep_captions(ContentFile(content, name), name=name, at=AT)
    assert not Blob.objects.exists()
