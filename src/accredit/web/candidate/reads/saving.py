"""What a page is told after it has saved: its version, and what other pages have changed meanwhile."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accredit.portfolios.models import Entry
from accredit.portfolios.queries import (
    EntryContent,
    Ledger,
    Page,
    changed_elsewhere,
    clashes_of,
    content_of,
    keyed,
    name_of,
)


@dataclass(frozen=True)
class Sent:
    """A save as it came from a page: what it said, and the version the page stood on."""

    content: EntryContent
    expected: int
    page: Page


def answer(entry: Entry, sent: Sent) -> dict[str, Any]:
    """Return what the page needs to go on: its new version, keys of new examples, others' changes."""
    stored = content_of(entry)
    keys = _keys(entry, stored, sent)
    fields: dict[str, Any] = {"version": entry.version}
    fields |= {f"e{place}-key": key for place, key in keys.items()}
    changed = changed_elsewhere(entry, stored, base=sent.expected, writer=sent.page.writer)
    named = on_page(changed, keys)
    return {
        "saved": timezone.localtime().strftime("%H:%M"),
        "version": entry.version,
        "fields": fields,
        "changed": {name: value for name, value in named.items() if not isinstance(value, bool)},
        "moved": _moved(changed, set(keys.values())),
    }


def clashed(entry: Entry, sent: Sent) -> list[str]:
    """Return the fields of the page whose text came second and waits for a choice."""
    kept = next((each for each in clashes_of(entry) if each.writer == sent.page.writer), None)
    keys = _keys(entry, content_of(entry), sent)
    return list(on_page(dict.fromkeys(kept.fields if kept else ()), keys))


def _keys(entry: Entry, stored: EntryContent, sent: Sent) -> dict[int, int]:
    """Return the keys of the examples by the places at which the page shows them."""
    ledger = Ledger.of(entry)
    known, _page = keyed(sent.content, stored, ledger=ledger, expected=sent.expected, page=sent.page)
    return {place: key for place, each in enumerate(known.examples, 1) if (key := each.key) and key > 0}


def on_page(fields: dict[str, Any], keys: dict[int, int]) -> dict[str, Any]:
    """Return fields by the names they have in the form of a page that shows these keys at these places."""
    names = {f"{name_of(key)}-": f"e{place}-" for place, key in keys.items()}
    found = {}
    for name, value in fields.items():
        start = next((each for each in names if name.startswith(each)), "")
        if start or not name.startswith("example-"):
            found[names.get(start, "") + name.removeprefix(start)] = value
    return found


def _moved(changed: dict[str, Any], shown: set[int]) -> bool:
    """Say whether another page has added an example this one lacks, or removed one it still shows."""
    return any(
        is_there != (name in {name_of(key) for key in shown})
        for name, is_there in changed.items()
        if isinstance(is_there, bool)
    )
