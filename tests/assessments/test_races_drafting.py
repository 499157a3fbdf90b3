"""A draft is published while a member leaves, twice at once, and while it is worked out anew."""

from functools import partial

import pytest
from django.utils import timezone

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Draft, Panel, Seat
from accredit.assessments.queries import runs_waiting
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Stage
from tests import factories as make
from tests.assessments.test_races import ROUNDS, _needs_postgresql, at_once, codes
from tests.factories import AT

__all__ = ["_needs_postgresql"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def repaired() -> tuple[Panel, Draft]:
    """A panel whose second has declined, and the repair that is proposed; the moment is now, for the task."""
    at = timezone.now()
    make.assessor(f"Nell {at.timestamp()}", at=AT)
    made = make.panel(at=at)
    place, lead = make.place(made, Seat.SECOND), make.place(made, Seat.LEAD)
    actions.accept_invitation(lead, by=make.as_assessor(lead), at=at)
    actions.decline(place, reason="No time.", is_conflict=False, by=make.as_assessor(place), at=at)
    draft = Draft.objects.get(panels__registration=made.registration_id, published_at=None, dropped_at=None)
    assert not runs_waiting(timezone.now())
    assert draft.panels.get(registration=made.registration_id).seats.count() == 2
    return made, draft


def test_a_member_leaves_while_the_repair_is_published() -> None:
    for _ in range(ROUNDS):
        made, draft = repaired()
        lead, at = make.place(made, Seat.LEAD), timezone.now()
        given = at_once(
            partial(actions.publish_draft, draft, by=make.office(), at=at),
            partial(
                actions.decline, lead, reason="Ill.", is_conflict=False, by=make.as_assessor(lead), at=at
            ),
        )
        refused = codes(given)
        assert not isinstance(given[1], Exception)
        assert set(refused) <= {Code.DRAFT_HAS_FAULTS, Code.RUN_UNDER_WAY}
        assert Registration.objects.get(pk=made.registration_id).stage == Stage.APPOINTING
        standing = Appointment.objects.filter(panel=made, ended_at=None)
        assert standing.count() == (0 if refused else 1)
        for open_one in Draft.objects.filter(published_at=None, dropped_at=None):
            actions.drop_draft(open_one, by=make.office(), at=at)


def test_two_publish_at_once() -> None:
    for _ in range(ROUNDS):
        made, draft = repaired()
        at = timezone.now()
        publish = partial(actions.publish_draft, draft, by=make.office(), at=at)
        assert codes(at_once(publish, publish)) == [Code.DRAFT_ENDED]
        assert Appointment.objects.filter(panel=made, ended_at=None).count() == 2
        assert Registration.objects.get(pk=made.registration_id).stage == Stage.ASSESSING


def test_publishing_and_working_out_anew_at_once() -> None:
    made, draft = repaired()
    at = timezone.now()
    given = at_once(
        partial(actions.publish_draft, draft, by=make.office(), at=at),
        partial(actions.rerun, draft, limit=5, by=make.office(), at=at),
    )
    assert set(codes(given)) <= {Code.DRAFT_ENDED, Code.RUN_UNDER_WAY}
    standing = Appointment.objects.filter(panel=made, ended_at=None).count()
    assert standing == (1 if isinstance(given[0], Exception) else 2)
