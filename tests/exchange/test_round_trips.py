"""Out and in again: nothing of what was written is lost on the way."""

import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from accredit.exchange.documents import Document, Heading, Piece, Rich
from accredit.exchange.readers import accredit, leap2a, read
from accredit.exchange.readers.shape import misfits
from accredit.exchange.writers import data
from accredit.exchange.writers.tree import printable
from accredit.rulebook.faults import Code
from accredit.toolkit.refusals import Refused
from accredit.toolkit.richtext import clean_html, plain
from tests.exchange.copies import content, copy, entry, example, picture, piece, sha, written

# Shrinking would write a hundred documents more; the seed of a failure is printed.
FEW = settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate))
LETTERS = st.characters(
    min_codepoint=32, max_codepoint=0x2FFFF, exclude_categories=("Cs", "Cc", "Cn", "Co", "Cf")
)
WORDS = st.text(LETTERS, min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


RUN = st.one_of(
    WORDS.map(escaped),
    WORDS.map(lambda text: f"<strong>{escaped(text)}</strong>"),
    WORDS.map(lambda text: f"<em>{escaped(text)}</em>"),
    WORDS.map(lambda text: f'<a href="https://example.org/{len(text)}">{escaped(text)}</a>'),
)
LINE = st.lists(RUN, min_size=1, max_size=3).map(" ".join)
PARAGRAPH = LINE.map(lambda text: f"<p>{text}</p>")
# A line that is nothing but strong is read as a heading, wherever it stands; here each begins plainly.
PLAIN = LINE.map(lambda text: f"so {text}")
ITEMS = st.lists(PLAIN, min_size=1, max_size=3).map(
    lambda items: "".join(f"<li>{each}</li>" for each in items)
)
TABLE = st.lists(st.tuples(PLAIN, PLAIN), min_size=2, max_size=3).map(
    lambda rows: "<table>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in rows) + "</table>"
)
BLOCK = st.one_of(
    PARAGRAPH,
    LINE.map(lambda text: f"<h3>{text}</h3>"),
    ITEMS.map(lambda items: f"<ul>{items}</ul>"),
    ITEMS.map(lambda items: f"<ol>{items}</ol>"),
    TABLE,
    PARAGRAPH.map(lambda text: f"<blockquote>{text}</blockquote>"),
)
TEXT = st.lists(BLOCK, max_size=4).map("".join).map(clean_html)
PIECES = {
    "1": piece(kind="file", title="A picture", alt="A field", file=sha(picture()), name="field.png",
               media_type="image/png", size=len(picture()), **{"from": "2024-01-02", "until": "2024-03-04"}),
    "2": piece(kind="link", title="A page", address="https://example.org/page"),
    "3": piece(title="A note", text="<p>Said.</p>"),
}  # fmt: skip
EXAMPLE = st.builds(
    example, title=WORDS, description=TEXT, reflection=TEXT,
    evidence=st.lists(st.sampled_from([1, 2, 3]), max_size=3, unique=True),
)  # fmt: skip


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """A portfolio of three sections."""
    made = [
        entry("context", text=draw(TEXT)),
        entry("1a", title=draw(WORDS), examples=draw(st.lists(EXAMPLE, min_size=1, max_size=2))),
        entry("6a", principle_texts={"p1": draw(TEXT) or "<p>How.</p>"}),
    ]
    return content(entries=made, evidence=PIECES)


def texts(of: dict[str, Any]) -> Iterator[str]:
    """Every rich text of a content."""
    for each in of["entries"]:
        yield each["text"]
        yield from each["principle_texts"].values()
        for one in each["examples"]:
            yield from (one["description"], one["reflection"], f"<p>{escaped(one['title'])}</p>")


def words(text: str) -> Counter[str]:
    """The characters of a text without blanks: what no way of laying it out may lose."""
    return Counter("".join(printable(text).split()))


def said(document: Document) -> str:
    """Every word of a document."""
    found = []
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Rich):
            found.append(plain(block.html))
        else:
            found += [block.title, plain(block.text), block.address, block.alt]
    return "\n".join([*found, *(each.text for each in document.loose)])


def there_and_back(form: str, of: dict[str, Any]) -> tuple[Document, dict[str, bytes]]:
    """Write a content and read the file as any other that comes in."""
    with TemporaryDirectory() as folder:
        path, _remarks = written(form, copy(of), Path(folder))
        into = Path(folder) / "into"
        into.mkdir()
        name = f"mine.{'docx' if form == 'docx' else 'zip'}"
        document = read(path, into, name=name)
        return document, {each.name: each.read_bytes() for each in into.iterdir()}


@FEW
@given(of=contents())
@pytest.mark.parametrize("form", ["docx", "html", "leap2a", "json"])
def test_no_word_is_lost(form: str, of: dict[str, Any]) -> None:
    document, _files = there_and_back(form, of)
    missing = words("\n".join(plain(text) for text in texts(of))) - words(said(document))
    assert not missing


@FEW
@given(of=contents())
@pytest.mark.parametrize("form", ["docx", "html"])
def test_headings_lists_tables_links_and_pictures_stay_what_they_are(form: str, of: dict[str, Any]) -> None:
    document, files = there_and_back(form, of)
    html = "".join(each.html for each in document.blocks if isinstance(each, Rich))
    whole = "".join(texts(of))
    wanted = {"".join(plain(each).split()) for each in re.findall(r"<h3>(.*?)</h3>", whole)}
    heads = {"".join(each.text.split()) for each in document.blocks if isinstance(each, Heading)}
    assert wanted <= heads
    assert [each for each in ("<li", "<td", "<a ") if html.count(each) < whole.count(each)] == []
    if any(1 in one["evidence"] for each in of["entries"] for one in each["examples"]):
        assert any(isinstance(each, Piece) and each.key for each in document.blocks)
        assert picture() in files.values()


@FEW
@given(of=contents())
def test_leap2a_keeps_entries_files_and_dates(of: dict[str, Any]) -> None:
    document, files = there_and_back("leap2a", of)
    places = {(each.place.slot, each.place.part) for each in document.blocks if each.place}
    for each in of["entries"]:
        assert (each["slot"], "") in places
        assert bool(each["text"]) == ((each["slot"], "text") in places)
        for one in each["examples"]:
            parts = {part for part in ("description", "reflection") if one[part]}
            assert {(each["slot"], part) for part in parts} <= places
    (shown,) = {each.id: each for each in document.blocks if isinstance(each, Piece) and each.key}.values()
    assert (shown.title, shown.alt, shown.name) == ("A picture", "A field", "field.png")
    assert (shown.details["from"], shown.details["until"]) == ("2024-01-02", "2024-03-04")
    assert files[shown.key] == picture()
    assert document.about["dated"] == "2026-11-02T12:00:00+00:00"


@FEW
@given(of=contents())
def test_json_says_exactly_what_it_was_given(of: dict[str, Any]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        path, _remarks = written("json", copy(of), folder)
        into = folder / "into"
        into.mkdir()
        found, kept = accredit.unpacked(path, into, name="mine.zip")
        assert found["content"] == of
        assert found["about"] == data.data_of(copy(of))["about"]
        assert (into / kept[sha(picture())]).read_bytes() == picture()


def test_what_is_written_fits_the_schema() -> None:
    whole = data.data_of(copy(content(aside=[entry("5a")]))) | {"files": {}}
    assert not list(misfits(json.loads(json.dumps(whole))))


MAHARA = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:leap2="http://terms.leapspecs.org/" xmlns:mahara="http://wiki.mahara.org/x#" xmlns:portfolio="p#">
<leap2:version>http://www.leapspecs.org/2010-07/2A/</leap2:version><id>f</id><title>Export</title>
<updated>2025-05-01T10:00:00Z</updated><author><name>Ada</name></author>
<entry><title>My journal</title><id>portfolio:blog1</id><updated>2025-05-01T10:00:00Z</updated>
<content type="text"/>
<rdf:type rdf:resource="leap2:selection"/>
<link rel="leap2:has_part" href="portfolio:post2" leap2:display_order="2"/>
<link rel="leap2:has_part" href="portfolio:post1" leap2:display_order="1"/></entry>
<entry><title>Second post</title><id>portfolio:post2</id><updated>2025-05-02T10:00:00Z</updated>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Moved &amp; <em>learned</em>.</p></div></content>
<rdf:type rdf:resource="leap2:entry"/><link rel="leap2:is_part_of" href="portfolio:blog1"/></entry>
<entry><title>First post</title><id>portfolio:post1</id><published>2024-01-01T09:00:00Z</published>
<content type="html">&lt;p&gt;Began &lt;b&gt;here&lt;/b&gt;.&lt;/p&gt;</content>
<rdf:type rdf:resource="leap2:entry"/>
<link rel="leap2:is_part_of" href="portfolio:blog1"/><link rel="related" href="portfolio:file9"/></entry>
<entry><title>Field</title><id>portfolio:file9</id><published>2024-02-03T09:00:00Z</published>
<content type="image/png" src="files/a%20field.png"/><rdf:type rdf:resource="leap2:resource"/></entry>
<entry><title>An oddity</title><id>portfolio:odd</id><content type="text">Kept as text &lt;so&gt;.</content>
<rdf:type rdf:resource="leap2:wondrous"/></entry></feed>"""


def packed(folder: Path, **members: Any) -> Path:
    path = folder / "in.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, value in members.items():
            archive.writestr(name, value)
    return path


def test_an_export_of_mahara_comes_in_whole(tmp_path: Path) -> None:
    members = {"export/leap2a.xml": MAHARA, "export/files/a field.png": picture()}
    document = leap2a.read(packed(tmp_path, **members), tmp_path, name="in.zip")
    heads = [(each.level, each.text) for each in document.blocks if isinstance(each, Heading)]
    assert heads == [(1, "My journal"), (2, "First post"), (2, "Second post"), (1, "An oddity")]
    text = said(document)
    for each in ("Began here.", "Moved & learned.", "Kept as text <so>."):
        assert each in text
    (shown,) = (each for each in document.blocks if isinstance(each, Piece))
    assert (shown.title, shown.name, shown.key) == ("Field", "a field.png", sha(picture()))
    assert shown.details["published"] == "2024-02-03T09:00:00Z"


HOSTILE = {
    "entities": MAHARA.replace(
        "<feed", '<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed', 1
    ).replace("Began", "&x;"),
    "a billion laughs": MAHARA.replace("<feed", '<!DOCTYPE f [<!ENTITY a "aaaaaaaaaa">]><feed', 1),
    "broken": MAHARA[:-60],
    "deep": "<a>" * 5000 + "</a>" * 5000,
    "no xml": b"\x00\x01\x02",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_feed_is_refused_in_words(kind: str, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        read(packed(tmp_path, **{"leap2a.xml": HOSTILE[kind]}), tmp_path, name="in.zip")


def test_a_feed_that_is_part_of_itself_ends(tmp_path: Path) -> None:
    ring = MAHARA.replace('<link rel="leap2:is_part_of" href="portfolio:blog1"/></entry>',
                          '<link rel="leap2:has_part" href="portfolio:blog1"/></entry>')  # fmt: skip
    document = leap2a.read(packed(tmp_path, **{"leap2a.xml": ring}), tmp_path, name="in.zip")
    assert len([each for each in document.blocks if isinstance(each, Heading)]) == 4


def broken_json() -> Iterator[Any]:
    whole = data.data_of(copy()) | {"files": {sha(picture()): "files/x"}}
    yield b"{"
    yield "[" * 100_000
    yield b"\xff\xfe"
    yield json.dumps([])
    yield json.dumps(whole | {"version": 2})
    yield json.dumps(whole | {"content": content(entries=[entry(title=7)])})
    yield json.dumps(whole | {"content": content(entries=[entry(text="x" * 400_001)])})
    yield json.dumps(whole | {"content": content(evidence={"1": piece(kind="program")})})
    yield json.dumps(whole | {"content": content(evidence={"1": piece(file="../../etc/passwd")})})


@pytest.mark.parametrize("number", range(9))
def test_json_that_is_not_ours_is_refused_with_the_place(number: int, tmp_path: Path) -> None:
    text = list(broken_json())[number]
    with pytest.raises(Refused) as caught:
        read(packed(tmp_path, **{"portfolio.json": text}), tmp_path, name="in.zip")
    (fault,) = caught.value.faults
    assert fault.code is Code.RESTORE_NOT_OURS


def test_a_file_that_is_not_what_its_hash_says_is_refused(tmp_path: Path) -> None:
    whole = data.data_of(copy()) | {"files": {sha(picture()): "files/x"}}
    members = {"portfolio.json": json.dumps(whole), "files/x": b"something else"}
    with pytest.raises(Refused):
        read(packed(tmp_path, **members), tmp_path, name="in.zip")
