"""Saving entries: what is kept, what clashes, what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accredit.portfolios import actions, queries
from accredit.portfolios.models import Entry, EntryVersion, Evidence, Example
from accredit.portfolios.queries import EntryContent, ExampleContent
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Clash, Refused
from tests import factories
from tests.factories import AT, LATER, SOON, candidate, owner_of, person, portfolio
from tests.portfolios import refused_with

pytestmark = pytest.mark.django_db


def entry_of(slot: str = "1a", *, pathway: str = "associate") -> Entry:
    found = queries.entry_at(portfolio(pathway=pathway), slot)
    assert found is not None
    return found


def save(entry: Entry, content: EntryContent, *, expected: int | None = None, at=AT) -> Entry:
    by = owner_of(entry.portfolio)
    version = entry.version if expected is None else expected
    return actions.save_entry(entry, content=content, expected=version, by=by, at=at)


TWO = EntryContent(
    principles=("keep-up",),
    examples=(
        ExampleContent(title="One", description="<p>I did it.</p>", reflection="<p>Better next time.</p>"),
        ExampleContent(title="Two", description="<p>I did more.</p>"),
    ),
)


def two() -> EntryContent:
    return replace(TWO, principles=())


def test_a_save_is_read_back_as_it_was_typed():
    entry = entry_of()
    proof = factories.link(entry.portfolio)
    content = replace(two(), examples=(replace(TWO.examples[0], evidence=(proof.pk,)), TWO.examples[1]))
    saved = save(entry, content)
    assert saved.version == entry.version == 1
    again = queries.content_of(Entry.objects.get(pk=entry.pk))
    assert again.says_the_same(content)
    assert all(example.key for example in again.examples)


def test_the_same_text_twice_is_one_save():
    entry = entry_of()
    save(entry, two(), expected=0)
    save(entry, two(), expected=0)
    entry.refresh_from_db()
    assert entry.version == 1
    assert EntryVersion.objects.count() == 1
    assert Example.objects.filter(entry=entry).count() == 2


def test_two_tabs_keep_both_texts():
    entry = entry_of("context")
    save(entry, EntryContent(text="<p>The first tab.</p>"), expected=0)
    for _ in range(2):
        with pytest.raises(Clash) as clash:
            save(entry, EntryContent(text="<p>The second tab.</p>"), expected=0)
    assert clash.value.faults[0].code is Code.CLASH
    entry.refresh_from_db()
    assert (entry.text, entry.version) == ("<p>The first tab.</p>", 1)
    (kept,) = queries.clashes_of(entry)
    assert queries.content_of_version(kept).text == "<p>The second tab.</p>"
    save(entry, queries.content_of_version(kept), expected=1)
    assert entry.text == "<p>The second tab.</p>"


def test_examples_keep_their_ids_when_moved_and_lose_them_when_removed():
    entry = entry_of()
    save(entry, two())
    one, second = queries.content_of(entry).examples
    third = ExampleContent(title="Three")
    save(entry, replace(two(), examples=(second, third, one)))
    assert [each.title for each in queries.content_of(entry).examples] == ["Two", "Three", "One"]
    assert queries.content_of(entry).examples[2].key == one.key
    save(entry, replace(two(), examples=(one,)))
    assert [each.key for each in queries.content_of(entry).examples] == [one.key]
    assert Example.objects.get(entry=entry).position == 1


def test_an_example_of_another_entry_is_not_taken_over():
    entry, other = entry_of(), entry_of()
    save(other, two())
    foreign = queries.content_of(other).examples[0]
    save(entry, EntryContent(examples=(foreign,)))
    assert queries.content_of(entry).examples[0].key != foreign.key
    assert len(queries.content_of(Entry.objects.get(pk=other.pk)).examples) == 2


def test_evidence_removed_in_another_tab_is_left_out():
    entry = entry_of()
    kept, gone = factories.link(entry.portfolio), factories.link(entry.portfolio)
    actions.remove_evidence(gone, by=owner_of(entry.portfolio), at=AT)
    save(entry, EntryContent(examples=(ExampleContent(title="One", evidence=(gone.pk, kept.pk, kept.pk)),)))
    assert queries.content_of(entry).examples[0].evidence == (kept.pk,)


def test_evidence_of_another_portfolio_is_refused():
    entry, foreign = entry_of(), factories.link(portfolio())
    with refused_with(Code.EVIDENCE_UNKNOWN):
        save(entry, EntryContent(examples=(ExampleContent(title="One", evidence=(foreign.pk,)),)))


def test_versions_are_thinned_but_a_slip_is_kept():
    entry = entry_of("context")
    for second in range(0, 500, 100):
        save(entry, EntryContent(text=f"<p>{'word ' * (20 + second)}</p>"), at=AT + timedelta(seconds=second))
    assert EntryVersion.objects.count() == 1
    save(entry, EntryContent(text=""), at=AT + timedelta(seconds=550))
    assert EntryVersion.objects.count() == 2
    save(entry, EntryContent(text="<p>Another day.</p>"), at=LATER)
    newest, _, oldest = queries.versions_of(entry)
    assert queries.content_of_version(newest).text == "<p>Another day.</p>"
    assert "word" in queries.content_of_version(oldest).text


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.MODERATOR, Role.COMMITTEE])
def test_nobody_else_writes(role: Role):
    entry = entry_of()
    with refused_with(Code.NOT_YOURS):
        actions.save_entry(entry, content=two(), expected=0, by=candidate(person("Ruth")), at=AT)
    with refused_with(Code.NOT_YOURS):
        actions.save_entry(
            entry, content=two(), expected=0, by=Actor(entry.portfolio.registration.person_id, role), at=AT
        )


def test_nothing_is_written_after_the_submission():
    made = factories.submission()
    entry = queries.entry_at(made.portfolio, "1a")
    with refused_with(Code.DRAFT_CLOSED):
        save(entry, two())
    with refused_with(Code.DRAFT_CLOSED):
        factories.link(made.portfolio)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (EntryContent(principles=("kindness",)), Code.CHOICE_UNKNOWN),
        (EntryContent(principle_texts={"kindness": "x"}), Code.CHOICE_UNKNOWN),
        (EntryContent(examples=(ExampleContent(type="rumour"),)), Code.CHOICE_UNKNOWN),
        (EntryContent(title="t" * 201), Code.TEXT_TOO_LONG),
        (EntryContent(text="t" * 200_001), Code.TEXT_TOO_LONG),
        (EntryContent(link="javascript:alert(1)"), Code.ADDRESS_NOT_WEB),
        (EntryContent(link="javascript://example.org/%0aalert(1)"), Code.ADDRESS_NOT_WEB),
        (EntryContent(link="not an address"), Code.ADDRESS_NOT_WEB),
        (EntryContent(examples=(ExampleContent(title="e"),) * 21), Code.EXAMPLES_TOO_MANY),
    ],
)
def test_what_no_page_can_send_is_refused(content: EntryContent, code: Code):
    with refused_with(code):
        save(entry_of(), content)
    assert not EntryVersion.objects.exists()


def test_texts_are_cleaned():
    entry = entry_of("context")
    text = "<p onclick='x()'>Good\x00 <script>alert(1)</script><b>bold</b></p>"
    save(entry, EntryContent(text=text, title=" A  title\n", link="example.org/page"))
    assert not [each for each in ("script", "onclick", "\x00") if each in entry.text]
    assert "<strong>bold</strong>" in entry.text
    assert (entry.title, entry.link) == ("A title", "https://example.org/page")


def test_a_save_takes_the_same_queries_with_one_and_with_ten_examples():
    def queries_of(number: int) -> int:
        entry = entry_of()
        proofs = [factories.link(entry.portfolio).pk for _ in range(number)]
        examples = tuple(
            ExampleContent(title=f"{key}", description="<p>d</p>", evidence=(key,)) for key in proofs
        )
        save(entry, EntryContent(examples=examples))
        again = queries.content_of(entry)
        changed = replace(again, examples=tuple(replace(e, reflection="<p>r</p>") for e in again.examples))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            save(entry, changed)
        return len(captured)

    assert queries_of(1) == queries_of(10) <= 20


def test_an_untouched_last_entry_is_offered_before_another_is_added():
    draft = portfolio(pathway="cmalt")
    by = owner_of(draft)
    assert actions.add_entry(draft, "5", by=by, at=AT).position == 1
    save(queries.entry_at(draft, "5a"), EntryContent(title="Open video"))
    first, second = (actions.add_entry(draft, "5", by=by, at=AT) for _ in range(2))
    assert first == second
    assert queries.slot_of(first) == "5b"


def test_entries_behind_a_removed_one_move_up():
    draft = portfolio(pathway="cmalt")
    by = owner_of(draft)
    for title in ("One", "Two", "Three"):
        save(actions.add_entry(draft, "5", by=by, at=AT), EntryContent(title=title))
    second = queries.entry_at(draft, "5b")
    actions.remove_entry(second, by=by, at=AT)
    actions.remove_entry(second, by=by, at=SOON)
    assert [(e.position, e.title) for e in draft.entries.filter(section="5").order_by("position")] == [
        (1, "One"),
        (2, "Three"),
    ]
    with refused_with(Code.ENTRY_REMOVED):
        save(second, EntryContent(title="Too late"))


def test_entries_stay_within_what_the_edition_asks():
    draft = portfolio(pathway="cmalt")
    by = owner_of(draft)
    with refused_with(Code.ENTRIES_NEEDED):
        actions.remove_entry(queries.entry_at(draft, "5a"), by=by, at=AT)
    with refused_with(Code.ENTRIES_NEEDED):
        actions.remove_entry(queries.entry_at(draft, "1a"), by=by, at=AT)
    save(queries.entry_at(draft, "1a"), EntryContent(pages="3"))
    with refused_with(Code.ENTRIES_FULL):
        actions.add_entry(draft, "1a", by=by, at=AT)
    with refused_with(Code.CHOICE_UNKNOWN):
        actions.add_entry(draft, "6", by=by, at=AT)


def test_a_portfolio_is_opened_once_with_every_slot_its_pathway_asks():
    attempt = factories.registration(pathway="senior")
    one, again = (factories.portfolio(attempt) for _ in range(2))
    assert one == again
    slots = [queries.slot_of(entry) for entry in one.entries.order_by("section", "position")]
    assert sorted(slots) == sorted(
        ["context", "1a", "1b", "1c", "2a", "2b", "3a", "3b", "4a", "5a", "5b", "6a", "plans"]
    )


def test_in_a_revision_only_named_slots_change():
    draft = factories.referred("1a")
    save(queries.entry_at(draft, "1a"), two())
    with refused_with(Code.SECTION_NOT_OPEN):
        save(queries.entry_at(draft, "1b"), two())
    with refused_with(Code.STRUCTURE_FIXED):
        actions.add_entry(draft, "1a", by=owner_of(draft), at=AT)
    with refused_with(Code.STRUCTURE_FIXED):
        actions.remove_entry(queries.entry_at(draft, "1a"), by=owner_of(draft), at=AT)


def test_a_refused_save_loses_no_example():
    entry = entry_of()
    save(entry, two())
    with pytest.raises(Refused):
        save(entry, EntryContent(link="nonsense nonsense"))
    assert Example.objects.filter(entry=entry).count() == 2
    assert not Evidence.objects.exists()
