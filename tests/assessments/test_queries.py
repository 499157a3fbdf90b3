"""Lists of the same cost at any size; who sees what of a panel, by the blinding table."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Assessment, Outcome, Panel, Proposal, Seat
from accredit.assessments.permissions import (
    can_assess,
    can_read_submission,
    can_see_outcome,
    readable_submissions,
    visible_outcomes,
)
from accredit.assessments.queries import (
    Exchange,
    Next,
    candidates_for_panel,
    completed_by,
    edition_for,
    exchange_of,
    invitations_of,
    own_appointment,
    panels,
    progress,
    results_of,
    transcript_of,
    visible_assessments,
    work_of,
)
from accredit.frameworks.actions import publish_edition
from accredit.frameworks.queries import rules_of, shipped_documents
from accredit.people.actions import give_role
from accredit.people.models import RoleHeld
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration
from accredit.rulebook.decision import open_outcomes
from accredit.rulebook.terms import Effect, RoundKind
from accredit.rulebook.workflow import Role
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM, Actor
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db

Count = Callable[[int], object]


def fresh(on: Panel) -> Panel:
    """The panel as stored."""
    return panels().get(pk=on.pk)


def sees(on: Panel, to: Actor) -> list[str]:
    """Whose assessments a reader sees."""
    return [each.name.split()[0] for each in visible_assessments(fresh(on), to=to)]


def knows(on: Panel, to: Actor) -> list[tuple[str, bool]]:
    """Whose seats a reader knows of, and whether in."""
    return [(each.name.split()[0], each.is_in) for each in progress(fresh(on), to=to)]


def member(on: Panel, seat: Seat) -> Actor:
    """Who sits there."""
    return make.as_assessor(make.place(on, seat))


@pytest.mark.parametrize("number", [1, 3])
def test_candidates_for_a_panel_cost_six_queries(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = make.accepted()
    for n in range(number):
        make.assessor(f"Lena {n}", institution=f"College {n}")
    rows = Registration.objects.select_related("edition", "scheme")
    registration = rows.get(pk=made.portfolio.registration_id)
    with django_assert_max_num_queries(6) as spent:
        found = candidates_for_panel(registration, AT.date())
    assert len(found) == number
    assert len(spent) == 6


@pytest.mark.parametrize("number", [1, 3])
def test_work_and_invitations_cost_the_same_at_any_number(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lead = make.assessor(at_most=9)
    for n in range(number):
        made = make.accepted(make.registration(make.person(f"Ada {n}", institution=f"College {n}")))
        registration = Registration.objects.get(pk=made.portfolio.registration_id)
        seats = [(lead.pk, Seat.LEAD), (make.assessor(f"Omar {n}").pk, Seat.SECOND)]
        actions.appoint(registration, seats=seats, due_on=AT.date(), by=make.office(), at=AT)
    with django_assert_max_num_queries(1):
        invited = invitations_of(lead.pk)
    assert len(invited) == number
    assert invited[0].candidate == "Ada 0"
    for place in lead_places(lead.pk):
        actions.accept_invitation(place, by=make.as_assessor(place), at=AT)
    with django_assert_max_num_queries(1):
        work = work_of(lead.pk)
    assert [each.next for each in work] == [Next.ASSESS] * number
    assert invitations_of(lead.pk) == []


def lead_places(person: int) -> list[Appointment]:
    """A person's places."""
    return list(Appointment.objects.filter(person_id=person).select_related("panel"))


def test_seeing_a_panel_costs_a_fixed_number_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    on = make.compared()
    to = member(on, Seat.LEAD)
    with django_assert_max_num_queries(2):
        assert len(visible_assessments(on, to=to)) == 2
    with django_assert_max_num_queries(1):
        assert len(progress(on, to=to)) == 2


def test_two_assessors_are_blind_to_each_other_until_both_are_in() -> None:
    on = make.panel()
    lead, second, office = member(on, Seat.LEAD), member(on, Seat.SECOND), make.office()
    make.hand_in(make.place(on, Seat.LEAD))
    assert sees(on, lead) == ["Lena"]
    assert sees(on, second) == sees(on, office) == []
    assert knows(on, lead) == [("Lena", True)]
    assert knows(on, second) == [("Omar", False)]
    assert knows(on, office) == [("Lena", True), ("Omar", False)]
    make.hand_in(make.place(on, Seat.SECOND))
    for reader in (lead, second, office):
        assert sees(on, reader) == ["Lena", "Omar"]
    assert knows(on, second) == [("Lena", True), ("Omar", True)]


def test_private_notes_are_for_their_author_alone() -> None:
    on = make.compared()
    for reader in (member(on, Seat.LEAD), member(on, Seat.SECOND), make.office()):
        for each in visible_assessments(on, to=reader):
            assert bool(each.private_notes) == (each.person == reader.person)


def test_nobody_else_sees_anything() -> None:
    on = make.compared()
    candidate = on.registration.person
    give_role(candidate, RoleHeld.Name.OFFICE, by=SYSTEM, at=AT)
    strangers = [
        make.candidate(candidate),
        Actor(person=candidate.pk, role=Role.OFFICE),
        Actor(person=candidate.pk, role=Role.ASSESSOR),
        Actor(person=make.assessor("Ruth Example").pk, role=Role.ASSESSOR),
        Actor(person=None, role=Role.ASSESSOR),
        Actor(person=make.person(roles=("moderator",)).pk, role=Role.MODERATOR),
        Actor(person=make.person(roles=("committee",)).pk, role=Role.COMMITTEE),
        SYSTEM,
    ]
    for reader in strangers:
        assert sees(on, reader) == []
        assert knows(on, reader) == []
        assert exchange_of(on, to=reader) == Exchange()
        assert transcript_of(on, to=reader) is None


def test_a_third_assessor_is_blind_until_in_and_unseen_until_in() -> None:
    on = make.panel()
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)
    make.hand_in(lead, "pass")
    make.hand_in(second, "minor", ("1a",))
    said: dict[str, Any] = {"outcome": "pass", "feedback": "Well done.", "revise": ()}
    proposal = actions.propose(on, appointment=lead, **said, by=make.as_assessor(lead), at=AT)
    actions.reply(
        proposal, appointment=second, agrees=False, reason="Thin.", by=make.as_assessor(second), at=AT
    )
    theo = make.assessor("Theo Example", completed=0)
    place = actions.appoint_third(on, person=theo.pk, due_on=AT.date(), by=make.office(), at=AT)
    third = make.as_assessor(place)
    as_office = Actor(person=theo.pk, role=Role.OFFICE)
    give_role(theo, RoleHeld.Name.OFFICE, by=SYSTEM, at=AT)
    actions.accept_invitation(place, by=third, at=AT)
    assert sees(on, third) == ["Theo"]
    assert sees(on, as_office) == []
    assert knows(on, third) == [("Theo", False)]
    assert knows(on, as_office) == [("Theo", False)]
    assert exchange_of(fresh(on), to=third) == Exchange()
    assert sees(on, make.as_assessor(lead)) == ["Lena", "Omar"]
    assert knows(on, make.as_assessor(lead)) == [("Lena", True), ("Omar", True)]
    assert [each.next for each in work_of(lead.person_id)] == [Next.WAIT]
    make.hand_in(place, "major", ("1b",))
    moderator = Actor(person=make.person(roles=("moderator",)).pk, role=Role.MODERATOR)
    for reader in (third, make.as_assessor(lead), make.office(), moderator):
        assert sees(on, reader) == ["Lena", "Omar", "Theo"]
    assert [each.replies.all()[0].reason for each in exchange_of(fresh(on), to=moderator).proposals] == [
        "Thin."
    ]
    assert exchange_of(fresh(on), to=make.office()) == Exchange()


def test_the_next_step_of_each_member() -> None:
    on = make.panel()
    lead, second = make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)

    def steps() -> list[Next]:
        return [each.next for place in (lead, second) for each in work_of(place.person_id)]

    make.hand_in(lead)
    actions.accept_invitation(second, by=make.as_assessor(second), at=AT)
    assert steps() == [Next.WAIT, Next.ASSESS]
    make.hand_in(second)
    assert steps() == [Next.PROPOSE, Next.WAIT]
    said: dict[str, Any] = {"outcome": "pass", "feedback": "Well done.", "revise": ()}
    proposal = actions.propose(on, appointment=lead, **said, by=make.as_assessor(lead), at=AT)
    assert steps() == [Next.WAIT, Next.REPLY]
    actions.reply(proposal, appointment=second, agrees=True, by=make.as_assessor(second), at=AT)
    assert steps() == []
    assert completed_by(lead.person_id) == 4


def test_a_blind_edition_names_no_candidate() -> None:
    within = make.scheme("orchard-2025")
    pathway = rules_of(within.editions.get()).pathways[0].code
    who = make.person("Ada Example", institution="Fernhill College")
    on = make.panel(make.accepted(make.registration(who, pathway=pathway, within=within)))
    (invited,) = invitations_of(make.place(on, "member").person_id)
    assert invited.candidate == ""


def test_the_result_is_the_candidates_only_after_release_and_names_nobody() -> None:
    outcome = make.held(outcome="minor", revise=("1a",))
    on = fresh(outcome.panel)
    candidate = make.candidate(on.registration.person)
    assert transcript_of(on, to=candidate) is None
    assert results_of(on.registration_id, to=candidate) == ()
    assert not can_see_outcome(candidate, outcome)
    preview = transcript_of(on, to=make.office())
    assert preview is not None
    assert preview.released_at is None
    actions.release(outcome, by=make.office(), at=AT)
    (shown,) = results_of(on.registration_id, to=candidate)
    assert [(each.number, each.name) for each in shown.columns] == [(1, ""), (2, "")]
    assert (shown.outcome.code, [slot for slot, _ in shown.revise]) == ("minor", ["1a"])
    assert shown.revise_by is not None
    said = repr(shown)
    for secret in ("Lena", "Omar", "Private", "lead", "second"):
        assert secret not in said
    assert {row.kind for row in shown.rows} == {"statement", "section", "principle"}
    assert all(len(row.cells) == 2 for row in shown.rows)


def test_the_columns_follow_the_draw_and_not_the_seats() -> None:
    on = make.panel()
    make.hand_in(make.place(on, Seat.LEAD), "pass")
    make.hand_in(make.place(on, Seat.SECOND), "distinction")
    lead = make.place(on, Seat.LEAD)
    said: dict[str, Any] = {"outcome": "pass", "feedback": "Well done.", "revise": ()}
    proposal = actions.propose(on, appointment=lead, **said, by=make.as_assessor(lead), at=AT)
    second = make.place(on, Seat.SECOND)
    actions.reply(proposal, appointment=second, agrees=True, by=make.as_assessor(second), at=AT)
    swapped = []
    for order in ((1, 2), (2, 1)):
        with allow_writes():
            for place, number in zip((lead, second), order, strict=True):
                Assessment.objects.filter(appointment=place).update(overall=place.seat)
                Appointment.objects.filter(pk=place.pk).update(shown_as=number)
        shown = transcript_of(fresh(on), to=make.office())
        assert shown is not None
        swapped.append([each.overall for each in shown.columns])
    assert swapped == [["lead", "second"], ["second", "lead"]]


def test_who_may_read_a_submission_and_an_outcome_agrees_with_the_lists() -> None:
    outcome = make.held()
    on = outcome.panel
    other = make.panel()
    invited = make.place(other, Seat.LEAD)
    readers = [
        member(on, Seat.LEAD),
        make.as_assessor(invited),
        make.candidate(on.registration.person),
        make.office(),
        Actor(person=make.person(roles=("committee",)).pk, role=Role.COMMITTEE),
        Actor(person=make.person().pk, role=Role.OFFICE),
        Actor(person=None, role=Role.OFFICE),
    ]
    for reader in readers:
        allowed = set(readable_submissions(reader.person))
        for each in Submission.objects.all():
            assert can_read_submission(reader.person, each) == (each in allowed)
        assert can_see_outcome(reader, outcome) == (outcome in visible_outcomes(reader))
    assert [can_see_outcome(each, outcome) for each in readers] == [
        True,
        False,
        False,
        True,
        False,
        False,
        False,
    ]
    assert not can_read_submission(invited.person_id, other.submission), "not before accepting"
    actions.accept_invitation(invited, by=make.as_assessor(invited), at=AT)
    assert can_read_submission(invited.person_id, other.submission)
    place = own_appointment(invited.person_id or 0, invited.pk)
    assert place is not None
    assert can_assess(invited.person_id, place)
    assert own_appointment(on.registration.person_id, invited.pk) is None
    assert Outcome.objects.count() == Proposal.objects.count() == 1


def test_a_submission_is_judged_by_the_form_in_force_and_the_sections_registered_for() -> None:
    within = make.scheme("cmalt-2019")
    registration = make.registration(pathway="cmalt", within=within)
    document = shipped_documents()["cmalt-2026"]
    publish_edition(within, document, in_force_on=AT.date(), by=SYSTEM, at=AT)
    made = make.submission(registration)
    made = Submission.objects.select_related("edition").get(pk=made.pk)
    registration = Registration.objects.select_related("edition").get(pk=registration.pk)
    assert (registration.edition.code, made.edition.code) == ("cmalt-2019", "cmalt-2026")
    judged = edition_for(registration, made)
    assert judged.form.rates_principles
    assert judged.outcome("distinction").distinction
    assert judged.sections == rules_of(registration.edition).sections
    assert judged.panel == rules_of(registration.edition).panel


def test_a_review_under_a_newer_form_can_say_no_whatever_the_older_edition_allowed() -> None:
    within = make.scheme("cmalt-2019")
    registration = make.registration(within=within)
    newer = shipped_documents()["cmalt-2026"]
    publish_edition(within, newer, in_force_on=AT.date(), by=SYSTEM, at=AT)
    judged = edition_for(registration, make.submission(registration))
    effects = {each.effect for each in open_outcomes(judged, RoundKind.REVIEW, (Effect.REFER_MINOR,))}
    assert effects == {Effect.PASS, Effect.REFER_MINOR, Effect.REFER_MAJOR}
