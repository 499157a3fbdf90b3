"""The locker's pages, and putting a new piece where it was wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accredit.files.models import Upload
from accredit.files.queries import running_uploads
from accredit.portfolios.actions import save_entry
from accredit.portfolios.models import Entry, Evidence, Link, Portfolio
from accredit.portfolios.queries import (
    bound_for,
    content_of,
    entry_at,
    evidence_of,
    links_of,
    slot_of,
    used_bytes,
)
from accredit.rulebook.faults import Fault
from accredit.rulebook.locker import permission_advice
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Clash
from accredit.web.candidate.forms.evidence import KINDS
from accredit.web.candidate.reads.handing import crumbs
from accredit.web.ui.links import LinkState, known_state
from accredit.web.ui.parts import Tab
from accredit.web.ui.portfolio import ICONS, ReadEvidence, period, showing
from accredit.wording import sentence
from accredit.wording.vocabulary import PERMISSIONS


@dataclass(frozen=True, slots=True)
class Target:
    """The example for which a piece is being added."""

    entry: Entry
    slot: str
    example: int


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A file on its way, as the locker lists it."""

    key: str
    name: str
    told: str
    is_whole: bool
    finish: str
    cancel: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece as the locker lists it."""

    title: str
    href: str
    remove: str
    kind: str
    icon: str
    shows: str
    is_private: bool
    lacks_alt: bool
    lacks_permission: bool
    when: str
    used_in: tuple[str, ...]
    state: LinkState | None


def target(portfolio: Portfolio, slot: str, example: str) -> Target | None:
    """Return the example a link or form names; None when it names none of mine."""
    if not (slot and example.isdecimal() and len(example) < 4):
        return None
    entry = entry_at(portfolio, slot)
    return Target(entry, slot, int(example)) if entry is not None else None


def attach(made: Evidence, place: Target, *, by: Actor, at: datetime) -> None:
    """Tick a new piece in the example it was added for, when that example is there."""
    content = content_of(place.entry)
    if not 0 < place.example <= len(content.examples):
        return
    examples = list(content.examples)
    chosen = examples[place.example - 1]
    examples[place.example - 1] = replace(chosen, evidence=(*chosen.evidence, made.pk))
    changed = replace(content, examples=tuple(examples))
    try:
        save_entry(place.entry, content=changed, expected=place.entry.version, by=by, at=at)
    except Clash:
        # Somebody saved in this very moment: the piece is in the locker and can be ticked there.
        return


def on_their_way(portfolio: Portfolio) -> list[Upload]:
    """Return the files that are not in the locker yet; one query."""
    return running_uploads(bound_for=bound_for(portfolio))


def sizes(portfolio: Portfolio, running: Sequence[Upload]) -> str:
    """Say which files are taken and how large they may be."""
    scheme = portfolio.registration.scheme
    taken = used_bytes(portfolio) + sum(each.size for each in running)
    left = max(0, scheme.portfolio_limit - taken)
    return _(
        "Pictures, PDF, Word, Excel, PowerPoint and OpenDocument files, e-mails (.eml), plain text, sound "
        "and film. Up to %(file)s a file; %(left)s of this portfolio’s %(all)s are left."
    ) % {
        "file": _size(scheme.file_limit),
        "left": _size(left),
        "all": _size(scheme.portfolio_limit),
    }


def _size(number: int) -> str:
    return filesizeformat(number).replace(".0\xa0", "\xa0")


def locker(
    portfolio: Portfolio, kind: str, place: Target | None, running: Sequence[Upload]
) -> dict[str, Any]:
    """Read the locker's page."""
    pk = portfolio.registration_id
    links = links_of(portfolio)
    suffix = f"&for={place.slot}&example={place.example}" if place else ""
    return {
        "title": _("Your evidence"),
        "registration": portfolio.registration,
        "crumbs": crumbs(pk, _("Evidence")),
        "kind": kind,
        "target": place,
        "kinds": [
            Tab(label, f"?kind={code.value}{suffix}#add", is_current=code == kind)
            for code, label in KINDS.items()
        ],
        "unfinished": [_unfinished(each, pk) for each in running],
        "pieces": [_listed(each, pk, links) for each in evidence_of(portfolio)],
    }


def _unfinished(each: Upload, pk: int) -> Unfinished:
    told = _("%(have)s of %(all)s have arrived. Choose the same file again to go on.")
    if each.is_whole:
        told = _("It has arrived (%(all)s) and is not in your locker yet.")
    return Unfinished(
        key=str(each.key),
        name=each.name,
        told=told % {"have": _size(each.received), "all": _size(each.size)},
        is_whole=each.is_whole,
        finish=reverse("candidate:upload_finish", args=[pk, each.key]),
        cancel=reverse("candidate:upload_cancel", args=[pk, each.key]),
    )


def _listed(each: Evidence, pk: int, links: Mapping[str, Link]) -> Piece:
    is_picture = each.blob is not None and each.blob.media_type.startswith("image/")
    names = {"file": each.file_name, "link": each.address, "text": _("A text")}
    return Piece(
        title=each.title,
        href=reverse("candidate:evidence_piece", args=[pk, each.pk]),
        remove=reverse("candidate:evidence_remove", args=[pk, each.pk]),
        kind=names[each.kind],
        icon=ICONS[_opens_as(each)],
        shows=each.shows,
        is_private=each.visibility == "assessors",
        lacks_alt=is_picture and not each.alt,
        lacks_permission=bool(_advice(each)),
        when=period(each.practised_from_on, each.practised_until_on),
        used_in=_used_in(each),
        state=known_state(each.address, links.get(each.address), at=timezone.now()),
    )


def _advice(each: Evidence) -> tuple[Fault, ...]:
    return permission_advice(each.title, others=each.others, permission=each.permission)


def _used_in(each: Evidence) -> tuple[str, ...]:
    entries = []
    for use in each.uses.all():
        entry = use.example.entry
        entry.portfolio = each.portfolio
        entries.append(slot_of(entry))
    return tuple(dict.fromkeys(entries))


def _opens_as(each: Evidence) -> str:
    media_type = each.blob.media_type if each.blob else ""
    return {"link": "link", "text": "words"}.get(each.kind) or showing(media_type)


def piece(found: Evidence) -> dict[str, Any]:
    """Read the page of one piece."""
    pk = found.portfolio.registration_id
    show = _opens_as(found)
    link = links_of(found.portfolio).get(found.address) if found.address else None
    address = reverse("candidate:evidence_file", args=[pk, found.pk])
    return {
        "title": found.title,
        "registration": found.portfolio.registration,
        "crumbs": [
            *crumbs(pk, "")[:2],
            *[replace(crumbs(pk, _("Evidence"))[2], href=reverse("candidate:evidence", args=[pk]))],
            replace(crumbs(pk, found.title)[2]),
        ],
        "evidence": found,
        "piece": ReadEvidence(
            key=str(found.pk),
            show=show,
            title=found.title,
            shows=found.shows,
            alt=found.alt,
            is_private=found.visibility == "assessors",
            url=found.address if show == "link" else "" if show == "words" else address,
            text=found.text,
            name=found.file_name,
            size=filesizeformat(found.blob.size) if found.blob else "",
            also=(),
            when=period(found.practised_from_on, found.practised_until_on),
            contribution=found.contribution,
            others=found.others,
            permission=str(PERMISSIONS.get(found.permission, "")),
            captions=f"{address}?captions" if found.captions else "",
        ),
        "advice": [sentence(each) for each in _advice(found)],
        "state": known_state(found.address, link, at=timezone.now()),
    }
