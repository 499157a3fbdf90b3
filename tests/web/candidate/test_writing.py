"""Writing entries: nothing lost, nothing doubled, nothing foreign."""

import json
from typing import Any

import pytest
from django.test import Client

from accredit.people.models import Profile
from accredit.portfolios import actions
from accredit.portfolios.models import Entry, Portfolio
from accredit.portfolios.queries import EntryContent, ExampleContent, entry_at
from accredit.registrations.models import Registration
from accredit.rulebook.framework import Edition
from tests import factories as make
from tests.web.candidate.conftest import signed_in, with_sign_in

pytestmark = pytest.mark.django_db
AUTOSAVE: Any = {"headers": {"X-Autosave": "1", "Accept": "application/json"}}


def at(draft: Portfolio, slot: str = "1a") -> Entry:
    """The entry at a slot."""
    found = entry_at(draft, slot)
    assert found is not None
    return found


def sent(entry: Entry, **values: Any) -> dict[str, Any]:
    """What the form of one example sends."""
    given = {
        "version": entry.version, "count": 1, "e1-key": "", "e1-title": "Mine",
        "e1-description": "<p>I did it.</p>", "e1-reflection": "<p>It went well.</p>",
    }  # fmt: skip
    return given | values


def address(draft: Portfolio, slot: str = "1a", more: str = "") -> str:
    """The address of a slot's page."""
    return f"/my/{draft.registration_id}/section/{slot}/{more}"


def test_autosave_tells_version_and_keys_and_makes_one_example(browser: Client, draft: Portfolio) -> None:
    entry = at(draft)
    told = browser.post(address(draft), sent(entry), **AUTOSAVE).json()
    assert told["version"] == 1
    again = sent(entry, **told["fields"], **{"e1-description": "<p>I did it well.</p>"})
    assert browser.post(address(draft), again, **AUTOSAVE).json()["version"] == 2
    assert [each.pk for each in entry.examples.all()] == [told["fields"]["e1-key"]]


def test_the_same_save_twice_is_one(browser: Client, draft: Portfolio) -> None:
    entry = at(draft)
    for _ in range(2):
        assert browser.post(address(draft), sent(entry))["Location"] == address(draft)
    entry.refresh_from_db()
    assert (entry.version, entry.examples.count()) == (1, 1)


def test_a_clash_shows_both_and_the_person_chooses(browser: Client, draft: Portfolio) -> None:
    entry = at(draft)
    browser.post(address(draft), sent(entry))
    other = sent(entry, **{"e1-description": "<p>From the second tab.</p>"})
    told = browser.post(address(draft), other, **AUTOSAVE)
    assert told.status_code == 409
    assert told.json()["both"] == address(draft, more="clash/")
    assert browser.post(address(draft), other)["Location"] == address(draft, more="clash/")
    page = browser.get(address(draft, more="clash/")).content.decode()
    assert "I did it." in page
    assert "From the second tab." in page
    assert "second text of this section" in browser.get(address(draft)).content.decode()
    kept = entry.versions.get(why="clash")
    (field,) = kept.fields
    choice = {f"take-{field}": "other", "version": kept.pk, "expected": 1}
    assert browser.post(address(draft, more="clash/"), choice)["Location"] == address(draft)
    assert entry.examples.get().description == "<p>From the second tab.</p>"
    browser.post(address(draft, more="clash/"), choice)
    assert entry.examples.count() == 1
    assert "second text of this section" not in browser.get(address(draft)).content.decode()
    said = [each.content["examples"][0]["description"] for each in entry.versions.all()]
    assert {"<p>I did it.</p>", "<p>From the second tab.</p>"} == set(said)


def test_choosing_the_stored_text_changes_nothing(browser: Client, draft: Portfolio) -> None:
    entry = at(draft)
    browser.post(address(draft), sent(entry))
    browser.post(address(draft), sent(entry, **{"e1-title": "Other"}))
    browser.post(address(draft, more="clash/"), {"version": "x", "expected": "1"})
    assert entry.examples.get().title == "Mine"
    assert entry.versions.get(why="clash").settled_at


def test_a_choice_made_on_an_old_page_is_asked_again(browser: Client, draft: Portfolio) -> None:
    entry = at(draft)
    browser.post(address(draft), sent(entry))
    browser.post(address(draft), sent(entry, **{"e1-title": "Other"}))
    key = entry.examples.get().pk
    browser.post(address(draft), sent(entry, version=1, **{"e1-key": key, "e1-title": "Third"}))
    choice = {f"take-example-{key}-title": "other", "expected": "1"}
    for expected in ("1", "x"):
        again = browser.post(address(draft, more="clash/"), choice | {"expected": expected})
        assert again["Location"] == address(draft, more="clash/")
    assert entry.examples.get().title == "Third"
    assert entry.versions.get(why="clash").settled_at is None


def touched(entry: Entry, tab: str, names: dict[str, int], **values: Any) -> dict[str, Any]:
    """What a page with scripts sends: only what was touched in it, and which page it is."""
    return {"version": entry.version, "count": 1, "tab": tab, "touched": json.dumps(names)} | values


def test_two_pages_in_different_fields_both_save_and_are_told(browser: Client, draft: Portfolio) -> None:
    entry = at(draft)
    one = touched(entry, "one", {"e1-title": 0}, **{"e1-title": "Mine"})
    key = browser.post(address(draft), one, **AUTOSAVE).json()["fields"]["e1-key"]
    two = touched(entry, "two", {"e1-reflection": 0}, **{"e1-key": "", "e1-reflection": "<p>Well.</p>"})
    told = browser.post(address(draft), two, **AUTOSAVE).json()
    assert (told["version"], told["fields"]["e1-key"]) == (2, key)
    assert told["changed"] == {"e1-title": "Mine"}
    example = entry.examples.get()
    assert (example.title, example.reflection) == ("Mine", "<p>Well.</p>")
    principle = {"version": 1, "principles": ["dissemination"], "touched": json.dumps({"principles": 1})}
    told = browser.post(address(draft), one | principle | {"e1-key": key}, **AUTOSAVE).json()
    assert told["changed"] == {"e1-reflection": "<p>Well.</p>"}


def test_the_same_field_in_two_pages_clashes_and_the_rest_is_saved(browser: Client, draft: Portfolio) -> None:
    entry = at(draft, "context")
    browser.post(address(draft, "context"), touched(entry, "one", {"text": 0}, text="One"), **AUTOSAVE)
    two = touched(entry, "two", {"text": 0}, text="Two")
    answer = browser.post(address(draft, "context"), two, **AUTOSAVE)
    assert answer.status_code == 409
    assert answer.json()["both"] == address(draft, "context", "clash/")
    assert answer.json()["changed"] == {"text": "<p>One</p>"}
    browser.post(address(draft, "context"), two | {"text": "Two and more"}, **AUTOSAVE)
    kept = entry.versions.get(why="clash")
    assert (kept.content["text"], kept.fields, kept.writer) == ("<p>Two and more</p>", ["text"], "two")


def test_a_page_hears_of_an_example_that_came_or_went_elsewhere(browser: Client, draft: Portfolio) -> None:
    entry = at(draft)
    browser.post(address(draft), sent(entry))
    key = entry.examples.get().pk
    quiet = {"version": 1, "count": 0, "tab": "two", "touched": "{}"}
    assert browser.post(address(draft), quiet | {"version": 0}, **AUTOSAVE).json()["moved"] is True
    browser.post(address(draft, more="remove/"), {"example": 1, "key": key, "version": 1})
    seen = quiet | {"count": 1, "e1-key": key}
    assert browser.post(address(draft), seen, **AUTOSAVE).json()["moved"] is True


@pytest.mark.parametrize("said", ["", "x", "[]", '{"text": "x"}', "[" * 9999, '{"text": true}'])
def test_nonsense_about_what_was_touched_counts_as_everything(
    browser: Client, draft: Portfolio, said: str
) -> None:
    given = {"version": 0, "tab": "t", "touched": said, "text": "Words"}
    assert browser.post(address(draft, "context"), given, **AUTOSAVE).status_code == 200
    assert at(draft, "context").text == "<p>Words</p>"


def test_hostile_text_is_cleaned_and_never_runs(browser: Client, draft: Portfolio) -> None:
    bad = "<p onclick=alert(1)>Hi<script>alert(2)</script><img src=x onerror=alert(3)></p>"
    browser.post(address(draft), sent(at(draft), **{"e1-description": bad, "e1-title": "<b>x</b>"}))
    for page in (address(draft), f"/my/{draft.registration_id}/preview/"):
        shown = browser.get(page).content.decode()
        assert "onclick=alert" not in shown
        assert "<script>alert" not in shown
        assert "<b>x</b>" not in shown


def test_what_cannot_be_saved_is_said_and_kept(browser: Client, draft: Portfolio) -> None:
    huge = sent(at(draft), **{"e1-description": "word " * 50_000})
    answer = browser.post(address(draft), huge)
    assert answer.status_code == 422
    assert "Shorten it" in answer.content.decode()
    assert "word word" in answer.content.decode()
    assert browser.post(address(draft), huge, **AUTOSAVE).status_code == 422


@pytest.mark.parametrize("change", [
    {"version": "x"}, {"version": ""}, {"e1-key": "x"}, {"count": "x"}, {"count": "-1"}, {"e1-type": "poem"},
    {"e1-title": "t" * 300}, {"principles": ["nonsense"]}, {"e1-evidence": ["99999"]}, {"count": "9" * 50},
])  # fmt: skip
def test_forged_fields_never_break_the_page(
    browser: Client, draft: Portfolio, change: dict[str, Any]
) -> None:
    answer = browser.post(address(draft, "3a"), sent(at(draft, "3a"), **change))
    assert answer.status_code in (302, 422)


def test_evidence_of_another_locker_is_refused(browser: Client, draft: Portfolio) -> None:
    foreign = make.link(make.portfolio(make.registration(make.person("Ruth Example"))))
    browser.post(f"/my/{draft.registration_id}/evidence/", {"kind": "link", "title": "x", "address": "e.org"})
    answer = browser.post(address(draft), sent(at(draft), **{"e1-evidence": [foreign.pk]}))
    assert answer.status_code == 422


def test_examples_are_added_and_removed_without_scripts(browser: Client, draft: Portfolio) -> None:
    entry = at(draft)
    added = browser.post(address(draft), sent(entry, go="example"))
    assert browser.get(added["Location"]).context["form"].shown == 2
    first = entry.examples.get()
    both = sent(entry, **{
        "version": 1, "count": 2, "e1-key": first.pk, "e2-key": "", "e2-title": "Second",
        "e2-description": "x", "e2-reflection": "y", "go": "remove:1",
    })  # fmt: skip
    asking = browser.post(address(draft), both)
    page = browser.get(asking["Location"])
    assert page.context["example"].title == "Mine"
    removal = {"example": 1, "key": first.pk, "version": 2}
    for _ in range(2):
        assert browser.post(address(draft, more="remove/"), removal)["Location"] == address(draft)
    assert entry.examples.get().title == "Second"


def test_evidence_added_for_an_example_is_ticked_there(browser: Client, draft: Portfolio) -> None:
    going = browser.post(address(draft), sent(at(draft), go="evidence:1"))["Location"]
    assert going == f"/my/{draft.registration_id}/evidence/?for=1a&example=1"
    given = {"kind": "text", "title": "A note", "text": "Words.", "for": "1a", "example": "1"}
    browser.post(f"/my/{draft.registration_id}/evidence/", given)
    assert [use.evidence.title for use in at(draft).examples.get().uses.all()] == ["A note"]


def test_areas_are_named_added_and_removed(ada: Profile, browser: Client) -> None:
    draft = make.portfolio(make.registration(ada, pathway="senior"))
    page = browser.get(address(draft, "6a"))
    assert "principle-" in page.content.decode()
    assert 'list="areas"' in page.content.decode()
    browser.post(address(draft, "5b"), sent(at(draft, "5b"), title="Video", area="video"))
    added = browser.post(f"/my/{draft.registration_id}/add/5/")["Location"]
    assert added == address(draft, "5c")
    assert browser.get(address(draft, "5c", "remove/")).status_code == 200
    assert browser.post(address(draft, "5c", "remove/"))["Location"] == f"/my/{draft.registration_id}/"
    assert entry_at(draft, "5c") is None
    assert browser.post(f"/my/{draft.registration_id}/add/nonsense/").status_code == 409


def test_a_text_for_each_principle(ada: Profile, browser: Client) -> None:
    draft = make.portfolio(make.registration(ada, pathway="senior"))
    entry = at(draft, "6a")
    rules: Edition = browser.get(address(draft, "6a")).context["asked"].rules
    texts = {f"principle-{each.code}": f"About {each.code}." for each in rules.principles}
    browser.post(address(draft, "6a"), sent(entry, title="Leading a team", area="leadership", **texts))
    entry.refresh_from_db()
    assert entry.title == "Leading a team"
    assert set(entry.principle_texts) == {each.code for each in rules.principles}


def test_a_slot_that_is_not_there_is_not_found(browser: Client, draft: Portfolio) -> None:
    for slot in ("9z", "5a", "confirmation", "1c", "💥"):
        assert browser.get(address(draft, slot)).status_code == 404


def test_in_a_revision_only_the_open_sections_are_written(db: None) -> None:
    draft = make.referred("1a")
    browser = signed_in(with_sign_in(Registration.objects.get().person))
    assert "You cannot change this section now" in browser.get(address(draft, "1b")).content.decode()
    assert browser.post(address(draft, "1b"), sent(at(draft, "1b"))).status_code == 422
    assert browser.get(address(draft)).status_code == 200
    tasks = browser.get(f"/my/{draft.registration_id}/").content.decode()
    assert "Only the sections named in the result are open" in tasks
    here = f"/my/{draft.registration_id}/summary-of-changes/"
    version = Portfolio.objects.get().version
    told = browser.post(here, {"version": version, "text": "I rewrote 1a."}, **AUTOSAVE)
    assert told.json()["version"] == version + 1
    clash = browser.post(here, {"version": version, "text": "From another tab."})
    assert clash.status_code == 409
    assert "I rewrote 1a." in clash.content.decode()
    assert "From another tab." in clash.content.decode()


def test_the_same_number_of_queries_with_one_example_and_with_three(
    ada: Profile, browser: Client, draft: Portfolio, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (1, 3):
        entry = at(draft)
        examples = tuple(ExampleContent(title=f"E{n}", description="<p>x</p>") for n in range(number))
        make.link(draft)
        make.write(entry, EntryContent(examples=examples))
        with django_assert_max_num_queries(12) as seen:
            assert browser.get(address(draft)).status_code == 200
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


def test_nobody_else_finds_it(draft: Portfolio) -> None:
    other = signed_in(make.person("Ruth Example", sign_in=True))
    for path in ("section/1a/", "section/1a/clash/", "section/1a/remove/"):
        assert other.get(f"/my/{draft.registration_id}/{path}").status_code == 404
    assert other.post(address(draft), sent(at(draft))).status_code == 404
    assert Client().get(address(draft)).status_code == 302


def areas(browser: Client, draft: Portfolio, count: int) -> list[Entry]:
    """Advanced areas, one text each; `draft` is one that may have several."""
    found = []
    for number in range(count):
        slot = f"5{'abc'[number]}"
        if entry_at(draft, slot) is None:
            browser.post(f"/my/{draft.registration_id}/add/5/")
        browser.post(address(draft, slot), sent(at(draft, slot), **{"e1-title": f"Area {number}"}))
        found.append(at(draft, slot))
    return found


@pytest.fixture
def senior(ada: Profile) -> Portfolio:
    """A pathway on which an area may be added, and removed again."""
    return make.portfolio(make.registration(ada, pathway="senior"))


def test_a_page_saves_into_the_entry_it_was_opened_with(browser: Client, senior: Portfolio) -> None:
    one, two, *_more = areas(browser, senior, 3)
    assert f'name="entry" value="{one.pk}"' in browser.get(address(senior, "5a")).content.decode()
    actions.place_entry(two, position=1, by=make.owner_of(senior), at=make.SOON)
    typed = touched(one, "one", {"e1-title": 1}) | {
        "entry": one.pk,
        "e1-key": one.examples.get().pk,
        "e1-title": "Typed where it stood before",
    }
    assert browser.post(address(senior, "5a"), typed, **AUTOSAVE).status_code == 200
    assert one.examples.get().title == "Typed where it stood before"
    assert two.examples.get().title == "Area 1"
    assert browser.post(address(senior, "5a"), typed)["Location"] == address(senior, "5b")


def test_the_text_of_an_area_removed_meanwhile_goes_into_no_other(browser: Client, senior: Portfolio) -> None:
    one, two, _three = areas(browser, senior, 3)
    browser.post(address(senior, "5a", "remove/"), {"entry": one.pk})
    answer = browser.post(address(senior, "5a"), sent(one) | {"entry": one.pk}, **AUTOSAVE)
    assert (answer.status_code, "has been removed" in answer.json()["refused"][0]) == (409, True)
    assert at(senior, "5a").pk == two.pk
    assert two.examples.get().title == "Area 1"


def test_removing_an_area_with_two_clicks_removes_one(browser: Client, senior: Portfolio) -> None:
    areas(browser, senior, 3)
    browser.post(f"/my/{senior.registration_id}/add/5/")
    entry = at(senior, "5a")
    page = browser.get(address(senior, "5a", "remove/")).content.decode()
    assert f'name="entry" value="{entry.pk}"' in page
    for _click in range(2):
        answer = browser.post(address(senior, "5a", "remove/"), {"entry": entry.pk})
        assert answer["Location"] == f"/my/{senior.registration_id}/"
    assert senior.entries.filter(section="5").count() == 3


def test_a_second_click_does_not_choose_for_the_next_clash(browser: Client, draft: Portfolio) -> None:
    entry = at(draft, "context")
    browser.post(address(draft, "context"), touched(entry, "one", {"text": 0}, text="One"), **AUTOSAVE)
    for tab in ("two", "three"):
        browser.post(address(draft, "context"), touched(entry, tab, {"text": 0}, text=tab), **AUTOSAVE)
    first, second = entry.versions.filter(why="clash").order_by("pk")
    choice = {"take-text": "other", "version": first.pk, "expected": 1}
    browser.post(address(draft, "context", "clash/"), choice)
    answer = browser.post(address(draft, "context", "clash/"), choice | {"expected": 2})
    assert answer["Location"] == address(draft, "context", "clash/")
    entry.refresh_from_db()
    second.refresh_from_db()
    assert ("two" in entry.text, second.settled_at) == (True, None)
