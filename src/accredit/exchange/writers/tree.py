"""Rich text as a tree of plain data: what the sanitiser lets through, and nothing else.

Blocks: `{"kind": "p" | "h", "runs": […]}` (h with `level` 3–5), `{"kind": "ul" | "ol", "items":
[[block…]…]}`, `{"kind": "quote", "blocks": […]}`, `{"kind": "pre", "text": …}`, `{"kind": "rule"}` and
`{"kind": "table", "width", "height", "cells": […]}`, whose cells `{"x", "y", "across", "down", "is_head",
"blocks"}` cover the grid and never overlap. Runs: `{"text", "marks": […], "href"}`; a line break is the
text "\\n".
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import html

from accredit.toolkit.richtext import clean_html

Block = dict[str, Any]
Run = dict[str, Any]
MARKS = {"strong": "strong", "em": "em", "code": "code"}
_BLOCKS = frozenset({"p", "h3", "h4", "h5", "ul", "ol", "blockquote", "pre", "table", "hr", "li"})
MOST_CELLS = 40
_lawless = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def tree_of(text: str) -> list[Block]:
    """Return stored rich text as blocks; cleaned again, whatever it is."""
    cleaned = clean_html(text)
    return _blocks(html.fragment_fromstring(cleaned, create_parent="div")) if cleaned else []


def paragraphs(text: str) -> list[Block]:
    """Return a plain text as paragraphs, its line breaks kept."""
    parts = (part.strip("\n") for part in text.replace("\r\n", "\n").split("\n\n"))
    return [{"kind": "p", "runs": [run(part)]} for part in parts if part.strip()]


def table_of_words(head: Sequence[str], lines: Iterable[Sequence[str]]) -> Block:
    """Return a table of plain words under a row of headings."""
    rows = [head, *lines]
    cells = [_cell_of_words(x, y, text) for y, row in enumerate(rows) for x, text in enumerate(row)]
    return {"kind": "table", "width": len(head), "height": len(rows), "cells": cells}


def _cell_of_words(x: int, y: int, text: str) -> Block:
    blocks = [{"kind": "p", "runs": [run(text)]}]
    return {"x": x, "y": y, "across": 1, "down": 1, "is_head": y == 0, "blocks": blocks}


def run(text: str, *marks: str, href: str = "") -> Run:
    """Return one stretch of text."""
    return {"text": text, "marks": list(marks), "href": href}


def words_of(runs: Iterable[Run]) -> str:
    """Return the text of runs without marks."""
    return "".join(each["text"] for each in runs)


def _blocks(parent: Any) -> list[Block]:
    """Return the blocks within an element; words that stand bare among them become paragraphs."""
    found: list[Block] = []
    bare: list[Run] = _text(parent.text, (), "")
    for child in parent:
        if child.tag in _BLOCKS:
            _settle(bare, found)
            found.extend(_block(child))
            bare = _text(child.tail, (), "")
        else:
            bare += [*_inline(child, (), ""), *_text(child.tail, (), "")]
    _settle(bare, found)
    return found


def _settle(bare: list[Run], found: list[Block]) -> None:
    if words_of(bare).strip():
        found.append({"kind": "p", "runs": _trimmed(bare)})


def _block(element: Any) -> list[Block]:
    match element.tag:
        case "p" | "li":
            return _blocks(element)
        case "h3" | "h4" | "h5":
            runs = _trimmed(_runs(element))
            return (
                [{"kind": "h", "level": int(element.tag[1]), "runs": runs}] if words_of(runs).strip() else []
            )
        case "ul" | "ol":
            return [{"kind": element.tag, "items": [_blocks(item) for item in _items(element)]}]
        case "blockquote":
            return [{"kind": "quote", "blocks": _blocks(element)}]
        case "pre":
            return [{"kind": "pre", "text": element.text_content().strip("\n")}]
        case "table":
            return _table(element)
        case _:
            return [{"kind": "rule"}]


def _items(element: Any) -> list[Any]:
    return [child for child in element if child.tag == "li"]


def _table(element: Any) -> list[Block]:
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
    rows = [row for row in rows if row]
    taken: set[tuple[int, int]] = set()
    cells: list[Block] = []
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (x, y) in taken:
                x += 1
            cells.append(_placed(cell, x, y, taken, len(rows)))
            x += cells[-1]["across"]
    width = max((each["x"] + each["across"] for each in cells), default=0)
    free = [(x, y) for y in range(len(rows)) for x in range(width) if (x, y) not in taken]
    cells += [_cell(x, y) for x, y in free]
    cells.sort(key=lambda each: (each["y"], each["x"]))
    return [{"kind": "table", "width": width, "height": len(rows), "cells": cells}] if cells else []


def _placed(element: Any, x: int, y: int, taken: set[tuple[int, int]], height: int) -> Block:
    """Return a cell at its place, no larger than what is free to its right and below."""
    across = next(n for n in range(_span(element.get("colspan")), 0, -1) if _is_free(taken, x, y, n))
    down = min(_span(element.get("rowspan")), height - y)
    taken.update((x + i, y + j) for i in range(across) for j in range(down))
    return _cell(x, y) | {
        "across": across, "down": down, "is_head": element.tag == "th", "blocks": _blocks(element)
    }  # fmt: skip


def _is_free(taken: set[tuple[int, int]], x: int, y: int, across: int) -> bool:
    return not any((x + i, y) in taken for i in range(across))


def _cell(x: int, y: int) -> Block:
    return {"x": x, "y": y, "across": 1, "down": 1, "is_head": False, "blocks": []}


def _span(value: str | None) -> int:
    return min(MOST_CELLS, max(1, int(value))) if value and value.isascii() and value.isdigit() else 1


def _runs(element: Any) -> list[Run]:
    found = _text(element.text, (), "")
    for child in element:
        found += [*_inline(child, (), ""), *_text(child.tail, (), "")]
    return found


def _inline(element: Any, marks: Sequence[str], href: str) -> list[Run]:
    if element.tag == "br":
        return [{"text": "\n", "marks": [], "href": ""}]
    within = (*marks, MARKS[element.tag]) if element.tag in MARKS and element.tag not in marks else marks
    target = (element.get("href") or "") if element.tag == "a" else href
    found = _text(element.text, within, target)
    for child in element:
        found += [*_inline(child, within, target), *_text(child.tail, within, target)]
    return found


def _text(text: str | None, marks: Sequence[str], href: str) -> list[Run]:
    if not text:
        return []
    lines = " ".join(text.replace("\t", " ").replace("\r", " ").split("\n"))
    return [{"text": lines, "marks": sorted(marks), "href": href}] if lines else []


def _trimmed(runs: list[Run]) -> list[Run]:
    """Return the runs without blanks at either end, neighbours of one kind joined."""
    joined: list[Run] = []
    for each in runs:
        alike = joined and (joined[-1]["marks"], joined[-1]["href"]) == (each["marks"], each["href"])
        if alike and "\n" not in (joined[-1]["text"], each["text"]):
            joined[-1] = joined[-1] | {"text": joined[-1]["text"] + each["text"]}
        else:
            joined.append(dict(each))
    if joined:
        joined[0]["text"] = joined[0]["text"].lstrip(" \n")
        joined[-1]["text"] = joined[-1]["text"].rstrip(" \n")
    return [each for each in joined if each["text"]]


def moved(blocks: Iterable[Block], *, by: int) -> list[Block]:
    """Return the blocks with their headings so many levels further down, at most the sixth."""
    return [each | {"level": min(6, each["level"] + by)} if each["kind"] == "h" else each for each in blocks]


def printable(text: str) -> str:
    """Return a text without the characters no XML may hold."""
    return _lawless.sub("", text)
