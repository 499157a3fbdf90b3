"""When a result may be expected: from everybody's waiting, and nothing of one's own panel."""

from datetime import timedelta

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Outcome, Seat
from accredit.assessments.queries import expected, panel_of
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration
from accredit.rulebook.expectation import FEW
from accredit.toolkit.actions import allow_writes
from tests import factories as make
from tests.factories import AT
from tests.kept import kept
from tests.web.candidate.conftest import signed_in, with_sign_in

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@kept
def queue(results: int, days: int) -> None:
    """Results of others, each after so many days."""
    for number in range(results):
        outcome = make.held(make.accepted(make.registration(make.person(f"P{number} Example"))))
        actions.release(outcome, by=make.office(), at=AT)
    with allow_writes():
        released = AT - timedelta(days=5)
        Outcome.objects.update(released_at=released)
        Submission.objects.update(submitted_at=released - timedelta(days=days))


def mine(days: int) -> Registration:
    on = make.panel(make.accepted(make.registration(make.person("Ada Example"))))
    with allow_writes():
        Submission.objects.filter(pk=on.submission_id).update(submitted_at=AT - timedelta(days=days))
    return Registration.objects.get(pk=on.registration_id)


def test_nothing_is_said_on_few_results() -> None:
    queue(FEW - 1, 40)
    assert expected(mine(10), TODAY) is None


def test_it_counts_from_handing_in_and_says_on_what_it_rests() -> None:
    queue(FEW, 40)
    registration = mine(10)
    found = expected(registration, TODAY)
    assert found is not None
    assert found.half_on == found.nearly_all_on == TODAY + timedelta(days=30)
    assert found.results == FEW
    page = signed_in(with_sign_in(registration.person)).get(f"/my/{registration.pk}/").content.decode()
    assert "This rests on 10 results" in page


def test_it_does_not_move_with_ones_own_panel() -> None:
    queue(FEW, 40)
    registration = mine(10)
    before = expected(registration, TODAY)
    on = panel_of(registration.pk)
    assert on is not None
    for seat in (Seat.LEAD, Seat.SECOND):
        make.hand_in(make.place(on, seat))
    after = Registration.objects.get(pk=registration.pk)
    assert after.stage == "agreeing"
    assert expected(after, TODAY) == before


def test_who_has_waited_longer_than_all_is_told_so() -> None:
    queue(FEW, 40)
    registration = mine(90)
    found = expected(registration, TODAY)
    assert found is not None
    assert found.half_on is None
    page = signed_in(with_sign_in(registration.person)).get(f"/my/{registration.pk}/").content.decode()
    assert "we cannot say when yours comes" in page


def test_who_does_not_wait_expects_nothing() -> None:
    queue(FEW, 40)
    assert expected(make.registration(make.person("Bo Example")), TODAY) is None
