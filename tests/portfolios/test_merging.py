"""Two pages write one entry: what is put together, what clashes, and that no text is ever lost."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accredit.portfolios.models import Entry
from accredit.portfolios.queries import (
    EntryContent,
    ExampleContent,
    Ledger,
    Page,
    changed_elsewhere,
    fields_of,
    keyed,
    merge,
    name_of,
    with_fields,
)


class Server:
    """An entry as the action keeps it, without a database: content, ledger, texts kept from clashes."""

    def __init__(self, content: EntryContent = EntryContent()) -> None:  # noqa: B008 - it never changes
        self.entry = Entry(version=1, field_versions={"known": 1})
        self.content, self.kept, self.next = content, [], 100

    def save(self, sent: EntryContent, expected: int, page: Page) -> tuple[str, ...]:
        ledger = Ledger.of(self.entry)
        sent, page = keyed(sent, self.content, ledger=ledger, expected=expected, page=page)
        merged = merge(self.content, sent, ledger=ledger, expected=expected, page=page)
        self._store(merged.content, ledger, page.writer)
        if merged.clashes:
            self.kept.append(merged.other)
        return merged.clashes

    def _store(self, content: EntryContent, ledger: Ledger, writer: str) -> None:
        born, examples = {}, []
        for each in content.examples:
            key = each.key
            if key is None or key < 0:
                self.next += 1
                born[f"{writer}{key}"], key = self.next, self.next
            examples.append(replace(each, key=key))
        now = replace(content, examples=tuple(examples))
        if now != self.content:
            self.entry.version += 1
            self.entry.field_versions = ledger.after(
                self.content, now, version=self.entry.version, writer=writer, born=born
            )
            self.content = now


def text(words: str) -> EntryContent:
    return EntryContent(text=words)


def tab(name: str, **touched: int) -> Page:
    return Page(name, {each.replace("_", "-"): base for each, base in touched.items()})


def test_two_tabs_in_different_fields_both_succeed() -> None:
    server = Server()
    assert server.save(EntryContent(title="One"), 1, tab("a", title=1)) == ()
    assert server.save(text("Two"), 1, tab("b", text=1)) == ()
    assert (server.content.title, server.content.text) == ("One", "Two")
    told = changed_elsewhere(server.entry, server.content, base=1, writer="b")
    assert told == {"title": "One"}


def test_the_same_field_twice_differently_is_a_clash_and_the_rest_is_saved() -> None:
    server = Server()
    server.save(text("First"), 1, tab("a", text=1))
    clashes = server.save(EntryContent(text="Second", title="New"), 1, tab("b", text=1, title=1))
    assert clashes == ("text",)
    assert (server.content.text, server.content.title) == ("First", "New")
    assert (server.kept[0].text, server.kept[0].title) == ("Second", "New")


def test_the_same_words_twice_are_no_clash() -> None:
    server = Server()
    server.save(text("Same"), 1, tab("a", text=1))
    assert server.save(text("Same"), 1, tab("b", text=1)) == ()
    assert server.entry.version == 2


def test_a_save_whose_answer_was_lost_does_not_clash_with_itself() -> None:
    server = Server()
    server.save(text("Typed"), 1, tab("a", text=1))
    assert server.save(text("Typed and more"), 1, tab("a", text=1)) == ()
    assert server.content.text == "Typed and more"


def test_a_lost_answer_does_not_double_a_new_example() -> None:
    server = Server()
    for words in ("Begun", "Begun and more"):
        sent = EntryContent(examples=(ExampleContent(description=words),))
        assert server.save(sent, 1, tab("a", e1_description=1)) == ()
    assert [each.description for each in server.content.examples] == ["Begun and more"]


def test_two_tabs_beginning_the_same_empty_example_write_one() -> None:
    server = Server()
    server.save(EntryContent(examples=(ExampleContent(description="D"),)), 1, tab("a", e1_description=1))
    server.save(EntryContent(examples=(ExampleContent(reflection="R"),)), 1, tab("b", e1_reflection=1))
    (only,) = server.content.examples
    assert (only.description, only.reflection) == ("D", "R")


def two() -> Server:
    return Server(EntryContent(examples=(ExampleContent(1, "One"), ExampleContent(2, "Two"))))


def test_an_example_added_elsewhere_stays_when_a_page_without_it_saves() -> None:
    server = two()
    sent = replace(server.content, examples=(*server.content.examples, ExampleContent(None, "Three")))
    server.save(sent, 1, Page())
    assert server.save(EntryContent(text="x", examples=two().content.examples), 1, Page()) == ()
    assert [each.title for each in server.content.examples] == ["One", "Two", "Three"]


def test_writing_into_an_example_removed_elsewhere_keeps_the_words() -> None:
    server = two()
    server.save(EntryContent(examples=(ExampleContent(2, "Two"),)), 1, Page("a", {"example-1": 1}))
    assert [each.key for each in server.content.examples] == [2]
    sent = EntryContent(examples=(ExampleContent(1, "One", "More"), ExampleContent(2)))
    assert server.save(sent, 1, tab("b", e1_description=1)) == ("example-1",)
    assert server.kept[0].examples[-1].description == "More"
    taken = with_fields(server.content, ["example-1"], server.kept[0])
    assert [each.title for each in taken.examples] == ["Two", "One"]


def test_removing_an_example_that_has_been_written_meanwhile_is_a_clash() -> None:
    server = two()
    server.save(EntryContent(examples=(ExampleContent(1, "One", "News"),)), 1, tab("b", e1_description=1))
    assert server.save(EntryContent(), 1, Page("a", {"example-1": 1})) == ("example-1",)
    assert server.content.examples[0].description == "News"
    assert [each.key for each in server.kept[0].examples] == [2]


def test_what_something_else_has_written_counts_as_changed() -> None:
    server = Server()
    server.entry.version, server.content = 5, text("Imported")
    assert server.save(text("Typed before"), 1, tab("a", text=1)) == ("text",)
    assert server.save(text("Typed after"), 5, tab("a", text=5)) == ()


def test_the_order_of_a_page_that_saw_the_latest_holds() -> None:
    server = two()
    server.save(EntryContent(examples=server.content.examples[::-1]), 1, Page())
    assert [each.key for each in server.content.examples] == [2, 1]


def test_a_touched_field_the_page_stands_behind_with_clashes() -> None:
    server = Server()
    server.save(EntryContent(title="Theirs"), 1, tab("b", title=1))
    # The page was told of version 2, yet did not show it: somebody was typing in that very field.
    assert server.save(EntryContent(title="Mine"), 2, tab("a", title=1)) == ("title",)


@pytest.mark.parametrize("name", ["e9-title", "e0-title", "nonsense", "example-7-title", "e-title", "ex"])
def test_names_of_nothing_change_nothing(name: str) -> None:
    server = two()
    assert server.save(EntryContent(title="x"), 1, Page("a", {name: 1})) == ()
    assert server.content == two().content


NAMES = ("title", "text", name_of(1, "title"), name_of(1, "description"), name_of(2, "description"))
edits = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from([*NAMES, "lost answer", "seen"])), max_size=14
)


class Tab:
    """A page: what it shows, what was touched in it, and which words of it were acknowledged."""

    def __init__(self, server: Server, name: str) -> None:
        self.server, self.name = server, name
        self.shows, self.version = dict(fields_of(server.content)), server.entry.version
        self.touched: dict[str, int] = {}
        # Fields in which it shows its own text although another stands in the entry.
        self.behind: dict[str, int] = {}

    def write(self, name: str, words: str) -> None:
        self.touched.setdefault(name, self.behind.get(name, self.version))
        self.shows[name] += words

    def send(self, *, is_heard: bool = True) -> None:
        examples = tuple(
            ExampleContent(
                key, **{part: self.shows.get(name_of(key, part), "") for part in ("title", "description")}
            )
            for key in (1, 2)
        )
        sent = EntryContent(title=self.shows["title"], text=self.shows["text"], examples=examples)
        self.server.save(sent, self.version, Page(self.name, dict(self.touched)))
        if is_heard:
            self.hear()

    def hear(self) -> None:
        told: dict[str, Any] = changed_elsewhere(
            self.server.entry, self.server.content, base=self.version, writer=self.name
        )
        mine = {name: self.touched.get(name, base) for name, base in {**self.behind, **self.touched}.items()}
        self.behind = {name: base for name, base in mine.items() if name in told or name in self.behind}
        self.shows |= {name: value for name, value in told.items() if name not in self.behind}
        self.version, self.touched = self.server.entry.version, {}


@settings(max_examples=60)
@given(edits)
def test_no_word_is_ever_lost(steps: list[tuple[str, str]]) -> None:
    server = Server(EntryContent(examples=(ExampleContent(1), ExampleContent(2))))
    tabs = {name: Tab(server, name) for name in "abc"}
    history: list[EntryContent] = []
    for number, (name, what) in enumerate(steps):
        page = tabs[name]
        if what == "seen":
            page.send()
        elif what == "lost answer":
            page.send(is_heard=False)
        else:
            page.write(what, f" {name}{number}")
            page.send()
        history.append(server.content)
    said = [str(fields_of(each)) for each in (*history[-1:], *server.kept)]
    for number, (name, what) in enumerate(steps):
        if what in NAMES:
            assert any(f" {name}{number}" in each for each in said), (number, name, what)
