"""Writing in a browser: two tabs, a lost connection, a lost session, versions; no text is lost."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

from accredit.people.models import User
from accredit.portfolios.models import Entry, Example, Portfolio
from tests import factories as make
from tests.journeys.looks import seemly

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[..., Page]


@pytest.fixture
def ada() -> User:
    """A candidate."""
    found = make.person("Ada Example", sign_in=True).user
    assert found is not None
    return found


@pytest.fixture
def draft(ada: User) -> Portfolio:
    """Her empty portfolio."""
    return make.portfolio(make.registration(ada.profile))


def section(draft: Portfolio, slot: str = "1a") -> str:
    """The address of a slot."""
    return f"/my/{draft.registration_id}/section/{slot}/"


def editor(page: Page, name: str = "Description") -> Locator:
    """The editor of a field."""
    return page.get_by_role("textbox", name=name)


def write(page: Page, words: str, name: str = "Description") -> None:
    """Type at the end of a field and save."""
    editor(page, name).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    page.get_by_role("button", name="Save now").click()


def said(page: Page, words: str) -> None:
    """Wait for what the status says."""
    expect(page.locator("[data-save-words]")).to_contain_text(words)


def test_two_tabs_write_different_fields_and_then_the_same(ada: User, draft: Portfolio, enter: Enter) -> None:
    page = enter(ada, section(draft))
    other = page.context.new_page()
    other.goto(section(draft))
    editor(page).click()
    page.keyboard.type("Typed in the first tab.")
    said(page, "Saved")
    expect(page.locator("[data-announcer]")).to_contain_text("Saved")
    editor(other, "Reflection").click()
    other.keyboard.type("Learned in the second.")
    said(other, "Saved")
    expect(editor(other)).to_have_text("Typed in the first tab.")
    expect(editor(other, "Reflection")).to_be_focused()
    example = Example.objects.get(entry__portfolio=draft)
    assert ("first tab" in example.description, "second" in example.reflection) == (True, True)
    write(other, " And more.")
    said(other, "Saved")
    write(page, " But not this.")
    said(page, "Both are kept")
    page.get_by_role("link", name="See both and choose").click()
    expect(page.get_by_role("heading", name="Example 1: description")).to_be_visible()
    seemly(page)
    page.get_by_label("Take what was saved second").check()
    page.get_by_role("button", name="Use what I chose").click()
    expect(editor(page)).to_have_text("Typed in the first tab. But not this.")
    page.get_by_role("link", name="Versions").click()
    seemly(page)
    page.get_by_role("row").filter(has_text="Saved").first.get_by_role("link").click()
    seemly(page)
    page.get_by_role("button", name="Restore this version").click()
    expect(editor(page)).to_have_text("Typed in the first tab. And more.")


def test_text_typed_without_a_connection_is_offered_back_as_a_difference(
    ada: User, draft: Portfolio, enter: Enter
) -> None:
    page = enter(ada, section(draft, "context"))
    write(page, "What was saved.", "Your text")
    said(page, "Saved")
    page.context.set_offline(True)
    write(page, " What was not.", "Your text")
    said(page, "kept in this browser")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(section(draft, "context"))
    expect(again.locator(".kept ins")).to_contain_text("What was not")
    seemly(again)
    again.get_by_role("button", name="Put it back").click()
    said(again, "Saved")
    assert "What was not." in Entry.objects.get(portfolio=draft, section="context").text
    again.reload()
    expect(editor(again, "Your text")).to_contain_text("What was not.")
    expect(again.locator(".kept")).to_have_count(0)


def test_text_of_an_example_that_has_no_place_any_more_is_shown(
    ada: User, draft: Portfolio, enter: Enter
) -> None:
    page = enter(ada, f"{section(draft)}?examples=2")
    page.context.set_offline(True)
    editor(page).nth(1).click()
    page.keyboard.type("A second example, begun on a train.")
    page.get_by_role("button", name="Save now").click()
    said(page, "kept in this browser")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    for _look in range(2):
        again.goto(section(draft))
        expect(editor(again)).to_have_count(1)
        expect(again.locator(".kept ins")).to_contain_text("begun on a train")
        expect(again.locator(".kept")).to_contain_text("no place on this page")
    seemly(again)
    again.get_by_role("button", name="Throw it away").click()
    again.reload()
    expect(editor(again)).to_have_count(1)
    expect(again.locator(".kept")).to_have_count(0)


def test_saving_goes_on_after_signing_in_again(ada: User, draft: Portfolio, enter: Enter) -> None:
    page = enter(ada, section(draft, "context"))
    Session.objects.all().delete()
    write(page, "Typed while signed out.", "Your text")
    said(page, "You are signed out")
    expect(page.get_by_role("link", name="Sign in in a new tab")).to_have_attribute("target", "_blank")
    # She signs in again in another tab of the same browser, and comes back.
    tab = enter(ada, "/my/")
    page.context.clear_cookies()
    page.context.add_cookies([each for each in tab.context.cookies() if "session" in each["name"]])
    page.evaluate("dispatchEvent(new Event('focus'))")
    said(page, "Saved")
    assert "signed out" in Entry.objects.get(portfolio=draft, section="context").text


def test_plain_text_saves_itself_and_a_note_needs_no_leaving(
    ada: User, draft: Portfolio, enter: Enter
) -> None:
    page = enter(ada, section(draft, "context"))
    page.get_by_role("button", name="Save and write plain text").click()
    page.get_by_label("Your text").fill("I did:\n- a\n- b")
    page.get_by_label("New note").fill("Ask Mina.")
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator(".note")).to_contain_text("Ask Mina.")
    said(page, "Saved")
    expect(page.get_by_label("Your text")).to_have_value("I did:\n- a\n- b")
    seemly(page)
    text = Entry.objects.get(portfolio=draft, section="context").text
    assert text == "<p>I did:</p><ul><li>a</li><li>b</li></ul>"
    page.get_by_role("link", name="All notes").click()
    seemly(page)
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".note.is-done")).to_have_count(1)
