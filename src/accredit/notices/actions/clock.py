"""What the edition's clock asks for, written as letters that name the rule they follow from."""

from datetime import datetime

from accredit.assessments.models import Appointment
from accredit.assessments.queries import decline_token, edition_of, ticks_due
from accredit.notices.actions.delivery import plan
from accredit.notices.models import Notice
from accredit.people.models import Profile, RoleHeld
from accredit.people.queries import people_with
from accredit.rulebook.clock import TO_OFFICE, Tick, What
from accredit.toolkit.actions import action

KINDS = {
    What.ANSWER: "invitation_reminder",
    What.UNANSWERED: "invitation_unanswered",
    What.DUE: "assessing_reminder",
    What.OVERDUE: "assessing_overdue",
    What.RELIEVE: "assessing_to_relieve",
    What.AGREE: "agreement_reminder",
}
RULES = {
    What.ANSWER: "the edition reminds {days} after an invitation",
    What.UNANSWERED: "the edition gives {days} to answer an invitation",
    What.DUE: "the edition reminds {days} before an assessment is due",
    What.OVERDUE: "the edition reminds {days} after an assessment was due",
    What.RELIEVE: "the edition asks the office {days} after an assessment was due",
    What.AGREE: "the edition reminds {days} after a panel began to agree",
}


@action
def remind(place: Appointment, *, at: datetime) -> list[Notice]:
    """Write what the clock asks for about one place; what has been written already is not written again."""
    return [
        _write(tick, place, person, at=at)
        for tick in ticks_due(place, at)
        for person in _readers(tick, place)
    ]


def _readers(tick: Tick, place: Appointment) -> list[Profile]:
    """Return who is told: whoever holds the place, or the office without those who have a part in it."""
    if tick.what not in TO_OFFICE:
        return [place.person]
    part = set(place.panel.appointments.values_list("person_id", flat=True))
    part.add(place.panel.registration.person_id)
    return [each for each in people_with(RoleHeld.Name.OFFICE) if each.pk not in part]


def _write(tick: Tick, place: Appointment, person: Profile, *, at: datetime) -> Notice:
    panel, registration = place.panel, place.panel.registration
    edition, kind = edition_of(panel), KINDS[tick.what]
    return plan(
        kind,
        person=person,
        registration=registration,
        because=RULES[tick.what].format(days="1 day" if tick.days == 1 else f"{tick.days} days"),
        key=f"{kind}:{place.pk}:{tick.key}:{person.pk}",
        due_at=max(tick.at(registration.scheme.time_zone), place.invited_at),
        context={
            "scheme": registration.scheme,
            "pathway": edition.pathway(registration.pathway).title,
            "assessor": place.person.name,
            "appointment": place.pk,
            "decline": decline_token(place),
            "panel": panel.pk,
            "due_on": panel.due_on,
            "days": tick.days,
        },
    )
