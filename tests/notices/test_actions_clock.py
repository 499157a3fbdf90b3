"""The edition's clock at work: each reminder once, none that is no longer true, the office asked in time."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from accredit.assessments import actions
from accredit.assessments.models import Appointment, Panel, Seat
from accredit.notices import permissions, tasks
from accredit.notices.models import Notice
from accredit.people.actions import give_role
from accredit.people.models import RoleHeld
from accredit.toolkit.actor import SYSTEM
from tests import factories as make
from tests.factories import AT

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
ON_THE_CLOCK = sorted(permissions.ON_THE_CLOCK)


def pass_days(number: int, since: datetime = AT) -> datetime:
    """Let the clock look at noon, so many days after."""
    at = datetime.combine(since.astimezone(LONDON).date() + timedelta(days=number), time(12), tzinfo=LONDON)
    tasks.remind_due(at=at)
    return at


def told(person: int | None = None) -> list[str]:
    """The kinds of what the clock has written, in order; to one person where given."""
    rows = Notice.objects.filter(kind__in=ON_THE_CLOCK)
    if person is not None:
        rows = rows.filter(person_id=person)
    return list(rows.order_by("pk").values_list("kind", flat=True))


def clerk(name: str = "Otis Example") -> int:
    """Somebody of the office."""
    person = make.person(name)
    give_role(person, RoleHeld.Name.OFFICE, by=SYSTEM, at=AT)
    return person.pk


def places(on: Panel) -> tuple[Appointment, Appointment]:
    return make.place(on, Seat.LEAD), make.place(on, Seat.SECOND)


def test_an_invitation_is_reminded_of_once_and_not_when_it_is_answered() -> None:
    on = make.panel()
    lead, second = places(on)
    actions.accept_invitation(lead, by=make.as_assessor(lead), at=AT)
    pass_days(2)
    assert told() == []
    for _ in range(3):
        pass_days(3)
    assert told() == ["invitation_reminder"]
    (notice,) = Notice.objects.filter(kind="invitation_reminder")
    assert (notice.person_id, notice.because) == (
        second.person_id, "the edition reminds 3 days after an invitation",
    )  # fmt: skip
    assert permissions.unwanted_because(notice) == ""
    actions.accept_invitation(second, by=make.as_assessor(second), at=AT)
    assert permissions.unwanted_because(notice) == "it has been answered, handed in, moved or ended"


def test_the_office_is_asked_about_silence_and_not_who_has_a_part_in_it() -> None:
    otis, paul = clerk(), clerk("Paul Example")
    on = make.panel(make.accepted(make.registration(make.person("Ada Example"))))
    lead, _second = places(on)
    # Somebody of the office who sits on the panel learns nothing about the other.
    give_role(lead.person, RoleHeld.Name.OFFICE, by=SYSTEM, at=AT)
    pass_days(7)
    assert told(otis) == told(paul) == ["invitation_unanswered"] * 2
    assert "invitation_unanswered" not in told(lead.person_id)
    text = Notice.objects.filter(kind="invitation_unanswered", person_id=otis).first()
    assert text is not None
    assert f"/office/registration/{on.registration_id}/panel/replace/" in text.text


def test_a_late_assessment_is_reminded_of_then_the_office_is_asked() -> None:
    otis = clerk()
    on = make.panel()
    lead, second = places(on)
    for each in (lead, second):
        actions.accept_invitation(each, by=make.as_assessor(each), at=AT)
    due = datetime.combine(on.due_on, time(12), tzinfo=LONDON)
    make.hand_in(second)
    # The program was off for weeks: the latest reminder goes out, and the office is asked.
    pass_days(30, due)
    assert told(lead.person_id) == ["assessing_overdue"]
    assert told(otis) == ["assessing_to_relieve"]
    assert told(second.person_id) == []
    make.hand_in(lead)
    assert {permissions.unwanted_because(each) for each in Notice.objects.filter(kind__in=ON_THE_CLOCK)} == {
        "it has been answered, handed in, moved or ended"
    }


def propose(on: Panel, by: Appointment) -> None:
    words = {"outcome": "pass", "feedback": "Well done.", "revise": ()}
    actions.propose(on, appointment=by, **words, by=make.as_assessor(by), at=AT)


def test_who_keeps_a_panel_from_agreeing_is_reminded_and_nobody_else() -> None:
    on = make.compared()
    compared = Panel.objects.get(pk=on.pk).compared_at
    assert compared is not None
    pass_days(6, compared)
    assert told() == []
    pass_days(7, compared)
    lead, second = places(on)
    assert told() == told(lead.person_id) == ["agreement_reminder"]
    propose(on, by=lead)
    (waiting,) = Notice.objects.filter(kind="agreement_reminder")
    assert permissions.unwanted_because(waiting) != ""
    pass_days(14, compared)
    assert told(second.person_id) == ["agreement_reminder"]
    assert told(lead.person_id) == ["agreement_reminder"]


def test_what_an_earlier_release_planned_in_its_own_way_is_not_sent_twice() -> None:
    on = make.panel()
    row = Notice(kind="assessing_reminder", key=f"assessing_reminder:{make.place(on, Seat.LEAD).pk}")
    assert permissions.unwanted_because(row) == "the edition's clock reminds in its place"


def test_a_reminder_tells_nothing_of_the_other_assessor() -> None:
    on = make.panel()
    lead, second = places(on)
    for each in (lead, second):
        actions.accept_invitation(each, by=make.as_assessor(each), at=AT)
    due = datetime.combine(on.due_on, time(12), tzinfo=LONDON)

    def texts() -> list[tuple[str, str]]:
        pass_days(-7, due)
        rows = Notice.objects.filter(kind__in=ON_THE_CLOCK, person_id=lead.person_id)
        return list(rows.order_by("pk").values_list("subject", "text"))

    before = texts()
    assert len(before) == 1
    make.hand_in(second)
    assert texts() == before
    assert all(second.person.name not in text for _subject, text in before)
