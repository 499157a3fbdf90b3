"""Asking for exports, making them, what happens when something breaks, and who may have them."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accredit.exchange import actions, permissions, queries, tasks
from accredit.exchange.models import Export
from accredit.exchange.tasks import exports as making
from accredit.exchange.writers import FORMS, WRITERS
from accredit.files import queries as files
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Portfolio, Submission
from accredit.portfolios.queries import PieceContent, draft_of, whole_content
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.workflow import Role
from accredit.toolkit import confined
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Refused
from tests import factories as make
from tests.exchange.copies import picture

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def asked(of: Portfolio, form: str = "json", submission: Submission | None = None, at: Any = NOW) -> Export:
    return actions.ask_export(of, form=form, submission=submission, by=make.owner_of(of), at=at)


def made(export: Export) -> Export:
    tasks.make_export(export.pk)
    return Export.objects.select_related("blob").get(pk=export.pk)


def content_of(export: Export) -> bytes:
    blob = Export.objects.select_related("blob").get(pk=export.pk).blob
    assert blob is not None
    with files.read(blob) as file:
        return bytes(file.read())


def with_picture(draft: Portfolio) -> Portfolio:
    """A draft whose locker holds a picture."""
    content, upload = PieceContent(title="A picture"), io.BytesIO(picture())
    portfolios.add_evidence(
        draft,
        kind="file",
        content=content,
        upload=upload,
        name="field.png",
        by=make.owner_of(draft),
        at=make.AT,
    )
    return draft


def codes(export: Export) -> list[str]:
    return [code for code, _values in export.fault or []]


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_is_made_in_every_form(form: str) -> None:
    done = made(asked(with_picture(make.complete_portfolio()), form))
    assert done.made_at is not None
    assert done.fault is None
    assert done.done == done.of - 1
    assert done.name.startswith(done.portfolio.registration.reference)
    assert done.name.endswith(WRITERS[form].ending)
    assert len(content_of(done)) > 500


def test_a_submission_is_the_same_bytes_whenever_it_is_asked_for() -> None:
    frozen = make.submission()
    first = content_of(made(asked(frozen.portfolio, "docx", frozen)))
    actions.forget_exports(at=NOW + timedelta(days=20))
    again = content_of(made(asked(frozen.portfolio, "docx", frozen, NOW + timedelta(days=400))))
    assert first == again


def test_the_same_asked_twice_is_one() -> None:
    draft = make.complete_portfolio()
    one = asked(draft)
    assert asked(draft) == one
    assert asked(draft, "html") != one
    made(one)
    assert asked(draft, at=timezone.now()) == one
    anew = asked(draft, at=timezone.now() + timedelta(minutes=5))
    assert anew != one
    assert queries.exports_of(draft)[0] == anew
    assert not Export.objects.filter(pk=one.pk).exists()


def test_a_ready_copy_of_a_submission_is_not_made_again() -> None:
    frozen = make.submission()
    one = made(asked(frozen.portfolio, submission=frozen))
    assert asked(frozen.portfolio, submission=frozen, at=NOW + timedelta(days=3)) == one


def test_what_failed_may_be_asked_for_again() -> None:
    draft = make.portfolio()
    one = asked(draft)
    actions.fail_export(one, faults=[fault(Code.EXPORT_BROKE)], at=NOW)
    assert asked(draft) != one


def test_nobody_else_has_one_made() -> None:
    draft, other = make.complete_portfolio(), make.submission()
    for by in (make.office(), Actor(person=make.person().pk, role=Role.CANDIDATE), Actor(None, Role.SYSTEM)):
        with pytest.raises(Refused) as caught:
            actions.ask_export(draft, form="pdf", by=by, at=NOW)
        assert caught.value.faults[0].code is Code.NOT_YOURS
    with pytest.raises(Refused):
        asked(draft, submission=other)
    with pytest.raises(Refused) as caught:
        asked(draft, "exe")
    assert caught.value.faults[0].code is Code.EXPORT_FORM_UNKNOWN
    assert not Export.objects.exists()


def test_who_may_fetch_agrees_with_who_is_shown() -> None:
    one = asked(make.portfolio())
    asked(make.portfolio())
    owner, stranger = one.portfolio.registration.person_id, make.person().pk
    for person in (owner, stranger, None, make.office().person):
        shown = set(permissions.exports_visible_to(person))
        assert shown == {each for each in Export.objects.all() if permissions.can_fetch(person, each)}
    assert list(permissions.exports_visible_to(owner)) == [one]


def test_a_claim_is_held_by_one_worker_and_ends_when_it_dies() -> None:
    one = asked(make.portfolio())
    assert actions.claim_export(one, of=2, at=NOW)
    assert not actions.claim_export(one, of=2, at=NOW)
    assert not queries.waiting(NOW + timedelta(minutes=1)).exists()
    late = queries.waiting(NOW + timedelta(minutes=11)).get()
    assert actions.claim_export(late, of=2, at=NOW + timedelta(minutes=11))


def test_a_sweep_takes_up_what_a_kill_left(monkeypatch: pytest.MonkeyPatch) -> None:
    one = asked(make.portfolio(), "html")

    def killed(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(confined, "run", killed)
    with pytest.raises(KeyboardInterrupt):
        making.make(one)
    monkeypatch.undo()
    left = Export.objects.get(pk=one.pk)
    assert (left.made_at, left.fault) == (None, None)
    tasks.sweep_exports()
    assert Export.objects.get(pk=one.pk).made_at is None
    monkeypatch.setattr(queries.exports, "CLAIM_ENDS_AFTER", timedelta(0))
    tasks.sweep_exports()
    assert Export.objects.get(pk=one.pk).made_at is not None


def test_what_waits_in_vain_is_given_up() -> None:
    one = asked(make.portfolio(), at=NOW - timedelta(hours=7))
    tasks.sweep_exports()
    assert codes(Export.objects.get(pk=one.pk)) == ["export_overran"]


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (confined.Overran("x"), "export_overran"),
        (confined.Broke("x"), "export_broke"),
        (OSError(28, "full"), "export_broke"),
    ],
)
def test_a_crash_is_a_sentence_and_the_others_work(
    raised: Exception, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make.portfolio()

    def crash(*_given: object, **_named: object) -> None:
        raise raised

    monkeypatch.setattr(confined, "run", crash)
    broken = made(asked(draft, "pdf"))
    assert codes(broken) == [code]
    assert broken.blob is None
    monkeypatch.undo()
    assert made(asked(draft, "docx")).fault is None


def test_too_large_for_its_limits_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "LIMITS", confined.Limits(clock=1, processor=1, memory=1))
    assert codes(made(asked(make.portfolio(), "pdf")))[0] in {"export_overran", "export_broke"}


def test_a_lost_file_is_named_and_the_rest_is_made() -> None:
    draft = with_picture(make.complete_portfolio())
    blob = draft.evidence.get(title="A picture").blob
    assert blob is not None
    default_storage.delete(blob.path)
    done = made(asked(draft, "json"))
    assert codes(done) == ["export_files_lost"]
    assert done.fault[0][1] == {"what": "field.png"}
    with zipfile.ZipFile(io.BytesIO(content_of(done))) as archive:
        assert archive.namelist() == ["portfolio.json"]


def test_old_copies_leave_the_list() -> None:
    old, young = asked(make.portfolio(), at=NOW - timedelta(days=15)), asked(make.portfolio())
    assert actions.forget_exports(at=NOW) == 1
    assert set(Export.objects.all()) == {young}
    assert old.pk


def test_nothing_stays_in_the_folder_for_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making.tempfile, "tempdir", str(tmp_path))
    made(asked(with_picture(make.portfolio()), "html"))
    assert not list(tmp_path.iterdir())


def test_our_json_comes_back_into_an_empty_portfolio_through_the_import() -> None:
    draft, other = with_picture(make.complete_portfolio()), make.portfolio()
    packed = SimpleUploadedFile("mine.zip", content_of(made(asked(draft))))
    by = make.owner_of(other)
    brought = actions.bring_in(other, packed, name="mine.zip", by=by, at=NOW)
    tasks.read_import(brought.pk)
    brought.refresh_from_db()
    proposals, _notes = queries.proposals_of(brought)
    choices = {each.slot.code: "take" for each in proposals}
    actions.take_import(brought, choices=choices, expected={}, by=by, at=NOW)
    assert texts_of(other) == texts_of(draft)


def texts_of(of: Portfolio) -> list[object]:
    """Every text of a draft with the titles of the evidence beside it."""
    found = whole_content(draft_of(of))
    titles = {int(key): piece["title"] for key, piece in found["evidence"].items()}
    return [
        (entry["slot"], entry["text"], entry["principle_texts"],
         [each | {"evidence": [titles[key] for key in each["evidence"]]} for each in entry["examples"]])
        for entry in found["entries"]
    ]  # fmt: skip
