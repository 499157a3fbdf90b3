"""Badges as pictures: an SVG of ours set as PNG in a confined process, with the credential baked into it."""

import json
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from openbadgeslib.baking import bake_png

from accredit.rulebook.faults import Code
from accredit.toolkit import confined
from accredit.toolkit.refusals import refuse

MEBIBYTE = 1024 * 1024
LIMITS = confined.Limits(memory=1024 * MEBIBYTE, largest_file=8 * MEBIBYTE, processor=20, clock=30)
JOB = "accredit.exchange.writers.badge:render"
# The drawing is 400 points wide; 108 dots an inch make 600 of them.
PAGE = '#set page(width: 400pt, height: 400pt, margin: 0pt, fill: none)\n#image("badge.svg", width: 400pt)\n'
DOTS = 108.0


def baked(drawing: str, document: dict[str, Any] | None) -> bytes:
    """Return a drawing (SVG) as PNG that carries a signed credential; the same two are the same bytes.

    Refused where it cannot be drawn within the limits.
    """
    return bytes(bake_png(_picture(drawing), json.dumps(document, ensure_ascii=False)))


@lru_cache(maxsize=32)
def _picture(drawing: str) -> bytes:
    """Draw it once a process: there is one for each pathway and edition."""
    with tempfile.TemporaryDirectory(prefix="accredit-badge-") as folder:
        try:
            confined.run(JOB, values={"drawing": drawing}, folder=Path(folder), limits=LIMITS)
        except confined.Overran:
            refuse(Code.EXPORT_OVERRAN)
        except confined.Broke:
            refuse(Code.EXPORT_BROKE)
        return (Path(folder) / "badge.png").read_bytes()


def render(folder: Path, *, drawing: str) -> None:
    """Draw in a confined process: `folder/badge.png`."""
    (folder / "badge.svg").write_text(drawing, encoding="utf-8")
    main = folder / "badge.typ"
    main.write_text(PAGE, encoding="utf-8")
    content = typst.compile(main, root=folder, format="png", ppi=DOTS, ignore_system_fonts=True)
    (folder / "badge.png").write_bytes(content)
