"""Draft panels from opening to publishing."""

from datetime import timedelta
from functools import partial

import pytest

from accredit.allocation.documents import read_answer
from accredit.allocation.problem import Answer, Infeasible
from accredit.allocation.solving import solve
from accredit.assessments import actions, tasks
from accredit.assessments.models import (
    Appointment,
    DraftSeat,
    ForbiddenPair,
    Panel,
    Seat,
)
from accredit.assessments.queries import (
    document_of,
    faults_of_draft,
    free_seats,
    panels,
    problem_kept,
    runs_waiting,
)
from accredit.files.models import Blob
from accredit.notices.models import Notice
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit import confined
from accredit.toolkit.actor import Actor
from tests import factories as make
from tests.assessments.drafting_steps import (
    DUE,
    LATER,
    _here_and_now,
    attempt,
    drafted,
    office,
    panel_for,
    publishing,
    refusal,
    seat_of,
    seats,
    work_out,
)
from tests.factories import AT

__all__ = ["_here_and_now"]

pytestmark = pytest.mark.django_db


class TestAWholeDraft:
    def test_it_is_worked_out_kept_and_published_at_once(self) -> None:
        ada, ben = attempt("Ada"), attempt("Ben")
        for name in ("Lena", "Omar", "Nell", "Iris"):
            make.assessor(name, at_most=1)
        draft = drafted(ada, ben)
        run = draft.runs.get()
        assert run.figures["panels"] == 2
        assert run.figures["worst_proven"]
        assert sorted(map(sorted, seats(draft).values())) == [["lead", "second"]] * 2
        assert not faults_of_draft(draft, AT.date())
        assert not Appointment.objects.exists()
        assert not Notice.objects.filter(kind__contains="invit").exists()
        assert actions.publish_draft(draft, by=office(), at=LATER) == 2
        assert [free_seats(each) for each in panels()] == [(), ()]
        assert {each.stage for each in Registration.objects.all()} == {Stage.ASSESSING.value}
        assert Appointment.objects.count() == 4
        assert Panel.objects.values_list("due_on", flat=True).distinct().get() == DUE

    def test_a_run_can_be_played_again(self) -> None:
        draft = drafted(attempt()) if make.assessor("Lena") and make.assessor("Omar") else None
        assert draft is not None
        run = draft.runs.get()
        problem = problem_kept(run)
        assert problem is not None
        assert run.answer is not None
        kept, again = read_answer(document_of(run.answer)), solve(problem, seconds=20)
        assert isinstance(kept, Answer)
        assert isinstance(again, Answer)
        assert again.panels == kept.panels
        assert Blob.objects.filter(media_type="application/gzip").count() == 2

    def test_no_panels_is_said_with_what_would_help(self) -> None:
        make.assessor("Lena")
        draft = drafted(attempt())
        run = draft.runs.get()
        assert run.figures["infeasible"]
        assert run.figures["remedies"]
        assert run.answer is not None
        assert isinstance(read_answer(document_of(run.answer)), Infeasible)
        assert not seats(draft)
        assert refusal(publishing(draft)) == {Code.DRAFT_HAS_FAULTS}

    def test_what_stands_is_worked_around(self) -> None:
        ada = attempt()
        lena, omar, nell = (make.assessor(name) for name in ("Lena", "Omar", "Nell"))
        draft = drafted(ada)
        actions.keep_off(panel_for(draft, ada), person=omar.pk, by=office(), at=LATER)
        actions.seat_by_hand(panel_for(draft, ada), seat=Seat.SECOND, person=lena.pk, by=office(), at=LATER)
        actions.rerun(draft, limit=10, by=office(), at=LATER)
        work_out()
        assert seats(draft) == {"Ada Example": {"lead": nell.name, "second": lena.name}}
        for each in DraftSeat.objects.select_related("panel__draft"):
            actions.lock_seat(each, is_locked=True, by=office(), at=LATER)
        actions.rerun(draft, limit=10, by=office(), at=LATER)
        figures = work_out().figures
        row = panel_for(draft, ada)
        assert (figures["worst"], figures["total"]) == (row.worst, row.total)

    @pytest.mark.parametrize(
        ("broken", "code"),
        [
            (confined.Overran("job"), Code.RUN_OVERRAN),
            (confined.Broke("KeyError"), Code.RUN_BROKE),
        ],
    )
    def test_a_run_that_breaks_says_so(
        self, broken: Exception, code: Code, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def breaks(*_: object, **__: object) -> None:
            raise broken

        monkeypatch.setattr(confined, "run", breaks)
        draft = drafted(attempt())
        run = draft.runs.get()
        assert run.fault == [code.value, {}]
        assert problem_kept(run) is not None
        monkeypatch.undo()

    def test_a_worker_that_died_is_followed_by_another(self) -> None:
        draft = drafted(attempt(), solved=False)
        run = draft.runs.get()
        assert actions.claim_run(run, at=AT)
        assert not actions.claim_run(run, at=LATER)
        assert not runs_waiting(LATER)
        assert runs_waiting(AT + timedelta(minutes=16)).get() == run

    def test_a_run_nobody_could_end_is_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        draft = drafted(attempt(), solved=False)
        monkeypatch.setattr(tasks.timezone, "now", lambda: AT + timedelta(hours=3))
        tasks.sweep_runs()
        assert draft.runs.get().fault == [Code.RUN_BROKE.value, {}]

    def test_a_stop_is_seen_and_the_draft_dropped_meanwhile_gets_nothing(self) -> None:
        draft = drafted(attempt(), solved=False)
        run = draft.runs.get()
        assert not actions.note_run(run, {"step": "1"})
        actions.stop_run(run, by=office(), at=LATER)
        assert actions.note_run(run, {"step": "2"})
        actions.drop_draft(draft, by=office(), at=LATER)
        run.refresh_from_db()
        assert run.ended_at == LATER
        problem = tasks.queries.problem_of(draft, AT.date())
        answer = solve(problem, seconds=5)
        assert not actions.finish_run(run, problem=problem, answer=answer, at=LATER)


class TestByHand:
    def test_a_seat_is_given_with_its_faults_shown_and_binds_at_publishing(self) -> None:
        ada = attempt()
        make.assessor("Lena"), make.assessor("Omar")
        new = make.assessor("New", completed=0)
        draft = drafted(ada)
        actions.seat_by_hand(panel_for(draft, ada), seat=Seat.LEAD, person=new.pk, by=office(), at=LATER)
        found = faults_of_draft(draft, AT.date())[ada.pk]
        assert Code.TOO_FEW_ASSESSMENTS_TO_LEAD in {each.code for each in found}
        assert refusal(publishing(draft)) == {Code.DRAFT_HAS_FAULTS}
        assert not Appointment.objects.exists()

    def test_two_swap(self) -> None:
        ada, ben = attempt("Ada"), attempt("Ben")
        for name in ("Lena", "Omar", "Nell", "Iris"):
            make.assessor(name, at_most=1)
        draft = drafted(ada, ben)
        before = seats(draft)
        one, other = (seat_of(draft, before[name]["lead"]) for name in ("Ada", "Ben"))
        actions.swap(one, other, by=office(), at=LATER)
        after = seats(draft)
        assert after["Ada"] == before["Ada"] | {"lead": before["Ben"]["lead"]}
        assert after["Ben"] == before["Ben"] | {"lead": before["Ada"]["lead"]}
        assert not faults_of_draft(draft, AT.date())
        same = [seat_of(draft, after["Ada"][seat]) for seat in ("lead", "second")]
        assert refusal(partial(actions.swap, *same, by=office(), at=LATER)) == {Code.SWAP_ON_ONE_PANEL}
        assert refusal(partial(actions.swap, one, other, by=office(), at=LATER)) == {Code.DRAFT_CHANGED}

    def test_one_place_too_many_in_the_draft_is_a_fault_on_both_panels(self) -> None:
        ada, ben = attempt("Ada"), attempt("Ben")
        busy = make.assessor("Busy", at_most=1)
        for name in ("Omar", "Nell", "Iris"):
            make.assessor(name)
        draft = drafted(ada, ben)
        for each in (ada, ben):
            actions.seat_by_hand(
                panel_for(draft, each), seat=Seat.SECOND, person=busy.pk, by=office(), at=LATER
            )
        found = faults_of_draft(draft, AT.date())
        assert {each.code for of_one in found.values() for each in of_one} == {Code.AT_CAPACITY}
        assert set(found) == {ada.pk, ben.pk}

    def test_leaving_one_out_frees_its_places(self) -> None:
        ada, ben = attempt("Ada"), attempt("Ben")
        busy = make.assessor("Busy", at_most=1)
        for name in ("Omar", "Nell", "Iris"):
            make.assessor(name)
        draft = drafted(ada, ben)
        for each in (ada, ben):
            row = panel_for(draft, each)
            actions.seat_by_hand(row, seat=Seat.SECOND, person=busy.pk, by=office(), at=LATER)
        assert all(each.faults for each in draft.panels.all())
        actions.leave_out(panel_for(draft, ben), by=office(), at=LATER)
        assert panel_for(draft, ada).faults == []

    def test_a_seat_that_is_none_of_the_panels_is_a_fault(self) -> None:
        ada = attempt()
        people = [make.assessor(name) for name in ("Lena", "Omar")]
        draft = drafted(ada)
        row = panel_for(draft, ada)
        rows = [(row, Seat.LEAD, people[0].pk), (row, Seat.THIRD, people[1].pk)]
        actions.take_table(draft, rows=rows, by=office(), at=LATER)
        assert {each.code for each in faults_of_draft(draft, AT.date())[ada.pk]} == {Code.SEAT_NOT_FREE}
        assert refusal(publishing(draft)) == {Code.DRAFT_HAS_FAULTS}

    def test_nobody_but_the_office_stops_a_run(self) -> None:
        draft = drafted(attempt(), solved=False)
        lena = Actor(person=make.assessor("Lena").pk, role=Role.ASSESSOR)
        step = partial(actions.stop_run, draft.runs.get(), by=lena, at=LATER)
        assert refusal(step) == {Code.ROLE_NOT_PERMITTED}

    def test_locks_and_bans_come_and_go(self) -> None:
        ada = attempt()
        make.assessor("Lena"), make.assessor("Omar")
        draft = drafted(ada)
        seat = DraftSeat.objects.select_related("panel__draft").filter(panel__draft=draft)[0]
        assert actions.lock_seat(seat, is_locked=True, by=office(), at=LATER).is_locked
        assert not actions.lock_seat(seat, is_locked=False, by=office(), at=LATER).is_locked
        actions.keep_off(panel_for(draft, ada), person=seat.person_id, by=office(), at=LATER)
        actions.keep_off(panel_for(draft, ada), person=seat.person_id, by=office(), at=LATER)
        assert ForbiddenPair.objects.count() == 1
        assert Code.PANEL_SIZE in {each.code for each in faults_of_draft(draft, AT.date())[ada.pk]}
        actions.let_on(panel_for(draft, ada), person=seat.person_id, by=office(), at=LATER)
        assert not ForbiddenPair.objects.exists()

    def test_a_table_is_taken_whole(self) -> None:
        ada, ben = attempt("Ada"), attempt("Ben")
        people = [make.assessor(name) for name in ("Lena", "Omar", "Nell", "Iris")]
        draft = drafted(ada, ben)
        rows = [
            (panel_for(draft, ada), Seat.LEAD, people[0].pk),
            (panel_for(draft, ada), Seat.SECOND, people[1].pk),
            (panel_for(draft, ben), Seat.LEAD, people[2].pk),
            (panel_for(draft, ben), Seat.SECOND, people[3].pk),
        ]
        actions.take_table(draft, rows=rows, by=office(), at=LATER)
        assert seats(draft) == {
            "Ada": {"lead": "Lena", "second": "Omar"},
            "Ben": {"lead": "Nell", "second": "Iris"},
        }
        assert actions.take_table(draft, rows=rows, by=office(), at=LATER) == 0

    def test_nothing_moves_while_a_run_is_under_way_or_after_the_end(self) -> None:
        ada = attempt()
        lena = make.assessor("Lena")
        draft = drafted(ada, solved=False)
        row = panel_for(draft, ada)
        steps = [
            partial(actions.seat_by_hand, row, seat=Seat.LEAD, person=lena.pk, by=office(), at=LATER),
            partial(actions.keep_off, row, person=lena.pk, by=office(), at=LATER),
            partial(actions.leave_out, row, by=office(), at=LATER),
            publishing(draft),
            partial(actions.rerun, draft, limit=9, by=office(), at=LATER),
        ]
        assert [refusal(step) for step in steps] == [{Code.RUN_UNDER_WAY}] * 5
        actions.drop_draft(draft, by=office(), at=LATER)
        assert [refusal(step) for step in steps] == [{Code.DRAFT_ENDED}] * 5


class TestRefusals:
    def test_of_opening(self) -> None:
        ada = attempt()
        start = partial(actions.draft_panels, ada.scheme, due_on=DUE, at=AT)
        assessor = Actor(person=make.assessor().pk, role=Role.ASSESSOR)
        assert refusal(partial(start, registrations=[ada.pk], by=assessor)) == {Code.ROLE_NOT_PERMITTED}
        assert refusal(partial(start, registrations=[], by=office())) == {Code.DRAFT_EMPTY}
        assert refusal(partial(start, registrations=[make.registration().pk], by=office())) == {
            Code.DRAFT_EMPTY
        }
        late = partial(actions.draft_panels, ada.scheme, due_on=AT.date() - timedelta(days=1), at=AT)
        assert refusal(partial(late, registrations=[ada.pk], by=office())) == {Code.DUE_DATE_PAST}
        start(registrations=[ada.pk], by=office())
        assert refusal(partial(start, registrations=[ada.pk], by=office())) == {Code.PANELS_DRAFTED}

    def test_of_ones_own_portfolio(self) -> None:
        ada = attempt()
        make.assessor("Lena"), make.assessor("Omar")
        draft = drafted(ada)
        own = Actor(person=ada.person_id, role=Role.OFFICE)
        step = partial(actions.keep_off, panel_for(draft, ada), person=1, by=own, at=LATER)
        assert refusal(step) == {Code.OWN_DECISION}
        assert refusal(partial(actions.publish_draft, draft, by=own, at=LATER)) == {Code.DRAFT_EMPTY}

    def test_of_publishing_twice(self) -> None:
        ada = attempt()
        make.assessor("Lena"), make.assessor("Omar")
        draft = drafted(ada)
        actions.publish_draft(draft, by=office(), at=LATER)
        assert refusal(publishing(draft)) == {Code.DRAFT_ENDED}
        assert Appointment.objects.count() == 2

    def test_of_a_person_there_is_not_and_a_seat_there_is_not(self) -> None:
        ada = attempt()
        draft = drafted(ada)
        row = panel_for(draft, ada)
        give = partial(actions.seat_by_hand, row, by=office(), at=LATER)
        assert refusal(partial(give, seat=Seat.LEAD, person=987654)) == {Code.CHOICE_UNKNOWN}
        lena = make.assessor("Lena")
        assert refusal(partial(give, seat=Seat.MEMBER, person=lena.pk)) == {Code.SEAT_NOT_FREE}
        actions.leave_out(row, by=office(), at=LATER)
        assert refusal(partial(give, seat=Seat.LEAD, person=lena.pk)) == {Code.NOT_IN_DRAFT}
