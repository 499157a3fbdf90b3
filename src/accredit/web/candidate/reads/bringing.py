"""Documents brought in, in words: the list, the outline with its places, and what each section would say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accredit.exchange.documents import Place
from accredit.exchange.models import Import
from accredit.exchange.queries import imports_of, outline_of, places_of, slots_of
from accredit.exchange.recognition import Outline, Slot, Stretch, Sure, Why
from accredit.exchange.recognition.composing import LINES, NOTE, NOWHERE, where, written
from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import draft_of
from accredit.rulebook.faults import Code, fault
from accredit.rulebook.terms import Part
from accredit.toolkit.richtext import plain, words_in
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.formats import moment
from accredit.web.ui.parts import Cell, Column, Crumb, Table
from accredit.wording import sentence

SHOWN_WORDS = 45
PARTS = {
    Part.DESCRIPTION: gettext_lazy("description"),
    Part.EVIDENCE: gettext_lazy("evidence"),
    Part.REFLECTION: gettext_lazy("reflection"),
    "example-title": gettext_lazy("title"),
    "type": gettext_lazy("what it is about"),
    "jurisdiction": gettext_lazy("where the law applies"),
}
SURE = {
    Sure.CERTAIN: (gettext_lazy("Recognised"), "good"),
    Sure.LIKELY: (gettext_lazy("Likely"), "info"),
    Sure.GUESS: (gettext_lazy("A guess"), "warn"),
    Sure.NONE: (gettext_lazy("No place yet"), "warn"),
}
WHY = {
    Why.FILE: gettext_lazy("The file says so itself."),
    Why.CODE_AND_TITLE: gettext_lazy("By its code and title."),
    Why.CODE: gettext_lazy("By its code; the title says something else."),
    Why.TITLE: gettext_lazy("By its title."),
    Why.NAME: gettext_lazy("By a usual name of this section."),
    Why.GROUP: gettext_lazy("The only section of the group it names."),
    Why.UNDER: gettext_lazy("Stands under a heading that was recognised."),
    Why.ORDER: gettext_lazy("By where it stands between the others."),
    Why.NOTHING: gettext_lazy("Nothing in it names a section."),
}
LOOSE = {
    "deleted": gettext_lazy("Deleted with tracked changes"),
    "moved": gettext_lazy("Moved away with tracked changes"),
    "margin": gettext_lazy("In a header or footer"),
    "contents": gettext_lazy("Table of contents"),
    "navigation": gettext_lazy("Navigation of the page"),
    "footnote": gettext_lazy("A note that nothing refers to"),
    "front": gettext_lazy("Information about the file"),
    "page": gettext_lazy("A page that was not read"),
    "criteria": gettext_lazy("What the section asks, word for word"),
    "elsewhere": gettext_lazy("Outside of the text"),
}
CAUTIONS = {
    "deletions": gettext_lazy(
        "Tracked changes were read as if accepted. What had been deleted is listed below."
    ),
    "pictures": gettext_lazy(
        "Some pictures could not be read: they are missing, on another site, or of a kind that browsers "
        "do not show. Add them to your evidence yourself."
    ),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One place a stretch may be given."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One stretch of the document as the outline shows it."""

    number: int
    trail: str
    heading: str
    opening: str
    rest: str
    words: str
    pieces: tuple[str, ...]
    comments: tuple[str, ...]
    sure: str
    tone: str
    why: str
    groups: tuple[tuple[str, tuple[Option, ...]], ...]


def bringing(portfolio: Portfolio) -> dict[str, Any]:
    """Return what the page with the form and the list reads."""
    title = _("Bring in a document")
    return {
        "title": title,
        "portfolio": portfolio,
        "crumbs": crumbs(portfolio.registration_id, title),
        "table": _table(portfolio, imports_of(portfolio)),
    }


def _table(portfolio: Portfolio, found: Iterable[Import]) -> Table:
    rows = [
        (
            Cell(each.name, reverse("candidate:brought", args=[portfolio.registration_id, each.pk])),
            moment(each.brought_at),
            state_of(each),
        )
        for each in found
    ]
    columns = [Column(_("Document"), is_head=True), Column(_("Brought in")), Column(_("Where it is"))]
    return Table(_("Documents you have brought in"), columns, rows, _("None yet."))


def state_of(found: Import) -> str:
    """Say in words how far an import is."""
    if found.taken_at:
        return _("Taken %(moment)s") % {"moment": moment(found.taken_at)}
    if found.fault:
        return _("Could not be read")
    return _("Waits for you: say what goes where") if found.read_at else _("Being read")


def way(found: Import, title: str) -> list[Crumb]:
    """Return the way to a page of an import."""
    pk = found.portfolio.registration_id
    start = crumbs(pk, title)
    return [*start[:-1], Crumb(_("Bring in a document"), reverse("candidate:bring", args=[pk])), start[-1]]


def faults_of(found: Import) -> list[str]:
    """Return why a document could not be read."""
    return [sentence(fault(Code(code), **values)) for code, values in found.fault or ()]


def about(found: Import, outline: Outline) -> dict[str, Any]:
    """Return what the outline page says before and after its rows."""
    full = [each for each in outline.stretches if not each.is_empty]
    placed = sum(each.place is not None for each in full)
    return {
        "counted": _("%(placed)s of %(all)s pieces have a proposed place.")
        % {"placed": placed, "all": len(full)},
        "cautions": [CAUTIONS[each.code] for each in outline.cautions if each.code in CAUTIONS],
        "loose": _loose(outline),
    }


def _loose(outline: Outline) -> list[tuple[object, str]]:
    """Return what stands outside of the stretches, headings with nothing below them included."""
    rows: list[tuple[object, str]] = [(LOOSE.get(each.why, each.why), each.text) for each in outline.loose]
    bare = list[str]()
    for each in reversed(outline.stretches):
        if not each.is_empty:
            break
        bare.insert(0, each.heading)
    return [*rows, *((_("A heading with nothing below it"), each) for each in bare if each)]


def said_of(stretch: Stretch) -> tuple[str, ...]:
    """Return the comments at a stretch, with who wrote them."""
    return tuple(f"{each.author}: {each.text}" if each.author else each.text for each in stretch.said)


def whole(stretch: Stretch) -> str:
    """Return everything a stretch says, for reading and copying."""
    return "\n".join((plain(stretch.html), *said_of(stretch))).strip()


def shown(outline: Outline) -> list[int]:
    """Return the numbers of the stretches that hold anything; a bare heading stands above the next one."""
    return [number for number, each in enumerate(outline.stretches) if not each.is_empty]


def _trail(outline: Outline, number: int) -> str:
    above = list[str]()
    for each in reversed(outline.stretches[:number]):
        if not each.is_empty:
            break
        above.insert(0, each.heading)
    return " › ".join(above)


def rows_of(found: Import, outline: Outline, numbers: Sequence[int]) -> list[Row]:
    """Return the numbered stretches ready to draw."""
    slots = slots_of(draft_of(found.portfolio))
    places = [(slot, places_of(slot, outline)) for slot in slots]
    return [_row(found, number, outline, places) for number in numbers]


def allowed(found: Import, outline: Outline, given: Mapping[str, str]) -> dict[str, str]:
    """Return those of the given places that exist, by the number of the stretch."""
    slots = slots_of(draft_of(found.portfolio))
    known = {written(place) for slot in slots for place in places_of(slot, outline)} | {NOWHERE, NOTE}
    named = {key.removeprefix("place-"): value for key, value in given.items() if key.startswith("place-")}
    return {key: value for key, value in named.items() if value in known}


def _row(
    found: Import, number: int, outline: Outline, places: Sequence[tuple[Slot, tuple[Place, ...]]]
) -> Row:
    stretch = outline.stretches[number]
    chosen = where(number, stretch, found.placing)
    lines = plain(stretch.html).split()
    sure, tone = SURE[stretch.sure]
    count = words_in(stretch.html)
    return Row(
        number=number,
        trail=_trail(outline, number),
        heading=stretch.heading,
        opening=" ".join(lines[:SHOWN_WORDS]),
        rest=" ".join(lines[SHOWN_WORDS:]),
        words=ngettext("%(count)s word", "%(count)s words", count) % {"count": count},
        pieces=tuple(each.title or each.alt or each.address or each.name for each in stretch.items),
        comments=said_of(stretch),
        sure=str(sure),
        tone=tone,
        why=str(WHY[stretch.why]),
        groups=_groups(chosen, places),
    )


def _groups(
    chosen: str, places: Sequence[tuple[Slot, tuple[Place, ...]]]
) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    elsewhere = (
        Option(NOWHERE, _("No place: leave it out"), chosen == NOWHERE),
        Option(NOTE, _("A note to myself"), chosen == NOTE),
    )
    made = [
        (slot_title(slot), tuple(Option(written(p), label(slot, p), written(p) == chosen) for p in found))
        for slot, found in places
    ]
    return ((_("Elsewhere"), elsewhere), *made)


def slot_title(slot: Slot) -> str:
    """Return a slot's code and title."""
    return f"{slot.code} {slot.title}" if slot.holds_examples else slot.title


def label(slot: Slot, place: Place) -> str:
    """Name a place with its slot: the closed list shows nothing else."""
    lead = slot.code if slot.holds_examples else slot.title
    if place.part == "text":
        return lead
    if place.part == "area":
        return _("%(slot)s, name of the area") % {"slot": lead}
    if place.part in LINES:
        return _("%(slot)s: %(part)s") % {"slot": lead, "part": place.part}
    if place.part.startswith("principle:"):
        code = place.part.removeprefix("principle:")
        return f"{lead}, {dict(slot.principles).get(code, code)}"
    values = {"slot": lead, "number": place.example, "part": PARTS.get(place.part, place.part)}
    return _("%(slot)s, example %(number)s: %(part)s") % values


def outline_or_none(found: Import) -> Outline | None:
    """Return what was recognised, as the pages ask for it."""
    return outline_of(found)


def after(found: Import, outline: Outline | None) -> dict[str, Any]:
    """Return what was not taken of a document that was: it can still be read and copied here."""
    if outline is None or not found.taken_at:
        return {"left": (), "loose": ()}
    left = [
        (each.heading, whole(each))
        for number, each in enumerate(outline.stretches)
        if where(number, each, found.placing) == NOWHERE and not each.is_empty
    ]
    return {"left": left, "loose": _loose(outline)}
