"""What is due as a calendar file: references and dates, and no candidate's name, for calendars travel."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accredit.assessments.queries import Work
from accredit.assessments.queries.work import Next


def calendar_of(works: Iterable[Work]) -> bytes:
    """Return an iCalendar file with a day for each assessment that is due, and each invitation to answer."""
    made = Calendar()
    made.add("prodid", "-//Accredit//Assessments//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for work in works:
        if work.next in {Next.ANSWER, Next.ASSESS}:
            made.add_component(_event(work))
    return bytes(made.to_ical())


def _event(work: Work) -> Event:
    is_asked = work.next is Next.ANSWER
    said = _("Invited to assess: %(what)s") if is_asked else _("Assessment due: %(what)s")
    page = "invitation" if is_asked else "desk"
    key = work.appointment if is_asked else work.assessment
    event = Event()
    event.add("uid", f"appointment-{work.appointment}@accredit")
    event.add("dtstamp", work.invited_at)
    event.add("dtstart", work.due_on)
    event.add("dtend", work.due_on + timedelta(days=1))
    event.add("summary", said % {"what": f"{work.reference}, {work.pathway_title}"})
    event.add("url", settings.SITE_URL + reverse(f"assessor:{page}", args=[key]))
    event.add("transp", "TRANSPARENT")
    return event
