"""Templates and other texts: nothing that the content security policy blocks, nothing left undone."""

import re
from pathlib import Path

from tests.house.source import ROOT, SRC

INLINE = {
    r"\sstyle\s*=": "a style attribute: use a class of the stylesheet",
    r"<style\b": "a style element: put the rules into the stylesheet",
    r"\son[a-z]+\s*=\s*[\"']": "an event attribute: listen from a script file",
    r"javascript:": "a javascript: address: use a button and a script file",
    r"<script(?![^>]*(?:\bsrc=|nonce=|application/(?:ld\+)?json))": "a script without a nonce or a file",
    r"(?:src|href)=[\"'](?:https?:)?//[^\"']*\.(?:js|css|woff2?|png|jpe?g|svg)": "a file of a third party",
}
UNDONE = re.compile(r"\b(?:TODO|FIXME|XXX|lorem ipsum)\b")
OURS = {".html", ".css", ".js", ".toml", ".md", ".txt", ".typ"}


def templates() -> list[Path]:
    """Every template of ours."""
    return sorted(SRC.rglob("templates/**/*.html"))


def test_templates_hold_nothing_inline():
    wrong = []
    for path in templates():
        # Mail is read outside the site, where only inline styles work.
        if path.name.endswith("_message.html") or "mail" in path.parts:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            wrong += [
                f"{path.relative_to(ROOT)}:{number} {why}"
                for pattern, why in INLINE.items()
                if re.search(pattern, line)
            ]
    assert not wrong, "The content security policy blocks it:\n" + "\n".join(wrong)


def test_nothing_is_left_undone():
    files = [path for path in [*SRC.rglob("*"), *(ROOT / "docs").rglob("*")] if path.suffix in OURS]
    wrong = [str(path.relative_to(ROOT)) for path in files if UNDONE.search(path.read_text(encoding="utf-8"))]
    assert not wrong, (
        "Do it, or write an issue and leave the code as if it had never been thought of:\n" + "\n".join(wrong)
    )
