"""Draws the demo's evidence: pictures, documents, e-mails, sounds; the same bytes every time."""

import io
import json
import math
import random
import wave
from array import array
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

import typst
from markdown_it import MarkdownIt
from markdown_it.token import Token

RATE = 8000
TEMPLATE = Path(__file__).with_name("evidence.typ")


def draw(piece: dict[str, object]) -> tuple[str, bytes]:
    """Return the file ending and content of a piece of the kinds png, pdf, email and sound."""
    if piece["kind"] == "sound":
        return "wav", sound()
    if piece["kind"] == "email":
        return "eml", message(piece)
    if piece["kind"] == "pdf":
        return "pdf", document(str(piece["title"]), str(piece["body"]))
    return "png", picture(piece)


def sound() -> bytes:
    """Make ten seconds of sound: a faint hiss, and from the middle on the hum of a machine."""
    hiss, level = random.Random(1), 0.0
    samples = array("h")
    for number in range(10 * RATE):
        level = 0.8 * level + hiss.uniform(-60, 60)
        at = number / RATE
        hum = sum(math.sin(math.tau * pitch * at) / part for part, pitch in enumerate((118, 236, 354), 1))
        samples.append(int(level + (2500 * hum * min(1, at - 5) if at > 5 else 0)))
    into = io.BytesIO()
    with wave.open(into, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return into.getvalue()


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
