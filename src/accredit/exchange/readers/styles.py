"""What a paragraph's style means: a heading of a level, bold, a line of contents, our instruction."""

import re
from dataclasses import dataclass

from lxml import etree

from accredit.exchange.readers.wordml import child, is_on, value, w

_heading = re.compile(r"^(?:heading|überschrift|titre|rubrik|pennawd)\s*(\d)$", re.IGNORECASE)


@dataclass(frozen=True)
class Style:
    """One paragraph style with what it takes from the one it is based on."""

    level: int | None = None
    is_bold: bool = False
    is_contents: bool = False
    list_id: str = ""
    depth: int = 0


def styles_in(root: etree._Element | None) -> dict[str, Style]:
    """Return the paragraph styles of a document by id."""
    if root is None:
        return {}
    rows = {value(each, "styleId"): each for each in root.iter(w("style"))}
    return {name: _style(name, rows, 0) for name in rows}


def _style(name: str, rows: dict[str, etree._Element], depth: int) -> Style:
    row = rows.get(name)
    if row is None or depth > 20:
        return Style()
    base = _style(value(child(row, "basedOn")), rows, depth + 1)
    title = value(child(row, "name"))
    numbers = child(row, "pPr", "numPr")
    bold = child(row, "rPr", "b")
    return Style(
        level=_level(row, title) or base.level,
        is_bold=is_on(bold) if bold is not None else base.is_bold,
        is_contents=title.lower().startswith("toc ") or base.is_contents,
        list_id=value(child(numbers, "numId")) or base.list_id,
        depth=int(value(child(numbers, "ilvl")) or base.depth),
    )


def _level(row: etree._Element, title: str) -> int | None:
    found = _heading.match(title)
    if found:
        return max(1, min(6, int(found[1])))
    if title.lower() == "title":
        return 1
    outline = value(child(row, "pPr", "outlineLvl"))
    return int(outline) + 1 if outline.isdigit() and int(outline) < 6 else None
