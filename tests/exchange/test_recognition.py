"""Documents in the shapes people make: nine of ten sections placed without help, and no word lost."""

import pytest

from accredit.exchange.recognition import Outline
from accredit.exchange.recognition.words import fold
from tests.exchange.judging import read_shape, score, words_of
from tests.exchange.shapes import SHAPES, Shape

TABLE = "{:28} {:>5} {:>5} {:>8}   {:>6}"


@pytest.fixture(scope="module")
def outlines(tmp_path_factory) -> dict[Shape, Outline]:
    """Every shape, read once."""
    return {shape: read_shape(shape, tmp_path_factory.mktemp("shape"))[1] for shape in SHAPES}


def test_no_word_is_lost(outlines):
    for shape, outline in outlines.items():
        held = words_of(outline)
        for section in shape.sections:
            for passage in section.passages:
                for paragraph in passage.paragraphs:
                    missing = set(fold(paragraph).split()) - set(held)
                    assert not missing, (shape.title, paragraph)


def test_nine_of_ten_sections_are_placed_right(outlines, capsys):
    rows, found = [TABLE.format("", "right", "wrong", "unplaced", "parts")], {}
    for shape, outline in outlines.items():
        each = score(shape, outline)
        parts = f"{100 * each.parts_right / each.parts:.0f} %"
        rows.append(TABLE.format(shape.title, each.right, each.wrong, each.unplaced, parts))
        if shape.has_headings:
            found[shape.title] = each
    with capsys.disabled():
        print("\n" + "\n".join(rows))
    right = sum(each.right for each in found.values())
    whole = sum(each.right + each.wrong + each.unplaced for each in found.values())
    assert right >= 0.9 * whole, rows
    assert min(each.share for each in found.values()) >= 0.9, rows
