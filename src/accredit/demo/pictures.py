"""Draws the demo's evidence: pictures, documents and e-mails, the same bytes every time."""

import json
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

import typst
from markdown_it import MarkdownIt
from markdown_it.token import Token

TEMPLATE = Path(__file__).with_name("evidence.typ")


def draw(piece: dict[str, object]) -> tuple[str, bytes]:
    """Return the file ending and content of a piece of the kinds png, pdf and email."""
    if piece["kind"] == "email":
        return "eml", message(piece)
    if piece["kind"] == "pdf":
        return "pdf", document(str(piece["title"]), str(piece["body"]))
    return "png", picture(piece)


def picture(piece: dict[str, object]) -> bytes:
    """Draw bars, a table or a window of text lines."""
    names = ("title", "picture", "data", "rows", "lines")
    wanted: dict[str, object] = {name: piece[name] for name in names if name in piece}
    return _compile(wanted, "png")


def document(title: str, body: str) -> bytes:
    """Set a document of Markdown blocks as a PDF."""
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    return _compile({"title": title, "picture": "document", "blocks": _blocks(tokens)}, "pdf")


def _compile(data: dict[str, object], format_: Literal["pdf", "png"]) -> bytes:
    inputs = {"data": json.dumps(data)}
    return typst.compile(TEMPLATE, root=TEMPLATE.parent, sys_inputs=inputs, format=format_, ppi=110)


def _blocks(tokens: list[Token]) -> list[dict[str, object]]:
    """Fold Markdown tokens into headings, paragraphs, list items and tables of plain text."""
    blocks: list[dict[str, object]] = []
    rows: list[list[str]] = []
    inside: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            inside.append(token.type)
            if token.type == "table_open":
                rows = []
                blocks.append({"kind": "table", "rows": rows})
            elif token.type == "tr_open":
                rows.append([])
        elif token.nesting == -1:
            inside.pop()
        elif token.type == "inline" and "table_open" in inside:
            rows[-1].append(_plain(token.content))
        elif token.type == "inline":
            kind = "h" if "heading_open" in inside else "li" if "list_item_open" in inside else "p"
            blocks.append({"kind": kind, "text": _plain(token.content)})
    return blocks


def _plain(text: str) -> str:
    return text.replace("**", "").replace("*", "").replace("`", "").replace("\n", " ")


def message(piece: dict[str, object]) -> bytes:
    """Write an e-mail file."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = piece["from"], piece["to"], piece["subject"]
    mail["Date"] = str(piece["date"])
    mail.set_content(str(piece["body"]))
    return mail.as_bytes()
