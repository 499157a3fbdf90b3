"""Critical friends and coordinators do not assess, and assessors become no critical friends."""

from datetime import timedelta

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Outcome, Panel, Seat
from accredit.assessments.permissions import can_moderate, can_ratify, can_read_review
from accredit.assessments.queries import candidates_for_panel, close_to, conflicts_of
from accredit.people.models import Profile, RoleHeld
from accredit.portfolios import actions as portfolios
from accredit.portfolios.models import Entry, Mentor, Portfolio, Submission
from accredit.registrations.actions import leave_cohort
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.refusals import Refused
from tests import factories as make
from tests.factories import AT
from tests.portfolios import refused_with

pytestmark = pytest.mark.django_db
DUE = (AT + timedelta(days=28)).date()


def entry_of(draft: Portfolio) -> Entry:
    """An entry that is open."""
    return Entry.objects.filter(portfolio=draft).order_by("pk")[0]


def handed_in(draft: Portfolio) -> Registration:
    """The draft, handed in and accepted: its panel may be appointed."""
    made = portfolios.submit(draft, by=make.owner_of(draft), at=AT)
    by = make.office()
    portfolios.begin_check(made, by=by, at=AT)
    portfolios.accept(made, by=by, at=AT)
    return Registration.objects.select_related("edition", "scheme").get(pk=draft.registration_id)


def refused_for(registration: Registration, lead: Profile) -> set[Code]:
    """Why this person may not lead."""
    seats = [(lead.pk, Seat.LEAD), (make.assessor("Omar Example").pk, Seat.SECOND)]
    with pytest.raises(Refused) as refused:
        actions.appoint(registration, seats=seats, due_on=DUE, by=make.office(), at=AT)
    assert not Panel.objects.exists()
    return {each.code for each in refused.value.faults}


def test_a_critical_friend_is_refused_at_appointing_also_when_it_has_ended() -> None:
    draft, mina = make.complete_portfolio(), make.assessor("Mina Example")
    made = make.befriended(draft, mina, entry_of(draft))
    portfolios.end_mentoring(made, by=make.owner_of(draft), at=AT)
    registration = handed_in(draft)
    assert refused_for(registration, mina) == {Code.CONFLICT_MENTOR}
    listed = {each.profile: each for each in candidates_for_panel(registration, AT.date())}
    assert {each.code for each in listed[mina].as_member} == {Code.CONFLICT_MENTOR}


def test_who_was_only_invited_or_declined_may_assess() -> None:
    draft, mina = make.complete_portfolio(), make.assessor("Mina Example")
    made = make.invite(draft, mina.email, entry_of(draft))
    assert not conflicts_of([mina.pk], draft.registration)
    portfolios.decline_mentoring(made, by=Actor(person=mina.pk, role=Role.MENTOR), at=AT)
    assert not conflicts_of([mina.pk], handed_in(draft))


def test_a_critical_friend_of_somebody_else_may_assess() -> None:
    draft, mina = make.complete_portfolio(), make.assessor("Mina Example")
    other = make.portfolio(make.registration(make.person("Bea Example")))
    make.befriended(other, mina, entry_of(other))
    assert not conflicts_of([mina.pk], handed_in(draft))


def test_a_coordinator_is_refused_also_after_the_candidate_has_left() -> None:
    draft, cora = make.complete_portfolio(), make.assessor("Cora Example")
    place = make.joined(draft.registration, make.cohort(cora), "nothing")
    leave_cohort(place, by=make.owner_of(draft), at=AT)
    assert refused_for(handed_in(draft), cora) == {Code.CONFLICT_COORDINATOR}


def test_several_conflicts_are_all_told() -> None:
    draft, mina = make.complete_portfolio(), make.assessor("Mina Example")
    make.befriended(draft, mina, entry_of(draft))
    make.joined(draft.registration, make.cohort(mina))
    actions.declare_conflict(mina, draft.registration.person, reason="A book.", by=SYSTEM, at=AT)
    known = conflicts_of([mina.pk, make.person().pk], draft.registration)
    expected = {Code.CONFLICT_COORDINATOR, Code.CONFLICT_DECLARED, Code.CONFLICT_MENTOR}
    assert {person: set(codes) for person, codes in known.items()} == {mina.pk: expected}


def test_a_conflict_the_candidate_declared_counts_as_well() -> None:
    draft, mina = make.complete_portfolio(), make.assessor("Mina Example")
    actions.declare_conflict(draft.registration.person, mina, reason="A quarrel.", by=SYSTEM, at=AT)
    assert conflicts_of([mina.pk], draft.registration) == {mina.pk: (Code.CONFLICT_DECLARED,)}


def test_an_assessor_of_this_candidate_becomes_no_critical_friend() -> None:
    held = make.held(outcome="minor", revise=("1a",))
    actions.release(held, by=make.office(), at=AT)
    draft = Portfolio.objects.select_related("registration").get(registration_id=held.panel.registration_id)
    entry = Entry.objects.get(portfolio=draft, section="1a")
    made = make.invite(draft, "somebody@example.org", entry)
    lena = make.place(held.panel, Seat.LEAD).person
    with refused_with(Code.MENTOR_ASSESSES):
        actions.accept_mentoring(made, by=Actor(person=lena.pk, role=Role.MENTOR), at=AT)
    stored = Mentor.objects.get()
    assert (stored.person, stored.accepted_at) == (None, None)
    vic = make.person("Vic Example")
    assert actions.accept_mentoring(made, by=Actor(person=vic.pk, role=Role.MENTOR), at=AT).person == vic


def test_who_is_close_to_the_candidate_decides_nothing_about_them() -> None:
    draft = make.complete_portfolio()
    roles = (RoleHeld.Name.MODERATOR, RoleHeld.Name.COMMITTEE, RoleHeld.Name.OFFICE)
    mina, cora, theo = (make.person(name, roles=roles) for name in ("Mina", "Cora", "Theo"))
    make.befriended(draft, mina, entry_of(draft))
    make.joined(draft.registration, make.cohort(cora), "nothing")
    handed_in(draft)
    on = make.panel(Submission.objects.get())
    for who, may in ((mina, False), (cora, False), (theo, True)):
        asked = (can_moderate(who.pk, on), can_ratify(who.pk, Outcome(panel=on)), can_read_review(who.pk, on))
        assert asked == (may, may, may)
        assert Panel.objects.exclude(close_to(who.pk)).exists() is may


def test_a_declared_conflict_bars_until_it_has_ended() -> None:
    panel = make.panel()
    ended, lasting = make.person("Ed Ended"), make.person("Lars Lasting")
    owner, long_ago = panel.registration.person, AT - timedelta(days=400)
    for who, until in ((ended, AT - timedelta(days=1)), (lasting, AT)):
        actions.declare_conflict(
            who, owner, reason="We shared an office.", until_on=until.date(), by=make.office(), at=long_ago
        )
    assert Panel.objects.exclude(close_to(ended.pk)).exists()
    assert not Panel.objects.exclude(close_to(lasting.pk)).exists()
