"""Files that arrive in parts: in step, within their size, once."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accredit.files import actions, queries
from accredit.files.actions import uploads
from accredit.files.models import Upload
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Refused
from tests.factories import AT, LATER

pytestmark = pytest.mark.django_db
MIB = 1024 * 1024


def begun(size: int = 10, name: str = "talk.txt", owner: int = 1, limit: int = 5 * MIB) -> Upload:
    return actions.begin_upload(
        owner=owner, bound_for="portfolio:1", name=name, size=size, limit=limit, at=AT
    )


def part(upload: Upload, content: bytes, offset: int) -> Upload:
    return actions.take_part(upload, content, offset=offset, at=LATER)


def refused_with(code: Code) -> object:
    return pytest.raises(Refused, match=f"^{code.value}$")


def parts_of(upload: Upload) -> list[str]:
    try:
        return default_storage.listdir(upload.folder)[1]
    except FileNotFoundError:
        return []


def test_parts_become_the_file_they_were_cut_from() -> None:
    upload = begun()
    assert part(upload, b"0123", 0).received == 4
    assert part(upload, b"456", 4).received == 7
    whole = part(upload, b"789", 7)
    assert (whole.is_whole, whole.touched_at) == (True, LATER)
    assert queries.arrived(whole).read() == b"0123"
    blob = actions.keep(queries.arrived(whole), name=whole.name, at=AT, limit=MIB)
    with queries.read(blob) as stored:
        assert stored.read() == b"0123456789"


def test_a_part_sent_again_is_taken_once() -> None:
    upload = begun()
    for _ in range(2):
        assert part(upload, b"01234", 0).received == 5
    assert part(upload, b"0", 0).received == 5
    assert part(upload, b"", 5).received == 5
    assert len(parts_of(upload)) == 1


@pytest.mark.parametrize(
    ("content", "offset", "code"),
    [
        (b"5", 5, Code.UPLOAD_OUT_OF_STEP),
        (b"234567", 2, Code.UPLOAD_OUT_OF_STEP),
        (b"01234567890", 0, Code.UPLOAD_TOO_MUCH),
        (b"x" * 20, 4, Code.UPLOAD_TOO_MUCH),
    ],
)
def test_a_part_out_of_step_or_too_large_is_refused(content: bytes, offset: int, code: Code) -> None:
    upload = begun()
    part(upload, b"0123", 0)
    with refused_with(code):
        part(upload, content, offset)
    upload.refresh_from_db()
    assert (upload.received, len(parts_of(upload))) == (4, 1)


def test_a_part_of_more_than_four_megabytes_is_refused() -> None:
    upload = begun(size=5 * MIB)
    with refused_with(Code.UPLOAD_TOO_MUCH):
        part(upload, b"x" * (uploads.MOST_PART + 1), 0)


def test_what_a_crash_left_behind_is_written_over() -> None:
    upload = begun()
    default_storage.save(f"{upload.folder}/{0:019d}", ContentFile(b"half a pa"))
    part(upload, b"0123456789", 0)
    upload.refresh_from_db()
    assert queries.arrived(upload).read() == b"0123456789"


def test_a_part_the_storage_has_lost_is_noticed() -> None:
    upload = begun()
    part(upload, b"01234", 0)
    whole = part(upload, b"56789", 5)
    default_storage.delete(f"{upload.folder}/{0:019d}")
    with refused_with(Code.UPLOAD_GONE):
        actions.keep(queries.arrived(whole), name="talk.txt", at=AT, limit=MIB)


@pytest.mark.parametrize(
    ("name", "size", "code"),
    [
        ("talk.mp4", 0, Code.FILE_EMPTY),
        ("talk.mp4", -1, Code.FILE_EMPTY),
        ("talk.mp4", 5 * MIB + 1, Code.FILE_TOO_LARGE),
        ("talk.exe", 10, Code.FILE_KIND_NOT_OPEN),
        ("talk", 10, Code.FILE_KIND_NOT_OPEN),
        ("../../etc/passwd", 10, Code.FILE_KIND_NOT_OPEN),
    ],
)
def test_what_could_never_be_kept_is_refused_before_a_byte_is_sent(name: str, size: int, code: Code) -> None:
    with refused_with(code):
        begun(size, name)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\windows\\talk.mp4", "talk.mp4"),
        ("/etc/talk.mp4", "talk.mp4"),
        ("a\x00b\nc\u202e.mp4", "abc.mp4"),
        ("n" * 300 + ".mp4", "n" * 196 + ".mp4"),
        ("<img src=x onerror=alert(1)>.mp4", "<img src=x onerror=alert(1)>.mp4"),
    ],
)
def test_a_name_loses_folders_and_what_nobody_sees(name: str, kept: str) -> None:
    assert begun(name=name).name == kept


def test_an_owner_has_twenty_running_at_most() -> None:
    for _ in range(uploads.MOST_RUNNING):
        begun()
    with refused_with(Code.UPLOADS_TOO_MANY):
        begun()
    begun(owner=2)
    assert queries.reserved_bytes(bound_for="portfolio:1") == 10 * (uploads.MOST_RUNNING + 1)


def test_a_cancelled_upload_leaves_nothing(django_capture_on_commit_callbacks: object) -> None:
    upload = begun()
    part(upload, b"0123", 0)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            actions.cancel_upload(upload)
    assert parts_of(upload) == []
    assert not Upload.objects.exists()
    with refused_with(Code.UPLOAD_GONE):
        part(upload, b"4", 4)


def test_a_settled_upload_keeps_its_row_and_loses_its_parts(
    django_capture_on_commit_callbacks: object,
) -> None:
    upload = begun(size=5)
    whole = part(upload, b"words", 0)
    blob = actions.keep(io.BytesIO(b"words"), name="talk.txt", at=AT, limit=MIB)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.settle_upload(whole, blob=blob, became=7, at=AT + timedelta(days=1))
    upload.refresh_from_db()
    assert (upload.blob, upload.became, parts_of(upload)) == (blob, 7, [])
    assert queries.running_uploads(bound_for="portfolio:1") == []
    actions.cancel_upload(upload)
    assert Upload.objects.filter(became=7).exists()
