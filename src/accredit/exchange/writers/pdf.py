"""PDF: tagged, under the profiles PDF/UA-1 and PDF/A-2a, set by Typst from plain data."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext_lazy as _

from accredit.exchange.writers.base import Files, Remark, pictures_of, writer
from accredit.exchange.writers.glyphs import Glyphs
from accredit.exchange.writers.paper import Paper, paper_of
from accredit.exchange.writers.pictures import fitted
from accredit.exchange.writers.tree import Block
from accredit.rulebook.faults import Code

TEMPLATE = Path(__file__).with_name("pdf.typ")
# Tried in this order, with all our letters or only the surest: a profile is a promise, and a document
# without it is better than none.
WHOLE: list[Any] = ["ua-1", "a-2a"]
ATTEMPTS: tuple[tuple[list[Any], bool], ...] = ((WHOLE, False), (WHOLE, True), (["ua-1"], True), ([], True))


@writer(
    "pdf",
    title=_("PDF"),
    what_for=_("To read, print and send: with contents, your pictures in place and a list of all evidence."),
    ending="pdf",
    media_type="application/pdf",
    prepare=paper_of,
    needs=pictures_of,
)
def render(prepared: Paper, files: Files, into: Path) -> Sequence[Remark]:
    """Set the paper; pictures are laid beside the output, and the compiler sees no other folder."""
    folder = into.parent / "pictures"
    folder.mkdir(exist_ok=True)
    with_pictures = prepared | {"chapters": [_chapter(each, files, folder) for each in prepared["chapters"]]}
    dated = datetime.fromisoformat(prepared["dated"])
    return _compile(with_pictures, folder, into, dated)


def _chapter(chapter: Paper, files: Files, folder: Path) -> Paper:
    return chapter | {"blocks": [_block(each, files, folder) for each in chapter["blocks"]]}


def _block(block: Block, files: Files, folder: Path) -> Block:
    if block["kind"] != "piece" or not block["is_picture"]:
        return block
    path = files(block["file"])
    picture = fitted(path) if path is not None else None
    if picture is None:
        return block | {"picture": ""}
    name = f"{block['file']}.{picture.ending}"
    (folder / name).write_bytes(picture.content)
    return block | {"picture": f"/{name}", "is_tall": picture.height > picture.width}


def _compile(paper: Paper, folder: Path, into: Path, dated: datetime) -> list[Remark]:
    told = ""
    for profile, is_strict in ATTEMPTS:
        glyphs = Glyphs(is_strict=is_strict)
        try:
            content = _pdf(glyphs.within(paper), folder, dated, profile)
        except BaseException as fault:  # noqa: BLE001 - a panic of the compiler is no Exception
            told = str(fault)
        else:
            into.write_bytes(content)
            lost = [Remark(Code.EXPORT_GLYPHS, glyphs.named)] if glyphs.replaced else []
            return lost if profile == WHOLE else [*lost, Remark(Code.EXPORT_PROFILE, told[:200])]
    raise ValueError(told)


def _pdf(paper: Paper, folder: Path, dated: datetime, profile: list[Any]) -> bytes:
    moment = {"year": dated.year, "month": dated.month, "day": dated.day}
    main = folder / TEMPLATE.name
    main.write_bytes(TEMPLATE.read_bytes())
    return typst.compile(
        main,
        root=folder,
        sys_inputs={"data": json.dumps(paper | {"moment": moment})},
        format="pdf",
        pdf_standards=profile,
        timestamp=int(dated.timestamp()),
        ignore_system_fonts=True,
    )
