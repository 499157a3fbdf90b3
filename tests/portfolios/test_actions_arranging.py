"""Moving, placing and copying: nothing is lost on the way, and a second click is none."""

import pytest

from accredit.portfolios import actions, queries
from accredit.portfolios.models import Entry, EntryVersion, Example, Plan, Portfolio
from accredit.portfolios.queries import EntryContent, ExampleContent, content_of, content_of_version
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Clash, Refused
from tests import factories
from tests import factories as make
from tests.factories import AT, SOON, owner_of, portfolio

pytestmark = pytest.mark.django_db


def at(draft: Portfolio, slot: str) -> Entry:
    """What stands in a slot now."""
    found = queries.entry_at(draft, slot)
    assert found is not None
    return found


def written(draft: Portfolio, slot: str, *words: str) -> Entry:
    """An entry with an example for each word, a piece of evidence to each."""
    examples = tuple(
        ExampleContent(
            title=word,
            description=f"<p>{word}</p>",
            type="law",
            jurisdiction="Wales",
            evidence=(factories.link(draft, word).pk,),
        )
        for word in words
    )
    return factories.write(at(draft, slot), EntryContent(title=f"Area {words[0]}", examples=examples))


def titles(draft: Portfolio, slot: str) -> list[str]:
    return [each.title for each in content_of(at(draft, slot)).examples]


def move(draft: Portfolio, number: int, source: str, target: str, **more: object) -> Entry:
    entry = at(draft, source)
    key = content_of(entry).examples[number].key
    assert key is not None
    more.setdefault("by", owner_of(draft))
    return actions.move_example(entry, example=key, to=at(draft, target), at=SOON, **more)  # type: ignore[arg-type]


def refusal(code: Code, act, *args, **more) -> Refused:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        act(*args, **more)
    assert [each.code for each in caught.value.faults] == [code]
    return caught.value


def test_an_example_moves_with_its_evidence_and_what_the_target_does_not_ask_for():
    draft = portfolio(pathway="cmalt")
    written(draft, "3a", "one", "two")
    written(draft, "1a", "there")
    before = content_of(at(draft, "3a")).examples[0]
    move(draft, 0, "3a", "1a")
    assert (titles(draft, "3a"), titles(draft, "1a")) == (["two"], ["there", "one"])
    assert content_of(at(draft, "1a")).examples[1] == before
    assert [each.position for each in at(draft, "3a").examples.all()] == [1]
    # And back again: type and jurisdiction were kept, unseen.
    move(draft, 1, "1a", "3a")
    assert content_of(at(draft, "3a")).examples[1] == before


def test_what_a_friend_said_of_an_example_goes_with_it():
    draft = portfolio(pathway="cmalt")
    written(draft, "3a", "one", "two")
    mina = make.person("Mina Example")
    friend = make.befriended(draft, mina, at(draft, "3a"))
    by = Actor(person=mina.pk, role=Role.MENTOR)
    for each in content_of(at(draft, "3a")).examples:
        said = {"entry": at(draft, "3a").pk, "part": f"{each.key}-description", "quote": each.title}
        actions.write_comment(friend, **said, text=f"On {each.title}", by=by, at=SOON)
    move(draft, 0, "3a", "1a")
    here = {slot: queries.comments_on(draft, entry=at(draft, slot)) for slot in ("3a", "1a")}
    assert {slot: [each.text for each in rows] for slot, rows in here.items()} == {
        "3a": ["On two"], "1a": ["On one"],
    }  # fmt: skip
    parts = queries.parts_of(queries.draft_of(draft), at(draft, "1a"))
    assert [each.part is not None for each in queries.passages(here["1a"], parts)] == [True]


def test_both_entries_keep_what_they_said_before_and_can_be_restored():
    draft = portfolio(pathway="cmalt")
    written(draft, "3a", "one", "two")
    written(draft, "1a", "there")
    said = {slot: content_of(at(draft, slot)) for slot in ("3a", "1a")}
    move(draft, 0, "3a", "1a")
    for slot, content in said.items():
        kept = EntryVersion.objects.filter(entry=at(draft, slot), why="move").order_by("id")
        assert [content_of_version(each).says_the_same(content) for each in kept] == [True, False]
        assert content_of_version(kept[1]) == content_of(at(draft, slot))
        factories.write(at(draft, slot), content_of_version(kept[0]))
        assert content_of(at(draft, slot)).says_the_same(content)
    assert queries.evidence_of(draft)[0].uses.count() == 1


def test_the_second_of_two_clicks_moves_nothing():
    draft = portfolio(pathway="cmalt")
    written(draft, "3a", "one", "two")
    source, target = at(draft, "3a"), at(draft, "1a")
    key = content_of(source).examples[0].key
    for _ in range(2):
        actions.move_example(
            source, example=key, to=target, expected=source.version, by=owner_of(draft), at=SOON
        )
    assert (titles(draft, "3a"), titles(draft, "1a")) == (["two"], ["one"])
    assert EntryVersion.objects.filter(entry=source, why="move").count() == 2


def test_an_example_that_stands_elsewhere_is_not_moved():
    draft = portfolio(pathway="cmalt")
    written(draft, "3a", "one", "two")
    source, key = at(draft, "3a"), content_of(at(draft, "3a")).examples[0].key
    move(draft, 0, "3a", "1a")
    by = owner_of(draft)
    refusal(
        Code.EXAMPLE_ELSEWHERE, actions.move_example, source, example=key, to=at(draft, "1b"), by=by, at=SOON
    )
    refusal(
        Code.EXAMPLE_ELSEWHERE, actions.move_example, source, example=0, to=at(draft, "1b"), by=by, at=SOON
    )
    refusal(Code.EXAMPLE_ELSEWHERE, actions.copy_example, source, example=key, by=by, at=SOON)


def test_a_save_elsewhere_meanwhile_is_a_clash_and_nothing_moves():
    draft = portfolio(pathway="cmalt")
    written(draft, "3a", "one", "two")
    seen = at(draft, "3a").version
    written(draft, "3a", "one", "two", "three")
    with pytest.raises(Clash):
        move(draft, 0, "3a", "1a", expected=seen)
    key = content_of(at(draft, "3a")).examples[0].key
    with pytest.raises(Clash):
        actions.copy_example(at(draft, "3a"), example=key, expected=seen, by=owner_of(draft), at=SOON)
    assert titles(draft, "1a") == []


def test_a_full_target_and_one_without_examples_take_none():
    draft = portfolio(pathway="cmalt")
    written(draft, "3a", "one")
    written(draft, "1a", "first", "second")
    full = refusal(Code.EXAMPLES_FULL, move, draft, 0, "3a", "1a")
    assert full.faults[0].get("allowed") == 2
    refusal(Code.EXAMPLES_NOT_ASKED, move, draft, 0, "3a", "context")
    assert titles(draft, "3a") == ["one"]


def test_no_entry_takes_more_than_the_program_does():
    draft = portfolio(pathway="senior")
    written(draft, "4a", *[f"number {place}" for place in range(20)])
    written(draft, "1a", "one")
    found = refusal(Code.EXAMPLES_FULL, move, draft, 0, "1a", "4a")
    assert found.faults[0].get("allowed") == 20


def test_a_blank_example_takes_no_room():
    draft = portfolio(pathway="cmalt")
    written(draft, "3a", "one")
    entry = written(draft, "1a", "first", "second")
    content = content_of(entry)
    blank = ExampleContent(key=content.examples[1].key)
    factories.write(entry, EntryContent(examples=(content.examples[0], blank)))
    move(draft, 0, "3a", "1a")
    assert titles(draft, "1a") == ["first", "", "one"]


def test_in_a_revision_only_between_open_slots_and_the_structure_stands():
    draft = factories.referred("1a", "1b", pathway="cmalt")
    by = owner_of(draft)
    refusal(Code.SECTION_NOT_OPEN, move, draft, 0, "2a", "1a")
    refusal(Code.SECTION_NOT_OPEN, move, draft, 0, "1a", "2a")
    move(draft, 0, "1a", "1b")
    assert len(titles(draft, "1b")) == 2
    for act, more in ((actions.place_entry, {"position": 1}), (actions.copy_entry, {})):
        refusal(Code.STRUCTURE_FIXED, act, at(draft, "5a"), by=by, at=SOON, **more)


def test_nobody_else_moves_anything_and_nothing_goes_to_another_portfolio():
    draft, other = portfolio(pathway="cmalt"), portfolio(pathway="cmalt")
    entry = written(draft, "3a", "one")
    key = content_of(entry).examples[0].key
    for by in (owner_of(other), Actor(person=other.registration.person_id, role=Role.ASSESSOR)):
        refusal(Code.NOT_YOURS, move, draft, 0, "3a", "1a", by=by)
        refusal(Code.NOT_YOURS, actions.copy_example, entry, example=key, by=by, at=SOON)
        refusal(Code.NOT_YOURS, actions.place_entry, at(draft, "5a"), position=1, by=by, at=SOON)
        refusal(Code.NOT_YOURS, actions.copy_entry, at(draft, "5a"), by=by, at=SOON)
    by = owner_of(draft)
    refusal(Code.ENTRY_REMOVED, actions.move_example, entry, example=key, to=at(other, "1a"), by=by, at=SOON)


def test_after_handing_in_nothing_moves():
    made = factories.submission()
    refusal(Code.DRAFT_CLOSED, move, made.portfolio, 0, "1a", "1b")


def test_a_copy_of_an_example_uses_the_same_evidence_once():
    draft = portfolio(pathway="cmalt")
    entry = written(draft, "3a", "one")
    key = content_of(entry).examples[0].key
    made = [
        actions.copy_example(entry, example=key, expected=entry.version, by=owner_of(draft), at=SOON)
        for _ in range(2)
    ]
    assert made[0].pk == made[1].pk
    one, two = content_of(at(draft, "3a")).examples
    assert (one.title, one.evidence) == (two.title, two.evidence)
    assert one.evidence
    changed = EntryContent(examples=(one, ExampleContent(key=two.key, title="Another")))
    factories.write(at(draft, "3a"), changed)
    refusal(Code.EXAMPLES_FULL, actions.copy_example, entry, example=key, by=owner_of(draft), at=SOON)


def areas(draft: Portfolio, *words: str) -> None:
    written(draft, "5a", words[0])
    for place, word in enumerate(words[1:], 1):
        actions.add_entry(draft, "5", by=owner_of(draft), at=AT)
        written(draft, f"5{'abcdef'[place]}", word)


def order(draft: Portfolio) -> list[str]:
    return list(draft.entries.filter(section="5").order_by("position").values_list("title", flat=True))


def test_an_entry_is_put_at_a_place_and_the_others_move_by_one():
    draft = portfolio(pathway="senior")
    areas(draft, "x", "y", "z")
    third = at(draft, "5c")
    for _ in range(2):
        actions.place_entry(third, position=1, by=owner_of(draft), at=SOON)
    assert order(draft) == ["Area z", "Area x", "Area y"]
    actions.place_entry(third, position=2, by=owner_of(draft), at=SOON)
    assert order(draft) == ["Area x", "Area z", "Area y"]
    assert list(
        draft.entries.filter(section="5").order_by("position").values_list("position", flat=True)
    ) == [
        1,
        2,
        3,
    ]
    for wrong in (0, 4):
        refusal(Code.CHOICE_UNKNOWN, actions.place_entry, third, position=wrong, by=owner_of(draft), at=SOON)


def test_a_critical_friend_and_the_next_step_follow_their_entry():
    draft = portfolio(pathway="senior")
    areas(draft, "x", "y")
    shared = at(draft, "5b")
    friend = make.invite(draft, "mina@example.org", shared)
    with allow_writes():
        plan = Plan.objects.create(portfolio=draft, step_slot="5a")
    actions.place_entry(shared, position=1, by=owner_of(draft), at=SOON)
    plan.refresh_from_db()
    assert [(each.pk, each.position) for each in friend.entries.all()] == [(shared.pk, 1)]
    assert plan.step_slot == "5b"


def test_a_copy_of_an_entry_says_the_same_and_is_made_once():
    draft = portfolio(pathway="senior")
    areas(draft, "x", "y")
    first = at(draft, "5a")
    made = [actions.copy_entry(first, by=owner_of(draft), at=SOON) for _ in range(2)]
    assert made[0].pk == made[1].pk
    assert made[0].position == 3
    assert content_of(made[0]).says_the_same(content_of(first))
    assert order(draft) == ["Area x", "Area y", "Area x"]
    assert made[0].versions.get().why == "move"


def test_a_section_that_holds_one_entry_takes_no_copy():
    draft = portfolio(pathway="cmalt")
    written(draft, "1a", "one")
    refusal(Code.ENTRIES_FULL, actions.copy_entry, at(draft, "1a"), by=owner_of(draft), at=SOON)


def test_an_entry_removed_meanwhile_is_said_to_be_so():
    draft = portfolio(pathway="senior")
    areas(draft, "x", "y", "z")
    gone = at(draft, "5c")
    actions.remove_entry(gone, by=owner_of(draft), at=AT)
    refusal(Code.ENTRY_REMOVED, actions.copy_entry, gone, by=owner_of(draft), at=SOON)
    assert Example.objects.filter(entry__portfolio=draft).count() == 2
