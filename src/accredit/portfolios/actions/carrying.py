"""Beginning from an accredited portfolio: what is copied, and the question whether it still holds."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from accredit.files.models import Blob
from accredit.portfolios.actions.desk import Desk, open_desk
from accredit.portfolios.actions.locker import require_room
from accredit.portfolios.models import (
    Carried,
    Entry,
    EntryVersion,
    Evidence,
    Example,
    Portfolio,
    Submission,
    Use,
)
from accredit.portfolios.queries import Parcel, content_of, earlier_of, may_begin_from_earlier, parcels
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse


@action
def begin_from(portfolio: Portfolio, earlier: Submission, *, by: Actor, at: datetime) -> Portfolio:
    """Fill an empty draft with the entries and evidence of an accredited portfolio of the same person.

    Sections answer each other by code; what the new pathway does not ask for is set aside. Files are not
    copied: the same bytes count once, and against this portfolio's limit. Doing it twice is doing it once.
    Refused when the draft has been begun, and when the portfolio is not such a one. Source: an existing
    portfolio may be the basis of the next one (the slide deck, about 2019).
    """
    desk = open_desk(portfolio.pk, by=by)
    if Carried.objects.filter(entry__portfolio=desk.portfolio, source=earlier).exists():
        return desk.portfolio
    mine = earlier_of(desk.registration.person_id, desk.registration.scheme_id)
    found = next((each for each in mine if each.pk == earlier.pk), None)
    if found is None or found.portfolio_id == desk.portfolio.pk:
        refuse(Code.NOTHING_TO_CARRY)
    if not may_begin_from_earlier(desk.portfolio):
        refuse(Code.DRAFT_BEGUN)
    came = list(parcels(found, desk.rules, desk.registration.pathway))
    pieces = _carry_evidence(desk, found, came, at=at)
    for parcel in came:
        _carry_entry(desk, found, parcel, pieces, by=by, at=at)
    desk.portfolio.version += 1
    desk.portfolio.save(update_fields=["version"])
    return desk.portfolio


@action
def answer_carried(
    entry: Entry, *, is_valid: bool, practised_on: date | None, by: Actor, at: datetime
) -> Carried:
    """Say of an entry that was carried over whether it is still valid, or was rewritten, and from when.

    Still valid takes the last day of the practice; so does rewritten since (not valid, with a day). Not
    valid without a day means that it is still to be rewritten. Refused for a day to come, and in a slot
    that is closed.
    """
    desk = open_desk(entry.portfolio_id, by=by)
    carried = Carried.objects.filter(entry_id=entry.pk, entry__portfolio=desk.portfolio).first()
    if carried is None:
        refuse(Code.NOT_CARRIED)
    desk.require_open(desk.rules.slot(entry.section, entry.position))
    if is_valid and practised_on is None:
        refuse(Code.PRACTICE_DAY_MISSING)
    if practised_on is not None and practised_on > desk.today(at):
        refuse(Code.PRACTICE_TO_COME, date=practised_on.isoformat())
    carried.is_valid, carried.practised_on, carried.decided_at = is_valid, practised_on, at
    carried.save(update_fields=["is_valid", "practised_on", "decided_at"])
    return carried


@action
def carry_along(source: Entry, target: Entry) -> None:
    """Have an entry that takes in something carried over be asked about it, whatever was said before."""
    known = Carried.objects.filter(entry=source).first()
    if known is None:
        return
    Carried.objects.update_or_create(
        entry=target,
        defaults={"is_valid": None, "practised_on": None, "decided_at": None},
        create_defaults={"source": known.source, "source_slot": known.source_slot},
    )


def _carry_evidence(
    desk: Desk, earlier: Submission, came: Iterable[Parcel], *, at: datetime
) -> dict[int, Evidence]:
    """Put what the entries use into the new locker; return it by its key in the frozen copy."""
    used = {key for each in came for example in each.content["examples"] for key in example["evidence"]}
    frozen = earlier.content["evidence"]
    wanted = {int(key): frozen[key] for key in frozen if int(key) in used}
    hashes = {each.get(name, "") for each in wanted.values() for name in ("file", "captions")}
    blobs = {blob.sha256: blob for blob in Blob.objects.filter(sha256__in=hashes - {""})}
    require_room(desk, *blobs.values())
    made = {key: _piece(desk, each, blobs, at=at) for key, each in wanted.items()}
    for piece in made.values():
        piece.save()
    return made


def _piece(desk: Desk, frozen: Mapping[str, Any], blobs: Mapping[str, Blob], *, at: datetime) -> Evidence:
    # Copies frozen before a field was known do not carry it.
    return Evidence(
        portfolio=desk.portfolio,
        kind=frozen["kind"],
        title=frozen["title"],
        shows=frozen["shows"],
        alt=frozen["alt"],
        visibility=frozen["visibility"],
        practised_from_on=_day(frozen.get("from", "")),
        practised_until_on=_day(frozen.get("until", "")),
        contribution=frozen.get("contribution", ""),
        others=frozen.get("others", ""),
        permission=frozen.get("permission", ""),
        blob=blobs.get(frozen["file"]),
        file_name=frozen["name"],
        captions=blobs.get(frozen.get("captions", "")),
        captions_name=frozen.get("captions_name", ""),
        address=frozen["address"],
        text=frozen["text"],
        added_at=at,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _carry_entry(
    desk: Desk,
    earlier: Submission,
    parcel: Parcel,
    pieces: Mapping[int, Evidence],
    *,
    by: Actor,
    at: datetime,
) -> None:
    place = {"portfolio": desk.portfolio, "section": parcel.section, "position": parcel.position}
    entry = Entry.objects.filter(**place).first() or Entry(**place)
    known, said = {each.code for each in desk.rules.principles}, parcel.content
    entry.title, entry.area, entry.text = said["title"], said["area"], said["text"]
    entry.principles = [code for code in said["principles"] if code in known]
    entry.principle_texts = {code: text for code, text in said["principle_texts"].items() if code in known}
    entry.version, entry.saved_at = 1, at
    entry.save()
    for number, example in enumerate(said["examples"], 1):
        _carry_example(entry, number, example, pieces)
    EntryVersion.objects.create(
        entry=entry,
        saved_at=at,
        saved_by_id=by.person,
        why=EntryVersion.Why.IMPORT,
        content=content_of(entry).as_json(),
    )
    Carried.objects.create(entry=entry, source=earlier, source_slot=said["slot"])


def _carry_example(
    entry: Entry, number: int, said: Mapping[str, Any], pieces: Mapping[int, Evidence]
) -> None:
    names = ("title", "description", "reflection", "type", "jurisdiction")
    example = Example.objects.create(entry=entry, position=number, **{name: said[name] for name in names})
    Use.objects.bulk_create(
        Use(example=example, evidence=pieces[key], position=place)
        for place, key in enumerate(said["evidence"])
        if key in pieces
    )
