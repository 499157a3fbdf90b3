"""The words of a page: read by a child process, because pages are what strangers send."""

import codecs
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

from accredit.toolkit import confined
from accredit.toolkit.fetching.asking import Answer

MOST_TITLE = 300
MOST_TEXT = 200_000
LIMITS = confined.Limits(memory=768 * confined.MEBIBYTE, processor=10, clock=20)
HTML = frozenset({"text/html", "application/xhtml+xml"})
_UNSEEN = ("head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select")
_BLOCKS = (
    "address article aside blockquote br caption dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table td tfoot th thead tr ul"
)
# Neither a database nor a reader wants these: NUL, controls, and marks that turn the direction of text.
_odd = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


@dataclass(frozen=True)
class Page:
    """The title and words of a page, without any of its marks; empty where it has none."""

    title: str = ""
    text: str = ""


def page_of(answer: Answer) -> Page:
    """Return the words of an answer; empty where it is no text, or where reading it breaks off."""
    if not answer.body:
        return Page()
    if answer.media_type not in HTML:
        return Page(text=tidy(decoded(answer.body, answer.charset), MOST_TEXT))
    with tempfile.TemporaryDirectory(prefix="accredit-page-") as name:
        folder = Path(name)
        (folder / "page").write_bytes(answer.body)
        try:
            values = {"charset": answer.charset}
            done = confined.run(f"{__name__}:read", values=values, folder=folder, limits=LIMITS)
        except (confined.Overran, confined.Broke):
            return Page()
    return Page(*done.value)


def read(folder: Path, *, charset: str) -> tuple[str, str]:
    """Return title and text of the file `page`; runs in the child."""
    return title_and_text((folder / "page").read_bytes(), charset)


def title_and_text(body: bytes, charset: str) -> tuple[str, str]:
    """Return the title and the words of an HTML page, one line per block."""
    encoding = charset if _is_known(charset) else None
    parser = html.HTMLParser(encoding=encoding, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return "", ""
    title = " ".join(str(each) for each in root.xpath("//title[1]//text()"))
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    for each in root.iter(*_BLOCKS.split()):
        each.text = f"\n{each.text or ''}"
        each.tail = f"\n{each.tail or ''}"
    return tidy(title, MOST_TITLE).replace("\n", " "), tidy("".join(root.itertext()), MOST_TEXT)


def decoded(body: bytes, charset: str) -> str:
    """Return a text in its charset, or in UTF-8 where that is none we know."""
    return body.decode(charset if _is_known(charset) else "utf-8", "replace")


def tidy(text: str, most: int) -> str:
    """Return words and lines without what nobody can read, cut to `most` characters."""
    lines = (" ".join(line.split()) for line in _odd.sub("", text).split("\n"))
    return "\n".join(line for line in lines if line)[:most]


def _is_known(charset: str) -> bool:
    try:
        # Some codecs of Python turn bytes into bytes: those are no charsets.
        return bool(charset) and codecs.lookup(charset)._is_text_encoding
    except (LookupError, ValueError):
        return False
