"""Second to lead: the number makes it a question, the office answers it."""

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Assessor, Seat
from accredit.assessments.queries import leads_to_offer
from accredit.frameworks.queries import editions
from accredit.notices.models import Notice
from accredit.people.models import Profile
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Role
from accredit.toolkit.actor import SYSTEM, Actor
from accredit.toolkit.refusals import Refused
from accredit.trail.models import Row
from tests import factories as make
from tests.factories import AT, LATER, SOON

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def told(*people: Profile, leads: bool = True, reason: str = "", by: Actor | None = None) -> list[Assessor]:
    keys = [each.pk for each in people]
    return actions.decide_leads(keys, leads=leads, reason=reason, by=by or make.office(), at=SOON)


def refused(*people: Profile, **values: object) -> set[Code]:
    before = list(Assessor.objects.order_by("pk").values())
    with pytest.raises(Refused) as found:
        told(*people, **values)  # type: ignore[arg-type]
    assert list(Assessor.objects.order_by("pk").values()) == before
    return {each.code for each in found.value.faults}


def offered() -> list[str]:
    return [each.person.name for each in leads_to_offer(editions(), TODAY)]


def three_done(name: str = "Nell Example") -> Profile:
    """Somebody with three finished, about whom the office has said nothing."""
    who = make.assessor(name, completed=2)
    seconds(who, 1)
    return who


def seconds(who: Profile, number: int) -> None:
    actions.record_past_assessments(who, seat=Seat.SECOND, number=number, source="A list", by=SYSTEM, at=SOON)


def seated(lead: Profile, of: Submission) -> None:
    second = make.assessor("Omar Example")
    attempt = Registration.objects.get(pk=of.portfolio.registration_id)
    seats = [(lead.pk, Seat.LEAD), (second.pk, Seat.SECOND)]
    actions.appoint(attempt, seats=seats, due_on=TODAY, by=make.office(), at=AT)


def test_the_number_alone_lets_nobody_lead() -> None:
    waiting, nell = make.accepted(), three_done()
    assert offered() == ["Nell Example"]
    with pytest.raises(Refused) as found:
        seated(nell, waiting)
    assert Code.LEAD_NOT_CONFIRMED in {each.code for each in found.value.faults}
    told(nell)
    assert offered() == []
    seated(nell, waiting)


def test_a_yes_is_told_once_and_on_record() -> None:
    nell = three_done()
    assert len(told(nell)) == 1
    assert told(nell) == []
    assert Notice.objects.filter(kind="lead_confirmed", person=nell).count() == 1
    assert Row.objects.filter(what="lead_confirmed", person=nell.pk).count() == 1


def test_a_no_holds_until_one_more_is_finished_and_needs_a_reason() -> None:
    nell = three_done()
    assert refused(nell, leads=False, reason="  ") == {Code.REASON_MISSING}
    told(nell, leads=False, reason="Wishes to sit once more as second")
    assert offered() == []
    assert told(nell, leads=False, reason="Wishes to sit once more as second") == []
    seconds(nell, 1)
    assert offered() == ["Nell Example"]
    assert not Notice.objects.filter(kind__startswith="lead").exists()


def test_who_leads_may_be_told_not_to_and_again_to() -> None:
    lena = make.assessor("Lena Example")
    told(lena, leads=False, reason="On leave")
    assert Assessor.objects.get(person=lena).leads_since is None
    told(lena)
    found = Assessor.objects.get(person=lena)
    assert (found.leads_since, found.not_leading_at, found.not_leading_reason) == (SOON, None, "")


def test_all_or_none() -> None:
    nell, new = three_done(), make.assessor("New Example", completed=0)
    assert refused(nell, new) == {Code.TOO_FEW_ASSESSMENTS_TO_LEAD}
    assert refused(nell, make.person("Ada Example")) == {Code.NOT_AN_ASSESSOR}
    assert offered() == ["Nell Example"]


def test_only_the_office_and_not_about_oneself() -> None:
    nell = three_done()
    assert refused(nell, by=Actor(person=nell.pk, role=Role.ASSESSOR)) == {Code.ROLE_NOT_PERMITTED}
    assert refused(nell, by=Actor(person=nell.pk, role=Role.OFFICE)) == {Code.OWN_DECISION}


def test_where_no_edition_asks_for_any_nobody_is_asked_about() -> None:
    make.assessor("Nell Example", holding="keeper", completed=2, within=make.scheme("orchard-2025"))
    assert offered() == []


def test_who_pauses_is_not_offered() -> None:
    nell = three_done()
    actions.pause(Assessor.objects.get(person=nell), by=SYSTEM, at=LATER)
    assert offered() == []
