"""The addresses a portfolio leads to: where they stand, what they answered, what was kept of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet

from accredit.portfolios.models import Entry, Evidence, Link, Portfolio, Snapshot, Submission
from accredit.portfolios.queries.drafts import draft_of
from accredit.portfolios.queries.freezing import Content, freeze
from accredit.rulebook.workflow import EDITABLE, FINAL
from accredit.toolkit.richtext import addresses_in

LONGEST = 1000
# More would make us the tool of somebody who wants another's site to be asked all day.
MOST_LINKS = 300


@dataclass(frozen=True, slots=True)
class Led:
    """An address and one place where it stands: its slot, '' for the whole; its piece of evidence, if any."""

    address: str
    slot: str = ""
    evidence: int | None = None


def is_fetching() -> bool:
    """Say whether this installation asks addresses at all."""
    return bool(settings.FETCH_LINKS)


def addresses_in_content(content: Content) -> list[Led]:
    """Return every address of a frozen copy with where it stands, in the order of reading."""
    found = [Led(content["source"]["address"]), *_in_texts([content["summary"]], "")]
    for entry in content["entries"]:
        slot = entry["slot"]
        found.append(Led(entry["link"], slot))
        found += _in_texts([entry["text"], *entry["principle_texts"].values()], slot)
        for example in entry["examples"]:
            found += _in_texts([example["description"], example["reflection"]], slot)
            pieces = ((key, content["evidence"].get(str(key))) for key in example["evidence"])
            for key, piece in pieces:
                if piece is not None:
                    found.append(Led(piece["address"], slot, int(key)))
                    found += _in_texts([piece["text"]], slot, int(key))
    return [each for each in found if 0 < len(each.address) <= LONGEST]


def _in_texts(texts: Iterable[str], slot: str, evidence: int | None = None) -> Iterator[Led]:
    return (Led(address, slot, evidence) for text in texts for address in addresses_in(text))


def addresses_of(portfolio: Portfolio) -> list[Led]:
    """Return every address of a draft, also of evidence that no example uses yet: five queries."""
    found = addresses_in_content(freeze(draft_of(portfolio)))
    used = {each.evidence for each in found}
    if portfolio.form == Portfolio.Form.WRITTEN:
        rows = portfolio.evidence.filter(removed_at=None, kind=Evidence.Kind.LINK).order_by("pk")
        loose = rows.exclude(pk__in={key for key in used if key is not None})
        found += [Led(each.address, "", each.pk) for each in loose if each.address]
    return found


def distinct(found: Iterable[Led]) -> list[str]:
    """Return the addresses once each, the first so many."""
    return list(dict.fromkeys(each.address for each in found))[:MOST_LINKS]


def links_of(portfolio: Portfolio) -> dict[str, Link]:
    """Return what is known of a draft's addresses: one query."""
    return {each.address: each for each in portfolio.links.all()}


def due_links(at: datetime) -> QuerySet[Link]:
    """Return the links that are to be asked, the longest due first; none of a registration that has ended."""
    rows = Link.objects.filter(due_at__lte=at).exclude(portfolio__registration__stage__in=FINAL)
    return rows.order_by("due_at", "pk")


def written_since(since: datetime) -> QuerySet[Portfolio]:
    """Return the drafts of which an entry has been saved since."""
    saved = Entry.objects.filter(saved_at__gte=since).values("portfolio")
    return Portfolio.objects.filter(pk__in=saved).order_by("pk")


def being_written() -> QuerySet[Portfolio]:
    """Return every draft that may still change."""
    return Portfolio.objects.filter(registration__stage__in=EDITABLE).order_by("pk")


def snapshots_of(submission: Submission) -> list[Snapshot]:
    """Return what was kept of the addresses of a submission, without the texts: one query."""
    return list(submission.snapshots.defer("text").order_by("pk"))


def due_snapshots(at: datetime) -> QuerySet[Snapshot]:
    """Return the snapshots still to be made, the longest due first; none of a submission set aside."""
    rows = Snapshot.objects.filter(fetched_at=None, due_at__lte=at, submission__set_aside_at=None)
    return rows.order_by("due_at", "pk")


def host_of(address: str) -> str:
    """Return whose machine an address leads to, so that nobody is asked twice at once."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
