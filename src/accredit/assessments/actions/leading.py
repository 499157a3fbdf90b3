"""Who may lead panels: the number of the edition makes it a question, the office answers it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from accredit.assessments.actions.locking import need_office_role
from accredit.assessments.events import LeadConfirmed
from accredit.assessments.models import Assessor
from accredit.assessments.queries import completed_of, least_before_lead
from accredit.frameworks.queries import editions
from accredit.people.models import Profile
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse
from accredit.trail import actions as trail


@action
def decide_leads(
    people: Sequence[int], *, leads: bool, reason: str = "", by: Actor, at: datetime
) -> list[Assessor]:
    """Say of assessors (keys of persons) that they may lead panels, or that they may not (yet), and why.

    All or none: refused for everybody but the office, about oneself, about somebody who does not assess, and
    a yes to somebody with fewer finished than the least number any edition asks. Saying the same again
    changes nothing. Where they sit already stays. Returns those of whom something new was said.
    """
    need_office_role(by)
    wanted = set(people)
    if by.person in wanted:
        refuse(Code.OWN_DECISION)
    if not leads and not reason.strip():
        refuse(Code.REASON_MISSING)
    rows = list(Assessor.objects.select_for_update().filter(person_id__in=wanted).order_by("pk"))
    absent = wanted - {each.person_id for each in rows}
    if absent:
        name = Profile.objects.filter(pk__in=absent).values_list("name", flat=True).first()
        refuse(Code.NOT_AN_ASSESSOR, name=name or "?")
    done, needed = completed_of(wanted), least_before_lead(editions(), localdate(at))
    if leads:
        for each in rows:
            if done[each.person_id] < needed:
                refuse(Code.TOO_FEW_ASSESSMENTS_TO_LEAD, have=done[each.person_id], needed=needed)
    return [each for each in rows if _decide(each, done[each.person_id], leads, reason.strip(), by=by, at=at)]


def _decide(assessor: Assessor, done: int, leads: bool, reason: str, *, by: Actor, at: datetime) -> bool:
    """Write one decision down; say whether it is a new one."""
    known = (assessor.leads_since is not None, assessor.not_leading_at, assessor.not_leading_reason)
    if known == ((True, None, "") if leads else (False, done, reason)):
        return False
    assessor.leads_since = (assessor.leads_since or at) if leads else None
    assessor.not_leading_at, assessor.not_leading_reason = (None, "") if leads else (done, reason)
    assessor.save(update_fields=["leads_since", "not_leading_at", "not_leading_reason"])
    trail.record(
        "lead_confirmed" if leads else "lead_refused",
        by=by,
        at=at,
        subject=assessor,
        person=assessor.person_id,
        data={"completed": done},
        words={"reason": reason} if reason else None,
    )
    if leads:
        publish(LeadConfirmed(assessor.pk))
    return True
