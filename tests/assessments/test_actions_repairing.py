"""What starts when a member leaves a panel: a repair with as few changes as can be."""

from datetime import timedelta
from functools import partial

import pytest

from accredit.allocation.solving import solve
from accredit.assessments import actions, tasks
from accredit.assessments.models import (
    Appointment,
    Draft,
    DraftPanel,
    Panel,
    Seat,
)
from accredit.assessments.queries import (
    assessors_and_candidate,
    edition_of,
    faults_of_draft,
    free_seats,
    panels,
    places_of,
    rule_of_panel,
    runs_waiting,
)
from accredit.notices.models import Notice
from accredit.people.models import Profile
from accredit.registrations.actions import withdraw
from accredit.registrations.models import Registration
from accredit.rulebook import facts
from accredit.rulebook import panel as rules
from accredit.rulebook.faults import Code, Fault
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import SYSTEM, Actor
from tests import factories as make
from tests.assessments.drafting_steps import (
    DUE,
    LATER,
    _here_and_now,
    attempt,
    drafted,
    office,
    publishing,
    refusal,
    seats,
    work_out,
)
from tests.factories import AT

__all__ = ["_here_and_now"]

pytestmark = pytest.mark.django_db


class TestRepair:
    def declined(self) -> tuple[Panel, Profile]:
        made = make.panel()
        place = make.place(made, Seat.SECOND)
        lead = make.place(made, Seat.LEAD)
        actions.accept_invitation(lead, by=make.as_assessor(lead), at=AT)
        actions.decline(place, reason="No time.", is_conflict=False, by=make.as_assessor(place), at=AT)
        return made, place.person

    def test_a_decline_proposes_one(self) -> None:
        nell = make.assessor("Nell")
        made, gone = self.declined()
        draft = Draft.objects.get()
        assert draft.is_repair
        run = work_out()
        assert run.figures["changes"] == 0
        lead = make.place(made, Seat.LEAD).person.name
        (found,) = seats(draft).values()
        assert found == {"lead": lead, "second": nell.name}
        assert not made.appointments.filter(person=nell).exists()
        assert actions.publish_draft(draft, by=office(), at=LATER) == 1
        standing = made.appointments.filter(ended_at=None).order_by("seat")
        assert [each.person.name for each in standing] == [lead, nell.name]
        assert not made.appointments.filter(person=gone, ended_at=None).exists()
        assert panels().get(pk=made.pk).due_on == made.due_on

    def test_an_unanswered_invitation_moves_where_nothing_else_helps(self) -> None:
        """Only Nell may sit with Ada now, and she is invited to Ben's; Iris may sit with Ben."""
        iris = make.assessor("Iris", at_most=1)
        ben = attempt("Ben")
        nell, lead_of_ben = make.assessor("Nell", at_most=1), make.assessor("Otto", at_most=1)
        pair = [(lead_of_ben.pk, Seat.LEAD), (nell.pk, Seat.SECOND)]
        actions.appoint(ben, seats=pair, due_on=DUE, by=office(), at=AT)
        made, _ = self.declined()
        ada = made.registration
        actions.declare_conflict(iris, ada.person, reason="Friends.", by=office(), at=AT)
        actions.declare_conflict(lead_of_ben, ada.person, reason="Friends.", by=office(), at=AT)
        draft = Draft.objects.get()
        assert {each.registration_id: each.is_movable for each in draft.panels.all()} == {
            ada.pk: False,
            ben.pk: True,
        }
        assert work_out().figures["changes"] == 1
        assert actions.publish_draft(draft, by=office(), at=LATER) == 2
        of_ben = Appointment.objects.filter(panel__registration=ben, ended_at=None)
        assert {each.person.name for each in of_ben} in ({"Otto", "Iris"}, {"Otto", "Omar Example"})
        of_ada = Appointment.objects.filter(panel=made, ended_at=None)
        assert "Nell" in {each.person.name for each in of_ada}

    def test_it_joins_the_draft_that_is_open_and_goes_when_it_is_settled_otherwise(self) -> None:
        cleo = attempt("Cleo")
        make.assessor("Nell"), make.assessor("Iris")
        draft = drafted(cleo)
        made, _ = self.declined()
        inside = set(draft.panels.values_list("registration", flat=True))
        assert inside == {cleo.pk, made.registration_id}
        assert not draft.is_repair
        registration = Registration.objects.get(pk=made.registration_id)
        withdraw(registration, because="Moving away.", by=office(), at=LATER)
        assert draft.panels.get().registration_id == cleo.pk

    def test_a_repair_with_nothing_left_to_do_is_dropped(self) -> None:
        made, _ = self.declined()
        nell = make.assessor("Nell")
        short = panels().get(pk=made.pk)
        actions.fill_seat(short, person=nell.pk, seat=Seat.SECOND, by=office(), at=LATER)
        assert Draft.objects.get().dropped_at is not None
        assert not runs_waiting(LATER)

    def test_who_sits_already_is_not_moved_by_hand(self) -> None:
        made, _ = self.declined()
        nell = make.assessor("Nell")
        work_out()
        row = DraftPanel.objects.select_related("draft").get()
        step = partial(actions.seat_by_hand, row, seat=Seat.LEAD, person=nell.pk, by=office(), at=LATER)
        assert refusal(step) == {Code.SEAT_STANDS}
        assert actions.propose_repair(made.registration_id, by=SYSTEM, at=LATER) is not None

    def test_a_second_one_leaves_while_the_first_repair_is_worked_out(self) -> None:
        made, _ = self.declined()
        make.assessor("Nell"), make.assessor("Iris")
        (first,) = runs_waiting(LATER)
        problem = tasks.queries.problem_of(first.draft, AT.date())
        answer = solve(problem, seconds=10)
        lead = make.place(made, Seat.LEAD)
        actions.decline(lead, reason="Ill.", is_conflict=False, by=make.as_assessor(lead), at=LATER)
        assert not actions.finish_run(first, problem=problem, answer=answer, at=LATER)
        work_out()
        (found,) = seats(Draft.objects.get()).values()
        assert set(found.values()) == {"Nell", "Iris"}
        assert not faults_of_draft(Draft.objects.get(), AT.date())

    def test_a_member_who_has_accepted_since_is_not_let_go(self) -> None:
        made, nell = self.moved()
        place = Appointment.objects.get(person=nell, ended_at=None)
        actions.accept_invitation(place, by=make.as_assessor(place), at=LATER)
        draft = Draft.objects.get()
        (codes,) = faults_of_draft(draft, AT.date()).values()
        assert Code.MEMBER_NOT_NAMED in {each.code for each in codes}
        assert refusal(publishing(draft)) == {Code.DRAFT_HAS_FAULTS}
        assert Appointment.objects.get(pk=place.pk).ended_at is None
        assert free_seats(panels().get(pk=made.pk)) == ("second",)

    def test_each_newcomer_takes_the_seat_they_were_judged_for(self) -> None:
        """Nell leads Ben's panel unanswered and is needed for Ada's; only Omar may lead there after her."""
        made, nell = self.moved(seat=Seat.LEAD)
        ben = Registration.objects.get(person__name="Ben")
        actions.publish_draft(Draft.objects.get(), by=office(), at=LATER)
        panel = panels().get(registration=ben)
        assert faults_now(panel) == ()
        assert not Appointment.objects.filter(panel=panel, person=nell, ended_at=None).exists()
        assert Appointment.objects.filter(panel=made, person=nell, ended_at=None).exists()

    def moved(self, seat: Seat = Seat.SECOND) -> tuple[Panel, Profile]:
        """A repair for Ada's panel that takes Nell, who has not answered, from Ben's."""
        ben = attempt("Ben")
        nell, otto = make.assessor("Nell", at_most=1), make.assessor("Otto", at_most=1)
        new = make.assessor("Iris", at_most=1, completed=0)
        other = Seat.LEAD if seat is Seat.SECOND else Seat.SECOND
        pair = [(otto.pk, other), (nell.pk, seat)]
        actions.appoint(ben, seats=pair, due_on=DUE, by=office(), at=AT)
        made, _ = self.declined()
        for each in (new, otto):
            actions.declare_conflict(each, made.registration.person, reason="Friends.", by=office(), at=AT)
        work_out()
        assert Draft.objects.get().runs.get().figures["changes"] == 1
        return made, nell

    def test_what_speaks_against_a_member_who_sits_there_holds_nothing_up(self) -> None:
        made, _ = self.declined()
        make.assessor("Nell")
        lead = make.place(made, Seat.LEAD).person
        actions.volunteer(lead, at_most=1, areas=[], months_away=[f"{AT:%Y-%m}"], by=office(), at=AT)
        work_out()
        assert not faults_of_draft(Draft.objects.get(), AT.date())
        assert actions.publish_draft(Draft.objects.get(), by=office(), at=LATER) == 1

    def test_a_repair_looked_at_late_is_published_with_another_day(self) -> None:
        made, _ = self.declined()
        make.assessor("Nell")
        work_out()
        late = AT + timedelta(days=60)
        draft = Draft.objects.get()
        assert refusal(partial(actions.publish_draft, draft, by=office(), at=late)) == {Code.DUE_DATE_PAST}
        day = late.date() + timedelta(days=14)
        assert actions.publish_draft(draft, due_on=day, by=office(), at=late) == 1
        assert panels().get(pk=made.pk).due_on == day


def faults_now(panel: Panel) -> tuple[Fault, ...]:
    """What the rules say of a panel as it sits."""
    places = places_of(panel)
    people = [each.person_id for each in places]
    known, candidate = assessors_and_candidate(people, panel.registration, AT.date())
    drafted = facts.Panel(tuple(facts.Seat(known[each.person_id], each.seat == Seat.LEAD) for each in places))
    return rules.faults(rule_of_panel(panel), edition_of(panel), drafted, candidate)


class TestRelieving:
    def test_the_place_is_free_at_once_and_a_repair_proposed(self) -> None:
        made = make.panel()
        place = make.place(made, Seat.SECOND)
        actions.accept_invitation(place, by=make.as_assessor(place), at=AT)
        for _ in range(2):
            ended = actions.relieve(place, by=office(), at=LATER)
        assert ended.ended_because == "relieved"
        assert free_seats(panels().get(pk=made.pk)) == ("second",)
        assert Registration.objects.get(pk=made.registration_id).stage == Stage.APPOINTING
        assert Draft.objects.get().is_repair
        letter = Notice.objects.get(kind__startswith="seat_")
        assert letter.kind == "seat_relieved"
        assert "read by nobody" in letter.text
        assert letter.person_id == place.person_id

    def test_refusals(self) -> None:
        made = make.panel()
        place, lead = make.place(made, Seat.SECOND), make.place(made, Seat.LEAD)
        step = partial(actions.relieve, place, at=LATER)
        assert refusal(partial(step, by=make.as_assessor(lead))) == {Code.ROLE_NOT_PERMITTED}
        own = Actor(person=made.registration.person_id, role=Role.OFFICE)
        assert refusal(partial(step, by=own)) == {Code.OWN_DECISION}
        make.hand_in(lead)
        assert refusal(partial(actions.relieve, lead, by=office(), at=LATER)) == {Code.ASSESSMENT_IN}
        actions.decline(place, reason="No.", is_conflict=False, by=make.as_assessor(place), at=AT)
        assert refusal(partial(step, by=office())) == {Code.INVITATION_ENDED}
