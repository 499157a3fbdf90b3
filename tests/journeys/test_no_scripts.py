"""Reading, writing, submitting and deciding work without scripts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys import stage
from tests.journeys.steps.assessor import Assessor, Judgement
from tests.journeys.steps.candidate import ASSOCIATE, Candidate
from tests.journeys.steps.office import Office

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_the_whole_way_without_scripts(enter: Callable[..., Page], tmp_path: Path) -> None:
    cast = stage.cast()
    user, draft = stage.registered(cast)
    ada = Candidate(enter(user, "/my/", java_script_enabled=False), draft.registration_id, scripts=False)
    ada.add_file(stage.picture(tmp_path), "The course page", alt="A course page with a film at the top.")
    ada.add_text("Notes of the trial, week by week.", "Notes of the trial")
    for asks in ASSOCIATE:
        ada.write_section(asks, evidence="Notes of the trial" if asks.examples else "")
    ada.confirm("Ada Example")
    ada.submit()
    otis = Office(
        enter(cast.otis, "/office/", java_script_enabled=False), draft.registration_id, scripts=False
    )
    otis.today("Begin the check")
    otis.accept()
    otis.appoint(lead=stage.LENA, second=stage.OMAR)
    lena, omar = (
        Assessor(enter(each, "/assess/", java_script_enabled=False), scripts=False)
        for each in (cast.lena, cast.omar)
    )
    lena.assess(Judgement())
    omar.assess(Judgement())
    lena.propose(Judgement(), "Clear, honest work.")
    omar.agree()
    otis.release()
    ada.go(ada.at("result/1/"))
    ada.reads("Clear, honest work.")
    ada.follow("See your certificate")
