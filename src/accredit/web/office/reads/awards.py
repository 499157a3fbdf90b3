"""One award as the office sees it: its standing and what follows from it, its lineage, what may be done."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accredit.awards.models import Award
from accredit.awards.queries import Held, held_by, lineage_of, standing_of
from accredit.exchange.queries import check_address, undrawable
from accredit.exchange.queries.credentials import credential_of_award
from accredit.frameworks.queries import rules_of
from accredit.rulebook import standing
from accredit.rulebook.lineage import Change, changes_open
from accredit.web.office.reads.people import TONES, standings
from accredit.web.office.reads.titles import title
from accredit.web.ui.formats import day
from accredit.web.ui.parts import Cell, Column, Crumb, Row, Table
from accredit.wording.vocabulary import CHANGES

ICONS = {
    Change.SUSPEND: "pause",
    Change.RESUME: "play",
    Change.REVOKE: "circle-slash",
    Change.RETIRE: "sunset",
    Change.RETURN: "undo-2",
}


def facts(award: Award, held: Held) -> list[Row]:
    """Return what there is to know of an award."""
    rules = rules_of(award.edition)
    areas = [each for each in award.areas if each]
    link = check_address(award)
    return [
        Row(_("Holder"), award.person.name, reverse("office:person", args=[award.person_id]), _("Open")),
        Row(_("Name on the certificate"), award.name),
        Row(_("Pathway"), f"{title(award)} ({rules.title})"),
        *([Row(_("Areas"), ", ".join(areas))] if areas else []),
        Row(_("Given on"), day(award.issued_on)),
        Row(_("Valid until"), day(award.valid_until)),
        Row(_("Renewal opens"), day(standing.renewal_opens_on(rules, _dates(award)))),
        Row(_("Lapses on, if not renewed"), day(standing.lapses_on(rules, _dates(award)))),
        Row(_("Held without a gap since"), day(held.since) if held.since else _("Nothing is held today")),
        Row(_("Letters today"), held.letters or _("None")),
        Row(_("Where it is checked"), link, link, _("Open")),
        Row(_("Digital badge"), _badge(award)),
        *_registration(award),
    ]


def _badge(award: Award) -> str:
    found = credential_of_award(award.pk)
    if found is None:
        return _("None")
    if found.signed_at is None:
        return _("Waits for its signature")
    return _("Signed on %(day)s") % {"day": day(found.signed_at)}


def _dates(award: Award) -> standing.Award:
    return standing.Award(award.valid_until)


def _registration(award: Award) -> list[Row]:
    if award.registration is None:
        return [Row(_("Source"), _("Recorded by hand"))]
    address = reverse("office:registration", args=[award.registration.pk])
    return [Row(_("Registration"), award.registration.reference, address, _("Open"))]


def lineage(award: Award, held: Held, on: date) -> Table:
    """Return all awards of its holder in the scheme, the first one first; one query."""
    columns = [
        Column(_("Number"), is_head=True),
        Column(_("Pathway")),
        Column(_("Given on")),
        Column(_("Valid until")),
        Column(_("Standing")),
    ]
    return Table(_("Lineage"), columns, [_line(each, award, on) for each in lineage_of(award)])


def _line(each: Award, award: Award, on: date) -> Sequence[object]:
    now = standing_of(each, on)
    address = "" if each.pk == award.pk else reverse("office:award", args=[each.pk])
    return [
        Cell(each.number, address, note=_("this one") if each.pk == award.pk else ""),
        title(each),
        day(each.issued_on),
        day(each.valid_until),
        Cell(standings()[now], tone=TONES[now]),
    ]


def page(award: Award, on: date) -> dict[str, object]:
    """Return what the page of an award shows."""
    held = held_by(award, on)
    return {
        "award": award,
        "rows": facts(award, held),
        "table": lineage(award, held, on),
        "standing": standings()[held.standing],
        "tone": TONES[held.standing],
        "instead": held.instead,
        "undrawable": undrawable(award.name),
        "is_taken": award.is_taken_away,
        "changes": [
            (reverse("office:award_change", args=[award.pk, each.value]), capital(each), ICONS[each])
            for each in changes_open(held.standing)
        ],
    }


def capital(change: Change) -> str:
    """Return a change as a button says it."""
    words = str(CHANGES[change])
    return words[:1].upper() + words[1:]


def effects() -> dict[Change, str]:
    """Return what each change will do, for whoever is about to make it."""
    return {
        Change.SUSPEND: _(
            "While an award is suspended its letters are not used, its holder leaves the register and does "
            "not assess, and whoever checks the certificate is told. It can be ended at any time."
        ),
        Change.RESUME: _("The award counts by its dates again, as if nothing had been."),
        Change.REVOKE: _(
            "A revoked award is gone for good: whoever checks the certificate is told, and nothing brings it "
            "back. Should it turn out to be wrong, give a new award."
        ),
        Change.RETIRE: _(
            "Retired holders keep award and letters without renewing. They are no longer asked to renew."
        ),
        Change.RETURN: _("The award counts by its dates again, and needs to be renewed."),
    }


def crumbs(award: Award, here: str = "") -> list[Crumb]:
    """Return the way to an award, or on from it."""
    way = [
        Crumb(_("People"), reverse("office:people")),
        Crumb(award.person.name, reverse("office:person", args=[award.person_id])),
    ]
    if here:
        way.append(Crumb(award.number, reverse("office:award", args=[award.pk])))
    return way
