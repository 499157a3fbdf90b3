"""Footnotes and comments as web pages write them: a link to a place at the end, and one back from there."""

import re

from lxml import html as lxml_html
from lxml.html import HtmlElement

from accredit.exchange.documents import Footnote, Remark
from accredit.exchange.readers import marks
from accredit.toolkit.richtext import clean_html

# Word by the converter, Google Docs, Markdown.
_note = re.compile(r"^(?:footnote-|endnote-|ftnt|fn:?)\d+$")
_comment = re.compile(r"^cmnt(\d+)$")
_back = re.compile(r"^#(?:footnote-ref-|endnote-ref-|ftnt_ref|fnref|cmnt_ref)")


def take_notes(root: HtmlElement) -> tuple[tuple[Footnote, ...], dict[str, Remark]]:
    """Take footnotes and comments out of the tree; their marks stay in the text as "[1]"."""
    notes: dict[str, Footnote] = {}
    remarks: dict[str, Remark] = {}
    holders = {name: each for each in root.iter() if (name := _named(each))}
    for name, holder in holders.items():
        if _comment.match(name):
            number = f"c{_comment.match(name)[1]}"  # type: ignore[index]
            remarks[number] = Remark(_words_without_mark(_whole(holder)))
            _mark_links(root, name, marks.comment(number))
        elif _note.match(name):
            mark = str(len(notes) + 1)
            notes[mark] = Footnote(mark, _content(_whole(holder)))
            _mark_links(root, name, f"[{mark}]")
    for holder in holders.values():
        _drop(_whole(holder))
    return tuple(notes.values()), remarks


def _named(element: HtmlElement) -> str:
    if not isinstance(element.tag, str):
        return ""
    name = element.get("id") or (element.get("name") if element.tag == "a" else "") or ""
    return name if _note.match(name) or _comment.match(name) else ""


def _whole(holder: HtmlElement) -> HtmlElement:
    """Return the element with all of a note: Google marks only the link back within it."""
    if holder.tag != "a":
        return holder
    for outer in holder.iterancestors():
        if outer.tag in {"div", "li"}:
            return outer
    parent = holder.getparent()
    return holder if parent is None else parent


def _mark_links(root: HtmlElement, name: str, mark: str) -> None:
    for link in list(root.iter("a")):
        if link.get("href") == f"#{name}":
            for inner in list(link):
                link.remove(inner)
            link.text = mark
            link.tag = "span"


def _content(element: HtmlElement) -> str:
    for link in list(element.iter("a")):
        if _back.match(link.get("href") or ""):
            link.drop_tree()
    inner = [element.text or ""] + [lxml_html.tostring(each, encoding="unicode") for each in element]
    text = clean_html("".join(str(each) for each in inner))
    # One paragraph needs no second one around it.
    only = re.fullmatch(r"\s*<p>(.*)</p>\s*", text, re.DOTALL)
    return only[1].strip() if only and "<p>" not in only[1] else text


def _words_without_mark(element: HtmlElement) -> str:
    text = " ".join(" ".join(str(each) for each in element.itertext()).split())
    return re.sub(r"^\[\w+\]\s*", "", text)


def _drop(element: HtmlElement) -> None:
    """Take a note out, and the list around it once it is empty."""
    parent = element.getparent()
    if parent is None:
        return
    element.drop_tree()
    if parent.tag in {"ol", "section"} and not "".join(parent.itertext()).strip():
        _drop(parent)
