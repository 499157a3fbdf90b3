"""Files nothing refers to are deleted after a grace time; every key that refers to one is seen."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import models

from accredit.files import actions, queries, tasks
from accredit.files.models import Blob, Upload
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Evidence, SubmittedFile
from accredit.portfolios.queries import PieceContent
from accredit.toolkit.actions import allow_writes
from tests import factories as make
from tests.factories import AT

GRACE = timedelta(days=30)
DAY = timedelta(days=1)


def kept(content: bytes = b"words") -> Blob:
    return actions.keep(io.BytesIO(content), name="a.txt", at=AT, limit=99)


def unused(content: bytes = b"words", *, name: str = "a.txt") -> Blob:
    """A blob that has been without a reference for longer than the grace."""
    blob = kept(content)
    actions.mark_unused(at=AT)
    blob.refresh_from_db()
    return blob


@pytest.mark.django_db
def test_what_nothing_refers_to_goes_after_the_grace_and_not_before() -> None:
    blob = unused()
    assert blob.unused_since == AT
    assert tasks.run_collection(at=AT + GRACE - DAY, grace=GRACE).deleted == 0
    assert queries.is_present(blob)
    done = tasks.run_collection(at=AT + GRACE, grace=GRACE)
    assert (done.deleted, done.freed, done.waiting) == (1, 5, 0)
    assert not Blob.objects.exists()
    assert not default_storage.exists(blob.path)


@pytest.mark.django_db
def test_what_is_kept_again_is_no_longer_waiting() -> None:
    unused()
    again = kept()
    assert again.unused_since is None
    assert tasks.run_collection(at=AT + 2 * GRACE, grace=GRACE).deleted == 0
    again.refresh_from_db()
    assert again.unused_since == AT + 2 * GRACE


@pytest.mark.django_db
def test_every_key_of_the_model_graph_that_points_to_a_blob_is_seen() -> None:
    """Derived here by the way back: all relations of Blob, hidden ones included."""
    found = {(model._meta.label, name) for model, name in queries.keys_to_blobs()}
    back = Blob._meta.get_fields(include_hidden=True)
    assert found == {
        (each.related_model._meta.label, each.field.attname)
        for each in back
        if isinstance(each, models.ForeignObjectRel)
    }
    named = {
        (model._meta.label, field.attname)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Blob
    }
    assert named <= found
    assert ("portfolios.SubmittedFile", "captions_id") in found
    assert not any(isinstance(each, models.ManyToManyRel) for each in back), "count its table, too"


def evidence(blob: Blob) -> None:
    draft = make.portfolio()
    Evidence.objects.create(portfolio=draft, kind="file", title="A", blob=blob, added_at=AT)


def captions(blob: Blob) -> None:
    draft = make.portfolio()
    Evidence.objects.create(portfolio=draft, kind="file", title="A", captions=blob, added_at=AT)


def source(blob: Blob) -> None:
    draft = make.portfolio()
    draft.source_blob = blob
    draft.save()


def upload(blob: Blob) -> None:
    begun = actions.begin_upload(owner=1, bound_for="portfolio:1", name="a.txt", size=5, limit=9, at=AT)
    actions.settle_upload(begun, blob=blob, became=1, at=AT)


def submission(blob: Blob) -> None:
    made = portfolios.submit(draft := make.complete_portfolio(), by=make.owner_of(draft), at=AT)
    SubmittedFile.objects.create(submission=made, blob=blob, name="a.txt", visibility="all")


@pytest.mark.django_db
@pytest.mark.parametrize("refer", [evidence, captions, source, upload, submission])
def test_what_is_referred_to_is_never_marked_nor_collected(refer: Callable[[Blob], None]) -> None:
    blob = unused()
    with allow_writes():
        refer(blob)
    assert not actions.collect(blob, unused_before=AT)
    assert actions.mark_unused(at=AT) == 0
    assert queries.is_present(blob)


@pytest.mark.django_db
def test_a_removed_piece_keeps_its_file_for_the_grace_and_then_lets_go_of_it() -> None:
    draft = make.portfolio()
    piece = portfolios.add_evidence(
        draft,
        kind="file",
        content=PieceContent("A sound"),
        upload=io.BytesIO(b"ID3" + b"\x00" * 40),
        name="a.mp3",
        captions=ContentFile(b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n", "a.vtt"),
        by=make.owner_of(draft),
        at=AT,
    )
    portfolios.remove_evidence(piece, by=make.owner_of(draft), at=AT)
    assert portfolios.let_go_of_removed(before=AT) == 0
    assert actions.mark_unused(at=AT) == 0
    assert portfolios.let_go_of_removed(before=AT + DAY) == 1
    assert portfolios.let_go_of_removed(before=AT + DAY) == 0
    assert tasks.run_collection(at=AT, grace=timedelta(0)).deleted == 2
    assert Evidence.objects.filter(pk=piece.pk, title="A sound").exists()


@pytest.mark.django_db
def test_abandoned_uploads_and_parts_without_an_upload_go(django_capture_on_commit_callbacks: object) -> None:
    old, fresh = (
        actions.begin_upload(owner=1, bound_for="portfolio:1", name="a.txt", size=5, limit=9, at=at)
        for at in (AT, AT + 6 * DAY)
    )
    actions.take_part(old, b"ab", offset=0, at=AT)
    actions.take_part(fresh, b"ab", offset=0, at=AT + 6 * DAY)
    default_storage.save(f"uploads/{'0' * 32}/{'0' * 19}", ContentFile(b"lost"))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert actions.sweep_uploads(at=AT + 8 * DAY) == 1
    assert list(Upload.objects.all()) == [fresh]
    assert fresh.key.hex in default_storage.listdir("uploads")[0]
    assert not {old.key.hex, "0" * 32} & set(default_storage.listdir("uploads")[0])


@pytest.mark.django_db
def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    blob = unused()
    call_command("collect_files", days=0)
    assert "1 files deleted (5" in capsys.readouterr().out
    assert not queries.is_present(blob)
