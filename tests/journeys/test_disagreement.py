"""Panels that do not agree: a third assessor, and a blind panel of three with moderation and ratification."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accredit.people.models import RoleHeld
from tests import factories as make
from tests.journeys import stage
from tests.journeys.steps.assessor import Assessor, Judgement
from tests.journeys.steps.candidate import Candidate
from tests.journeys.steps.office import Office

pytestmark = [pytest.mark.django_db(transaction=True)]
Enter = Callable[..., Page]


def ripe(outcome: str) -> Judgement:
    """All is there, in the words of the fictional guild."""
    return Judgement(outcome, good="Ripe|Seen", poor="Ripening|Not seen")


def test_a_third_assessor(enter: Enter) -> None:
    cast = stage.cast()
    nell = make.assessor("Nell Okafor", holding="senior", within=cast.scheme, at=timezone.now())
    user, on = stage.assessed(cast, {"lead": "pass", "second": "minor"}, ("1a",), pathway="associate")
    lena, omar = Assessor(enter(cast.lena, "/assess/")), Assessor(enter(cast.omar, "/assess/"))
    lena.propose(Judgement(), "It meets the criteria.")
    assert on.proposals.get().revise == []
    omar.disagree("1a compares nothing.")
    otis = Office(enter(cast.otis, "/office/"), on.registration_id)
    otis.today("Invite a third assessor")
    otis.call_third("Nell Okafor")
    third = Assessor(enter(make.user_of(nell), "/assess/"))
    third.accept()
    third.does_not_read("1a compares nothing.")
    third.does_not_read("Lena Lindqvist")
    third.fill(Judgement())
    third.hand_in()
    third.go(f"/assess/panel/{on.pk}/")
    third.reads("1a compares nothing.")
    otis.today("Look and release")
    otis.release()
    ada = Candidate(enter(user, "/my/"), on.registration_id)
    ada.go(ada.at("result/1/"))
    ada.reads("Assessor 3")


def test_a_blind_panel_of_three(enter: Enter) -> None:
    cast = stage.cast("orchard-2025", holding="keeper")
    nell = make.assessor("Nell Okafor", holding="keeper", within=cast.scheme, at=timezone.now())
    user, made = stage.accepted(cast, "grafter")
    pk = made.portfolio.registration_id
    otis = Office(enter(cast.otis, "/office/"), pk)
    otis.appoint(member="Lena Lindqvist, Omar Haddad, Nell Okafor")
    members = [Assessor(enter(each, "/assess/")) for each in (cast.lena, cast.omar, make.user_of(nell))]
    yes, no = ripe("Recognised"), ripe("Not recognised")
    for each, said in zip(members, (yes, yes, no), strict=True):
        each.accept()
        each.does_not_read("Ada Example")
        each.fill(said)
        each.hand_in()
    members[0].propose(yes, "You teach with care.")
    members[0].does_not_read("Ada Example")
    members[1].agree()
    members[2].disagree("The craft is told, not shown.")
    mo, cleo = (
        make.person("Mo Adeyemi", roles=(RoleHeld.Name.MODERATOR,)),
        make.person("Cleo Martin", roles=(RoleHeld.Name.COMMITTEE,)),
    )
    moderator = Assessor(enter(make.user_of(mo), "/assess/"))
    moderator.moderate(yes, "You teach with care, and it shows.", "Two of three saw it shown.")
    committee = Assessor(enter(make.user_of(cleo), "/assess/"))
    committee.remit("Say more about the standard.")
    moderator.moderate(yes, "You teach with care, and it shows.", "The standard is met in w2.")
    committee.ratify()
    otis.release()
    ada = Candidate(enter(user, "/my/"), pk)
    ada.go(ada.at("result/1/"))
    ada.reads("You teach with care, and it shows.")
