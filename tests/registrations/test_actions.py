"""Registrations: opened once, moved only by the table, extended with a reason, seen by whom they concern."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from accredit.frameworks.queries import rules_of
from accredit.people.models import RoleHeld
from accredit.registrations import actions, permissions, queries, tasks
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import MOVES, Move, Role, Stage
from accredit.toolkit.actions import allow_writes
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make

pytestmark = pytest.mark.django_db


def at_stage(stage: Stage) -> Registration:
    registration = make.registration()
    with allow_writes():
        Registration.objects.filter(pk=registration.pk).update(stage=stage)
    registration.refresh_from_db()
    return registration


@pytest.mark.parametrize("rule", MOVES, ids=lambda rule: str(rule.move))
def test_a_move_of_the_table_is_made_written_down_and_not_made_twice(rule: object) -> None:
    registration = at_stage(min(rule.sources))  # type: ignore[attr-defined]
    by = Actor(person=None, role=min(rule.roles))  # type: ignore[attr-defined]
    actions.move(registration, rule.move, by=by, at=make.SOON)  # type: ignore[attr-defined]
    registration.refresh_from_db()
    assert registration.stage == rule.target  # type: ignore[attr-defined]
    assert registration.stage_since == make.SOON
    row = Row.objects.order_by("-id")[0]
    assert (row.what, row.data["to"]) == (rule.move.value, rule.target.value)  # type: ignore[attr-defined]
    if rule.target not in rule.sources:  # type: ignore[attr-defined]
        with pytest.raises(Refused):
            actions.move(registration, rule.move, by=by, at=make.SOON)  # type: ignore[attr-defined]


def test_a_role_without_the_right_is_refused() -> None:
    registration = at_stage(Stage.HELD)
    with pytest.raises(Refused) as caught:
        actions.move(registration, Move.RELEASE_PASS, by=Actor(1, Role.CANDIDATE), at=make.SOON)
    assert caught.value.faults[0].code is Code.ROLE_NOT_PERMITTED
    registration.refresh_from_db()
    assert registration.stage == Stage.HELD


def test_a_stale_copy_cannot_move_what_has_moved_on() -> None:
    registration = at_stage(Stage.SUBMITTED)
    stale = Registration.objects.get(pk=registration.pk)
    office = make.office()
    actions.move(registration, Move.BEGIN_CHECK, by=office, at=make.SOON)
    with pytest.raises(Refused) as caught:
        actions.move(stale, Move.TAKE_BACK, by=make.candidate(stale.person), at=make.SOON)
    assert caught.value.faults[0].code is Code.MOVE_NOT_OPEN


def test_one_registration_at_a_time() -> None:
    registration = make.registration()
    with pytest.raises(Refused) as caught:
        make.registration(registration.person, pathway="cmalt")
    assert caught.value.faults[0].code is Code.ALREADY_REGISTERED
    actions.withdraw(registration, because="later", by=make.candidate(registration.person), at=make.SOON)
    assert make.registration(registration.person, pathway="cmalt").pathway == "cmalt"
    assert registration.ended_at == make.SOON


def test_a_round_begins_beside_the_old_one() -> None:
    registration = make.registration()
    actions.begin_round(registration, kind=RoundKind.REVIEW, until=date(2027, 1, 5), by=SYSTEM, at=make.SOON)
    registration.refresh_from_db()
    assert (registration.round, registration.round_kind) == (2, "review")
    assert registration.revise_until == date(2027, 1, 5)


def test_more_time_only_goes_forward() -> None:
    registration = make.registration()
    office = make.office()
    with pytest.raises(Refused) as caught:
        actions.extend(registration, until=registration.expires_on, because="ill", by=office, at=make.SOON)
    assert caught.value.faults[0].code is Code.EXTENSION_NOT_LATER
    actions.extend(registration, until=date(2032, 1, 1), because="ill", by=office, at=make.SOON)
    registration.refresh_from_db()
    assert registration.expires_on == date(2032, 1, 1)


def test_more_time_for_a_revision_moves_its_own_date() -> None:
    registration = at_stage(Stage.REVISING)
    with allow_writes():
        Registration.objects.filter(pk=registration.pk).update(round=2, revise_until=date(2026, 12, 1))
    registration.refresh_from_db()
    ends = registration.expires_on
    actions.extend(registration, until=date(2027, 1, 1), because="ill", by=make.office(), at=make.SOON)
    assert (registration.revise_until, registration.expires_on) == (date(2027, 1, 1), ends)


def test_the_list_and_the_predicate_agree() -> None:
    mine, other = make.registration(), make.registration()
    otis = make.person("Otis", roles=(RoleHeld.Name.OFFICE,))
    for who in (mine.person_id, other.person_id, otis.pk, None):
        listed = set(permissions.visible_to(who))
        assert listed == {each for each in (mine, other) if permissions.can_see(who, each)}
    assert queries.open_of(mine.person_id, mine.scheme) == mine


def test_what_has_run_out_of_time_expires_by_itself() -> None:
    late, fresh = make.registration(), make.registration()
    revising = at_stage(Stage.REVISING)
    with allow_writes():
        Registration.objects.filter(pk=late.pk).update(expires_on=date(2026, 11, 1))
        Registration.objects.filter(pk=revising.pk).update(round=2, revise_until=date(2026, 11, 1))
    tasks.expire_overdue(at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    stages = [Registration.objects.get(pk=each.pk).stage for each in (late, fresh, revising)]
    assert stages == [Stage.EXPIRED, Stage.DRAFTING, Stage.EXPIRED]


def test_what_was_returned_has_time_to_be_put_right_however_late_the_office_looked() -> None:
    returned = at_stage(Stage.RETURNED)
    with allow_writes():
        Registration.objects.filter(pk=returned.pk).update(
            expires_on=date(2026, 11, 1), stage_since=datetime(2026, 11, 20, 9, tzinfo=UTC)
        )
    returned.refresh_from_db()
    days = rules_of(returned.edition).referral_days.minor
    last = date(2026, 11, 20) + timedelta(days=days)
    assert queries.last_day(returned) == last
    tasks.expire_overdue(at=datetime.combine(last, time(12), tzinfo=UTC))
    returned.refresh_from_db()
    assert returned.stage == Stage.RETURNED
    tasks.expire_overdue(at=datetime.combine(last + timedelta(days=1), time(12), tzinfo=UTC))
    returned.refresh_from_db()
    assert returned.stage == Stage.EXPIRED


def test_one_handed_in_or_extended_meanwhile_keeps_no_other_from_expiring() -> None:
    handed_in, extended, late = make.registration(), make.registration(), make.registration()
    ends, at = date(2026, 11, 1), datetime(2026, 11, 2, 9, tzinfo=UTC)
    with allow_writes():
        Registration.objects.update(expires_on=ends)
    found = queries.overdue(at)
    assert len(found) == 3
    with allow_writes():
        Registration.objects.filter(pk=handed_in.pk).update(stage=Stage.SUBMITTED)
        Registration.objects.filter(pk=extended.pk).update(expires_on=date(2027, 1, 1))
    assert [actions.expire_if_overdue(each, by=SYSTEM, at=at) for each in found] == [False, False, True]
    stages = [Registration.objects.get(pk=each.pk).stage for each in (handed_in, extended, late)]
    assert stages == [Stage.SUBMITTED, Stage.DRAFTING, Stage.EXPIRED]


def test_more_time_for_a_returned_revision_moves_the_revisions_date() -> None:
    registration = at_stage(Stage.RETURNED)
    with allow_writes():
        Registration.objects.filter(pk=registration.pk).update(round=2, revise_until=date(2026, 12, 1))
    actions.extend(registration, until=date(2027, 1, 1), because="ill", by=make.office(), at=make.SOON)
    registration.refresh_from_db()
    assert registration.revise_until == date(2027, 1, 1)


def test_windows_open_and_close_in_the_schemes_time() -> None:
    scheme = make.scheme(window="")
    assert not queries.is_window_open(scheme, make.AT)
    actions.set_window(
        scheme,
        mode="opening",
        opens_at=datetime(2026, 11, 1, 12, tzinfo=UTC),
        closes_at=datetime(2026, 11, 15, 12, tzinfo=UTC),
        by=SYSTEM,
        at=make.AT,
    )
    assert queries.is_window_open(scheme, make.AT)
    assert not queries.is_window_open(scheme, datetime(2026, 11, 15, 12, tzinfo=UTC))
    assert queries.deadlines_of(scheme) == [date(2026, 11, 15)]
