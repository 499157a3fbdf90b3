"""HTML: a zip with one page, its style sheet and the files, that opens in any browser offline."""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from accredit.exchange.writers.archive import archive
from accredit.exchange.writers.base import Files, Remark, writer
from accredit.exchange.writers.paper import Paper, paper_of
from accredit.exchange.writers.tree import Block, Run

STYLE = Path(__file__).with_name("page.css")
_unsafe = re.compile(r"[^\w.\-]+")


@writer(
    "html",
    title=_("Web page"),
    what_for=_(
        "A zip with one page and your files: unpack it and open index.html in any browser, also without a "
        "connection."
    ),
    ending="zip",
    media_type="application/zip",
    prepare=paper_of,
)
def render(prepared: Paper, files: Files, into: Path) -> Sequence[Remark]:
    """Write the zip; a file used in several places is in it once."""
    names = _names(prepared)
    found = {each: path for each in names if (path := files(each)) is not None}
    with archive(into) as out:
        out.write("index.html", _Page(prepared, {each: names[each] for each in found}).html().encode())
        out.write("style.css", STYLE.read_bytes())
        for each, path in found.items():
            out.copy(names[each], path)
    return ()


def _names(paper: Paper) -> dict[str, str]:
    """Give every file a name within the zip that says which piece it is."""
    names: dict[str, str] = {}
    for piece in _pieces(paper):
        for key, name in ((piece["file"], piece["name"]), (piece["captions"], piece["captions_name"])):
            if key:
                names.setdefault(key, f"files/{piece['label']}-{safe_name(name)}")
    return names


def _pieces(paper: Paper) -> Iterator[Block]:
    return (each for chapter in paper["chapters"] for each in chapter["blocks"] if each["kind"] == "piece")


def safe_name(name: str) -> str:
    """Return a name that is a file's on every system, and leads nowhere."""
    return _unsafe.sub("-", name).strip("-.")[-80:] or "file"


class _Page:
    """Draws the paper; every text passes through `escape`."""

    def __init__(self, paper: Paper, names: dict[str, str]) -> None:
        self.paper, self.names, self.words = paper, names, paper["words"]
        self.drawings: dict[str, Callable[[Block], str]] = {
            "p": lambda block: f"<p>{self.runs(block['runs'])}</p>",
            "h": self.heading,
            "ul": self.items,
            "ol": self.items,
            "quote": lambda block: f"<blockquote>{self.blocks(block['blocks'])}</blockquote>",
            "pre": lambda block: f"<pre>{escape(block['text'])}</pre>",
            "rule": lambda block: "<hr>",
            "table": self.table,
            "note": lambda block: f'<p class="note">{escape(block["text"])}</p>',
            "asks": self.asks,
            "piece": self.piece,
            "again": self.again,
            "list": self.listed,
        }

    def html(self) -> str:
        """Return the whole page."""
        paper = self.paper
        chapters = "".join(self.chapter(each) for each in paper["chapters"])
        links = "".join(
            f'<li><a href="#{each["id"]}">{escape(each["heading"])}</a></li>' for each in paper["chapters"]
        )
        facts = "".join(
            f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in paper["facts"]
        )
        title = escape(f"{paper['title']}: {paper['name']}")
        contents = escape(self.words["contents"])
        return (
            f'<!doctype html>\n<html lang="{paper["language"]}"><head><meta charset="utf-8">'
            f'<title>{title}</title><meta name="viewport" content="width=device-width">'
            '<link rel="stylesheet" href="style.css"></head>\n'
            f'<body><a class="skip" href="#contents">{contents}</a>'
            f'<header><p class="scheme">{escape(paper["scheme"])}</p>'
            f'<h1>{escape(paper["title"])}</h1><p class="kind">{escape(paper["kind"])}</p>'
            f'<p class="name">{escape(paper["name"])}</p><dl>{facts}</dl>'
            f'<p class="body">{escape(paper["body"])}</p></header>\n'
            f'<nav id="contents" aria-labelledby="contents-title"><h2 id="contents-title">{contents}</h2>'
            f"<ol>{links}</ol></nav>\n<main>{chapters}</main></body></html>\n"
        )

    def chapter(self, chapter: Paper) -> str:
        """Return a section of the page."""
        anchor = escape(chapter["id"])
        return (
            f'\n<section id="{anchor}" aria-labelledby="{anchor}-title">'
            f'<h2 id="{anchor}-title">{escape(chapter["heading"])}</h2>'
            f"{self.blocks(chapter['blocks'])}"
            f'<p class="back"><a href="#contents">{escape(self.words["back"])}</a></p></section>'
        )

    def blocks(self, blocks: Sequence[Block]) -> str:
        """Return blocks one after the other."""
        return "\n".join(self.drawings[each["kind"]](each) for each in blocks)

    def runs(self, runs: Sequence[Run]) -> str:
        """Return a line of text."""
        return "".join(self.run(each) for each in runs)

    def run(self, run: Run) -> str:
        """Return one stretch of text with its marks and its link."""
        text = escape(run["text"]).replace("\n", "<br>")
        for mark in run["marks"]:
            text = f"<{mark}>{text}</{mark}>"
        return (
            f'<a href="{escape(run["href"])}" rel="noopener noreferrer">{text}</a>' if run["href"] else text
        )

    def heading(self, block: Block) -> str:
        """Return a heading; the page's own is the first level."""
        level = min(6, block["level"] + 1)
        return f"<h{level}>{self.runs(block['runs'])}</h{level}>"

    def items(self, block: Block) -> str:
        """Return a list."""
        items = "".join(f"<li>{self.item(each)}</li>" for each in block["items"])
        return f"<{block['kind']}>{items}</{block['kind']}>"

    def item(self, blocks: Sequence[Block]) -> str:
        """Return what a list's item says, without a paragraph where it is a single line."""
        is_line = (
            bool(blocks)
            and blocks[0]["kind"] == "p"
            and all(each["kind"] in ("ul", "ol") for each in blocks[1:])
        )
        return self.runs(blocks[0]["runs"]) + self.blocks(blocks[1:]) if is_line else self.blocks(blocks)

    def table(self, block: Block) -> str:
        """Return a table in a frame that scrolls by itself."""
        rows = [
            "".join(self.cell(cell) for cell in block["cells"] if cell["y"] == y)
            for y in range(block["height"])
        ]
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f'<div class="frame" tabindex="0"><table><tbody>{body}</tbody></table></div>'

    def cell(self, cell: Block) -> str:
        """Return a cell; a head in the first row stands for its column, elsewhere for its row."""
        spans = "".join(
            f' {name}="{cell[key]}"'
            for name, key in (("colspan", "across"), ("rowspan", "down"))
            if cell[key] > 1
        )
        tag, scope = ("th", f' scope="{"row" if cell["y"] else "col"}"') if cell["is_head"] else ("td", "")
        return f"<{tag}{scope}{spans}>{self.item(cell['blocks'])}</{tag}>"

    def asks(self, block: Block) -> str:
        """Return the criteria, folded away."""
        return f"<details><summary>{escape(block['title'])}</summary>{self.blocks(block['blocks'])}</details>"

    def piece(self, piece: Block) -> str:
        """Return a piece of evidence in full."""
        private = f' <span class="tag">{escape(self.words["private"])}</span>' if piece["is_private"] else ""
        lines = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in piece["lines"])
        return (
            f'<div class="piece" id="{escape(piece["id"])}"><p class="title">'
            f'<span class="label">{escape(piece["label"])}</span>'
            f" {escape(piece['title'])}{private}</p>{self.blocks(piece['shows'])}{self.shown(piece)}"
            f"{self.blocks(piece['blocks'])}{f'<dl>{lines}</dl>' if lines else ''}</div>"
        )

    def shown(self, piece: Block) -> str:
        """Return the picture, the player or the link of a piece."""
        if piece["address"]:
            address = escape(piece["address"])
            return f'<p><a href="{address}" rel="noopener noreferrer">{address}</a></p>'
        if not piece["file"]:
            return ""
        if piece["file"] not in self.names:
            return f'<p class="lost">{escape(piece["name"])}: {escape(self.words["lost"])}</p>'
        href = quote(self.names[piece["file"]])
        picture = f'<p><img src="{href}" alt="{escape(piece["alt"])}"></p>' if piece["is_picture"] else ""
        size = f" ({escape(piece['size'])})" if piece["size"] else ""
        return f'{picture}<p><a href="{href}">{escape(piece["name"])}</a>{size}</p>{self.captions(piece)}'

    def captions(self, piece: Block) -> str:
        """Return a link to the captions of a film."""
        if piece["captions"] not in self.names:
            return ""
        href = quote(self.names[piece["captions"]])
        return f'<p><a href="{href}">{escape(piece["captions_name"] or href)}</a></p>'

    def again(self, block: Block) -> str:
        """Return the line that stands for a piece shown before."""
        anchor, label, text = (escape(block[name]) for name in ("id", "label", "text"))
        return f'<p class="again"><a href="#{anchor}"><span class="label">{label}</span> {text}</a></p>'

    def listed(self, block: Block) -> str:
        """Return the list of evidence."""
        words = self.words
        heads = "".join(
            f'<th scope="col">{escape(words[name])}</th>'
            for name in ("number", "piece", "what", "size", "hash", "used")
        )
        rows = "".join(self.row(row) for row in block["rows"])
        return (
            '<div class="frame" tabindex="0"><table class="evidence">'
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def row(self, row: Block) -> str:
        """Return a line of the list of evidence."""
        private = f' <span class="tag">{escape(self.words["private"])}</span>' if row["is_private"] else ""
        cells = "".join(f"<td>{escape(row[name])}</td>" for name in ("what", "size"))
        label, title, sha, used = (escape(row[name]) for name in ("label", "title", "hash", "used"))
        return (
            f'<tr><th scope="row"><a href="#{escape(row["id"])}">{label}</a></th>'
            f"<td>{title}{private}</td>{cells}"
            f'<td class="hash">{sha}</td><td>{used}</td></tr>'
        )
