"""Panels that do not agree: a third assessor, and a blind panel of three with moderation and ratification."""

from collections.abc import Callable, Sequence

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accredit.people.models import RoleHeld, User
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


def test_an_appeal_is_upheld_and_a_new_panel_decides(enter: Enter) -> None:
    cast = stage.cast("orchard-2025", holding="keeper")
    made = [
        make.assessor(name, holding="keeper", within=cast.scheme, at=timezone.now())
        for name in ("Nell Okafor", "Una Berg", "Vera Silva", "Walt Ohm")
    ]
    nell, una, vera, walt = (make.user_of(each) for each in made)
    user, submission = stage.accepted(cast, "grafter")
    pk = submission.portfolio.registration_id
    mo, cleo = (
        make.person("Mo Adeyemi", roles=(RoleHeld.Name.MODERATOR,)),
        make.person("Cleo Martin", roles=(RoleHeld.Name.COMMITTEE,)),
    )
    committee = Assessor(enter(make.user_of(cleo), "/assess/"))
    otis = Office(enter(cast.otis, "/office/"), pk)
    otis.appoint(member="Lena Lindqvist, Omar Haddad, Nell Okafor")
    _decided(enter, (cast.lena, cast.omar, nell), ripe("Not recognised"), "The craft is told, not shown.")
    committee.ratify()
    otis.release()
    ada = Candidate(enter(user, "/my/"), pk)
    ada.appeal("Something I handed in was not read", "My film of the workshop was never opened.")
    otis.today("Look at the appeal")
    otis.name_reviewer("Mo Adeyemi")
    reviewer = Assessor(enter(make.user_of(mo), "/assess/"))
    reviewer.decide_appeal("Uphold it", "The film was not opened.")
    ada.go(ada.at("result/1/"))
    ada.reads("Set aside on your appeal")
    ada.follow("See your appeal")
    ada.reads("The film was not opened.")
    ada.does_not_read("Mo Adeyemi")
    otis.refuses_again("Lena Lindqvist", "set aside on appeal")
    otis.appoint(member="Una Berg, Vera Silva, Walt Ohm")
    _decided(enter, (una, vera, walt), ripe("Recognised"), "You teach with care.")
    committee.ratify()
    otis.release()
    ada.go(ada.at("result/2/"))
    ada.reads("You teach with care.")


def _decided(enter: Enter, members: Sequence[User], said: Judgement, feedback: str) -> None:
    """Have a panel assess, propose and agree."""
    walkers = [Assessor(enter(each, "/assess/")) for each in members]
    for each in walkers:
        each.accept()
        each.fill(said)
        each.hand_in()
    walkers[0].propose(said, feedback)
    for each in walkers[1:]:
        each.agree()


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
