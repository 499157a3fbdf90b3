"""Rich text: the one sanitiser for forms, autosave, imports and the API, and the counting of words."""

import html
import re
from itertools import pairwise

import nh3

TEXT = {"p", "h3", "h4", "h5", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "br", "hr"}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = frozenset(TEXT | TABLE)
SCHEMES = frozenset({"http", "https", "mailto"})
RENAMED = {"b": "strong", "i": "em"}
BLOCKS = "p|h[1-6]|li|ul|ol|blockquote|pre|table|thead|tbody|tr|th|td|br|hr|div"

_renamed = re.compile(r"<(/?)(b|i)(?=[\s>/])", re.IGNORECASE)
_heading = re.compile(r"<h([1-6])(?:\s[^>]*)?>(.*?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_block = re.compile(rf"</?(?:{BLOCKS})\b[^>]*>", re.IGNORECASE)
_tag = re.compile(r"<[^>]*>")
_empty = re.compile(r"^(?:\s|&nbsp;|<p>(?:\s|&nbsp;|<br>)*</p>|<br>)*$")
_looks_like_html = re.compile(
    rf"</?(?:{BLOCKS}|strong|em|b|i|u|s|a|code|span|font|script|style|img|svg|iframe|object|form|math)\b[^<]*>",
    re.IGNORECASE,
)
_quotation = re.compile(r"<blockquote\b.*?</blockquote\s*>", re.IGNORECASE | re.DOTALL)
_link = re.compile(r"""<a\s[^>]*?\bhref="([^"]*)\"""", re.IGNORECASE)
_word = re.compile(r"[^\W_]+(?:['’\-.@/:]{1,3}[^\W_]+)*")

_cleaner = nh3.Cleaner(
    tags=set(TAGS) | {"h1", "h2", "h6"},
    attributes={"a": {"href"}, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"}},
    url_schemes=set(SCHEMES),
    link_rel="noopener",
)


def clean_html(text: str) -> str:
    """Return `text` with nothing but our elements; plain text becomes paragraphs, emptiness ''.

    Headings are moved to h3–h5 and never skip a level. Safe to show unescaped; cleaning twice changes
    nothing.
    """
    text = text.replace("\x00", "")
    if not _looks_like_html.search(text):
        text = _paragraphs(text)
    cleaned = _cleaner.clean(_renamed.sub(_rename, text))
    cleaned = _level_headings(cleaned)
    if _empty.match(cleaned):
        return ""
    # Bare words would be taken for typed text, and escaped again, the next time.
    return cleaned if _looks_like_html.search(cleaned) else f"<p>{cleaned.strip()}</p>"


def plain(text: str) -> str:
    """Return the words of an HTML text, one line per block, without marks."""
    spaced = _tag.sub("", _block.sub("\n", text))
    lines = (re.sub(r"\s+", " ", line).strip() for line in html.unescape(spaced).split("\n"))
    return "\n".join(line for line in lines if line)


def words_in(text: str) -> int:
    """Count the words of an HTML text as a person would; an address is one word."""
    return len(_word.findall(plain(text)))


def own_words(text: str) -> str:
    """Return the plain words of an HTML text without what stands in block quotations."""
    return plain(_quotation.sub("\n", text))


def addresses_in(text: str) -> list[str]:
    """Return the web addresses a cleaned HTML text links to, once each, in their order."""
    found = (html.unescape(each).strip() for each in _link.findall(text))
    return list(dict.fromkeys(each for each in found if each.lower().startswith(("http://", "https://"))))


def _rename(match: re.Match[str]) -> str:
    return f"<{match[1]}{RENAMED[match[2].lower()]}"


def _paragraphs(text: str) -> str:
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return "".join(f"<p>{_lines(block)}</p>" for block in blocks if block)


def _lines(block: str) -> str:
    return html.escape(block, quote=False).replace("\n", "<br>")


def _level_headings(text: str) -> str:
    found = [int(match[1]) for match in _heading.finditer(text)]
    if not found:
        return text
    levels = iter(_without_skips(found))
    return _heading.sub(lambda match: _at_level(next(levels), match[2]), text)


def _at_level(level: int, words: str) -> str:
    return f"<h{level}>{words}</h{level}>"


def _without_skips(found: list[int]) -> list[int]:
    """Map the levels to 3–5: the first is 3, none lies more than one below the heading before it."""
    levels = [3]
    for before, here in pairwise(found):
        step = 1 if here > before else min(0, here - before)
        levels.append(max(3, min(5, levels[-1] + step)))
    return levels
