"""The thread of a panel: members write to each other while they come to one outcome."""

from datetime import datetime

from accredit.assessments.actions.locking import locked_appointment, need_author, need_stage
from accredit.assessments.events import PanelMessageSent
from accredit.assessments.models import Appointment, PanelMessage
from accredit.assessments.queries import is_in
from accredit.rulebook.faults import Code
from accredit.rulebook.workflow import Move, Stage
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse

LONGEST = 5000


@action
def write_to_panel(appointment: Appointment, *, text: str, by: Actor, at: datetime) -> PanelMessage:
    """Write to the other members, once one's own assessment is in and the panel agrees; at most 5,000
    characters. The same words twice in a row are once. The candidate and the office never read them."""
    found = locked_appointment(appointment)
    need_author(found, by)
    if not is_in(found):
        refuse(Code.ASSESSMENT_NOT_IN)
    need_stage(found.panel, Stage.AGREEING, move=Move.AGREE)
    said = text.strip()
    if not said:
        refuse(Code.MESSAGE_EMPTY)
    if len(said) > LONGEST:
        refuse(Code.MESSAGE_TOO_LONG, have=len(said), allowed=LONGEST)
    last = found.panel.messages.order_by("-made_at", "-pk").first()
    if last is not None and (last.made_by_id, last.text) == (found.pk, said):
        return last
    made = PanelMessage.objects.create(panel=found.panel, made_by=found, text=said, made_at=at)
    publish(PanelMessageSent(made.pk))
    return made
