"""Before a portfolio is assessed: corrections, withdrawal, handing over as it is, a second tab."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys import stage
from tests.journeys.steps.candidate import Asks, Candidate
from tests.journeys.steps.office import Office

pytestmark = [pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Page]


@pytest.mark.both
def test_a_return_for_correction(enter: Enter) -> None:
    cast = stage.cast()
    user, made = stage.submitted(cast)
    pk = made.portfolio.registration_id
    otis = Office(enter(cast.otis, "/office/"), pk)
    otis.give_back("The film in 1a does not open. Mend the link.")
    ada = Candidate(enter(user, "/my/"), pk)
    ada.follow("See what to correct")
    ada.reads("The film in 1a does not open. Mend the link.")
    ada.write_section(Asks("1a", 1), evidence="A page about it")
    ada.submit()
    otis.today("Begin the check")
    otis.accept()
    otis.stands("Appoint the panel")


def test_taking_back(enter: Enter) -> None:
    cast = stage.cast()
    user, made = stage.submitted(cast)
    ada = Candidate(enter(user, "/my/"), made.portfolio.registration_id)
    ada.go(ada.at("submitted/"))
    ada.follow("See what you submitted")
    ada.go(ada.at())
    ada.follow("Take it back")
    ada.press("Take it back")
    ada.stands("Your portfolio")


def test_a_withdrawal(enter: Enter) -> None:
    cast = stage.cast()
    user, made = stage.accepted(cast)
    pk = made.portfolio.registration_id
    ada = Candidate(enter(user, "/my/"), pk)
    ada.tasks()
    ada.follow("Withdraw")
    ada.write("Why you withdraw", "I change my job.")
    ada.press("Withdraw")
    ada.reads("You withdrew this registration")
    ada.go("/my/")
    ada.follow("Register for a pathway")
    otis = Office(enter(cast.otis, "/office/"), pk)
    otis.go(otis.at())
    otis.reads("I change my job.")
    expect(otis.page.get_by_role("link", name="Appoint the panel")).to_have_count(0)


def test_as_it_is(enter: Enter, tmp_path: Path) -> None:
    cast = stage.cast()
    user, draft = stage.registered(cast)
    ada = Candidate(enter(user, "/my/"), draft.registration_id)
    ada.tasks()
    ada.follow("Hand over a portfolio that stands elsewhere")
    ada.press("Hand it over as it is", state="empty")
    ada.write("Its address", "https://portfolio.example.org/ada/")
    ada.write("How to open it", "The word is pear.")
    ada.press("Hand it over as it is")
    for slot in ("context", "1a", "1b", "2a", "3a", "4a", "plans"):
        ada.section(slot)
        ada.write("Link to this section", f"https://portfolio.example.org/ada/{slot}/")
        ada.press("Save and go to the task list")
    ada.confirm("Ada Example")
    ada.go(ada.at("as-it-is/"))
    ada.page.get_by_label("Or one document").set_input_files(stage.document(tmp_path))
    ada.press("Save")
    ada.submit()
    otis = Office(enter(cast.otis, "/office/"), draft.registration_id)
    otis.accept()
    otis.go(otis.at("submission/1/"))
    otis.reads("The word is pear.")
    otis.reads("plan.pdf")


def test_a_form_never_clashes_with_its_own_save(enter: Enter) -> None:
    user, draft = stage.registered(stage.cast())
    ada = Candidate(enter(user, "/my/"), draft.registration_id)
    ada.section("context")
    saves: list[Route] = []

    def hold(route: Route) -> None:
        """Hold back the save that the page makes by itself until the button has been pressed."""
        if route.request.headers.get("x-autosave"):
            saves.append(route)
        else:
            route.continue_()

    ada.page.route("**/section/context/", hold)
    ada.write("Your text", "The beginning.")
    ada.page.wait_for_timeout(2_500)
    assert saves
    ada.write("Your text", "The beginning, and the end.")
    ada.page.get_by_role("button", name="Save and go to the task list").click()
    saves[0].continue_()
    ada.stands("Your portfolio")
    assert draft.entries.get(section="context").text == "<p>The beginning, and the end.</p>"


def test_a_second_tab_loses_nothing(enter: Enter) -> None:
    cast = stage.cast()
    user, draft = stage.registered(cast)
    one = Candidate(enter(user, "/my/"), draft.registration_id)
    one.section("context")
    two = Candidate(one.page.context.new_page(), draft.registration_id)
    two.section("context")
    one.write("Your text", "Written in the first tab.")
    expect(one.page.locator("[data-save-words]")).to_contain_text("Saved")
    two.write("Your text", "Written in the second tab.")
    expect(two.page.get_by_role("link", name="See both and choose").first).to_be_visible()
    two.look("clash")
    two.follow("See both and choose")
    two.stands("Two versions of this section")
    two.reads("Written in the first tab.")
    two.reads("Written in the second tab.")
    two.page.get_by_label("Take what was saved second").check()
    two.press("Use what I chose")
    expect(two.field("Your text")).to_have_text("Written in the second tab.")
    one.write("Your text", "Written in the first tab, and on.")
    # The page saves by itself: on a slow machine that may or may not overtake a pressed button.
    expect(one.page.get_by_role("link", name="See both and choose").first).to_be_visible()
    one.follow("See both and choose")
    one.stands("Two versions of this section")
    one.press("Use what I chose")
    expect(one.field("Your text")).to_have_text("Written in the second tab.")
