"""An Associate pass from end to end: from creating an account to the public register."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys import stage
from tests.journeys.steps.candidate import ASSOCIATE, Candidate
from tests.journeys.steps.office import Office

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
    otis.appoint(lead="Lena Lindqvist", second="Omar Haddad")
    otis.go("/office/pipeline/")
