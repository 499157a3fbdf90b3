"""The frozen copy: plain data that says everything a submission consists of, and its hash."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from accredit.portfolios.models import Entry, Evidence, Example, Portfolio
from accredit.portfolios.queries.drafts import Draft, draft_of, evidence_of
from accredit.portfolios.queries.judging import words_of_entry
from accredit.rulebook.framework import SectionKind

Content = dict[str, Any]


def canonical(content: Content) -> bytes:
    """Return the one spelling of a content: whatever order a database keeps its keys in."""
    spelled = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return spelled.encode("utf-8")


def sha256_of(content: Content) -> str:
    """Return the hash of a content in its canonical spelling."""
    return hashlib.sha256(canonical(content)).hexdigest()


def preview_content(portfolio: Portfolio) -> Content:
    """Return what a submission made now would freeze; complete or not."""
    return freeze(draft_of(portfolio))


def submitted_words(draft: Draft) -> int:
    """Return the words of the entries that belong to the pathway."""
    if draft.is_as_it_is:
        return 0
    return sum(words_of_entry(entry) for entry in draft.asked)


def freeze(draft: Draft) -> Content:
    """Return the frozen copy of a draft: texts and numbers only, no fractions, no moments.

    Of a portfolio handed over as it is, texts once written here are left out, and of one written here
    the links per section: assessors see what the candidate hands over. The suggested assessor is for
    the office alone and never part of it.
    """
    asked = [
        entry
        for section in draft.sections
        if section.kind is not SectionKind.CONFIRMATION
        for entry in draft.of_section(section.code)
    ]
    return _content(draft, asked)


def content_set_aside(draft: Draft) -> Content:
    """Return what the pathway does not ask for, in the shape of a frozen copy; it is part of none."""
    return _content(draft, draft.set_aside)


def whole_content(draft: Draft) -> Content:
    """Return everything a draft holds, for the candidate alone: also what no submission would freeze.

    The shape of a frozen copy with one key more: `aside`, the entries the pathway does not ask for. Texts and
    links stand in it whatever the form, and pieces of the locker that nothing uses yet.
    """
    frozen, portfolio = freeze(draft), draft.portfolio
    asked = {entry["slot"] for entry in frozen["entries"]}
    entries = {draft.slot(each): _entry(draft, each, is_whole=True) for each in draft.entries}
    return frozen | {
        "source": _source_of(portfolio),
        "entries": [entries[each["slot"]] for each in frozen["entries"]],
        "aside": [entries[draft.slot(each)] for each in draft.set_aside if draft.slot(each) not in asked],
        "evidence": {str(each.pk): _piece(each) for each in reversed(evidence_of(portfolio))},
    }


def _content(draft: Draft, entries: Sequence[Entry]) -> Content:
    portfolio, registration = draft.portfolio, draft.registration
    return {
        "edition": registration.edition.code,
        "pathway": registration.pathway,
        "round": registration.round,
        "kind": registration.round_kind,
        "form": portfolio.form,
        "source": _source(draft),
        "summary": portfolio.summary_of_changes,
        "confirmation": {
            "name": portfolio.confirmed_name,
            "on": _day(portfolio.confirmed_on),
        },
        "entries": [_entry(draft, each) for each in entries],
        "evidence": {} if draft.is_as_it_is else _evidence(entries),
    }


def _source(draft: Draft) -> Content:
    if not draft.is_as_it_is:
        return {"address": "", "sha256": "", "name": "", "instructions": ""}
    return _source_of(draft.portfolio)


def _source_of(portfolio: Portfolio) -> Content:
    return {
        "address": portfolio.source_address,
        "sha256": portfolio.source_blob.sha256 if portfolio.source_blob else "",
        "name": portfolio.source_name,
        "instructions": portfolio.instructions,
    }


def _entry(draft: Draft, entry: Entry, *, is_whole: bool = False) -> Content:
    written, linked = is_whole or not draft.is_as_it_is, is_whole or draft.is_as_it_is
    slot = draft.slot(entry)
    examples = [each for each in entry.examples.all() if not _is_blank(each)] if written else []
    return {
        "slot": slot,
        "section": entry.section,
        "section_title": draft.rules.slot_title(slot),
        "title": entry.title,
        "area": entry.area,
        "criteria": _criteria(draft, entry.section),
        "text": entry.text if written else "",
        "principles": list(entry.principles) if written else [],
        "principle_texts": dict(entry.principle_texts) if written else {},
        "link": entry.link if linked else "",
        "pages": entry.pages if linked else "",
        "open": draft.is_open(slot),
        "words": words_of_entry(entry) if written else 0,
        "examples": [_example(each) for each in examples],
    }


def _criteria(draft: Draft, section: str) -> str:
    pathway = draft.registration.pathway
    return draft.rules.on(section, pathway).criteria if draft.rules.asks(section, pathway) else ""


def _is_blank(example: Example) -> bool:
    parts = (example.title, example.description, example.reflection, example.jurisdiction)
    return not any(parts) and not example.uses.all()


def _example(example: Example) -> Content:
    return {
        "title": example.title,
        "description": example.description,
        "reflection": example.reflection,
        "type": example.type,
        "jurisdiction": example.jurisdiction,
        "evidence": [use.evidence_id for use in example.uses.all()],
    }


def _evidence(entries: Sequence[Entry]) -> Content:
    used = {
        use.evidence_id: use.evidence
        for entry in entries
        for example in entry.examples.all()
        for use in example.uses.all()
    }
    return {str(key): _piece(piece) for key, piece in sorted(used.items())}


def _piece(evidence: Evidence) -> Content:
    blob, captions = evidence.blob, evidence.captions
    return {
        "kind": evidence.kind,
        "title": evidence.title,
        "shows": evidence.shows,
        "alt": evidence.alt,
        "visibility": evidence.visibility,
        "from": _day(evidence.practised_from_on),
        "until": _day(evidence.practised_until_on),
        "contribution": evidence.contribution,
        "others": evidence.others,
        "permission": evidence.permission,
        "address": evidence.address,
        "text": evidence.text,
        "file": blob.sha256 if blob else "",
        "name": evidence.file_name,
        "media_type": blob.media_type if blob else "",
        "size": blob.size if blob else 0,
        "captions": captions.sha256 if captions else "",
        "captions_name": evidence.captions_name,
    }


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""
