"""Two people at the same moment: one effect, no torn state. Truly concurrent, on PostgreSQL."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Outcome, Panel, Seat
from accredit.assessments.queries import panels
from accredit.awards.models import Award
from accredit.frameworks.actions import set_hours
from accredit.registrations.actions import withdraw
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make
from tests.factories import AT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

ROUNDS = 3


@pytest.fixture(autouse=True)
def _needs_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("row locks are PostgreSQL's")


def at_once(*steps: Callable[[], object]) -> list[object]:
    """Run the steps in threads that start together; return what each gave, or its exception."""
    barrier = Barrier(len(steps))
    given: list[object] = [None] * len(steps)

    def run(number: int, step: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(10)
            given[number] = step()
        except Exception as fault:  # noqa: BLE001 - whatever it was is the test's to judge
            given[number] = fault
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number, step)) for number, step in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return given


def codes(given: list[object]) -> list[Code]:
    """The refusals among what was given; any other exception fails the test."""
    for each in given:
        if isinstance(each, Exception) and not isinstance(each, Refused):
            raise each
    return [fault.code for each in given if isinstance(each, Refused) for fault in each.faults]


def stage(panel: Panel) -> str:
    """The stage as stored."""
    return str(Registration.objects.values_list("stage", flat=True).get(pk=panel.registration_id))


def count(what: str, panel: Panel) -> int:
    """How often the trail says so of this registration."""
    return Row.objects.filter(what=what, registration=panel.registration_id).count()


def submitting(place: Appointment, panel: Panel) -> Callable[[], object]:
    """An accepted form, complete, about to be handed in."""
    by = make.as_assessor(place)
    made = actions.accept_invitation(place, by=by, at=AT)
    actions.save_assessment(made, content=make.form_content(panel), expected=0, by=by, at=AT)
    return partial(actions.submit_assessment, made, by=by, at=AT)


def test_both_hand_in_at_the_same_moment() -> None:
    for _ in range(ROUNDS):
        on = make.panel()
        lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
        steps = [submitting(lead, on), submitting(second, on)]
        given = at_once(*steps, *steps)
        assert codes(given) == []
        assert (stage(on), count("compare", on)) == (Stage.AGREEING, 1)
        assert count("assessment_submitted", on) == 2
        assert set(on.appointments.values_list("shown_as", flat=True)) == {1, 2}


def test_two_of_the_office_appoint_at_once() -> None:
    for _ in range(ROUNDS):
        made = make.accepted()
        registration = Registration.objects.get(pk=made.portfolio.registration_id)
        office = make.office()
        pairs = [
            [(make.assessor(one).pk, Seat.LEAD), (make.assessor(other).pk, Seat.SECOND)]
            for one, other in (("Lena Example", "Omar Example"), ("Nell Example", "Theo Example"))
        ]
        appoint = partial(actions.appoint, registration, due_on=AT.date(), by=office, at=AT)
        given = at_once(*(partial(appoint, seats=seats) for seats in pairs))
        assert codes(given) == [Code.MOVE_NOT_OPEN]
        on = Panel.objects.get(registration=registration)
        assert (stage(on), count("appoint", on), on.appointments.count()) == (Stage.ASSESSING, 1, 2)


def test_one_assessor_with_one_free_place_is_not_put_on_two_panels() -> None:
    for _ in range(ROUNDS):
        lead = make.assessor(at_most=1)
        office = make.office()
        tries = []
        for name in ("Omar Example", "Nell Example"):
            made = make.accepted()
            registration = Registration.objects.get(pk=made.portfolio.registration_id)
            seats = [(lead.pk, Seat.LEAD), (make.assessor(name).pk, Seat.SECOND)]
            appoint = partial(actions.appoint, registration, due_on=AT.date(), by=office, at=AT)
            tries.append(partial(appoint, seats=seats))
        assert codes(at_once(*tries)) == [Code.AT_CAPACITY]
        assert Appointment.objects.filter(person=lead).count() == 1


def test_a_double_release_grants_one_award() -> None:
    for _ in range(ROUNDS):
        outcome = make.held()
        offices = [make.office(), make.office()]
        given = at_once(*(partial(actions.release, outcome, by=by, at=AT) for by in offices))
        assert codes(given) == []
        assert Award.objects.filter(registration_id=outcome.panel.registration_id).count() == 1
        assert (count("outcome_released", outcome.panel), count("release_pass", outcome.panel)) == (1, 1)


def test_a_double_release_of_a_referral_opens_one_round() -> None:
    for _ in range(ROUNDS):
        outcome = make.held(outcome="minor", revise=("1a",))
        by = make.office()
        given = at_once(*[partial(actions.release, outcome, by=by, at=AT)] * 3)
        assert codes(given) == []
        registration = Registration.objects.get(pk=outcome.panel.registration_id)
        assert (registration.round, registration.stage) == (2, Stage.REVISING)


def test_a_recall_while_the_candidate_is_told() -> None:
    for _ in range(ROUNDS):
        outcome = make.held()
        scheme, by = outcome.panel.registration.scheme, make.office()
        set_hours(scheme, recall=1, assessing=0, by=by, at=AT)
        outcome = Outcome.objects.select_related("panel__registration__scheme").get(pk=outcome.pk)
        actions.release(outcome, by=by, at=AT)
        later = AT + timedelta(hours=1)
        given = at_once(
            partial(actions.release_due, outcome, at=later), partial(actions.recall, outcome, by=by, at=later)
        )
        refused = codes(given)
        awards = Award.objects.filter(registration_id=outcome.panel.registration_id).count()
        told = Outcome.objects.get(pk=outcome.pk).released_at is not None
        assert (refused, awards, told) in (([Code.RELEASE_DONE], 1, True), ([], 0, False))
        set_hours(scheme, recall=0, assessing=0, by=by, at=AT)


def test_one_declines_while_the_other_hands_in() -> None:
    for _ in range(ROUNDS):
        on = make.panel()
        lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
        by = make.as_assessor(second)
        given = at_once(
            submitting(lead, on),
            partial(actions.decline, second, reason="No time.", is_conflict=False, by=by, at=AT),
        )
        assert codes(given) == []
        assert (stage(on), count("compare", on), count("dissolve", on)) == (Stage.APPOINTING, 0, 1)
        assert panels().get(pk=on.pk).compared_at is None


def test_one_declares_a_conflict_while_opening_the_portfolio() -> None:
    for _ in range(ROUNDS):
        on = make.panel()
        second = make.place(on, Seat.SECOND)
        by = make.as_assessor(second)
        given = at_once(
            partial(actions.accept_invitation, second, by=by, at=AT),
            partial(actions.decline, second, reason="My cousin.", is_conflict=True, by=by, at=AT),
        )
        # Whichever came first, the conflict stands and the place has ended.
        assert codes(given) in ([], [Code.INVITATION_ENDED])
        second.refresh_from_db()
        assert (second.ended_because, second.answer) == ("conflict", "declined")
        assert (stage(on), count("dissolve", on)) == (Stage.APPOINTING, 1)


def test_one_hands_in_and_declines_in_two_tabs() -> None:
    for _ in range(ROUNDS):
        on = make.panel()
        make.hand_in(make.place(on, Seat.LEAD))
        second = make.place(on, Seat.SECOND)
        by = make.as_assessor(second)
        given = at_once(
            submitting(second, on),
            partial(actions.decline, second, reason="No time.", is_conflict=False, by=by, at=AT),
        )
        refused = codes(given)
        if stage(on) == Stage.AGREEING:
            assert refused[0] in {Code.ASSESSMENT_IN, Code.MOVE_NOT_OPEN}
        else:
            assert (stage(on), refused) == (Stage.APPOINTING, [Code.INVITATION_ENDED])
        assert len(refused) == 1


def test_one_takes_back_while_the_other_hands_in() -> None:
    for _ in range(ROUNDS):
        on = make.panel()
        lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
        made = make.hand_in(lead)
        by = make.as_assessor(lead)
        given = at_once(
            submitting(second, on),
            partial(actions.reopen_assessment, made, by=by, at=AT),
        )
        both_in = on.appointments.filter(assessment__submitted_at__isnull=False).count() == 2
        assert (stage(on) == Stage.AGREEING) == both_in == (codes(given) == [Code.ASSESSMENTS_ALL_IN])
        assert count("compare", on) == both_in


def test_withdrawing_while_the_last_one_hands_in() -> None:
    for _ in range(ROUNDS):
        on = make.panel()
        make.hand_in(make.place(on, Seat.LEAD))
        registration = Registration.objects.get(pk=on.registration_id)
        by = Actor(person=registration.person_id, role=Role.CANDIDATE)
        given = at_once(
            submitting(make.place(on, Seat.SECOND), on),
            partial(withdraw, registration, because="Moved.", by=by, at=AT),
        )
        assert codes(given) in ([], [Code.INVITATION_ENDED])
        assert stage(on) == Stage.WITHDRAWN
        assert not on.appointments.filter(ended_at=None).exists()


def test_the_last_reply_twice_decides_once() -> None:
    for _ in range(ROUNDS):
        on = make.compared()
        lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
        said: dict[str, Any] = {"outcome": "pass", "feedback": "Well done.", "revise": ()}
        proposal = actions.propose(on, appointment=lead, **said, by=make.as_assessor(lead), at=AT)
        by = make.as_assessor(second)
        agree = partial(actions.reply, proposal, appointment=second, agrees=True, by=by, at=AT)
        given = at_once(*[agree] * 3)
        assert codes(given) == []
        assert (count("agree", on), Outcome.objects.filter(panel=on).count()) == (1, 1)
        assert proposal.replies.count() == 1


def test_two_windows_save_the_same_form() -> None:
    for _ in range(ROUNDS):
        on = make.panel()
        place = make.place(on, Seat.LEAD)
        by = make.as_assessor(place)
        made = actions.accept_invitation(place, by=by, at=AT)
        contents = [make.form_content(on, outcome) for outcome in ("pass", "distinction")]
        save = partial(actions.save_assessment, made, expected=0, by=by, at=AT)
        given = at_once(*(partial(save, content=content) for content in contents))
        assert codes(given) == [Code.CLASH]
