"""README and docs: links lead somewhere, commands exist, every picture is used and none is too large."""

import argparse
import re
from pathlib import Path

from accredit.config.commandline import build_parser
from tests.house.source import ROOT

PICTURES = ROOT / "docs" / "pictures"
LARGEST, ALL = 250_000, 3_000_000
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
COMMAND = re.compile(r"\./accredit(?:[ ]+([a-z][\w-]*))?")
HEADING = re.compile(r"^#{1,6}\s+(.*)$", re.MULTILINE)


def pages() -> list[Path]:
    """Every page of prose that people read beside the program."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def links() -> list[tuple[Path, str]]:
    """Every link of every page that does not lead out of the repository."""
    found = []
    for page in pages():
        prose = CODE.sub("", page.read_text(encoding="utf-8"))
        targets = [one or other for one, other in LINK.findall(prose)]
        found += [(page, each) for each in targets if not re.match(r"[a-z]+:", each)]
    return found


def anchors(page: Path) -> set[str]:
    """The fragments under which the headings of a page stand."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def test_links_lead_somewhere():
    wrong = []
    for page, link in links():
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        is_there = target.exists() and (not fragment or fragment in anchors(target))
        wrong += [] if is_there else [f"{page.relative_to(ROOT)}: {link}"]
    assert not wrong, "Mend the link, or write what it promises:\n" + "\n".join(wrong)


def test_commands_exist():
    known: set[str] = set()
    for action in build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            known |= set(action.choices)
    wrong = [
        f"{page.relative_to(ROOT)}: ./accredit {name}"
        for page in pages()
        for name in COMMAND.findall(page.read_text(encoding="utf-8"))
        if name and name not in known
    ]
    assert known
    assert not wrong, "No such command:\n" + "\n".join(wrong)


def test_readme_shows_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"demo", "test"} <= set(COMMAND.findall(text))


def test_every_picture_is_used():
    used = {(page.parent / link).resolve() for page, link in links()}
    idle = [path.name for path in sorted(PICTURES.iterdir()) if path.resolve() not in used]
    assert not idle, "Show it in a page, or take it out of docs/screenshots.py:\n" + "\n".join(idle)


def test_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    large = [name for name, size in sizes.items() if size > LARGEST]
    assert not large, f"Larger than {LARGEST:,} bytes: {', '.join(large)}"
    assert sum(sizes.values()) < ALL, f"All pictures together are larger than {ALL:,} bytes: show fewer."
