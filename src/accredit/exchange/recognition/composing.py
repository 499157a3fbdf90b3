"""What each slot would say once every stretch is where the person wants it. Pure."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import html as lxml_html
from lxml.html import HtmlElement

from accredit.exchange.documents import Place
from accredit.exchange.recognition.outline import Item, Outline, Said, Stretch, Why
from accredit.rulebook.terms import Part
from accredit.toolkit.richtext import clean_html, plain

# Where a stretch may go besides a place: nowhere, or among the notes to self.
NOWHERE, NOTE = "", "note"
# A line of evidence of so many words with one link in it is that link, not a text.
LONGEST_LINK = 25
# What is longer is no name of an area but a text.
LONGEST_AREA = 120
# Parts of an entry that are one line; only files of ours and of Mahara's kind say them.
LINES = ("title", "link", "pages")
Placing = Mapping[str, str]


@dataclass
class BroughtExample:
    """One example as the document tells it."""

    title: str = ""
    description: str = ""
    reflection: str = ""
    type: str = ""
    jurisdiction: str = ""
    items: list[Item] = field(default_factory=list)


@dataclass
class Brought:
    """One slot as the document tells it; `items` of a statement belong to no example."""

    slot: str
    title: str = ""
    area: str = ""
    link: str = ""
    pages: str = ""
    text: str = ""
    principle_texts: dict[str, str] = field(default_factory=dict)
    examples: dict[int, BroughtExample] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def example(self, number: int) -> BroughtExample:
        """Return an example by number, a new one where there is none."""
        return self.examples.setdefault(max(1, number), BroughtExample())


def written(place: Place | None) -> str:
    """Return a place as the pages send it: "1a|description|1"."""
    return NOWHERE if place is None else f"{place.slot}|{place.part}|{place.example}"


def read_place(text: str) -> Place | None:
    """Return the place that `written` wrote down; None for nowhere and notes."""
    parts = text.split("|")
    if len(parts) != 3 or not parts[2].isdigit():
        return None
    return Place(parts[0], parts[1], int(parts[2]))


def where(number: int, stretch: Stretch, placing: Placing) -> str:
    """Return where a stretch goes: what the person said, else what was proposed."""
    return placing.get(str(number), written(stretch.place))


def compose(outline: Outline, placing: Placing) -> tuple[dict[str, Brought], tuple[Stretch, ...]]:
    """Return what the document says for each slot, and the stretches that become notes to self."""
    found: dict[str, Brought] = {}
    notes = []
    for number, stretch in enumerate(outline.stretches):
        wanted = where(number, stretch, placing)
        place = read_place(wanted)
        if wanted == NOTE:
            notes.append(stretch)
        elif place is not None:
            brought = found.setdefault(place.slot, Brought(place.slot))
            _put(brought, place, stretch, is_moved=wanted != written(stretch.place))
    return found, tuple(notes)


def _put(brought: Brought, place: Place, stretch: Stretch, *, is_moved: bool) -> None:
    brought.said += stretch.said
    # The heading that named the place is no text; one that named nothing is.
    is_text = stretch.heading and (is_moved or stretch.why in {Why.NOTHING, Why.ORDER})
    head = f"<h3>{html.escape(stretch.heading, quote=False)}</h3>" if is_text else ""
    text = head + stretch.html
    if place.part == "text":
        brought.text += text
        brought.items += stretch.items
    elif place.part == "area" and len(plain(text)) <= LONGEST_AREA:
        brought.area = _line(brought.area, text)
        brought.items += stretch.items
    elif place.part in LINES:
        setattr(brought, place.part, _line(getattr(brought, place.part), text))
    elif place.part.startswith("principle:"):
        code = place.part.removeprefix("principle:")
        brought.principle_texts[code] = brought.principle_texts.get(code, "") + text
        brought.items += stretch.items
    else:
        _put_in_example(brought.example(place.example), place.part, text, stretch)


def _put_in_example(example: BroughtExample, part: str, text: str, stretch: Stretch) -> None:
    if part == Part.EVIDENCE:
        example.items += items_in(text)
    elif part == "example-title":
        example.title = _line(example.title, text)
    elif part == "type":
        example.type = _line(example.type, text)
    elif part == "jurisdiction":
        example.jurisdiction = _line(example.jurisdiction, text)
    elif part == Part.REFLECTION:
        example.reflection += text
    else:
        example.description += text
    example.items += stretch.items


def _line(before: str, text: str) -> str:
    return " ".join(f"{before} {plain(text)}".split())


def cleaned(brought: Brought) -> Brought:
    """Return it with every text as the sanitiser leaves it."""
    examples = {
        number: replace(
            each, description=clean_html(each.description), reflection=clean_html(each.reflection)
        )
        for number, each in sorted(brought.examples.items())
    }
    texts = {code: clean_html(text) for code, text in brought.principle_texts.items()}
    return replace(brought, text=clean_html(brought.text), principle_texts=texts, examples=examples)


def items_in(text: str) -> list[Item]:
    """Return the pieces that words under "Evidence" name: each line with one link is that link.

    Everything else stays together as one text. No word is left out.
    """
    if not plain(text):
        return []
    root = lxml_html.fragment_fromstring(text, create_parent="div")
    items: list[Item] = []
    rest: list[str] = []
    for line in _lines(root):
        link = _link_of(line)
        if link is not None:
            items.append(link)
        else:
            rest.append(_html(line))
    body = clean_html("".join(rest))
    if plain(body):
        items.append(Item(text=body))
    return items


def _lines(root: HtmlElement) -> list[HtmlElement]:
    """Return paragraphs and list items, the lists taken apart only where links stand in them."""
    found = []
    for element in root:
        is_list = element.tag in {"ul", "ol"} and element.find(".//a") is not None
        if is_list and element.find("./li//ul") is None and element.find("./li//ol") is None:
            found += [each for each in element if each.tag == "li"]
        else:
            found.append(element)
    return found


def _link_of(line: HtmlElement) -> Item | None:
    links = [each for each in line.iter("a") if (each.get("href") or "").startswith(("http://", "https://"))]
    words = " ".join(str(line.text_content()).split())
    address = links[0].get("href") or "" if len(links) == 1 else _bare_address(words)
    if not address or len(words.split()) > LONGEST_LINK or len(address) > 1000:
        return None
    shown = " ".join(str(links[0].text_content()).split()) if links else ""
    is_bare = not shown or shown.rstrip("/") == address.rstrip("/")
    title = words.replace(shown or address, "").strip(" :–-") if is_bare else words
    return Item(address=address, title=(title or words)[:200])


def _bare_address(words: str) -> str:
    found = re.findall(r"https?://[^\s<>\"]+", words)
    return str(found[0]).rstrip(".,;)") if len(found) == 1 else ""


def _html(element: HtmlElement) -> str:
    tag = "p" if element.tag == "li" else element.tag
    element.tag, element.tail = tag, None
    return lxml_html.tostring(element, encoding="unicode")
