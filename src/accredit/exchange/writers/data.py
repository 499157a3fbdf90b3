"""JSON: everything a content holds, as it is, with its files beside it; we read it back without a loss.

The zip holds `portfolio.json` and `files/<SHA-256>`. docs/exchange.md describes it,
docs/portfolio.schema.json is its schema.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from accredit.exchange.writers.archive import archive
from accredit.exchange.writers.base import Copy, Files, Remark, files_of, writer

FORMAT, VERSION = "accredit-portfolio", 1


def data_of(copy: Copy) -> dict[str, Any]:
    """Return what `portfolio.json` says, but for the files."""
    about = {name: value for name, value in copy.as_json().items() if name != "content"}
    return {"format": FORMAT, "version": VERSION, "about": about, "content": copy.content}


@writer(
    "json",
    title=_("JSON"),
    what_for=_(
        "Everything as data, with all files: to keep for good, to put back into a portfolio here, or for a "
        "program to read."
    ),
    ending="zip",
    media_type="application/zip",
    prepare=data_of,
)
def render(prepared: dict[str, Any], files: Files, into: Path) -> Sequence[Remark]:
    """Write the zip; a file the storage has lost is named without a path."""
    with archive(into) as out:
        found = {each: files(each) for each in files_of(prepared["content"])}
        named = {each: f"files/{each}" if path else "" for each, path in found.items()}
        whole = prepared | {"files": named}
        out.write("portfolio.json", json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True).encode())
        for each, path in found.items():
            if path is not None:
                out.copy(named[each], path)
    return ()
