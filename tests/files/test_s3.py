"""The same files in an object store: a real server that speaks S3."""

import io
from collections.abc import Iterator

import pytest
from botocore.exceptions import ClientError
from django.core.files.storage import default_storage
from django.test import Client, override_settings

from accredit.config import environment as env
from accredit.files import actions, queries
from accredit.files.models import Blob
from accredit.portfolios.models import Evidence, Portfolio
from tests import factories as make
from tests.factories import AT
from tests.files import s3
from tests.web.candidate.conftest import signed_in
from tests.web.candidate.test_locker import SOUND, add, body
from tests.web.candidate.test_uploads import arrived

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """One server for all tests of this module."""
    with s3.running() as url:
        yield url


@pytest.fixture(autouse=True)
def stored_there(server: str, settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep files in the object store during a test."""
    monkeypatch.setenv("NAME", server)
    there = env.storage(env.address("NAME", ""))
    with override_settings(STORAGES=settings.STORAGES | {"default": there}):  # type: ignore[attr-defined]
        yield


@pytest.fixture
def draft() -> Portfolio:
    return make.portfolio(make.registration(make.person("Ada Example", sign_in=True)))


@pytest.fixture
def browser(draft: Portfolio) -> Client:
    return signed_in(draft.registration.person)


def test_a_file_is_kept_once_read_and_gone_when_deleted() -> None:
    first, again = (actions.keep(io.BytesIO(b"words"), name="a.txt", at=AT, limit=99) for _ in range(2))
    assert first == again == Blob.objects.get()
    assert default_storage.exists(first.path)
    with queries.read(first) as stored:
        assert stored.read() == b"words"
    default_storage.delete(first.path)
    assert not queries.is_present(first)
    with pytest.raises(FileNotFoundError):
        queries.read(first)


def test_a_stretch_is_sent_and_a_lost_file_is_not_found(browser: Client, draft: Portfolio) -> None:
    piece = add(browser, draft, "talk.wav", SOUND)
    path = f"/my/{draft.registration_id}/evidence/{piece.pk}/file/"
    part = browser.get(path, headers={"Range": "bytes=8-11"})
    assert (part.status_code, body(part)) == (206, b"WAVE")
    assert body(browser.get(path)) == SOUND
    assert piece.blob is not None
    default_storage.delete(piece.blob.path)
    assert browser.get(path).status_code == 404


def test_parts_lie_there_until_they_are_one_file(
    browser: Client, draft: Portfolio, django_capture_on_commit_callbacks: object
) -> None:
    address = arrived(browser, draft)
    folder = f"uploads/{address.rstrip('/').rpartition('/')[2].replace('-', '')}"
    assert len(default_storage.listdir(folder)[1]) == 2
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        browser.post(f"{address}finish/", headers={"accept": "application/json"})
    piece = Evidence.objects.get()
    assert piece.blob is not None
    with queries.read(piece.blob) as stored:
        assert stored.read() == SOUND
    assert default_storage.listdir(folder)[1] == []


def test_a_wrong_key_is_refused_by_the_server(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", server.replace(s3.SECRET, "another"))
    there = env.storage(env.address("NAME", ""))
    with override_settings(STORAGES={"default": there}), pytest.raises(ClientError):
        actions.keep(io.BytesIO(b"words"), name="a.txt", at=AT, limit=99)
