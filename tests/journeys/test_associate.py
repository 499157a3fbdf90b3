"""An Associate pass from end to end: from creating an account to the public register."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys import stage
from tests.journeys.steps.assessor import Assessor, Judgement
from tests.journeys.steps.candidate import ASSOCIATE, Candidate
from tests.journeys.steps.office import Office
from tests.journeys.steps.visitor import Visitor

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_an_associate_passes(visit: Callable[..., Page], enter: Callable[..., Page], tmp_path: Path) -> None:
    cast = stage.cast()
    ada = Candidate(visit())
    ada.sign_up("ada@isles.example")
    ada.complete_profile("Ada Example", stage.COLLEGE)
    ada.register("Associate CMALT")
    otis = Office(enter(cast.otis, "/office/"), ada.registration)
    otis.record_payment("BACS 0042")
    ada.tasks()
    ada.add_file(stage.picture(tmp_path), "The course page", alt="A course page with a film at the top.")
    ada.add_file(stage.document(tmp_path), "The plan")
    ada.add_file(stage.message(tmp_path), "A colleague writes", private=True)
    ada.add_link("https://example.org/film", "The film")
    ada.add_text("Notes of the trial, week by week.", "Notes of the trial")
    for asks in ASSOCIATE:
        ada.write_section(asks, evidence="The film" if asks.examples else "")
    ada.confirm("Ada Example", suggested="Lena Lindqvist")
    ada.tasks()
    ada.go(ada.at("preview/"))
    ada.submit()
    otis.today("Begin the check")
    otis.accept()
    otis.refuses("Ruth Ogundipe", stage.COLLEGE)
    otis.appoint(lead=stage.LENA, second=stage.OMAR)
    otis.go("/office/pipeline/")
    lena, omar = Assessor(enter(cast.lena, "/assess/")), Assessor(enter(cast.omar, "/assess/"))
    lena.assess(Judgement(private="Only for Lena."))
    omar.accept()
    omar.does_not_read("Only for Lena.")
    omar.fill(Judgement())
    omar.hand_in()
    lena.propose(Judgement(), "Clear, honest work. Keep the film series going.")
    omar.agree()
    otis.today("Look and release")
    otis.does_not_read(stage.LENA)
    otis.release("Clear, honest work. Keep the film series going, and write about it.")
    ada.go("/my/")
    ada.follow("Associate CMALT", within=ada.page.locator("main"))
    ada.follow(re.compile("^Read the result of round 1"))
    ada.reads("Keep the film series going, and write about it.")
    ada.does_not_read(stage.LENA)
    ada.does_not_read(stage.OMAR)
    ada.follow("See your certificate")
    ada.reads("Associate CMALT")
    ada.go("/my/register-entry/")
    ada.press("I agree")
    Visitor(visit("/")).find_holder("Ada Example")
    ada.press("Withdraw from the register")
    for each in (lena, omar):
        each.go("/assess/record/")
