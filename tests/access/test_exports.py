"""What leaves with a candidate: every word of every file is one its candidate may know."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from accredit.exchange.actions import ask_reading_copy
from accredit.exchange.models import Export
from accredit.exchange.queries import copy_of
from accredit.exchange.writers import FORMS, WRITERS
from accredit.files import queries as files
from accredit.portfolios.models import Comment, Entry, Mentor, Note
from accredit.portfolios.queries import portfolio_of, submissions_of
from accredit.rulebook.workflow import Role
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import Actor
from tests import factories as make
from tests.access import situations
from tests.access.cast import ADA, LEAD, World, secret
from tests.access.secrets import Knowledge, words_in
from tests.access.things import who_is

pytestmark = pytest.mark.django_db

KEPT_BACK = (secret("note", "self"), secret("mentor", "said"), secret("mentor", "name"))


def leave_words(world: World) -> None:
    """A note to self and what a mentor said, with words of their own."""
    draft = portfolio_of(world.registration.pk)
    assert draft is not None
    entry = Entry.objects.filter(portfolio=draft).order_by("pk")[0]
    until = (make.AT + timedelta(days=9)).date()
    with allow_writes():
        Note.objects.create(portfolio=draft, entry=entry, text=secret("note", "self"), written_at=make.AT)
        mentor = Mentor.objects.create(
            portfolio=draft, name=secret("mentor", "name"), email="mina@example.org",
            token_sha256="0" * 64, invited_at=make.AT, until_on=until, person=make.person("Mina Example"),
            accepted_at=make.AT,
        )  # fmt: skip
        Comment.objects.create(
            mentor=mentor, entry=entry, part="text", text=secret("mentor", "said"), written_at=make.AT
        )


def text_of(path: Path) -> str:
    """Every word of a file, whatever it is packed in."""
    raw = path.read_bytes()
    if raw.startswith(b"%PDF"):
        reader = PdfReader(path)
        return "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return "\n".join(
            f"{name}\n{archive.read(name).decode('utf-8', 'replace')}" for name in archive.namelist()
        )


def made(export: Export, folder: Path) -> str:
    """Make an export here and return its words."""
    copy, writer = copy_of(export), WRITERS[export.form]

    def found(sha256: str) -> Path | None:
        blob = files.find(sha256)
        if blob is None:
            return None
        with files.read(blob) as content:
            (folder / sha256).write_bytes(content.read())
        return folder / sha256

    into = folder / export.form
    writer.render(writer.prepare(copy), found, into)
    return text_of(into)


@pytest.mark.parametrize("name", ["drafting", "held", "accredited"])
def test_no_file_tells_what_its_candidate_must_not_know(name: str, tmp_path: Path) -> None:
    world = situations.world(name)
    leave_words(world)
    draft = portfolio_of(world.registration.pk)
    assert draft is not None
    known = Knowledge(world).of(ADA) - {secret("suggested"), *KEPT_BACK}
    for submission in (None, *submissions_of(world.registration.pk)):
        for form in FORMS:
            export = Export(portfolio=draft, submission=submission, form=form, asked_at=make.AT)
            told = words_in(made(export, tmp_path))
            assert told <= known, f"{form} tells {sorted(told - known)}"
            # The candidate's own file holds what only assessors may see besides.
            assert secret("private", "title") in told, form


@pytest.mark.parametrize("name", ["blind-assessing", "assessing-one-in"])
def test_a_copy_to_read_offline_tells_its_assessor_what_the_desk_does(name: str, tmp_path: Path) -> None:
    """Whose copy it is stands on it; in a blind edition nobody learns from it whose portfolio it is."""
    world = situations.world(name)
    leave_words(world)
    place = next(each for each in world.places if who_is(world, each.person_id) == LEAD)
    by = Actor(place.person_id, Role.ASSESSOR)
    asked = ask_reading_copy(place, by=by, at=make.AT)
    export = Export.objects.select_related(
        "place__person", "place__panel__registration__edition", "place__panel__submission__edition",
        "submission",
    ).get(pk=asked.pk)  # fmt: skip
    told = words_in(made(export, tmp_path))
    known = Knowledge(world).of(LEAD)
    assert told <= known, sorted(told - known)
    assert secret("private", "title") in told
    assert secret(LEAD) in told
    assert (secret(ADA) in told) == (not name.startswith("blind"))
