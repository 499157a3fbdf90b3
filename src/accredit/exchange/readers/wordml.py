"""Names and small looks of WordprocessingML, the XML within a Word document."""

from collections.abc import Iterator

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
V = "urn:schemas-microsoft-com:vml"
NAMES = {"w": W, "mc": MC, "m": M, "r": R, "a": A, "v": V}
# Word's strict form has other addresses for the same words.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": A.encode(),
}
_OFF = {"0", "false", "off", "none"}


def w(name: str) -> str:
    """Return a name in the main namespace as lxml writes it."""
    return f"{{{W}}}{name}"


def value(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute of an element that may not be there."""
    return "" if element is None else element.get(w(name), "")


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the element at a path of names below, or None."""
    for name in path:
        element = None if element is None else element.find(w(name))
    return element


def is_on(element: etree._Element | None) -> bool:
    """Say whether a switch such as bold is set."""
    return element is not None and value(element).lower() not in _OFF


def each(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Walk the elements of a name; a list first, so that they may be changed on the way."""
    return iter(list(root.iter(w(name))))


def text_of(element: etree._Element, *, deleted: bool = False) -> str:
    """Return the words in an element, blanks where a tab or break stands."""
    words = []
    for part in element.iter():
        if part.tag in {w("t"), f"{{{M}}}t"} or (deleted and part.tag == w("delText")):
            words.append(part.text or "")
        elif part.tag in {w("tab"), w("br"), w("cr"), w("p")}:
            words.append(" ")
    return "".join(words).strip()


def run(text: str) -> etree._Element:
    """Return a run of text."""
    made = etree.Element(w("r"))
    words = etree.SubElement(made, w("t"))
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def unwrap(element: etree._Element) -> None:
    """Put the children of an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for number, inner in enumerate(list(element)):
        parent.insert(at + number, inner)
    remove(element)


def remove(element: etree._Element) -> None:
    """Take an element out; what stands behind it stays."""
    parent = element.getparent()
    if parent is not None:
        element.tail = None
        parent.remove(element)
