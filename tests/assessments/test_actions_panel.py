"""Appointing, answering and leaving: who may sit where, and what a decline leaves behind."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Assessment, DeclaredConflict, Panel, Seat
from accredit.assessments.queries import candidates_for_panel, free_seats, panel_of, panels, places_of
from accredit.people.actions import Details, Stay, complete_profile, describe_institution
from accredit.people.models import Profile
from accredit.registrations.actions import withdraw
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role, Stage
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.refusals import Refused
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db

DUE = (AT + timedelta(days=28)).date()


def attempt(institution: str = "", pathway: str = "associate") -> Registration:
    """An accepted submission's registration, waiting for its panel."""
    who = make.person(institution=institution)
    made = make.accepted(make.registration(who, pathway=pathway))
    return Registration.objects.select_related("edition", "scheme").get(pk=made.portfolio.registration_id)


def appoint(registration: Registration, lead: Profile, second: Profile) -> Panel:
    """Try this pair."""
    seats = [(lead.pk, Seat.LEAD), (second.pk, Seat.SECOND)]
    return actions.appoint(registration, seats=seats, due_on=DUE, by=make.office(), at=AT)


def codes(refused: "pytest.ExceptionInfo[Refused]") -> set[Code]:
    """What a refusal says."""
    return {each.code for each in refused.value.faults}


def stage(panel: Panel) -> str:
    """The stage as stored."""
    return str(Registration.objects.values_list("stage", flat=True).get(pk=panel.registration_id))


def refused_as_lead(registration: Registration, lead: Profile) -> set[Code]:
    """Why this person may not lead, where nothing speaks against the second."""
    with pytest.raises(Refused) as refused:
        appoint(registration, lead, make.assessor("Omar Example", holding="senior"))
    assert not Panel.objects.exists()
    return codes(refused)


def test_ruth_from_the_same_institution_is_refused() -> None:
    ruth = make.assessor("Ruth Example", institution="Fernhill College")
    assert refused_as_lead(attempt("Fernhill College"), ruth) == {Code.SAME_INSTITUTION}


def test_an_institution_left_two_years_ago_still_counts_and_four_years_ago_does_not() -> None:
    ruth = make.assessor("Ruth Example")
    registration = attempt("Fernhill College")
    for years, expected in ((2, {Code.SAME_INSTITUTION}), (4, set())):
        left = (AT - timedelta(days=365 * years)).date()
        stay = Stay("Fernhill College", until=left)
        complete_profile(ruth, Details(name=ruth.name), stays=(stay,), by=SYSTEM, at=AT)
        found = next(each for each in candidates_for_panel(registration, AT.date()) if each.profile == ruth)
        assert {each.code for each in found.as_lead} == expected


def test_a_part_of_the_same_body_is_refused() -> None:
    describe_institution("Fernhill Library", parent="Fernhill College")
    ruth = make.assessor("Ruth Example", institution="Fernhill Library")
    assert refused_as_lead(attempt("Fernhill College"), ruth) == {Code.SAME_PARENT_INSTITUTION}


def test_a_holder_of_a_lower_pathway_is_refused() -> None:
    assert refused_as_lead(attempt(pathway="cmalt"), make.assessor()) == {Code.NOT_HOLDER}


def test_a_new_assessor_is_refused_as_lead_and_welcome_as_second() -> None:
    registration = attempt()
    new = make.assessor("Nell Example", completed=2)
    assert refused_as_lead(registration, new) == {Code.TOO_FEW_ASSESSMENTS_TO_LEAD}
    assert stage(appoint(registration, make.assessor(), new)) == Stage.ASSESSING


def test_nobody_assesses_their_own_portfolio_or_somebody_who_never_volunteered() -> None:
    registration = attempt()
    actions.volunteer(registration.person, at_most=1, areas=[], by=SYSTEM, at=AT)
    assert Code.OWN_PORTFOLIO in refused_as_lead(registration, registration.person)
    assert Code.NOT_AN_ASSESSOR in refused_as_lead(registration, make.person("Vic Example"))


def test_a_full_load_is_refused() -> None:
    lead = make.assessor(at_most=1)
    appoint(attempt(), lead, make.assessor("Omar Example"))
    Panel.objects.get()
    with pytest.raises(Refused) as refused:
        appoint(attempt(), lead, make.assessor("Nell Example"))
    assert codes(refused) == {Code.AT_CAPACITY}


def test_a_declared_conflict_refuses_either_way_until_dismissed() -> None:
    registration = attempt()
    lead, second = make.assessor(), make.assessor("Omar Example")
    candidate = registration.person
    said: dict[str, Any] = {"reason": "We are married.", "by": make.candidate(candidate), "at": AT}
    conflict = actions.declare_conflict(candidate, lead, **said)
    assert actions.declare_conflict(candidate, lead, **said) == conflict
    with pytest.raises(Refused) as refused:
        appoint(registration, lead, second)
    assert codes(refused) == {Code.CONFLICT_DECLARED}
    actions.dismiss_conflict(conflict, reason="Another person of that name.", by=make.office(), at=AT)
    with pytest.raises(Refused) as refused:
        actions.dismiss_conflict(conflict, reason="Again.", by=make.office(), at=AT)
    assert codes(refused) == {Code.CONFLICT_SETTLED}
    assert stage(appoint(registration, lead, second)) == Stage.ASSESSING


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        (("lead",), {Code.PANEL_SIZE}),
        (("lead", "lead"), {Code.PANEL_LEADS, Code.SEAT_NOT_FREE}),
        (("second", "second"), {Code.PANEL_LEADS, Code.SEAT_NOT_FREE}),
        (("lead", "member"), {Code.SEAT_NOT_FREE}),
    ],
)
def test_a_panel_has_the_seats_its_edition_names(seats: tuple[str, ...], expected: set[Code]) -> None:
    registration = attempt()
    people = [make.assessor("Lena Example"), make.assessor("Omar Example")]
    pairs = [(who.pk, Seat(seat)) for who, seat in zip(people, seats, strict=False)]
    with pytest.raises(Refused) as refused:
        actions.appoint(registration, seats=pairs, due_on=DUE, by=make.office(), at=AT)
    assert codes(refused) == expected


def test_a_second_appointing_is_refused() -> None:
    registration = attempt()
    lead, second = make.assessor(), make.assessor("Omar Example")
    appoint(registration, lead, second)
    with pytest.raises(Refused) as refused:
        appoint(registration, lead, second)
    assert codes(refused) == {Code.MOVE_NOT_OPEN}
    assert Appointment.objects.count() == 2


def test_a_due_date_in_the_past_is_refused() -> None:
    registration = attempt()
    seats = [(make.assessor().pk, Seat.LEAD), (make.assessor("Omar Example").pk, Seat.SECOND)]
    with pytest.raises(Refused) as refused:
        actions.appoint(
            registration, seats=seats, due_on=(AT - timedelta(days=1)).date(), by=make.office(), at=AT
        )
    assert codes(refused) == {Code.DUE_DATE_PAST}


def test_accepting_twice_opens_one_form_and_only_ones_own() -> None:
    on = make.panel()
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    one = actions.accept_invitation(lead, by=make.as_assessor(lead), at=AT)
    assert actions.accept_invitation(lead, by=make.as_assessor(lead), at=AT) == one
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(second, by=make.as_assessor(lead), at=AT)
    assert codes(refused) == {Code.NOT_YOURS}
    assert Assessment.objects.count() == 1


def test_a_decline_for_a_conflict_is_kept_and_the_seat_filled_by_another() -> None:
    on = make.panel()
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    make.hand_in(lead)
    by = make.as_assessor(second)
    with pytest.raises(Refused) as refused:
        actions.decline(second, reason=" ", is_conflict=True, by=by, at=AT)
    assert codes(refused) == {Code.REASON_MISSING}
    actions.decline(second, reason="She was my student.", is_conflict=True, by=by, at=AT)
    second.refresh_from_db()
    assert (second.ended_because, second.declared_none_at) == (Appointment.End.CONFLICT, None)
    with pytest.raises(Refused) as refused:
        actions.decline(second, reason="Again.", is_conflict=False, by=by, at=AT)
    assert codes(refused) == {Code.ALREADY_DECLINED}
    assert DeclaredConflict.objects.get().person_id == second.person_id
    on = panels().get(pk=on.pk)
    assert (stage(on), free_seats(on), on.compared_at) == (Stage.APPOINTING, ("second",), None)
    with pytest.raises(Refused) as refused:
        actions.fill_seat(on, person=second.person_id, seat=Seat.SECOND, by=make.office(), at=AT)
    assert {Code.HAS_LEFT_PANEL, Code.CONFLICT_DECLARED} <= codes(refused)
    nell = make.assessor("Nell Example", completed=0)
    place = actions.fill_seat(on, person=nell.pk, seat=Seat.SECOND, by=make.office(), at=AT)
    assert stage(on) == Stage.ASSESSING
    make.hand_in(place)
    assert stage(on) == Stage.AGREEING


def test_what_was_accepted_is_handed_back_with_a_reason_and_what_was_typed_stays_closed() -> None:
    on = make.panel()
    second = make.place(on, Seat.SECOND)
    by = make.as_assessor(second)
    made = actions.accept_invitation(second, by=by, at=AT)
    second.refresh_from_db()
    assert second.declared_none_at == AT
    with pytest.raises(Refused) as refused:
        actions.decline(second, reason=" ", is_conflict=False, by=by, at=AT)
    assert codes(refused) == {Code.REASON_MISSING}
    assert (stage(on), second.ended_at) == (Stage.ASSESSING, None)
    actions.decline(second, reason="I am ill.", is_conflict=False, by=by, at=AT)
    second.refresh_from_db()
    assert (second.ended_because, second.reason) == (Appointment.End.HANDED_BACK, "I am ill.")
    assert (stage(on), free_seats(panels().get(pk=on.pk))) == (Stage.APPOINTING, ("second",))
    assert Assessment.objects.filter(pk=made.pk, submitted_at=None).exists()
    assert not DeclaredConflict.objects.exists()
    with pytest.raises(Refused) as refused:
        actions.save_assessment(made, content=make.form_content(on), expected=0, by=by, at=AT)
    assert codes(refused) == {Code.INVITATION_ENDED}


def test_both_decline_and_a_new_pair_is_appointed_to_the_same_panel() -> None:
    on = make.panel()
    for each in places_of(on):
        actions.decline(each, reason="", is_conflict=False, by=make.as_assessor(each), at=AT)
    registration = Registration.objects.get(pk=on.registration_id)
    again = appoint(registration, make.assessor("Nell Example"), make.assessor("Theo Example"))
    assert again == on
    assert [each.person.name for each in places_of(again)] == ["Nell Example", "Theo Example"]


def test_appointing_after_a_decline_may_swap_the_seats() -> None:
    on = make.panel()
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    actions.decline(lead, reason="", is_conflict=False, by=make.as_assessor(lead), at=AT)
    registration = Registration.objects.get(pk=on.registration_id)
    again = appoint(registration, second.person, make.assessor("Nell Example"))
    assert [(each.seat, each.person.name) for each in places_of(again)] == [
        ("lead", "Omar Example"),
        ("second", "Nell Example"),
    ]


def test_who_has_handed_in_neither_declines_nor_is_replaced() -> None:
    on = make.panel()
    lead = make.place(on, Seat.LEAD)
    make.hand_in(lead)
    with pytest.raises(Refused) as refused:
        actions.decline(lead, reason="", is_conflict=False, by=make.as_assessor(lead), at=AT)
    assert codes(refused) == {Code.ASSESSMENT_IN}
    with pytest.raises(Refused) as refused:
        actions.replace(lead, person=make.assessor("Nell Example").pk, by=make.office(), at=AT)
    assert codes(refused) == {Code.ASSESSMENT_IN}


def test_a_silent_member_is_replaced_without_leaving_assessing() -> None:
    on = make.panel()
    second = make.place(on, Seat.SECOND)
    made = actions.accept_invitation(second, by=make.as_assessor(second), at=AT)
    place = actions.replace(second, person=make.assessor("Nell Example").pk, by=make.office(), at=AT)
    assert (place.seat, stage(on)) == ("second", Stage.ASSESSING)
    second.refresh_from_db()
    assert second.ended_because == Appointment.End.REPLACED
    with pytest.raises(Refused) as refused:
        actions.save_assessment(
            made, content=make.form_content(on), expected=0, by=make.as_assessor(second), at=AT
        )
    assert codes(refused) == {Code.INVITATION_ENDED}


def test_withdrawing_ends_the_panel_and_what_was_begun_stays_closed() -> None:
    on = make.panel()
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    made = actions.accept_invitation(lead, by=make.as_assessor(lead), at=AT)
    make.hand_in(second)
    registration = Registration.objects.get(pk=on.registration_id)
    by = Actor(person=registration.person_id, role=Role.CANDIDATE)
    withdraw(registration, because="A new job.", by=by, at=AT)
    assert places_of(on) == []
    assert {each.ended_because for each in on.appointments.all()} == {Appointment.End.WITHDRAWN}
    for attempted in (
        lambda: actions.submit_assessment(
            made, content=make.form_content(on), by=make.as_assessor(lead), at=AT
        ),
        lambda: actions.save_assessment(
            made, content=make.form_content(on), expected=0, by=make.as_assessor(lead), at=AT
        ),
        lambda: actions.decline(second, reason="", is_conflict=False, by=make.as_assessor(second), at=AT),
    ):
        with pytest.raises(Refused) as refused:
            attempted()
        assert codes(refused) == {Code.INVITATION_ENDED}
    found = panel_of(on.registration_id)
    assert found is not None
    assert (stage(found), found.compared_at) == (Stage.WITHDRAWN, None)


def test_only_the_office_seats_people_and_not_for_its_own_portfolio() -> None:
    on = make.panel()
    second = make.place(on, Seat.SECOND)
    nell = make.assessor("Nell Example")
    candidate = on.registration.person_id
    for by, code in (
        (make.as_assessor(second), Code.ROLE_NOT_PERMITTED),
        (Actor(person=candidate, role=Role.OFFICE), Code.OWN_DECISION),
    ):
        for attempted in (
            partial(actions.replace, second, person=nell.pk, by=by, at=AT),
            partial(actions.fill_seat, on, person=nell.pk, seat=Seat.SECOND, by=by, at=AT),
            partial(actions.appoint_third, on, person=nell.pk, due_on=DUE, by=by, at=AT),
        ):
            with pytest.raises(Refused) as refused:
                attempted()
            assert codes(refused) == {code}
