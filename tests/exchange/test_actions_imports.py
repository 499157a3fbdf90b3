"""Bringing a document in, reading it in a process of its own, and taking it: whole or not at all."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from accredit.exchange import actions, queries, tasks
from accredit.exchange.documents import Document, Heading, Piece, Place, Rich
from accredit.exchange.models import Import
from accredit.exchange.queries import imports_waiting, proposals_of
from accredit.exchange.recognition import outline_of
from accredit.exchange.recognition.composing import NOTE
from accredit.files.models import Blob
from accredit.portfolios.models import EntryVersion, Evidence, Note, Portfolio
from accredit.portfolios.queries import EntryContent, ExampleContent, content_of, draft_of, entry_at
from accredit.rulebook.faults import Code, fault
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Clash, Refused
from accredit.toolkit.richtext import plain
from tests import factories as make
from tests.exchange import wordmaking as word
from tests.exchange.hostile import HOSTILE

pytestmark = pytest.mark.django_db


def document(*, description: str = "I moved the quizzes.", pictures: int = 1) -> bytes:
    """A document with a statement, one example with a picture and a link, and a comment."""
    made = word.new()
    made.add_heading("Contextual statement", 1)
    made.add_paragraph("I work in a small library.")
    made.add_heading("1a Constraints and benefits of different technologies", 1)
    made.add_heading("Description", 2)
    said = made.add_paragraph(description)
    word.comment(made, said, "Is the year right?", "Ben Harbour")
    made.add_heading("Evidence", 2)
    word.link(made.add_paragraph("The report: "), "report", "https://example.org/report")
    for number in range(pictures):
        made.add_picture(io.BytesIO(word.picture(number)))
    made.add_heading("Reflection", 2)
    made.add_paragraph("I would ask sooner.")
    made.add_heading("Shopping list", 1)
    made.add_paragraph("Bread and ink.")
    return word.saved(made)


@pytest.fixture
def draft() -> Portfolio:
    """An empty portfolio of a CMALT registration."""
    return make.portfolio(pathway="cmalt")


def by(draft: Portfolio) -> Actor:
    """Its candidate."""
    return make.owner_of(draft)


def brought(draft: Portfolio, content: bytes | None = None, *, name: str = "mine.docx", at=make.AT) -> Import:
    """A document brought in and read."""
    upload = io.BytesIO(content if content is not None else document())
    found = actions.bring_in(draft, upload, name=name, by=by(draft), at=at)
    tasks.imports.read_one(imports_waiting(at).get(pk=found.pk))
    return queries.import_of(draft, found.pk) or found


def take(found: Import, draft: Portfolio, *, at=make.SOON, **choices: str) -> Import:
    """Take sections of an import by slot."""
    versions = {each.slot.code: each.version for each in proposals_of(found)[0]}
    return actions.take_import(found, choices=choices, expected=versions, by=by(draft), at=at)


def wrote(draft: Portfolio, *examples: ExampleContent) -> None:
    """Write examples into 1a."""
    entry = entry_at(draft, "1a")
    assert entry is not None
    make.write(entry, EntryContent(examples=examples))


def said(draft: Portfolio, slot: str) -> EntryContent:
    """What a slot says."""
    entry = entry_at(draft, slot)
    assert entry is not None
    return content_of(entry)


def test_it_is_read_and_taken(draft):
    found = brought(draft)
    assert found.fault is None
    take(found, draft, context="take", **{"1a": "take"})
    assert plain(said(draft, "context").text) == "I work in a small library."
    (example,) = said(draft, "1a").examples
    assert plain(example.description) == "I moved the quizzes."
    assert plain(example.reflection) == "I would ask sooner."
    pieces = Evidence.objects.filter(pk__in=example.evidence)
    assert {each.kind for each in pieces} == {"file", "link"}
    assert pieces.get(kind="link").address == "https://example.org/report"
    note = Note.objects.get(portfolio=draft)
    assert (note.text, note.quote) == ("Is the year right?", "I moved the quizzes.")
    assert note.source == "Ben Harbour, mine.docx"
    assert note.entry == entry_at(draft, "1a")


def test_what_has_no_place_stays_on_the_page_and_may_become_a_note(draft):
    found = brought(draft)
    stretches = queries.outline_of(found).stretches
    (number,) = [n for n, each in enumerate(stretches) if each.heading == "Shopping list"]
    assert stretches[number].place is None
    found = actions.place_stretches(found, placing={str(number): NOTE}, by=by(draft), at=make.AT)
    take(found, draft, context="take")
    assert Note.objects.filter(text="Shopping list\nBread and ink.").exists()


def test_a_stretch_goes_where_the_person_says(draft):
    found = brought(draft)
    (number,) = [
        n for n, each in enumerate(queries.outline_of(found).stretches) if each.heading == "Shopping list"
    ]
    placing = {str(number): "1b|reflection|1", "9999": "1a|text|0", "x": "y"}
    found = actions.place_stretches(found, placing=placing, by=by(draft), at=make.AT)
    assert list(found.placing) == [str(number)]
    take(found, draft, **{"1b": "take"})
    assert plain(said(draft, "1b").examples[0].reflection) == "Shopping list\nBread and ink."
    assert said(draft, "context").text == ""


def test_taking_twice_is_taking_once(draft):
    found = brought(draft)
    for _ in range(2):
        take(found, draft, context="take", **{"1a": "take"})
    assert len(said(draft, "1a").examples) == 1
    assert Evidence.objects.filter(portfolio=draft).count() == 2
    assert Note.objects.count() == 1


def test_bringing_the_same_again_says_nothing_new(draft):
    take(brought(draft), draft, context="take", **{"1a": "take"})
    again = brought(draft, at=make.LATER)
    proposals, _ = proposals_of(again)
    assert {each.slot.code: each.choices for each in proposals} == {"context": (), "1a": ()}


def test_nothing_is_overwritten_unasked_and_each_choice_does_as_it_says(draft):
    wrote(draft, ExampleContent(description="<p>Mine.</p>", reflection="<p>Also mine.</p>"))
    found = brought(draft)
    proposal = next(each for each in proposals_of(found)[0] if each.slot.code == "1a")
    assert [each.value for each in proposal.choices] == ["keep", "take", "add"]
    take(found, draft, context="take", **{"1a": "add"})
    one, two = said(draft, "1a").examples
    assert (plain(one.description), plain(two.description)) == ("Mine.", "I moved the quizzes.")
    assert (len(one.evidence), len(two.evidence)) == (0, 2)


def test_what_stood_before_can_be_found_again(draft):
    wrote(draft, ExampleContent(description="<p>Mine.</p>"))
    entry = entry_at(draft, "1a")
    take(brought(draft), draft, at=make.AT + timedelta(minutes=1), **{"1a": "take"})
    assert plain(said(draft, "1a").examples[0].description) == "I moved the quizzes."
    versions = EntryVersion.objects.filter(entry=entry).order_by("-id")
    assert versions[0].why == EntryVersion.Why.IMPORT
    assert "Mine." in str(versions[1].content)


def test_what_the_document_does_not_say_stays(draft):
    wrote(draft, ExampleContent(title="Quizzes", description="<p>Old.</p>", reflection="<p>Old too.</p>"))
    made = word.new()
    made.add_heading("1a", 1)
    made.add_paragraph("New words only.")
    take(brought(draft, word.saved(made)), draft, **{"1a": "take"})
    (example,) = said(draft, "1a").examples
    assert (example.title, plain(example.description)) == ("Quizzes", "New words only.")
    assert plain(example.reflection) == "Old too."


def test_a_section_saved_meanwhile_stops_everything(draft):
    found = brought(draft)
    versions = {each.slot.code: each.version for each in proposals_of(found)[0]}
    wrote(draft, ExampleContent(description="<p>Written in another window.</p>"))
    with pytest.raises(Clash):
        actions.take_import(
            found, choices={"context": "take", "1a": "take"}, expected=versions, by=by(draft), at=make.SOON
        )
    assert said(draft, "context").text == ""
    assert not Evidence.objects.filter(portfolio=draft).exists()
    assert not Note.objects.exists()
    found.refresh_from_db()
    assert found.taken_at is None


def test_a_full_locker_refuses_the_whole(draft):
    found = brought(draft)
    with allow_writes():
        draft.registration.scheme.portfolio_limit = 10
        draft.registration.scheme.save()
    with pytest.raises(Refused) as refused:
        take(found, draft, context="take", **{"1a": "take"})
    assert refused.value.faults[0].code is Code.PORTFOLIO_FULL
    assert said(draft, "context").text == ""


@pytest.mark.parametrize("kind", ["password", "macros", "billion laughs", "path upwards", "flipped bytes"])
def test_bad_input_leaves_nothing_behind(draft, kind):
    name, made, code = HOSTILE[kind]
    blobs = Blob.objects.count()
    found = brought(draft, made(), name=name)
    assert found.fault[0][0] == code
    assert (found.outline, found.blob) == (None, None)
    assert Blob.objects.count() <= blobs + 1
    assert not Evidence.objects.filter(portfolio=draft).exists()
    with pytest.raises(Refused) as refused:
        take(found, draft, context="take")
    assert refused.value.faults[0].code is Code.IMPORT_NOT_READ_YET


@pytest.mark.parametrize(
    ("name", "content", "limit", "code"),
    [
        ("a.docx", b"", None, Code.FILE_EMPTY),
        ("a.exe", b"MZ", None, Code.IMPORT_FORM_UNKNOWN),
        ("a.docx", b"x" * 2048, 1024, Code.FILE_TOO_LARGE),
    ],
)
def test_some_are_refused_at_the_door(draft, name, content, limit, code):
    if limit:
        with allow_writes():
            draft.registration.scheme.file_limit = limit
            draft.registration.scheme.save()
    with pytest.raises(Refused) as refused:
        actions.bring_in(draft, io.BytesIO(content), name=name, by=by(draft), at=make.AT)
    assert refused.value.faults[0].code is code
    assert not Import.objects.exists()


def test_only_its_candidate_brings_in_and_only_while_it_is_written(draft):
    other = Actor(person=make.person().pk, role=by(draft).role)
    with pytest.raises(Refused) as refused:
        actions.bring_in(draft, io.BytesIO(b"x"), name="a.md", by=other, at=make.AT)
    assert refused.value.faults[0].code is Code.NOT_YOURS


def test_the_same_sent_twice_is_one_and_a_fourth_waits(draft):
    one, two = (
        actions.bring_in(draft, io.BytesIO(b"# a"), name="a.md", by=by(draft), at=make.AT) for _ in range(2)
    )
    assert one == two
    for text in (b"# b", b"# c"):
        actions.bring_in(draft, io.BytesIO(text), name="a.md", by=by(draft), at=make.AT)
    with pytest.raises(Refused) as refused:
        actions.bring_in(draft, io.BytesIO(b"# d"), name="a.md", by=by(draft), at=make.AT)
    assert refused.value.faults[0].code is Code.IMPORTS_WAITING


def test_documents_on_the_list_take_no_more_room_than_a_portfolio_and_a_refusal_leaves_nothing(draft):
    with allow_writes():
        draft.registration.scheme.portfolio_limit = 12
        draft.registration.scheme.save()

    def bring(content):
        return actions.bring_in(draft, io.BytesIO(content), name="a.md", by=by(draft), at=make.AT)

    first = bring(b"# 1 words")
    stored = default_storage.listdir("")
    with pytest.raises(Refused) as refused:
        bring(b"# 2 words")
    assert refused.value.faults[0] == fault(Code.IMPORTS_FULL, have=1, allowed=0)
    assert default_storage.listdir("") == stored
    assert bring(b"# 1 words") == first
    actions.drop_import(first, by=by(draft), at=make.AT)
    assert bring(b"# 2 words").blob is not None


def test_dropping_lets_go_and_happens_once(draft):
    found = brought(draft)
    for _ in range(2):
        actions.drop_import(found, by=by(draft), at=make.SOON)
    found.refresh_from_db()
    assert (found.blob, found.outline) == (None, None)
    with pytest.raises(Refused) as refused:
        take(found, draft, context="take")
    assert refused.value.faults[0].code is Code.IMPORT_DROPPED


def test_what_was_dropped_while_it_was_read_keeps_no_text(draft):
    found = actions.bring_in(draft, io.BytesIO(document()), name="a.docx", by=by(draft), at=make.AT)
    outline = outline_of(Document("docx", (Rich("<p>Private.</p>"),)), queries.slots_of(draft_of(draft)))
    actions.drop_import(found, by=by(draft), at=make.AT)
    actions.note_read(found, outline, at=make.SOON)
    found.refresh_from_db()
    assert (found.outline, found.read_at) == (None, None)


def test_pictures_cleared_away_are_read_again(draft):
    found = brought(draft)
    picture = Blob.objects.get(media_type="image/png")
    default_storage.delete(picture.path)
    with pytest.raises(Refused) as refused:
        take(found, draft, **{"1a": "take"})
    assert refused.value.faults[0].code is Code.IMPORT_PICTURES_GONE
    actions.read_again(found, by=by(draft), at=make.SOON)
    tasks.imports.read_one(imports_waiting(make.SOON).get(pk=found.pk))
    take(queries.import_of(draft, found.pk), draft, **{"1a": "take"})
    assert Evidence.objects.filter(portfolio=draft, kind="file").count() == 1


def test_the_sweep_finds_what_a_crash_left_and_gives_up_in_the_end(draft, monkeypatch):
    found = actions.bring_in(draft, io.BytesIO(document()), name="a.docx", by=by(draft), at=make.AT)
    assert actions.claim_import(found, at=make.AT)
    assert not imports_waiting(make.AT + timedelta(minutes=5)).exists()
    assert imports_waiting(make.AT + timedelta(minutes=11)).exists()
    monkeypatch.setattr(tasks.imports.timezone, "now", lambda: make.AT + timedelta(hours=3))
    tasks.sweep_imports.call_local()
    found.refresh_from_db()
    assert found.fault[0][0] == Code.IMPORT_OVERRAN


def test_a_reader_that_breaks_says_so(draft, monkeypatch):
    monkeypatch.setattr(tasks.imports, "JOB", "accredit.exchange.readers:nothing_of_that_name")
    found = brought(draft)
    assert found.fault[0][0] == Code.IMPORT_UNREADABLE


def test_our_own_file_comes_back_with_who_may_see_each_piece(draft):
    place = Place("1a", "evidence", 1)
    details = {"visibility": "assessors", "shows": "My part", "from": "2025-03-01", "until": "nonsense"}
    blocks = (
        Heading(1, "1a", place=Place("1a")),
        Rich("<p>Quizzes</p>", place=Place("1a", "title")),
        Rich("<p>I moved them.</p>", place=Place("1a", "description", 1)),
        Piece(title="Letter", text="<p>Thanks</p>", id="7", details=details, place=place),
        Piece(title="Unused", address="https://example.org/unused", id="8"),
    )
    found = actions.bring_in(draft, io.BytesIO(b"x"), name="a.md", by=by(draft), at=make.AT)
    outline = outline_of(Document("accredit", blocks), queries.slots_of(draft_of(draft)))
    actions.note_read(found, outline, at=make.AT)
    take(queries.import_of(draft, found.pk), draft, **{"1a": "take"})
    assert said(draft, "1a").title == "Quizzes"
    piece = Evidence.objects.get(portfolio=draft)
    assert (piece.title, piece.visibility, piece.shows) == ("Letter", "assessors", "My part")
    assert (str(piece.practised_from_on), piece.practised_until_on) == ("2025-03-01", None)
    assert said(draft, "1a").examples[0].evidence == (piece.pk,)


@pytest.mark.parametrize(("numbers", "choice"), [((1, 2), "take"), ((2, 3), "take"), ((2, 3), "add")])
def test_evidence_goes_with_its_example_and_alone_makes_one(draft, numbers, choice):
    if choice == "add":
        make.write(entry_at(draft, "1a"), EntryContent(title="Only a title", text="<p>No example yet.</p>"))
    one, two = numbers
    blocks = (
        Rich("<p>I moved them.</p>", place=Place("1a", "description", one)),
        Piece(title="First", text="<p>Thanks</p>", place=Place("1a", "evidence", one)),
        Piece(title="Second", text="<p>More thanks</p>", place=Place("1a", "evidence", two)),
    )
    found = actions.bring_in(draft, io.BytesIO(b"x"), name="a.md", by=by(draft), at=make.AT)
    outline = outline_of(Document("accredit", blocks), queries.slots_of(draft_of(draft)))
    actions.note_read(found, outline, at=make.AT)
    take(queries.import_of(draft, found.pk), draft, **{"1a": choice})
    titles = dict(Evidence.objects.values_list("pk", "title"))
    assert [[titles[key] for key in each.evidence] for each in said(draft, "1a").examples] == [
        ["First"], ["Second"],
    ]  # fmt: skip
