"""A pass under the edition of 2016: one section on laws, policies and standards, a comment on every row."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys import stage
from tests.journeys.steps.assessor import Assessor, Judgement
from tests.journeys.steps.candidate import Asks, Candidate
from tests.journeys.steps.office import Office

pytestmark = [pytest.mark.django_db(transaction=True)]


def test_a_pass_under_the_edition_of_2016(enter: Callable[..., Page]) -> None:
    cast = stage.cast("cmalt-2016", holding="cmalt")
    user, draft = stage.written(cast, "cmalt")
    stage.empty(draft, "3a")
    ada = Candidate(enter(user, "/my/"), draft.registration_id)
    ada.go(ada.at("submit/"))
    ada.write_section(Asks("3a", 2, ("Law", "Policy")), evidence="A page about it")
    ada.submit()
    otis = Office(enter(cast.otis, "/office/"), draft.registration_id)
    otis.accept()
    otis.appoint(lead=stage.LENA, second=stage.OMAR)
    said = Judgement(good="Meets the criteria|Complete", comments_everywhere=True)
    lena, omar = Assessor(enter(cast.lena, "/assess/")), Assessor(enter(cast.omar, "/assess/"))
    omar.assess(said)
    lena.assess(said)
    lena.propose(said, "You know what the rules are for.")
    omar.agree()
    otis.release()
    ada.go(ada.at("result/1/"))
    ada.stands("Pass")
    ada.follow("See your certificate")
