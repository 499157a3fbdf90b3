"""The five forms: what each holds, what cannot break it, and that the same copy is the same bytes."""

import json
import os
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from lxml import etree, html
from pypdf import PdfReader

from accredit.exchange.writers import FORMS, WRITERS
from accredit.rulebook.faults import Code
from tests.exchange.copies import content, copy, entry, example, picture, piece, sha, written
from tests.house.source import ROOT

SAID = (
    "bold",
    "leaning",
    "second line",
    "A heading",
    "within",
    "Quoted.",
    "Wide",
    "Second.",
    "On the bus",
    "Wales",
)


def text_of(form: str, path: Path) -> str:
    """Every word of a file."""
    if form == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    with zipfile.ZipFile(path) as archive:
        names = [each for each in archive.namelist() if each.endswith((".xml", ".html", ".json"))]
        return "\n".join(archive.read(each).decode() for each in names)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_holds_what_was_written(form: str, tmp_path: Path) -> None:
    path, remarks = written(form, copy(), tmp_path)
    assert not remarks
    text = " ".join(text_of(form, path).split())
    missing = [
        each for each in (*SAID, "A picture", "A note", "https://example.org/page") if each not in text
    ]
    assert not missing


@pytest.mark.parametrize("form", FORMS)
def test_every_form_stands_an_empty_portfolio(form: str, tmp_path: Path) -> None:
    bare = content(entries=[], evidence={}, confirmation={"name": "", "on": ""})
    assert written(form, copy(bare, name=""), tmp_path)[0].stat().st_size > 100


@pytest.mark.parametrize("form", FORMS)
def test_every_form_stands_what_somebody_who_means_ill_writes(form: str, tmp_path: Path) -> None:
    nasty = '#import "/etc/passwd" $x$ \\ <b>"&\' ]]> {{7*7}} \x0b\ufffe @a <c> *b* _c_ `d` // e /* f'
    name = "../../../etc/<passwd>\\..\\x y.png"
    evil = {
        "1": piece(
            kind="file", title=nasty, file=sha(picture()), name=name, media_type="image/png", alt=nasty
        ),
        "2": piece(
            kind="file", title="broken", file=sha(b"no picture"), name="b.png", media_type="image/png"
        ),
    }
    texts = entry("1a", title=nasty, area=nasty, criteria=nasty, text=f"<p>{nasty.replace('<', '&lt;')}</p>")
    of = content(entries=[texts | {"examples": [example(title=nasty, evidence=[1, 2])]}], evidence=evil)
    path, _remarks = written(form, copy(of, name=nasty), tmp_path, picture(), b"no picture")
    if path.read_bytes()[:2] == b"PK":
        with zipfile.ZipFile(path) as archive:
            assert not [
                each for each in archive.namelist() if each.startswith("/") or ".." in each.split("/")
            ]
            [etree.fromstring(archive.read(each)) for each in archive.namelist() if each.endswith(".xml")]
    assert "root:" not in text_of(form, path)


def test_the_pdf_is_tagged_and_says_what_it_is(tmp_path: Path) -> None:
    path, _remarks = written("pdf", copy(), tmp_path)
    reader = PdfReader(path)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/StructTreeRoot"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Senior: Ada Example"
    assert b"pdfuaid:part" in path.read_bytes()
    assert b"pdfaid:part" in path.read_bytes()
    assert _texts_of_pictures(root["/StructTreeRoot"]) == {"A green field"}
    assert [each.title for each in reader.outline if not isinstance(each, list)][:2] == [
        "context Constraints and benefits",
        "1a Constraints and benefits: On the bus",
    ]


def _texts_of_pictures(node: object) -> set[str]:
    found: set[str] = set()
    resolved = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(resolved, list):
        return found.union(*(_texts_of_pictures(each) for each in resolved))
    if isinstance(resolved, dict):
        found |= {str(resolved["/Alt"])} if resolved.get("/S") == "/Figure" and "/Alt" in resolved else set()
        found |= _texts_of_pictures(resolved["/K"]) if "/K" in resolved else set()
    return found


UNDRAWN = ("中文", "party 🎉", "ไทย", "👩🏽\u200d💻 at work", "\u1b04\u1b05")
DRAWN = ("مرحبا", "e\u0301 ŵ ŷ", "Ελλάδα Ёлка", "≤ → ✓")


@pytest.mark.parametrize("text", [*UNDRAWN, *DRAWN, "नमस्ते"])
def test_letters_the_pdf_cannot_draw_are_named_and_break_nothing(text: str, tmp_path: Path) -> None:
    of = content(entries=[entry("context", text=f"<p>Before {text} after</p>", title=text)])
    path, remarks = written("pdf", copy(of, name=f"Ada {text}"), tmp_path)
    assert b"pdfuaid:part" in path.read_bytes()
    assert "after" in text_of("pdf", path)
    if text in UNDRAWN + DRAWN:
        assert [each.code for each in remarks] == ([Code.EXPORT_GLYPHS] if text in UNDRAWN else [])


def test_the_word_document_has_real_parts(tmp_path: Path) -> None:
    document = Document(str(written("docx", copy(), tmp_path)[0]))
    styles = [each.style.name for each in document.paragraphs if each.style is not None]
    assert {"Title", "Heading 1", "Heading 2", "Heading 3", "List Paragraph", "Quote"} <= set(styles)
    assert document.core_properties.title == "Senior: Ada Example"
    assert document.core_properties.language == "en-GB"
    targets = {each.target_ref for each in document.part.rels.values() if each.is_external}
    assert targets == {"https://example.org/a?b=1&c=2", "https://example.org/page"}
    pictures = document.element.xpath("//wp:docPr/@descr")
    assert pictures == ["A green field"]
    table = document.tables[0]
    assert table.rows[0]._tr.xpath(".//w:tblHeader")
    assert table.cell(1, 0)._tc is table.cell(1, 1)._tc


def test_the_web_page_opens_by_itself(tmp_path: Path) -> None:
    with zipfile.ZipFile(written("html", copy(), tmp_path)[0]) as archive:
        names, page = archive.namelist(), html.document_fromstring(archive.read("index.html"))
        assert archive.read("files/E1-field.png") == picture()
    assert names == ["index.html", "style.css", "files/E1-field.png"]
    assert not page.xpath("//script | //@style | //@onclick")
    own = [
        each
        for each in page.xpath("//@src | //link/@href | //a/@href")
        if not each.startswith(("https:", "#"))
    ]
    assert set(own) <= set(names)
    anchors = {each[1:] for each in page.xpath("//a/@href") if each.startswith("#")}
    assert anchors <= set(page.xpath("//@id"))
    assert page.xpath("//img/@alt") == ["A green field"]
    levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert all(here <= before + 1 for before, here in pairwise(levels))


def test_evidence_for_assessors_is_marked(tmp_path: Path) -> None:
    for form in ("pdf", "docx", "html"):
        text = text_of(form, written(form, copy(), tmp_path)[0])
        assert "for assessors only" in " ".join(text.split()).lower(), form


def test_the_list_of_evidence_holds_the_hashes(tmp_path: Path) -> None:
    for form in ("pdf", "docx", "html", "json"):
        text = "".join(text_of(form, written(form, copy(), tmp_path)[0]).split())
        assert sha(picture()) in text, form


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_a_lost_file_is_said_in_its_place(form: str, tmp_path: Path) -> None:
    path, _remarks = written(form, copy(), tmp_path, b"something else")
    assert "could not be found" in " ".join(text_of(form, path).split())


def test_lost_files_leave_leap2a_and_json_whole(tmp_path: Path) -> None:
    with zipfile.ZipFile(written("json", copy(), tmp_path, b"something else")[0]) as archive:
        assert json.loads(archive.read("portfolio.json"))["files"] == {sha(picture()): ""}
    with zipfile.ZipFile(written("leap2a", copy(), tmp_path, b"something else")[0]) as archive:
        assert archive.namelist() == ["leap2a.xml"]


def test_a_portfolio_handed_over_as_it_is_leads_there(tmp_path: Path) -> None:
    source = {
        "address": "https://example.org/mine",
        "sha256": sha(b"%PDF"),
        "name": "all.pdf",
        "instructions": "Ask.",
    }
    of = content(
        form="as_it_is",
        source=source,
        entries=[entry(link="https://example.org/1a", pages="3–4")],
        evidence={},
    )
    for form in FORMS:
        path, _remarks = written(form, copy(of), tmp_path, b"%PDF")
        assert "https://example.org/mine" in "".join(text_of(form, path).split()), form


def test_a_draft_says_so_and_holds_what_is_set_aside(tmp_path: Path) -> None:
    of = content(aside=[entry("5a", title="Kept", text="<p>Set aside words.</p>")])
    of["evidence"]["11"] = piece(title="Unused", text="<p>Not used yet words.</p>")
    for form in FORMS:
        text = " ".join(text_of(form, written(form, copy(of, is_draft=True), tmp_path)[0]).split())
        assert "Set aside words." in text, form
        assert "Not used yet words." in text, form


def test_every_form_is_offered() -> None:
    assert sorted(FORMS) == sorted(WRITERS)


AGAIN = """
import hashlib, sys, tempfile
from pathlib import Path
import django; django.setup()
from tests.exchange.copies import copy, written
from accredit.exchange.writers import FORMS
for form in FORMS:
    path, _ = written(form, copy(), Path(tempfile.mkdtemp()))
    print(form, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_the_same_copy_is_the_same_bytes_in_another_process_at_another_time(tmp_path: Path) -> None:
    here = {form: sha(written(form, copy(), tmp_path)[0].read_bytes()) for form in FORMS}
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    environment = os.environ | settings | {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", AGAIN], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert dict(line.split() for line in done.stdout.splitlines()) == here
