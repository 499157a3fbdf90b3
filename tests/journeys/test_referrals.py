"""Referrals: minor revisions reviewed by the lead, major revisions assessed anew."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import stage
from tests.journeys.steps.assessor import Assessor, Judgement
from tests.journeys.steps.candidate import Asks, Candidate
from tests.journeys.steps.office import Office

pytestmark = [pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Page]


def revise(ada: Candidate, asks: Asks) -> None:
    """Read the result, find the other sections closed, revise the open one, say what changed, submit."""
    ada.go("/my/")
    ada.follow("Go on with your revisions")
    ada.follow("Read the result again")
    ada.follow("Begin your revisions")
    ada.section("1b")
    ada.reads("You cannot change this section now")
    ada.write_section(asks, evidence="A page about it")
    ada.go(ada.at("submit/"))
    ada.go(ada.at("summary-of-changes/"))
    ada.write("What you have changed", "I wrote 1a anew and explained the choice.")
    ada.press("Save")
    ada.confirm("Ada Example")
    ada.submit()


def test_minor_revisions_reviewed_by_the_lead(enter: Enter) -> None:
    cast = stage.cast()
    user, on = stage.held(cast, "minor", ("1a",), pathway="cmalt")
    otis = Office(enter(cast.otis, "/office/"), on.registration_id)
    otis.release()
    ada = Candidate(enter(user, "/my/"), on.registration_id)
    revise(ada, Asks("1a", 1))
    otis.accept()
    lena = Assessor(enter(cast.lena, "/assess/"))
    lena.what_changed("I wrote 1a anew")
    lena.desk()
    lena.reads("Your rating of round 1 stands")
    lena.fill(Judgement(overall="The choice is clear now."))
    lena.hand_in()
    otis.go(otis.at())
    otis.release()
    ada.go("/my/")
    ada.reads("CMALT")
    ada.go(ada.at("result/2/"))
    ada.reads("The choice is clear now.")
    ada.go(ada.at("result/1/"))
    ada.go(ada.at("submission/1/"))


def test_major_revisions_that_do_not_convince(enter: Enter) -> None:
    cast = stage.cast()
    poor = Judgement("Referral, major revisions", revise=("1a", "6a"))
    user, on = stage.assessed(cast, {"lead": "major"}, poor.revise, pathway="senior")
    omar = Assessor(enter(cast.omar, "/assess/"))
    omar.assess(poor)
    lena = Assessor(enter(cast.lena, "/assess/"))
    lena.propose(poor, "Two sections need more of you in them.")
    omar.agree()
    otis = Office(enter(cast.otis, "/office/"), on.registration_id)
    otis.release()
    ada = Candidate(enter(user, "/my/"), on.registration_id)
    revise(ada, Asks("1a", 1))
    otis.accept()
    failed = Judgement("Fail")
    for each in (lena, omar):
        each.what_changed("I wrote 1a anew", "Added")
        each.desk()
        each.note("1a", f"Ask about the choice, {each.__class__.__name__}.")
        each.fill(failed)
        each.hand_in()
    lena.propose(failed, "It does not show your own part yet.")
    omar.agree()
    otis.release()
    ada.go("/my/")
    ada.go(ada.at("result/2/"))
    ada.stands("Fail")
    ada.tasks()
    expect(ada.page.get_by_role("link", name="See your certificate")).to_have_count(0)
