"""Rich text as plain text and back, for who prefers to write that way or has no scripts.

Paragraphs stand apart by an empty line; lists begin with "- " or "1. ", headings with "#", quotes with ">",
rows of a table with "|"; a link is [words](address). What was not changed keeps its markup to the letter.
"""

import html
import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from lxml.html import HtmlElement, fragments_fromstring, tostring

from accredit.toolkit.richtext import clean_html

# Pairs of blocks: beyond that, comparing takes seconds, and what was typed loses its earlier markup instead.
MOST_COMPARED = 1_000_000
_MARKS = {"strong": "**", "em": "*", "code": "`"}
_HEADINGS = {"h3": "# ", "h4": "## ", "h5": "### "}
_blank_lines = re.compile(r"[ \t]*\n(?:[ \t]*\n)*")
_item = re.compile(r"^( *)(?:([-*•])|(\d{1,3})[.)])[ \t]+(?=\S)")
_heading = re.compile(r"^(#{1,3})[ \t]+(?=\S)")
_inner = r"[^\s<>\[\]()]|\([^\s<>\[\]()]*\)"
_last = r"[^\s<>\[\]().,;:!?\"']|\([^\s<>\[\]()]*\)"
_named = r"\[([^\[\]\n]+)\]\(((?:https?://|mailto:)[^\s()<>]+)\)"
_link = re.compile(rf"{_named}|(https?://(?:{_inner})*(?:{_last}))")
_strong = re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*")
_em = re.compile(r"(?<![*\w])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![*\w])")
_code = re.compile(r"`([^`\n]+)`")


def to_text(text: str) -> str:
    """Return clean HTML as plain text."""
    return "\n\n".join(said for said, _source in _blocks(text) if said)


def from_text(text: str, *, before: str = "") -> str:
    """Return plain text as clean HTML; blocks that stand in `before` as well keep their markup from there."""
    typed = [block for each in re.split(r"\n[ \t]*\n", _lines(text)) if (block := _trimmed(each))]
    known = [pair for pair in _blocks(before) if pair[0]]
    if typed == [said for said, _source in known]:
        return before
    said, sources = [each for each, _source in known], [source for _said, source in known]
    start = _alike(said, typed)
    end = _alike(said[start:][::-1], typed[start:][::-1])
    middle = _joined(said[start : len(said) - end], sources[start:], typed[start : len(typed) - end])
    return clean_html("".join([*sources[:start], *middle, *sources[len(sources) - end :]]))


def _alike(one: list[str], other: list[str]) -> int:
    """Return how many blocks are the same from the beginning on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _joined(said: list[str], sources: list[str], typed: list[str]) -> Iterator[str]:
    """Yield the blocks that were typed, with their markup where they stood there before."""
    if len(said) * len(typed) > MOST_COMPARED:
        yield from map(_written, typed)
        return
    for kind, a, b, c, d in SequenceMatcher(None, said, typed, autojunk=False).get_opcodes():
        yield from sources[a:b] if kind == "equal" else map(_written, typed[c:d])


def _lines(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def _trimmed(block: str) -> str:
    return "\n".join(line.rstrip() for line in block.strip("\n").split("\n") if line.strip())


# From HTML ---------------------------------------------------------------------------------------------


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield each block as plain text and as the HTML it came from."""
    for each in fragments_fromstring(text) if text.strip() else ():
        if isinstance(each, str):
            yield _tidy(_spaced(each)), html.escape(each, quote=False)
            continue
        yield _tidy(_block(each)), str(tostring(each, encoding="unicode", with_tail=False))
        if each.tail and each.tail.strip():
            yield _tidy(_spaced(each.tail)), html.escape(each.tail, quote=False)


def _tidy(said: str) -> str:
    return _trimmed(_blank_lines.sub("\n", said).strip("\n"))


def _block(element: HtmlElement) -> str:
    match element.tag:
        case "ul" | "ol":
            return _list(element, "")
        case "table":
            rows = element.iter("tr")
            return "\n".join(f"| {' | '.join(_flat(cell) for cell in row)} |" for row in rows)
        case "blockquote":
            return "\n".join(f"> {line}" for line in _inside(element).split("\n") if line.strip())
        case "hr":
            return "---"
        case "pre":
            return "".join(element.itertext())
        case tag:
            return _HEADINGS.get(str(tag), "") + _inline(element).strip()


def _list(element: HtmlElement, indent: str) -> str:
    lines = []
    for number, item in enumerate(element.iterchildren("li"), 1):
        mark = f"{number}. " if element.tag == "ol" else "- "
        first, *more = _inside(item, indent + "  ").split("\n")
        lines += [
            f"{indent}{mark}{first.strip()}",
            *(line if _item.match(line) else f"{indent}  {line.strip()}" for line in more),
        ]
    return "\n".join(lines)


def _inside(element: HtmlElement, indent: str = "") -> str:
    """Return what stands in an item or a quote: its own words, its paragraphs, its lists."""
    said = [_spaced(element.text)]
    for child in element:
        is_block = child.tag in {"p", "ul", "ol", "blockquote", "pre", "table", "hr", *_HEADINGS}
        if child.tag in {"ul", "ol"}:
            said.append("\n" + _list(child, indent) + "\n")
        elif is_block:
            said.append("\n" + _block(child) + "\n")
        else:
            said.append(_marked(child))
        said.append(_spaced(child.tail))
    return _blank_lines.sub("\n", "".join(said)).strip("\n ")


def _flat(element: HtmlElement) -> str:
    return " ".join(_inside(element).split()).replace("|", "¦")


def _inline(element: HtmlElement) -> str:
    return _spaced(element.text) + "".join(_marked(child) + _spaced(child.tail) for child in element)


def _marked(element: HtmlElement) -> str:
    if not isinstance(element.tag, str):
        return ""
    if element.tag == "br":
        return "\n"
    said = _inline(element)
    if element.tag == "a" and element.get("href"):
        return _link_as_text(said, str(element.get("href")))
    mark = _MARKS.get(element.tag, "")
    core = said.strip()
    if not (mark and core) or "\n" in core:
        return said
    return said.replace(core, f"{mark}{core}{mark}", 1)


def _link_as_text(said: str, address: str) -> str:
    safe = address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    if said.strip() in {address, safe} and _link.fullmatch(safe):
        return safe
    words = said.strip().replace("[", "(").replace("]", ")").replace("\n", " ")
    return f"[{words or safe}]({safe})"


def _spaced(text: str | None) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text or "")


# To HTML -----------------------------------------------------------------------------------------------


def _written(block: str) -> str:
    runs = groupby(block.split("\n"), key=_kind)
    return "".join(_WRITERS[kind](list(lines)) for kind, lines in runs)


def _kind(line: str) -> str:
    if _item.match(line):
        return "list"
    if line.startswith("|") and line.endswith("|") and len(line) > 1:
        return "table"
    if line.startswith(">"):
        return "quote"
    return "rule" if line == "---" else "heading" if _heading.match(line) else "text"


def _paragraph(lines: list[str]) -> str:
    return f"<p>{'<br>'.join(_inlined(line.strip()) for line in lines)}</p>"


def _headings(lines: list[str]) -> str:
    found = ((_heading.match(line), line) for line in lines)
    return "".join(
        f"<h{2 + len(m[1])}>{_inlined(line[m.end() :])}</h{2 + len(m[1])}>" for m, line in found if m
    )


def _quote(lines: list[str]) -> str:
    return f"<blockquote>{_paragraph([line.removeprefix('>') for line in lines])}</blockquote>"


def _table(lines: list[str]) -> str:
    rows = ([cell.strip() for cell in line[1:-1].split("|")] for line in lines)
    drawn = ("".join(f"<td>{_inlined(cell)}</td>" for cell in row) for row in rows)
    return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in drawn)}</tbody></table>"


def _items(lines: list[str]) -> str:
    """Write a list; numbers that do not count on from 1 are words and stay."""
    found = [(len(m[1]), m[3], line[m.end() :]) for line in lines if (m := _item.match(line))]
    if not _counts(found):
        return _paragraph(lines)
    return _nested(found)


def _counts(found: list[tuple[int, str | None, str]]) -> bool:
    for indent in {each[0] for each in found}:
        numbers = [int(number) for at, number, _said in found if at == indent and number]
        if numbers and (numbers[0] != 1 or any(b not in {a, a + 1, 1} for a, b in pairwise(numbers))):
            return False
    return True


def _nested(found: list[tuple[int, str | None, str]]) -> str:
    lists = []
    while found:
        indent, number, _said = found[0]
        tag, items = ("ol" if number else "ul"), []
        while found and found[0][0] >= indent and bool(found[0][1]) == bool(number):
            said, found = found[0][2], found[1:]
            deeper = next((at for at, each in enumerate(found) if each[0] <= indent), len(found))
            inner, found = found[:deeper], found[deeper:]
            items.append(f"<li>{_inlined(said)}{_nested(inner) if inner else ''}</li>")
        lists.append(f"<{tag}>{''.join(items)}</{tag}>")
    return "".join(lists)


_WRITERS: dict[str, Callable[[list[str]], str]] = {
    "list": _items,
    "table": _table,
    "quote": _quote,
    "rule": lambda lines: "<hr>" * len(lines),
    "heading": _headings,
    "text": _paragraph,
}


def _inlined(line: str) -> str:
    parts, at = [], 0
    for found in _link.finditer(line):
        parts.append(_emphasised(line[at : found.start()]))
        address = html.escape(found[2] or found[3])
        parts.append(f'<a href="{address}">{_emphasised(found[1]) if found[1] else address}</a>')
        at = found.end()
    return "".join([*parts, _emphasised(line[at:])])


def _emphasised(text: str) -> str:
    said = html.escape(text, quote=False)
    said = _code.sub(r"<code>\1</code>", said)
    return _em.sub(r"<em>\1</em>", _strong.sub(r"<strong>\1</strong>", said))
