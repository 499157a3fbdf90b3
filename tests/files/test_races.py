"""Keeping and collecting the same content at the same moment: what is kept stays."""

import io

import pytest

from accredit.files import actions, queries
from accredit.files.models import Blob
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Evidence
from accredit.portfolios.queries import PieceContent
from tests import factories as make
from tests.factories import AT
from tests.portfolios.test_races import refusals, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", range(6))
def test_keeping_wins_over_collecting(turn: int) -> None:
    draft = make.portfolio()
    by = make.owner_of(draft)
    content = f"turn {turn}".encode()
    blob = actions.keep(io.BytesIO(content), name="a.txt", at=AT, limit=99)
    actions.mark_unused(at=AT)

    def add() -> Evidence:
        upload = io.BytesIO(content)
        return portfolios.add_evidence(
            draft, kind="file", content=PieceContent("A"), upload=upload, name="a.txt", by=by, at=AT
        )

    results = together(add, lambda: actions.collect(blob, unused_before=AT))
    assert refusals(results) == []
    piece = Evidence.objects.select_related("blob").get()
    assert piece.blob is not None
    assert (piece.blob.sha256, piece.blob.unused_since) == (blob.sha256, None)
    with queries.read(piece.blob) as stored:
        assert stored.read() == content


def test_collecting_twice_at_once_is_once() -> None:
    blob = actions.keep(io.BytesIO(b"words"), name="a.txt", at=AT, limit=99)
    actions.mark_unused(at=AT)
    results = together(*[lambda: actions.collect(blob, unused_before=AT)] * 2)
    assert refusals(results) == []
    assert sorted(map(bool, results)) == [False, True]
    assert not Blob.objects.exists()


def test_an_upload_finished_twice_at_once_is_one_piece() -> None:
    draft = make.portfolio()
    by = make.owner_of(draft)
    upload = portfolios.begin_upload(draft, name="a.txt", size=5, by=by, at=AT)
    actions.take_part(upload, b"words", offset=0, at=AT)

    def finish() -> Evidence:
        return portfolios.add_arrived(draft, upload, content=PieceContent("A"), by=by, at=AT)

    results = together(finish, finish)
    assert refusals(results) == []
    assert results[0] == results[1] == Evidence.objects.get()


def test_the_same_part_twice_at_once_is_taken_once() -> None:
    draft = make.portfolio()
    upload = portfolios.begin_upload(draft, name="a.txt", size=10, by=make.owner_of(draft), at=AT)
    results = together(*[lambda: actions.take_part(upload, b"words", offset=0, at=AT)] * 2)
    assert refusals(results) == []
    upload.refresh_from_db()
    assert upload.received == 5
    assert queries.arrived(upload).read() == b"words"
