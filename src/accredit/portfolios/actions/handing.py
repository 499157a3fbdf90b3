"""The portfolio as a whole: opening it, how it is handed over, its confirmation and summary."""

from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from django.core.files import File

from accredit.files import actions as files
from accredit.files.models import Blob
from accredit.frameworks.queries import rules_of
from accredit.portfolios.actions.desk import Desk, line, long_text, open_desk, web_address
from accredit.portfolios.actions.links import know_address
from accredit.portfolios.actions.locker import name_of, require_room
from accredit.portfolios.models import Entry, Portfolio
from accredit.registrations.events import Registered
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.framework import SectionKind
from accredit.toolkit.actions import action
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.refusals import refuse
from accredit.toolkit.richtext import clean_html
from accredit.trail import actions as trail

# A portfolio that stands elsewhere is a site, or one document that everybody can open.
DOCUMENTS = ("pdf", "docx")


@action
def open_portfolio(registration_id: int, *, by: Actor, at: datetime) -> Portfolio:
    """Give a registration its portfolio with an entry for each slot its pathway asks for; once."""
    registration = Registration.objects.select_related("edition").get(pk=registration_id)
    portfolio, _ = Portfolio.objects.get_or_create(registration=registration)
    rules, pathway = rules_of(registration.edition), registration.pathway
    present = set(portfolio.entries.values_list("section", "position"))
    wanted = (
        (section.code, position)
        for section in rules.sections_for(pathway)
        if section.kind is not SectionKind.CONFIRMATION
        for position in range(1, rules.on(section.code, pathway).entries.at_least + 1)
    )
    Entry.objects.bulk_create(
        Entry(portfolio=portfolio, section=section, position=position, saved_at=at)
        for section, position in wanted
        if (section, position) not in present
    )
    return portfolio


@action
def on_registered(event: Registered) -> None:
    """Open the portfolio of a new registration."""
    registration = Registration.objects.get(pk=event.registration)
    open_portfolio(registration.pk, by=SYSTEM, at=registration.registered_at)


@action
def hand_over_as_it_is(
    portfolio: Portfolio,
    *,
    address: str = "",
    upload: "File[Any] | BinaryIO | None" = None,
    name: str = "",
    instructions: str = "",
    expected: int | None = None,
    by: Actor,
    at: datetime,
) -> Portfolio:
    """Hand over a portfolio that already stands elsewhere: an address, or one PDF or Word document.

    A new address replaces a document and a new document an address; with neither, the document kept
    earlier stays. What was written here before is kept, unseen. Refused where the edition does not allow
    it, and in a revision of a portfolio written here.
    """
    desk = open_desk(portfolio.pk, by=by)
    desk.require_version(desk.portfolio.version, expected)
    if not desk.rules.as_it_is:
        refuse(Code.AS_IT_IS_NOT_OPEN)
    draft = desk.portfolio
    if draft.form != Portfolio.Form.AS_IT_IS:
        desk.require_whole()
    draft.form = Portfolio.Form.AS_IT_IS
    draft.source_address = web_address(address)
    draft.instructions = long_text(instructions)
    if upload is not None:
        draft.source_address, draft.source_name, draft.source_blob = "", name_of(upload, name), None
        draft.source_blob = _document(desk, upload, name=draft.source_name, at=at)
    elif draft.source_address:
        draft.source_blob, draft.source_name = None, ""
    if not (draft.source_address or draft.source_blob):
        refuse(Code.SOURCE_MISSING)
    know_address(draft, draft.source_address, by=by, at=at)
    return _saved(draft, portfolio, "form", "source_address", "source_blob", "source_name", "instructions")


def _document(desk: Desk, upload: "File[Any] | BinaryIO", *, name: str, at: datetime) -> Blob:
    if name.rpartition(".")[2].lower() not in DOCUMENTS:
        refuse(Code.FILE_KIND_NOT_OPEN, name=name, kinds=", ".join(DOCUMENTS))
    limit = desk.registration.scheme.file_limit
    return files.keep(upload, name=name, at=at, limit=limit, admit=partial(require_room, desk))


@action
def write_here(portfolio: Portfolio, *, expected: int | None = None, by: Actor, at: datetime) -> Portfolio:
    """Go back to writing the portfolio here; the address, document and locations are kept, unseen."""
    desk = open_desk(portfolio.pk, by=by)
    desk.require_version(desk.portfolio.version, expected)
    if desk.portfolio.form == Portfolio.Form.WRITTEN:
        return desk.portfolio
    desk.require_whole()
    desk.portfolio.form = Portfolio.Form.WRITTEN
    return _saved(desk.portfolio, portfolio, "form")


@action
def confirm(
    portfolio: Portfolio,
    *,
    name: str,
    suggested_assessor: str = "",
    language: str | None = None,
    by: Actor,
    at: datetime,
) -> Portfolio:
    """Confirm that the portfolio describes the candidate's own practice; may be said again at any time.

    A suggested assessor is for the office alone and stands in no frozen copy. The language is one of the
    scheme's, where it takes several (None: as before); refused are others.
    """
    desk = open_desk(portfolio.pk, by=by)
    draft = desk.portfolio
    draft.confirmed_name = line(name, at_most=200)
    draft.suggested_assessor = line(suggested_assessor, at_most=200)
    if language is not None:
        if language not in desk.registration.scheme.languages:
            refuse(Code.CHOICE_UNKNOWN, value=language[:40])
        draft.language = language
    if not draft.confirmed_name:
        refuse(Code.NAME_MISSING)
    draft.confirmed_on = desk.today(at)
    trail.record(
        "confirmed",
        by=by,
        at=at,
        subject=draft,
        registration=desk.registration.pk,
        person=desk.registration.person_id,
        data={"round": desk.registration.round},
        words={"name": draft.confirmed_name},
    )
    return _saved(draft, portfolio, "confirmed_name", "confirmed_on", "suggested_assessor", "language")


@action
def summarise_changes(
    portfolio: Portfolio, text: str, *, expected: int | None = None, by: Actor, at: datetime
) -> Portfolio:
    """Say in words what has changed since the last round. Clash when saved elsewhere meanwhile."""
    desk = open_desk(portfolio.pk, by=by)
    cleaned = clean_html(long_text(text))
    if cleaned == desk.portfolio.summary_of_changes:
        return desk.portfolio
    desk.require_version(desk.portfolio.version, expected)
    desk.portfolio.summary_of_changes = cleaned
    return _saved(desk.portfolio, portfolio, "summary_of_changes")


def _saved(draft: Portfolio, given: Portfolio, *fields: str) -> Portfolio:
    draft.version += 1
    draft.save(update_fields=[*fields, "version"])
    for name in (*fields, "version"):
        setattr(given, name, getattr(draft, name))
    return draft
