"""Documents that go out: one decorated function per form, each in a file of its own."""

from pathlib import Path
from typing import Any

from accredit.exchange.writers import data, leap2a, page, pdf, word
from accredit.exchange.writers.base import WRITERS, Copy, Remark, Writer

# The order in which they are offered; importing them has registered them.
FORMS = tuple(each.form for each in (WRITERS[name] for name in ("pdf", "docx", "html", "leap2a", "json")))

__all__ = ["FORMS", "WRITERS", "Copy", "Remark", "Writer", "data", "leap2a", "page", "pdf", "render", "word"]


def render(folder: Path, *, form: str, prepared: Any) -> list[tuple[str, str]]:
    """Render what was prepared, in a confined process: `folder` holds the files by their SHA-256 in `in`.

    Writes `folder/out/document`; returns the remarks as pairs of code and what.
    """
    files, into = folder / "in", folder / "out" / "document"

    def found(sha256: str) -> Path | None:
        path = files / sha256
        return path if path.is_file() else None

    into.parent.mkdir(exist_ok=True)
    return [(each.code.value, each.what) for each in WRITERS[form].render(prepared, found, into)]
