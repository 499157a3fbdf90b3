"""Word documents made by code, with the things that python-docx itself does not write."""

import io
import zipfile
from collections.abc import Callable, Iterable

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def new() -> DocumentType:
    """An empty document."""
    return Document()


def saved(document: DocumentType) -> bytes:
    """The bytes of a document."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """A zip file with its members changed (None: left out) and `more` added; `__` in a name is a slash."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            kept = change(member, old.read(member))
            if kept is not None:
                new.writestr(member, kept)
        for name, body in more.items():
            new.writestr(name.replace("__", "/").replace("_xml", ".xml"), body)
    return made.getvalue()


def picture(number: int = 0, size: tuple[int, int] = (60, 40)) -> bytes:
    """A PNG that differs by number."""
    made = io.BytesIO()
    Image.new("RGB", size, (number % 256, (number * 7) % 256, 90)).save(made, "PNG")
    return made.getvalue()


def bold(document: DocumentType, text: str) -> Paragraph:
    """A paragraph that is all bold."""
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = True
    return paragraph


def write(document: DocumentType, paragraphs: Iterable[str]) -> None:
    """Plain paragraphs."""
    for each in paragraphs:
        document.add_paragraph(each)


def comment(document: DocumentType, paragraph: Paragraph, text: str, author: str) -> None:
    """A comment on a paragraph."""
    document.add_comment(paragraph.runs, text=text, author=author)


def insertion(paragraph: Paragraph, text: str) -> None:
    """A tracked insertion at the end of a paragraph."""
    paragraph._p.append(
        parse_xml(f'<w:ins {W} w:id="901" w:author="Ben"><w:r><w:t>{text}</w:t></w:r></w:ins>')
    )


def deletion(paragraph: Paragraph, text: str) -> None:
    """A tracked deletion at the end of a paragraph."""
    paragraph._p.append(
        parse_xml(f'<w:del {W} w:id="902" w:author="Ben"><w:r><w:delText>{text}</w:delText></w:r></w:del>')
    )


def text_box(paragraph: Paragraph, text: str) -> None:
    """A text box as Word writes it: the same words twice, for new and for old readers."""
    inner = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    paragraph._p.append(
        parse_xml(
            f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps">'
            f"<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp>"
            "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
            f"<v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )


def link(paragraph: Paragraph, text: str, address: str) -> None:
    """A hyperlink at the end of a paragraph."""
    relation = paragraph.part.relate_to(
        address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", True
    )
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), relation)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = text
    run.append(words)
    element.append(run)
    paragraph._p.append(element)


def with_footnotes(content: bytes, notes: dict[str, str]) -> bytes:
    """The document with every "{{n}}" in its text made a footnote reference, and the notes behind it."""
    rows = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {text}'
        "</w:t></w:r></w:p></w:footnote>"
        for number, text in notes.items()
    )
    footnotes = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {W}>{rows}</w:footnotes>'

    def change(member: str, body: bytes) -> bytes:
        if member != "word/document.xml":
            return body
        text = body.decode()
        for number in notes:
            reference = f'</w:t></w:r><w:r><w:footnoteReference w:id="{number}"/></w:r><w:r><w:t>'
            text = text.replace(f"{{{{{number}}}}}", reference)
        return text.encode()

    return repacked(content, change, word__footnotes_xml=footnotes.encode())


def numbered_headings(document: DocumentType, levels: tuple[tuple[str, str], ...]) -> None:
    """Have the heading styles draw numbers: (format, text) for each level, as ("decimal", "%1")."""
    numbering = document.part.numbering_part.element
    rows = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{signs}"/>'
        f'<w:pStyle w:val="Heading{depth + 1}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (signs, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{rows}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for depth in range(len(levels)):
        style = document.styles[f"Heading {depth + 1}"].element
        style.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>')
        )
