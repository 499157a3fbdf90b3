"""What the office looks at before a portfolio is assessed: sections, links, files."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.files.queries import is_present
from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Submission, SubmittedFile
from accredit.portfolios.queries import addresses_in_content, distinct, links_of, snapshots_of
from accredit.rulebook.framework import SectionKind
from accredit.web.ui.answered import answered_of, with_answers
from accredit.web.ui.links import LinkState, state_of
from accredit.web.ui.parts import Cell, Column, Table
from accredit.web.ui.portfolio import Answered, Reading, reading_of


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a submission, by evidence id; `source` is the document handed over as it is."""

    rows: list[SubmittedFile]

    def url(self, key: str) -> str:
        """Return where the file of a piece of evidence opens."""
        found = next((row.pk for row in self.rows if str(row.evidence_key) == key), None)
        return reverse("office:file", args=[found]) if found else ""

    @property
    def source(self) -> str:
        """Return where the one document opens."""
        found = next((row.pk for row in self.rows if row.evidence_key is None), None)
        return reverse("office:file", args=[found]) if found else ""


def files_of(submission: Submission) -> Files:
    """Return the files of a submission; one query."""
    return Files(list(submission.files.select_related("blob").order_by("pk")))


def reading(submission: Submission, files: Files) -> Reading:
    """Return a frozen copy ready to draw."""
    rules = rules_of(submission.portfolio.registration.edition)
    reading = reading_of(submission.content, rules, file_url=files.url, source_url=files.source)
    return with_answers(reading, answers(submission))


def answers(submission: Submission) -> dict[str, Answered]:
    """Return what the links of a submission answered when it was made; one query."""
    return answered_of(snapshots_of(submission), lambda key: reverse("office:answered", args=[key]))


def sections(submission: Submission) -> Table:
    """Return every section the pathway asks for, and what stands there."""
    registration = submission.portfolio.registration
    rules = rules_of(registration.edition)
    content = submission.content
    columns = [
        Column(_("Section"), is_head=True),
        Column(_("State")),
        Column(_("Words"), is_number=True),
        Column(_("Examples"), is_number=True),
    ]
    lines = []
    for section in rules.sections_for(registration.pathway):
        if section.kind is SectionKind.CONFIRMATION:
            lines.append([section.label, *_confirmed(content["confirmation"])])
            continue
        entries = [each for each in content["entries"] if each["section"] == section.code]
        lines += [[each.get("section_title") or section.label, *_entry(each)] for each in entries]
        if not entries:
            lines.append([section.label, Cell(_("Missing"), tone="bad"), 0, 0])
    return Table(_("Sections"), columns, lines)


def _entry(entry: dict[str, Any]) -> list[object]:
    is_elsewhere = bool(entry["link"] or entry["pages"])
    number = len(entry["examples"]) or "–"
    if entry["words"] or is_elsewhere:
        text = _("Stands elsewhere") if is_elsewhere and not entry["words"] else _("Present")
        return [Cell(text, tone="good"), entry["words"], number]
    return [Cell(_("Empty"), tone="warn"), 0, number]


def _confirmed(confirmation: dict[str, Any]) -> list[object]:
    name = confirmation["name"]
    return [
        Cell(_("Confirmed by %(name)s") % {"name": name}, tone="good")
        if name
        else Cell(_("Missing"), tone="bad"),
        "–",
        "–",
    ]


@dataclass(frozen=True, slots=True)
class CheckedLink:
    """One address of a submission: what it is called, where it stands, what it answers and answered."""

    what: str
    slots: str
    state: LinkState
    answered: Answered | None


def links(submission: Submission, *, at: datetime) -> list[CheckedLink]:
    """Return every link that should open, with what is known of it; two queries."""
    content = submission.content
    led = addresses_in_content(content)
    known, answered = links_of(submission.portfolio), answers(submission)
    titles = {each["address"]: each["title"] for each in content["evidence"].values()}
    titles |= {content["source"]["address"]: _("The portfolio")}
    return [
        CheckedLink(
            what=titles.get(address) or _("Link in a text"),
            slots=", ".join(
                dict.fromkeys(each.slot for each in led if each.address == address and each.slot)
            ),
            state=state_of(address, known.get(address), at=at),
            answered=answered.get(address),
        )
        for address in distinct(led)
    ]


def _slots(content: dict[str, Any]) -> dict[str, list[str]]:
    used: dict[str, list[str]] = {}
    for entry in content["entries"]:
        for example in entry["examples"]:
            for key in example["evidence"]:
                slots = used.setdefault(str(key), [])
                slots += [] if entry["slot"] in slots else [entry["slot"]]
    return used


def files_table(submission: Submission, files: Files) -> Table:
    """Return every file, whether its content is there, and a link that opens it."""
    used = _slots(submission.content)
    columns = [
        Column(_("File"), is_head=True),
        Column(_("Used in")),
        Column(_("Size"), is_number=True),
        Column(_("State")),
    ]
    lines = [
        [
            Cell(
                row.name,
                reverse("office:file", args=[row.pk]),
                note=_("For assessors only") if row.visibility == "assessors" else "",
            ),
            ", ".join(used.get(str(row.evidence_key), [])) or "–",
            filesizeformat(row.blob.size),
            Cell(_("Opens"), tone="good") if is_present(row.blob) else Cell(_("Cannot be read"), tone="bad"),
        ]
        for row in files.rows
    ]
    return Table(_("Files"), columns, lines, _("No files."))
