"""Documents in the shapes people really make, each built from a full portfolio whose places are known."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.exchange import shapes_web as on_web
from tests.exchange import shapes_word as on_paper
from tests.exchange.texts import PATHWAYS, Section, sections

Build = Callable[[tuple[Section, ...]], bytes]


@dataclass(frozen=True)
class Shape:
    """One document: how it is made, of whose portfolio, and whether headings say what is what."""

    title: str
    portfolio: str
    build: Build
    name: str = "portfolio.docx"
    has_headings: bool = True

    @property
    def pathway(self) -> str:
        """The pathway of the portfolio."""
        return PATHWAYS[self.portfolio]

    @property
    def sections(self) -> tuple[Section, ...]:
        """What is in it."""
        return sections(self.portfolio)

    def made(self) -> bytes:
        """The file."""
        return self.build(self.sections)


SHAPES = (
    Shape("headings with codes", "tomas-cmalt", on_paper.real_headings),
    Shape("numbers drawn by Word", "priya-cmalt", on_paper.auto_numbers),
    Shape("bold paragraphs", "priya-cmalt", on_paper.bold_paragraphs),
    Shape("a table per section", "priya-cmalt", on_paper.tables),
    Shape("a column per part", "ada-associate", on_paper.columns),
    Shape("notes, changes, comments", "tomas-cmalt", on_paper.reviewed),
    Shape("sixty pictures", "tomas-cmalt", on_paper.pictures),
    Shape("two levels", "tomas-cmalt", on_paper.two_levels),
    Shape("another order, no codes", "tomas-cmalt", on_paper.another_order),
    Shape("typing slips, no codes", "priya-cmalt", on_paper.typos),
    Shape("other names", "tomas-cmalt", on_paper.synonyms),
    Shape("words before a colon", "ada-associate", on_paper.run_in),
    Shape("earlier wording, subheadings", "tomas-cmalt", on_paper.subheadings),
    Shape("Associate", "ada-associate", on_paper.real_headings),
    Shape("Senior", "gwen-senior", on_paper.real_headings),
    Shape("Senior, bold paragraphs", "gwen-senior", on_paper.bold_paragraphs),
    Shape("Google Docs, Senior", "gwen-senior", on_web.google, "portfolio.zip"),
    Shape("PebblePad", "gwen-senior", on_web.pebblepad, "export.zip"),
    Shape("one web page", "priya-cmalt", on_web.one_page, "portfolio.html"),
    Shape("Markdown", "priya-cmalt", on_web.markdown, "portfolio.md"),
    Shape("plain text", "ada-associate", on_web.plain_text, "portfolio.txt"),
    Shape("no headings", "tomas-cmalt", on_paper.no_headings, has_headings=False),
)
