"""What is an assessor's alone: earlier versions of their form, notes on passages."""

from datetime import datetime

from accredit.assessments.actions.locking import need_author
from accredit.assessments.models import Assessment, AssessmentVersion, PassageNote
from accredit.assessments.queries import AssessmentContent, as_json, slots_of
from accredit.rulebook.faults import Code
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.refusals import refuse
from accredit.toolkit.thinning import may_replace

LONGEST_NOTE, LONGEST_QUOTE, LEAD, MOST_NOTES = 5000, 2000, 60, 500  # characters, and notes of a form


@action
def keep_version(assessment: Assessment, content: AssessmentContent, at: datetime) -> None:
    """Keep what the form says now, the last save of each ten minutes (`toolkit.thinning`)."""
    last, said = assessment.versions.order_by("-id").first(), as_json(content)
    if last is not None and last.content == said:
        return
    if last is not None and may_replace(last.content, last.saved_at, said, at):
        last.content, last.saved_at = said, at
        last.save(update_fields=["content", "saved_at"])
    else:
        AssessmentVersion.objects.create(assessment=assessment, content=said, saved_at=at)


@action
def write_passage_note(
    assessment: Assessment,
    *,
    slot: str,
    text: str,
    part: str = "",
    quote: str = "",
    before: str = "",
    by: Actor,
    at: datetime,
) -> PassageNote:
    """Note something on a passage of the submission, for oneself alone.

    Refused to everybody but its assessor, for a section the submission does not have, without words, with
    more than 5,000 characters, and beyond 500 notes. The same note twice is once.
    """
    found = _own(assessment, by)
    if slot not in slots_of(found.appointment.panel.submission):
        refuse(Code.ROW_UNKNOWN, section=slot[:40])
    words = text.replace("\x00", "").strip()
    if not words:
        refuse(Code.NOTE_EMPTY)
    if len(words) > LONGEST_NOTE:
        refuse(Code.TEXT_TOO_LONG, have=len(words), allowed=LONGEST_NOTE)
    if found.passage_notes.count() >= MOST_NOTES:
        refuse(Code.NOTES_FULL, allowed=MOST_NOTES)
    made, _ = PassageNote.objects.get_or_create(
        assessment=found,
        slot=slot,
        part=part[:80],
        quote=quote.replace("\x00", "").strip()[:LONGEST_QUOTE],
        text=words,
        defaults={"before": before.replace("\x00", "")[-LEAD:], "made_at": at},
    )
    return made


@action
def remove_passage_note(note: PassageNote, *, by: Actor, at: datetime) -> None:
    """Remove one's own note for good; twice is once."""
    _own(note.assessment, by)
    PassageNote.objects.filter(pk=note.pk).delete()


def _own(assessment: Assessment, by: Actor) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("appointment__panel__submission")
    found = rows.get(pk=assessment.pk)
    need_author(found.appointment, by)
    return found
