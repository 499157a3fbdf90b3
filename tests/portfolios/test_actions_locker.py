"""The locker and the portfolio as a whole: evidence, limits, as it is, confirmation, summary."""

import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accredit.files.models import Blob
from accredit.portfolios import actions, permissions, queries
from accredit.portfolios.models import Evidence, Portfolio, Use
from accredit.portfolios.queries import EntryContent, ExampleContent, PieceContent
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Clash
from accredit.trail.models import Row
from tests import factories
from tests.factories import AT, LATER, owner_of, portfolio
from tests.portfolios import refused_with

pytestmark = pytest.mark.django_db
KIB = 1024
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"


def add(draft: Portfolio, kind: str = "link", title: str = "A piece", **values: object) -> Evidence:
    files = {name: values.pop(name) for name in ("upload", "name", "captions") if name in values}
    content = PieceContent(title=title, **values)
    return actions.add_evidence(draft, kind=kind, content=content, by=owner_of(draft), at=AT, **files)


def change(piece: Evidence, *, expected: int | None = None, **said: object) -> Evidence:
    content = PieceContent(**said)
    return actions.change_evidence(
        piece, content=content, expected=expected, by=owner_of(piece.portfolio), at=AT
    )


def file(content: bytes = b"words of mine") -> io.BytesIO:
    return io.BytesIO(content)


def test_files_links_and_texts_are_kept():
    draft = portfolio()
    page = add(draft, address="example.org/page", shows="What it shows", visibility="assessors")
    words = add(draft, "text", text="Dear <script>x</script> Ada")
    letter = add(draft, "file", upload=file(), name="C:\\mine\\letter.txt", alt="A letter")
    assert page.address == "https://example.org/page"
    assert "script" not in words.text
    assert letter.blob.media_type == "text/plain"
    assert queries.evidence_of(draft) == [letter, words, page]
    assert queries.used_bytes(draft) == letter.blob.size


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kind": "rumour", "address": "example.org"}, Code.CHOICE_UNKNOWN),
        ({"visibility": "nobody", "address": "example.org"}, Code.CHOICE_UNKNOWN),
        ({"title": " ", "address": "example.org"}, Code.TITLE_MISSING),
        ({"address": ""}, Code.EVIDENCE_EMPTY),
        ({"address": "file:///etc/passwd"}, Code.ADDRESS_NOT_WEB),
        ({"kind": "text", "text": "<p> </p>"}, Code.EVIDENCE_EMPTY),
        ({"kind": "file"}, Code.EVIDENCE_EMPTY),
        (
            {"address": "a.org", "practised_from_on": LATER.date(), "practised_until_on": AT.date()},
            Code.PERIOD_ENDS_BEFORE_START,
        ),
        ({"address": "a.org", "permission": "perhaps"}, Code.CHOICE_UNKNOWN),
        ({"address": "a.org", "captions": ContentFile(VTT, "a.vtt")}, Code.CAPTIONS_NOT_OPEN),
        (
            {
                "kind": "file",
                "upload": io.BytesIO(b"a"),
                "name": "a.txt",
                "captions": ContentFile(VTT, "a.vtt"),
            },
            Code.CAPTIONS_NOT_OPEN,
        ),
        ({"kind": "file", "upload": io.BytesIO(b""), "name": "a.txt"}, Code.FILE_EMPTY),
        ({"kind": "file", "upload": io.BytesIO(b"MZ"), "name": "a.exe"}, Code.FILE_KIND_NOT_OPEN),
    ],
)
def test_a_piece_without_substance_is_refused(values: dict[str, object], code: Code):
    draft = portfolio()
    with refused_with(code):
        add(draft, **values)
    assert not Evidence.objects.exists()


def test_a_piece_says_when_whose_and_with_whom():
    draft = portfolio()
    said = {
        "practised_from_on": AT.date(),
        "practised_until_on": LATER.date(),
        "contribution": "I wrote it. ",
        "others": "Two learners",
        "permission": "anonymised",
    }
    piece = add(draft, address="example.org", **said)
    piece.refresh_from_db()
    assert queries.content_of_piece(piece) == PieceContent(
        "A piece", address="https://example.org", **said | {"contribution": "I wrote it."}
    )
    again = actions.change_evidence(piece, content=queries.content_of_piece(piece), by=owner_of(draft), at=AT)
    assert queries.content_of_piece(again) == queries.content_of_piece(piece)


def test_captions_come_and_go_with_a_sound():
    draft = portfolio()
    sound = b"ID3" + b"\x00" * 40
    captions = ContentFile(VTT, "C:\\mine\\talk.vtt")
    piece = add(draft, "file", upload=file(sound), name="talk.mp3", captions=captions)
    assert (piece.captions_name, piece.captions.media_type) == ("talk.vtt", "text/vtt")
    assert queries.used_bytes(draft) == len(sound) + piece.captions.size
    changed = actions.change_evidence(
        piece, content=PieceContent("Talk"), without_captions=True, by=owner_of(draft), at=AT
    )
    assert (changed.captions, changed.captions_name, changed.blob) == (None, "", piece.blob)


def test_the_schemes_limits_hold_and_a_file_counts_once():
    within = factories.scheme(file_limit=2 * KIB * KIB, portfolio_limit=3 * KIB * KIB)
    draft = portfolio(factories.registration(within=within))
    two = b"a" * (2 * KIB * KIB)
    add(draft, "file", upload=file(two), name="a.txt")
    add(draft, "file", upload=file(two), name="same.txt")
    with refused_with(Code.FILE_TOO_LARGE):
        add(draft, "file", upload=file(two + b"b"), name="b.txt")
    with refused_with(Code.PORTFOLIO_FULL):
        add(draft, "file", upload=file(b"c" + two[1:]), name="c.txt")
    assert queries.used_bytes(draft) == len(two)
    assert Blob.objects.count() == 1
    # What was refused takes no room on the disk either: nobody fills it by trying again.
    sha256 = hashlib.sha256(b"c" + two[1:]).hexdigest()
    assert not default_storage.exists(f"{sha256[:2]}/{sha256}")
    for piece in queries.evidence_of(draft):
        actions.remove_evidence(piece, by=owner_of(draft), at=AT)
    add(draft, "file", upload=file(b"c" + two[1:]), name="c.txt")


def test_a_file_may_take_the_room_of_the_one_it_replaces():
    within = factories.scheme(portfolio_limit=10)
    draft = portfolio(factories.registration(within=within))
    piece = add(draft, "file", upload=file(b"12345678"), name="a.txt")
    with refused_with(Code.PORTFOLIO_FULL):
        add(draft, "file", upload=file(b"87654321"), name="b.txt")
    upload = SimpleUploadedFile("C:\\mine\\b.txt", b"87654321")
    changed = actions.change_evidence(
        piece, content=PieceContent(title="Better"), upload=upload, by=owner_of(draft), at=AT
    )
    assert (changed.file_name, queries.used_bytes(draft)) == ("b.txt", 8)


def test_a_piece_is_described_anew_without_losing_its_file():
    draft = portfolio()
    piece = add(draft, "file", upload=file(), name="letter.txt")
    changed = actions.change_evidence(
        piece,
        content=PieceContent(title="Better", visibility="assessors"),
        expected=0,
        by=owner_of(draft),
        at=AT,
    )
    assert (changed.title, changed.visibility, changed.blob, changed.version) == (
        "Better",
        "assessors",
        piece.blob,
        1,
    )
    with pytest.raises(Clash):
        change(piece, title="Other tab", expected=0)


def test_removing_takes_a_piece_out_of_the_examples_once():
    draft = portfolio()
    piece, entry = add(draft, address="example.org"), queries.entry_at(draft, "1a")
    factories.write(entry, EntryContent(examples=(ExampleContent(title="One", evidence=(piece.pk,)),)))
    for _ in range(2):
        actions.remove_evidence(piece, by=owner_of(draft), at=AT)
    assert not Use.objects.exists()
    with refused_with(Code.EVIDENCE_UNKNOWN):
        change(piece, title="Again")


def test_in_a_revision_evidence_of_closed_slots_stands():
    draft = factories.referred("1a")
    (piece,) = queries.evidence_of(draft)
    with refused_with(Code.EVIDENCE_IN_CLOSED_SECTION):
        change(piece, title="Other", address="example.org")
    with refused_with(Code.EVIDENCE_IN_CLOSED_SECTION):
        actions.remove_evidence(piece, by=owner_of(draft), at=AT)
    fresh = add(draft, address="example.org/new")
    change(fresh, title="New", address="example.org/new")
    actions.remove_evidence(fresh, by=owner_of(draft), at=AT)


def test_another_candidate_opens_nothing():
    draft, ruth = portfolio(), factories.person("Ruth")
    piece = add(draft, address="example.org")
    owner = draft.registration.person_id
    for person, allowed in ((owner, True), (ruth.pk, False), (None, False)):
        assert permissions.can_read(person, draft) is allowed
        assert permissions.can_write(person, draft) is allowed
        assert permissions.can_open_evidence(person, piece) is allowed
        assert permissions.drafts_visible_to(person).filter(pk=draft.pk).exists() is allowed
    with refused_with(Code.NOT_YOURS):
        actions.remove_evidence(piece, by=factories.candidate(ruth), at=AT)


def test_a_portfolio_may_stand_elsewhere_and_come_back():
    draft = portfolio()
    by = owner_of(draft)
    entry = factories.write(queries.entry_at(draft, "context"), EntryContent(text="Written here"))
    actions.hand_over_as_it_is(
        draft, address="ada.example.org", instructions="Password: heron", expected=0, by=by, at=AT
    )
    assert (draft.form, draft.source_address) == ("as_it_is", "https://ada.example.org")
    with pytest.raises(Clash):
        actions.hand_over_as_it_is(draft, address="other.example.org", expected=0, by=by, at=AT)
    pdf = io.BytesIO(b"%PDF-1.7\nstartxref\n%%EOF")
    actions.hand_over_as_it_is(draft, upload=pdf, name="portfolio.pdf", by=by, at=AT)
    assert (draft.source_address, draft.source_name) == ("", "portfolio.pdf")
    actions.hand_over_as_it_is(draft, instructions="Now without a password", by=by, at=AT)
    assert draft.source_name == "portfolio.pdf"
    actions.write_here(draft, by=by, at=AT)
    entry.refresh_from_db()
    assert (draft.form, entry.text) == ("written", "<p>Written here</p>")


def test_what_stands_elsewhere_is_one_document_or_an_address():
    draft = portfolio()
    with refused_with(Code.SOURCE_MISSING):
        actions.hand_over_as_it_is(draft, by=owner_of(draft), at=AT)
    with refused_with(Code.FILE_KIND_NOT_OPEN):
        actions.hand_over_as_it_is(draft, upload=file(), name="a.txt", by=owner_of(draft), at=AT)
    draft.refresh_from_db()
    assert draft.form == "written"


def test_in_a_revision_the_form_stays():
    draft = factories.referred("1a")
    with refused_with(Code.STRUCTURE_FIXED):
        actions.hand_over_as_it_is(draft, address="example.org", by=owner_of(draft), at=AT)


def test_a_confirmation_has_a_name_and_a_day_where_the_scheme_is():
    draft = portfolio()
    with refused_with(Code.NAME_MISSING):
        actions.confirm(draft, name="  ", by=owner_of(draft), at=AT)
    actions.confirm(draft, name="Ada Example", suggested_assessor="Lena", by=owner_of(draft), at=LATER)
    assert (draft.confirmed_name, draft.confirmed_on, draft.suggested_assessor) == (
        "Ada Example",
        LATER.date(),
        "Lena",
    )
    row = Row.objects.get(what="confirmed")
    assert "Ada" not in str(row.data)


def test_a_summary_saved_in_two_tabs_clashes():
    draft = factories.referred("1a")
    by = owner_of(draft)
    version = draft.version
    actions.summarise_changes(draft, "New reflection.", expected=version, by=by, at=AT)
    actions.summarise_changes(draft, "New reflection.", expected=version, by=by, at=AT)
    with pytest.raises(Clash):
        actions.summarise_changes(draft, "Another.", expected=version, by=by, at=AT)
    draft.refresh_from_db()
    assert draft.summary_of_changes == "<p>New reflection.</p>"
