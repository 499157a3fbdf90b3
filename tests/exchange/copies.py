"""Contents made up for tests of writers and readers, without a database."""

import hashlib
import io
from pathlib import Path
from typing import Any

from PIL import Image

from accredit.exchange.writers import WRITERS, Copy, Remark

RICH = (
    "<p>I wrote <strong>bold</strong> and <em>leaning</em> words with "
    '<a href="https://example.org/a?b=1&amp;c=2">a link</a><br>and a second line.</p>'
    "<h3>A heading</h3><ul><li>one<ul><li>within</li></ul></li><li>two</li></ul>"
    "<ol><li>first</li><li>second</li></ol><blockquote><p>Quoted.</p></blockquote><pre>code  kept</pre><hr>"
    "<table><tr><th>Head</th><th>Other</th></tr>"
    '<tr><td colspan="2">Wide</td></tr><tr><td>a</td><td>b</td></tr></table>'
)


def picture(colour: str = "#2f6f73", kind: str = "PNG", size: tuple[int, int] = (80, 40)) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


def piece(**values: Any) -> dict[str, Any]:
    """A piece of evidence as a content holds it."""
    blank = dict.fromkeys(
        ("shows", "alt", "from", "until", "contribution", "others", "permission", "address", "text", "file",
         "name", "media_type", "captions", "captions_name"), "",
    )  # fmt: skip
    return {"kind": "text", "title": "A piece", "visibility": "all", "size": 0} | blank | values


def entry(slot: str = "1a", **values: Any) -> dict[str, Any]:
    """What stands in a slot."""
    blank: dict[str, Any] = {
        "slot": slot, "section": slot, "section_title": f"{slot} Constraints and benefits", "title": "",
        "area": "", "criteria": "What is asked here.", "text": "", "principles": [], "principle_texts": {},
        "link": "", "pages": "", "open": True, "words": 0, "examples": [],
    }  # fmt: skip
    return blank | values


def example(**values: Any) -> dict[str, Any]:
    """One example."""
    blank = {"title": "", "description": "", "reflection": "", "type": "", "jurisdiction": "", "evidence": []}
    return blank | values


def content(**values: Any) -> dict[str, Any]:
    """A content with one entry of every kind of thing."""
    image = picture()
    evidence = {
        "7": piece(kind="file", title="A picture", alt="A green field", shows="What I drew.", file=sha(image),
                   name="field.png", media_type="image/png", size=len(image),
                   **{"from": "2024-01-02", "until": "2024-03-04"}),
        "9": piece(kind="link", title="A page", address="https://example.org/page", visibility="assessors"),
        "8": piece(title="A note", text="<p>Said by a colleague.</p>", contribution="All of it."),
    }  # fmt: skip
    one = example(title="Moving", description=RICH, reflection="<p>It went well.</p>", type="law",
                  jurisdiction="Wales", evidence=[7, 9])  # fmt: skip
    two = example(description="<p>Second.</p>", reflection="<p>Again.</p>", evidence=[7, 8])
    written = entry(title="On the bus", principles=["p1"], examples=[one, two], words=20)
    made = {
        "edition": "cmalt-2026", "pathway": "senior", "round": 1, "kind": "first", "form": "written",
        "summary": "",
        "source": {"address": "", "sha256": "", "name": "", "instructions": ""},
        "confirmation": {"name": "Ada Example", "on": "2026-11-02"},
        "entries": [entry("context", text=RICH), written, entry("6a", principle_texts={"p1": "<p>How.</p>"})],
        "evidence": evidence,
    }  # fmt: skip
    return made | values


def copy(of: dict[str, Any] | None = None, **values: Any) -> Copy:
    """A copy of a content."""
    words: dict[str, Any] = {
        "name": "Ada Example", "scheme": "A Scheme", "body": "A Body", "edition": "Edition 2026",
        "pathway": "Senior", "reference": "R-000001", "dated": "2026-11-02T12:00:00+00:00", "is_draft": False,
        "sha256": "ab" * 32, "principles": {"p1": "Keeping up to date"},
    }  # fmt: skip
    return Copy(content=of or content(), **(words | values))


def sha(bytes_: bytes) -> str:
    """The name a file has in a content."""
    return hashlib.sha256(bytes_).hexdigest()


def lay(folder: Path, *files: bytes) -> Path:
    """Put files where a writer looks for them."""
    folder.mkdir(exist_ok=True)
    for each in files:
        (folder / sha(each)).write_bytes(each)
    return folder


def written(form: str, of: Copy, folder: Path, *files: bytes) -> tuple[Path, list[Remark]]:
    """Write a copy in a form; returns the file and what was remarked."""
    laid = lay(folder / "in", *(files or (picture(),)))
    into = folder / f"{form}.out"

    def found(sha256: str) -> Path | None:
        path = laid / sha256
        return path if path.is_file() else None

    writer = WRITERS[form]
    return into, list(writer.render(writer.prepare(of), found, into))
