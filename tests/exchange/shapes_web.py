"""Web pages, Markdown and plain text in the shapes that programs and people make."""

import io
import zipfile
from html import escape

from tests.exchange import wordmaking as word
from tests.exchange.shapes_word import PARTS, title
from tests.exchange.texts import Section


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def _paragraphs(rows: tuple[str, ...]) -> str:
    return "".join(f'<p class="c2"><span class="c5">{escape(each)}</span></p>' for each in rows)


def google(rows: tuple[Section, ...]) -> bytes:
    """A zip file as Google Docs makes it: classes for bold, detours for links, comments at the end."""
    parts = ["<html><head><style>.c1{font-weight:700}.c2{margin:0}.c5{font-weight:400}</style></head><body>"]
    for number, section in enumerate(rows, 1):
        parts.append(f'<h1 class="c3" id="h.{number}"><span class="c1">{escape(title(section))}</span></h1>')
        for passage in section.passages:
            if passage.place.example:
                parts.append(f'<p class="c2"><span class="c1">{passage.place.part.capitalize()}</span></p>')
            elif ":" in passage.place.part:
                name = dict(section.slot.principles)[passage.place.part.partition(":")[2]]
                parts.append(f'<p class="c2"><span class="c1">{escape(name)}</span></p>')
            parts.append(_paragraphs(passage.paragraphs))
        parts.append(
            '<p class="c2"><span>See </span><a href="https://www.google.com/url?q=https://example.org/a'
            f'{number}&amp;sa=D">the page</a><sup><a href="#cmnt{number}" id="cmnt_ref{number}">[a]</a></sup>'
            "</p>"
            f'<p class="c2"><img src="images/image{number}.png" alt="Screen {number}"></p>'
        )
    parts += [
        f'<div><p><a href="#cmnt_ref{number}" id="cmnt{number}">[a]</a><span>Check fact {number}</span></p>'
        "</div>"
        for number in range(1, len(rows) + 1)
    ]
    pictures = {f"images/image{number}.png": word.picture(number) for number in range(1, len(rows) + 1)}
    return zipped({"MyCMALTportfolio.html": "".join([*parts, "</body></html>"]).encode(), **pictures})


def pebblepad(rows: tuple[Section, ...]) -> bytes:
    """A zip file with a page for each section, nested boxes, navigation and scripts."""
    names = [f"page{number:02}.html" for number in range(1, len(rows) + 1)]
    menu = "".join(f'<li><a href="{name}">{name}</a></li>' for name in names)
    pages = {}
    for name, section in zip(names, rows, strict=True):
        parts = "".join(
            f'<div class="block"><div class="block-title"><h3>{each.place.part.capitalize()}</h3></div>'
            f'<div class="block-body">{_paragraphs(each.paragraphs)}</div></div>'
            if each.place.example
            else f"<div>{_principle(section, each.place.part)}{_paragraphs(each.paragraphs)}</div>"
            for each in section.passages
        )
        pages[name] = (
            f"<!DOCTYPE html><html><head><title>x</title><script>go(1)</script></head><body><nav><ul>{menu}"
            f'</ul></nav><div id="app"><div class="page"><h2>{escape(title(section))}</h2>{parts}'
            f'<img src="files/shot.png" alt="A shot"></div></div></body></html>'
        ).encode()
    return zipped({**pages, "files/shot.png": word.picture(3)})


def _principle(section: Section, part: str) -> str:
    code = part.partition(":")[2]
    return f"<h3>{escape(dict(section.slot.principles)[code])}</h3>" if code else ""


def one_page(rows: tuple[Section, ...]) -> bytes:
    """One page as a blog prints it."""
    parts = []
    for section in rows:
        parts.append(f"<h2>{escape(title(section))}</h2>")
        for number in section.examples:
            texts = section.of(number)
            parts += [f"<h3>{part.capitalize()}</h3>{_paragraphs(texts[part])}" for part in PARTS]
        if not section.examples:
            parts.append(_paragraphs(section.passages[0].paragraphs))
    return f"<!doctype html><html><body><article>{''.join(parts)}</article></body></html>".encode()


def markdown(rows: tuple[Section, ...]) -> bytes:
    """Markdown with footnotes and a table."""
    parts = ["---\nauthor: Somebody\n---\n"]
    for number, section in enumerate(rows, 1):
        parts.append(f"## {title(section)}\n")
        for passage in section.passages:
            if passage.place.example:
                parts.append(f"### {passage.place.part.capitalize()}\n")
            parts += [f"{each.replace('*', '')}\n" for each in passage.paragraphs]
        parts.append(f"A claim.[^{number}]\n\n| Year | Users |\n|---|---|\n| 2025 | {number}00 |\n")
    parts += [f"[^{number}]: Source of claim {number}.\n" for number in range(1, len(rows) + 1)]
    return "\n".join(parts).encode()


def plain_text(rows: tuple[Section, ...]) -> bytes:
    """A text file with titles on lines of their own."""
    parts = []
    for section in rows:
        parts.append(title(section))
        for passage in section.passages:
            parts += [passage.place.part.upper()] if passage.place.example else []
            parts += passage.paragraphs
    return "\n\n".join(parts).encode()
