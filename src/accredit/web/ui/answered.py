"""What the links of a submission answered when it was made, beside the links and as a page of its own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from accredit.portfolios.models import Snapshot
from accredit.rulebook.links import ANSWERING
from accredit.rulebook.terms import Finding
from accredit.toolkit.fetching.reading import MOST_TEXT
from accredit.toolkit.richtext import addresses_in
from accredit.web.ui.formats import moment
from accredit.web.ui.portfolio import Answered, ReadEntry, ReadEvidence, ReadExample, Reading
from accredit.wording.links import FINDINGS


def answered_of(rows: Iterable[Snapshot], url: Callable[[int], str]) -> dict[str, Answered]:
    """Return what is said beside each address; nothing beside those that were never asked."""
    return {
        each.address: Answered(each.address, _said(each), _href(each, url)) for each in rows if each.tries
    }


def with_answers(reading: Reading, answered: Mapping[str, Answered]) -> Reading:
    """Return a portfolio with what its links answered beside them."""
    if not answered:
        return reading
    return replace(
        reading,
        answered=_found(answered, [reading.source_address, *addresses_in(reading.summary)]),
        entries=tuple(_entry(each, answered) for each in reading.entries),
    )


def _entry(entry: ReadEntry, answered: Mapping[str, Answered]) -> ReadEntry:
    texts = [entry.text, *(text for _title, text in entry.principle_texts)]
    for example in entry.examples:
        texts += [example.description, *(each.text for each in example.evidence), example.reflection]
    led = [entry.link, *(address for text in texts for address in addresses_in(text))]
    examples = tuple(_example(each, answered) for each in entry.examples)
    return replace(entry, answered=_found(answered, led), examples=examples)


def _example(example: ReadExample, answered: Mapping[str, Answered]) -> ReadExample:
    return replace(example, evidence=tuple(_piece(each, answered) for each in example.evidence))


def _piece(piece: ReadEvidence, answered: Mapping[str, Answered]) -> ReadEvidence:
    return replace(piece, answered=answered.get(piece.url)) if piece.show == "link" else piece


def _found(answered: Mapping[str, Answered], addresses: Iterable[str]) -> tuple[Answered, ...]:
    return tuple(answered[each] for each in dict.fromkeys(addresses) if each in answered)


def state_of(rows: Iterable[Snapshot]) -> tuple[int, int]:
    """Return what changes whenever one of the rows does: a page drawn before then is out of date."""
    found = list(rows)
    return sum(each.tries for each in found), sum(each.fetched_at is not None for each in found)


def _href(row: Snapshot, url: Callable[[int], str]) -> str:
    return url(row.pk) if row.fetched_at is not None else ""


def _said(row: Snapshot) -> str:
    if row.fetched_at is None:
        return _("It did not answer when the portfolio was submitted; it is asked again.")
    told = {"moment": moment(row.fetched_at), "finding": _finding(row)}
    if row.sha256:
        return _("As it answered on %(moment)s: read the text") % told
    if row.finding in ANSWERING:
        return _("It answered on %(moment)s, with something other than text") % told
    return _("On %(moment)s: %(finding)s") % told


def _finding(row: Snapshot) -> str:
    label = str(FINDINGS.get(row.finding, row.finding))
    return f"{label} ({row.http_code})" if row.http_code and row.finding not in ANSWERING else label


def answered_page(row: Snapshot) -> dict[str, Any]:
    """Return what the page about one kept answer shows: plain text only, escaped by the template."""
    return {
        "title": _("What a link answered"),
        "snapshot": row,
        "finding": _finding(row),
        "moved_to": row.final_address if row.final_address != row.address else "",
        "paragraphs": [each for each in row.text.split("\n") if each],
        "is_cut": len(row.text) >= MOST_TEXT,
        "is_read": row.finding in (Finding.OK, Finding.MOVED),
    }
