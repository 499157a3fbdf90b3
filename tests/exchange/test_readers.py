"""What a Word document or a page holds besides its paragraphs: nothing is lost, all is told apart."""

from accredit.exchange.documents import Piece, from_json
from accredit.exchange.readers import PICTURES, SOURCE
from accredit.exchange.recognition.slots import as_json
from accredit.toolkit import confined
from accredit.toolkit.richtext import plain
from tests.exchange.judging import read_shape
from tests.exchange.shapes import SHAPES, Shape
from tests.exchange.texts import slots

MEBIBYTE = 1024 * 1024


def shape(title: str) -> Shape:
    """A shape by its title."""
    return next(each for each in SHAPES if each.title == title)


def test_notes_changes_comments_boxes_links_and_margins(tmp_path):
    document, outline = read_shape(shape("notes, changes, comments"), tmp_path)
    text = plain("".join(each.html for each in outline.stretches))
    loose = {each.why: each.text for each in outline.loose}
    count = len(shape("notes, changes, comments").sections)
    for number in range(1, count + 1):
        assert f"The source of note number {number}" in text
        assert f"Boxed words of section {number}" in text
        assert f"erstwhile{number}" in loose["deleted"]
        assert f"erstwhile{number}" not in text
    assert text.count("and this was put in later") == count
    assert loose["margin"] == "Draft of a portfolio, not for sharing"
    html = "".join(each.html for each in outline.stretches)
    assert all(f'href="https://example.org/report/{number}"' in html for number in range(1, count + 1))
    said = [said for each in outline.stretches for said in each.said]
    assert len(said) == count
    assert {each.author for each in said} == {"Ben Harbour"}
    assert all(each.quote.startswith("This is noted below") for each in said)
    assert from_json(document.as_json()) == document


def test_pictures_keep_their_descriptions_and_comments_of_pages_their_words(tmp_path):
    document, outline = read_shape(shape("Google Docs, Senior"), tmp_path)
    pieces = [each for each in document.blocks if isinstance(each, Piece)]
    assert [each.alt for each in pieces] == [f"Screen {number}" for number in range(1, len(pieces) + 1)]
    assert all((tmp_path / "pieces" / each.key).is_file() for each in pieces)
    html = "".join(each.html for each in outline.stretches)
    assert 'href="https://example.org/a1"' in html
    assert "google.com" not in html
    assert [each.text for each in document.remarks][:2] == ["Check fact 1", "Check fact 2"]


def test_sixty_pictures_take_little_memory_in_the_child(tmp_path):
    wanted = shape("sixty pictures")
    (tmp_path / SOURCE).write_bytes(wanted.made())
    values = {"name": wanted.name, "slots": as_json(slots(wanted.pathway))}
    done = confined.run("accredit.exchange.readers:job", values=values, folder=tmp_path)
    assert sum(len(each["items"]) for each in done.value["stretches"]) == 60
    assert len(list((tmp_path / PICTURES).iterdir())) == 60
    assert done.peak < 300 * MEBIBYTE
