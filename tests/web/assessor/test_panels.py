"""Invitations, agreement, moderation, ratification: the ways they go and who may take them."""

from typing import Any

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Assessor, DeclaredConflict, Outcome, Panel, Seat
from accredit.assessments.queries import panels, places_of
from accredit.people.actions import give_role
from accredit.people.models import RoleHeld
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage
from accredit.toolkit.actor import SYSTEM
from tests import factories as make
from tests.assessments.test_actions_journey import orchard, slots
from tests.factories import AT
from tests.web.assessor.conftest import at, browser_of, make_file

pytestmark = pytest.mark.django_db


def stage(panel: Panel) -> str:
    """Where the registration of a panel stands."""
    return str(Registration.objects.values_list("stage", flat=True).get(pk=panel.registration_id))


def test_a_conflict_is_declared_before_the_portfolio_opens(lena: Appointment, panel: Panel) -> None:
    browser, here = at(lena), f"/assess/invitation/{lena.pk}/"
    assert browser.post(here, {}).status_code == 422
    assert browser.post(here, {"answer": "conflict", "reason": "  "}).status_code == 422
    assert browser.post(here, {"answer": "maybe"}).status_code == 422
    assert browser.post(here, {"answer": "conflict", "reason": "x" * 5001}).status_code == 422
    answer = browser.post(here, {"answer": "conflict", "reason": "We wrote a book together."})
    assert answer["Location"] == "/assess/"
    assert DeclaredConflict.objects.get().reason == "We wrote a book together."
    assert browser.get(here).status_code == 404
    assert stage(panel) == Stage.APPOINTING


def test_one_declines_with_or_without_a_reason(omar: Appointment) -> None:
    at(omar).post(f"/assess/invitation/{omar.pk}/", {"answer": "decline", "reason": ""})
    found = Appointment.objects.get(pk=omar.pk)
    assert (found.answer, found.reason) == ("declined", "")


def test_a_conflict_noticed_later_closes_the_desk(lena: Appointment) -> None:
    made = actions.accept_invitation(lena, by=make.as_assessor(lena), at=AT)
    browser, here = at(lena), f"/assess/invitation/{lena.pk}/"
    assert "Leave this panel" in browser.get(here).content.decode()
    assert browser.post(here, {"answer": "accept"})["Location"] == f"/assess/{made.pk}/"
    browser.post(here, {"answer": "conflict", "reason": "I know the project."})
    assert browser.get(f"/assess/{made.pk}/").status_code == 404


def test_handing_back_needs_a_reason(lena: Appointment) -> None:
    made = actions.accept_invitation(lena, by=make.as_assessor(lena), at=AT)
    browser, here = at(lena), f"/assess/invitation/{lena.pk}/"
    refused = browser.post(here, {"answer": "decline", "reason": " "})
    assert refused.status_code == 422
    assert "Say why you cannot go on" in refused.content.decode()
    assert browser.get(f"/assess/{made.pk}/").status_code == 200
    browser.post(here, {"answer": "decline", "reason": "I am ill."})
    assert browser.get(f"/assess/{made.pk}/").status_code == 404
    assert browser.get(here).status_code == 404


def test_an_invitation_names_the_candidate_and_where_they_belong() -> None:
    ada = make.person("Ada Example", institution="College of the Isles")
    on = make.panel(make.accepted(make.registration(ada, pathway="cmalt")))
    place = make.place(on, Seat.LEAD)
    page = at(place).get(f"/assess/invitation/{place.pk}/").content.decode()
    for shown in ("Ada Example", "College of the Isles", "My area in 5", "CMALT", "words", "Lead assessor"):
        assert shown in page
    assert "What I say about context" not in page
    assert browser_of(ada).get(f"/assess/invitation/{place.pk}/").status_code == 404


def said(outcome: str = "pass", **more: Any) -> dict[str, Any]:
    """What is proposed or decided."""
    return {"outcome": outcome, "feedback": "We read it with pleasure.", "revise": [], **more}


def test_a_proposal_needs_what_the_rules_ask() -> None:
    on = make.compared()
    here = f"/assess/panel/{on.pk}/"
    lead, second = (at(make.place(on, seat)) for seat in (Seat.LEAD, Seat.SECOND))
    for bad in (
        {}, said("fail"), said("nonsense"), said(feedback=" "), said("minor"), said(revise=["9z"]),
        said(feedback="x" * 50_001),
    ):  # fmt: skip
        answer = lead.post(here, bad)
        assert answer.status_code == 422
    assert "A referral must say what to revise" in lead.post(here, said("minor")).content.decode()
    assert "proposes the outcome next" in second.get(here).content.decode()
    assert second.post(here, said())["Location"] == here
    assert not on.proposals.exists()
    lead.post(here, said("minor", revise=["1a"]))
    lead.post(here, said("minor", revise=["1a"]))  # a double click is one
    assert on.proposals.count() == 1
    assert second.post(here, {"agrees": "no", "reason": ""}).status_code == 422
    assert second.post(here, {}).status_code == 422
    second.post(here, {"agrees": "no", "reason": "1a is good enough."})
    assert stage(on) == Stage.THIRD_ASSESSMENT
    page = lead.get(here).content.decode()
    assert "1a is good enough." in page
    assert "has not come to one outcome" in page


def test_an_answer_to_a_replaced_proposal_is_refused() -> None:
    on = make.compared()
    here = f"/assess/panel/{on.pk}/"
    lead, second = (at(make.place(on, seat)) for seat in (Seat.LEAD, Seat.SECOND))
    lead.post(here, said())
    old = on.proposals.get()
    lead.post(here, said("distinction"))
    answer = second.post(here, {"agrees": "yes", "proposal": str(old.pk)})
    assert answer.status_code == 422
    assert "replaced by a newer one" in answer.content.decode()
    assert stage(on) == Stage.AGREEING


def moderating() -> Panel:
    """A panel of three without a lead that could not agree."""
    on = orchard()
    for number, each in enumerate(places_of(on)):
        make.hand_in(each, *(("prune", slots(on)[:1]) if number else ("recognised", ())))
    first, second, _ = places_of(panels().get(pk=on.pk))
    outcome = first.assessment.outcome
    made = actions.propose(
        on, appointment=first, outcome=outcome, feedback="Yes.", revise=(), by=make.as_assessor(first), at=AT
    )
    actions.reply(
        made, appointment=second, agrees=False, reason="Not yet.", by=make.as_assessor(second), at=AT
    )
    return panels().get(pk=on.pk)


def test_a_moderator_decides_and_the_committee_sends_back_and_ratifies() -> None:
    on = moderating()
    moderator = browser_of(make.person("Mo Derator", roles=(RoleHeld.Name.MODERATOR,)))
    committee = browser_of(make.person("Com Mittee", roles=(RoleHeld.Name.COMMITTEE,)))
    here, there = f"/assess/moderation/{on.pk}/", f"/assess/ratification/{on.pk}/"
    assert here in moderator.get("/assess/").content.decode()
    assert committee.get(here).status_code == 404
    assert committee.get(there).status_code == 404
    assert at(places_of(on)[0]).get(here).status_code == 404
    page = moderator.get(here).content.decode()
    assert "Ada" not in page
    assert "What I think of" in page
    assert "Not yet." in moderator.get(f"{here}?read=thread").content.decode()
    assert "What I say about" in moderator.get(f"{here}?read=portfolio").content.decode()
    code = places_of(on)[0].assessment.outcome
    assert moderator.post(here, said(code)).status_code == 422
    moderator.post(here, said(code, reasons="Both sides have a point."))
    assert stage(on) == Stage.RATIFYING
    assert moderator.get(here).status_code == 404
    assert there in committee.get("/assess/").content.decode()
    assert "Both sides have a point." in committee.get(there).content.decode()
    assert committee.post(there, {"ratifies": "no"}).status_code == 422
    committee.post(there, {"ratifies": "no", "reasons": "Say more about section one."})
    assert stage(on) == Stage.MODERATING
    assert "Say more about section one." in moderator.get(here).content.decode()
    moderator.post(here, said(code, reasons="Said now."))
    committee.post(there, {"ratifies": "yes"})
    assert stage(on) == Stage.HELD
    assert Outcome.objects.get(panel=on).ratified_at is not None


@pytest.mark.parametrize("read", ["", "thread", "portfolio"])
def test_deciding_pages_ask_little(read: str, django_assert_max_num_queries: Any) -> None:
    on = moderating()
    moderator = browser_of(make.person("Mo Derator", roles=(RoleHeld.Name.MODERATOR,)))
    with django_assert_max_num_queries(12):
        assert moderator.get(f"/assess/moderation/{on.pk}/?read={read}").status_code == 200


def test_the_agreement_asks_little(django_assert_max_num_queries: Any) -> None:
    outcome = make.held()
    browser = at(make.place(outcome.panel, Seat.LEAD))
    with django_assert_max_num_queries(12):
        assert browser.get(f"/assess/panel/{outcome.panel_id}/").status_code == 200


def test_files_open_for_a_moderator_while_called() -> None:
    on = moderating()
    moderator = browser_of(make.person("Mo Derator", roles=(RoleHeld.Name.MODERATOR,)))
    file = make_file(on, "ada-example.txt")
    answer = moderator.get(f"/assess/panel/{on.pk}/file/{file.pk}/")
    assert answer.status_code == 200
    assert "ada" not in str(answer.headers).lower()
    assert moderator.get(f"/assess/panel/{on.pk}/file/999999/").status_code == 404
    for roles in ((), (RoleHeld.Name.COMMITTEE,)):
        other = browser_of(make.person("Ruth Example", roles=roles))
        assert other.get(f"/assess/panel/{on.pk}/file/{file.pk}/").status_code == 404


def test_a_holder_offers_and_pauses() -> None:
    lena = make.assessor("Lena Example")
    browser = browser_of(lena)
    browser.post(
        "/assess/offer/", {"at_most": "2", "areas": ["Learning design"], "more": "Maps\n\nMaps\n Tea "}
    )
    found = Assessor.objects.get(person=lena)
    assert (found.at_most, found.areas) == (2, ["Learning design", "Maps", "Tea"])
    months = [
        value for value, _label in browser.get("/assess/offer/").context["form"].fields["months_away"].choices
    ]
    said = {"at_most": "2", "per_year": "5", "pathways": ["associate"], "months_away": months[:2]}
    browser.post("/assess/offer/", said | {"areas": ["Learning design"], "more": "Maps\nTea"})
    made = Assessor.objects.get()
    assert (made.per_year, made.pathways, made.months_away) == (5, ["associate"], months[:2])
    page = browser.get("/assess/offer/").content.decode()
    assert "Maps\nTea</textarea>" in page
    browser.post("/assess/offer/", {"pause": "1"})
    assert Assessor.objects.get(person=lena).paused_at is not None
    assert "Paused" in browser.get("/assess/").content.decode()
    for bad in (
        {"at_most": "0"},
        {"at_most": "999"},
        {"at_most": "x"},
        {"at_most": "1", "areas": ["Nothing"]},
    ):
        assert browser.post("/assess/offer/", bad).status_code == 422


def test_who_holds_nothing_cannot_offer() -> None:
    ruth = make.person("Ruth Example")
    make.scheme()
    browser = browser_of(ruth)
    assert "hold the accreditation themselves" in browser.get("/assess/offer/").content.decode()
    assert browser.post("/assess/offer/", {"at_most": "2"}).status_code == 404
    assert not Assessor.objects.filter(person=ruth).exists()
    assert "Nothing waits for you" in browser.get("/assess/").content.decode()


@pytest.mark.parametrize(
    "path", ["", "record/", "offer/", "invitation/1/", "1/", "panel/1/", "moderation/1/"]
)
def test_visitors_sign_in_first(client: Any, path: str) -> None:
    answer = client.get(f"/assess/{path}")
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize("done", [False, True])
def test_lists_ask_the_same_with_one_and_with_three(done: bool, django_assert_max_num_queries: Any) -> None:
    lena = make.assessor("Lena Wide", at_most=9)
    for role in (RoleHeld.Name.MODERATOR, RoleHeld.Name.COMMITTEE):
        give_role(lena, role, by=SYSTEM, at=AT)
    browser, path = browser_of(lena), "/assess/record/" if done else "/assess/"
    counts = []
    for number in (1, 2):
        for _ in range(number):
            _work(lena.pk, decided=done)
        with django_assert_max_num_queries(12) as captured:
            assert browser.get(path).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def _work(lead: int, *, decided: bool) -> None:
    """Portfolios with Lena as lead: one invited, one accepted; or one decided."""
    for accepts in (False, True):
        made = make.accepted(make.registration(make.person("Some Candidate", institution="Some College")))
        second = make.assessor("Some Second")
        on = actions.appoint(
            Registration.objects.select_related("scheme").get(pk=made.portfolio.registration_id),
            seats=[(lead, Seat.LEAD), (second.pk, Seat.SECOND)], due_on=AT.date(), by=make.office(), at=AT,
        )  # fmt: skip
        place = make.place(on, Seat.LEAD)
        if decided:
            other = make.place(on, Seat.SECOND)
            make.hand_in(place)
            make.hand_in(other)
            proposed = actions.propose(
                on, appointment=place, outcome="pass", feedback="Yes.", revise=(), by=make.as_assessor(place),
                at=AT,
            )  # fmt: skip
            actions.reply(proposed, appointment=other, agrees=True, by=make.as_assessor(other), at=AT)
        elif accepts:
            actions.accept_invitation(place, by=make.as_assessor(place), at=AT)


def test_members_write_to_each_other() -> None:
    panel = make.compared()
    lead, second = make.place(panel, Seat.LEAD), make.place(panel, Seat.SECOND)
    here = f"/assess/panel/{panel.pk}/"
    assert at(second).post(here, {"message": ""}).status_code == 422
    page = at(second).post(here, {"message": "x" * 5001})
    assert page.status_code == 422
    assert "at most 5000" in page.content.decode()
    answer = at(second).post(here, {"message": "Look at <b>1a</b> again."})
    assert answer.url == f"{here}#thread"  # type: ignore[attr-defined]
    page = at(lead).get(here)
    assert "Look at &lt;b&gt;1a&lt;/b&gt; again." in page.content.decode()
    assert "Propose the outcome" in page.content.decode()
