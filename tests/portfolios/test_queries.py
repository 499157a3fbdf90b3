"""Reading drafts: the same few queries whatever their size."""

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accredit.portfolios import actions, queries
from accredit.portfolios.models import Portfolio
from accredit.portfolios.queries import EntryContent, ExampleContent
from tests import factories
from tests.factories import AT, owner_of, portfolio

pytestmark = pytest.mark.django_db


def grown(entries: int) -> Portfolio:
    """A CMALT portfolio with so many specialist areas, each with two examples with evidence."""
    draft = factories.complete_portfolio(pathway="cmalt")
    while draft.entries.filter(section="5").count() < entries:
        entry = actions.add_entry(draft, "5", by=owner_of(draft), at=AT)
        proofs = [factories.link(draft).pk for _ in range(2)]
        examples = tuple(ExampleContent(title="One", description="I did", evidence=(key,)) for key in proofs)
        factories.write(entry, EntryContent(title="An area", examples=examples))
    return Portfolio.objects.get(pk=draft.pk)


@pytest.mark.parametrize(
    ("read", "at_most"),
    [
        (partial(queries.facts_of, on=AT.date()), 5),
        (partial(queries.task_list, on=AT.date()), 5),
        (queries.preview_content, 5),
        (queries.evidence_of, 4),
        (queries.used_bytes, 2),
    ],
)
def test_one_and_twenty_areas_take_the_same_queries(read, at_most: int):
    counts = []
    for entries in (1, 3, 20):
        draft = grown(entries)
        with CaptureQueriesContext(connection) as captured:
            read(draft)
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2] <= at_most


def test_submitting_takes_the_same_queries_whatever_is_submitted():
    counts = []
    for entries in (1, 20):
        draft = grown(entries)
        for entry in draft.entries.filter(section="5", position__gt=1):
            content = queries.content_of(queries.entry_at(draft, "5a"))
            factories.write(entry, content)
        by = owner_of(draft)
        with CaptureQueriesContext(connection) as captured:
            actions.submit(draft, by=by, at=AT)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_task_list_says_what_each_slot_needs_in_the_order_of_the_portfolio():
    draft = portfolio(pathway="cmalt")
    factories.write(queries.entry_at(draft, "context"), EntryContent(text="Four words of mine"))
    found = queries.task_list(draft, on=AT.date())
    slots = [task.slot for task in found.tasks]
    assert slots == ["context", "1a", "1b", "1c", "2a", "2b", "3a", "3b", "4a", "5a", "plans", "confirmation"]
    first, second = found.tasks[:2]
    assert (first.is_ready, first.words, found.words, found.ready, found.needed) == (True, 4, 4, 1, 12)
    assert not second.is_ready
    assert second.faults
    assert found.tasks[-1].entry is None
    assert not found.is_complete


def test_an_address_that_is_none_finds_nothing():
    draft = portfolio()
    for slot in ("", "9z", "5a", "confirmation", "§"):
        assert queries.entry_at(draft, slot) is None
    assert queries.slot_of(queries.entry_at(draft, "1a")) == "1a"
    assert queries.portfolio_of(draft.registration_id) == draft


def test_the_hash_does_not_depend_on_the_order_of_keys():
    content = queries.preview_content(factories.complete_portfolio())
    turned = dict(reversed(list(content.items())))
    assert list(turned) != list(content)
    assert queries.sha256_of(turned) == queries.sha256_of(content)
