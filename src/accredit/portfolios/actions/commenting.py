"""What a critical friend says of a passage, and what the candidate answers: theirs alone."""

from datetime import datetime, timedelta

from accredit.portfolios.actions.desk import bounded
from accredit.portfolios.actions.mentoring import locked_mentor
from accredit.portfolios.events import CommentWritten
from accredit.portfolios.models import Comment, Entry, Mentor
from accredit.portfolios.queries import WHOLE, draft_of, parts_of, shown_to, standing_of, stands_in
from accredit.rulebook.faults import Code
from accredit.rulebook.mentoring import Standing
from accredit.toolkit.actions import action
from accredit.toolkit.actor import Actor
from accredit.toolkit.events import publish
from accredit.toolkit.refusals import refuse

MOST_CHARACTERS = 5000
MOST_QUOTED = 1000
MOST_COMMENTS = 300
DOUBLE_CLICK = timedelta(minutes=1)


@action
def write_comment(
    mentor: Mentor,
    *,
    entry: int,
    part: str,
    quote: str,
    before: str = "",
    text: str,
    by: Actor,
    at: datetime,
) -> Comment:
    """Comment on a passage: `part` is a key of `parts_of`, or WHOLE; without `quote` it is on all of it.

    Refused while the text is not open to this friend, and when the words quoted do not stand there. The
    same comment sent twice within a minute is one: somebody clicked twice.
    """
    found = _friend(mentor, by=by)
    if standing_of(found, at) is not Standing.READING:
        refuse(Code.MENTOR_NOT_READING)
    place = _place(found, entry, part, quote)
    said, words = _said(text), bounded(" ".join(quote.replace("\x00", "").split()), MOST_QUOTED)
    same = found.comments.filter(entry=place, part=part, quote=words, text=said, removed_at=None)
    twin = same.filter(written_at__gt=at - DOUBLE_CLICK).first()
    if twin is not None:
        return twin
    if found.comments.filter(removed_at=None).count() >= MOST_COMMENTS:
        refuse(Code.COMMENTS_TOO_MANY, allowed=MOST_COMMENTS)
    made = Comment.objects.create(
        mentor=found,
        entry=place,
        part=part,
        quote=words,
        before=before.replace("\x00", "")[-60:],
        text=said,
        written_at=at,
    )
    publish(CommentWritten(made.pk, found.pk, at))
    return made


@action
def change_comment(comment: Comment, *, text: str, by: Actor, at: datetime) -> Comment:
    """Say it differently, while the candidate has not marked it as dealt with."""
    found = _unsettled(comment, by=by)
    found.text = _said(text)
    found.save(update_fields=["text"])
    return found


@action
def remove_comment(comment: Comment, *, by: Actor, at: datetime) -> None:
    """Take a comment back: neither of the two sees it any more. Twice is once."""
    if Comment.objects.filter(pk=comment.pk, removed_at__isnull=False).exists():
        return
    found = _unsettled(comment, by=by)
    found.removed_at = at
    found.save(update_fields=["removed_at"])


@action
def answer_comment(comment: Comment, *, text: str, by: Actor, at: datetime) -> Comment:
    """Answer a friend, in place of an earlier answer."""
    found = _candidates(comment, by=by)
    found.answer, found.answered_at = _said(text), at
    found.save(update_fields=["answer", "answered_at"])
    return found


@action
def resolve_comment(comment: Comment, *, by: Actor, at: datetime) -> Comment:
    """Mark a comment as dealt with. Twice is once."""
    found = _candidates(comment, by=by)
    if found.resolved_at is None:
        found.resolved_at = at
        found.save(update_fields=["resolved_at"])
    return found


@action
def reopen_comment(comment: Comment, *, by: Actor, at: datetime) -> Comment:
    """Take that mark away again."""
    found = _candidates(comment, by=by)
    if found.resolved_at is not None:
        found.resolved_at = None
        found.save(update_fields=["resolved_at"])
    return found


def _friend(mentor: Mentor, *, by: Actor) -> Mentor:
    found = locked_mentor(mentor)
    if by.person is None or found.person_id != by.person:
        refuse(Code.NOT_YOURS)
    return found


def _unsettled(comment: Comment, *, by: Actor) -> Comment:
    mentor = _friend(comment.mentor, by=by)
    if mentor.ended_at is not None:
        refuse(Code.MENTOR_OVER)
    found = _standing(comment)
    if found.resolved_at is not None:
        refuse(Code.COMMENT_RESOLVED)
    return found


def _candidates(comment: Comment, *, by: Actor) -> Comment:
    mentor = locked_mentor(comment.mentor)
    if by.person is None or by.person != mentor.portfolio.registration.person_id:
        refuse(Code.NOT_YOURS)
    return _standing(comment)


def _standing(comment: Comment) -> Comment:
    found = Comment.objects.get(pk=comment.pk)
    if found.removed_at is not None:
        refuse(Code.COMMENT_REMOVED)
    return found


def _said(text: str) -> str:
    said = bounded(text.replace("\x00", "").replace("\r\n", "\n").strip(), MOST_CHARACTERS)
    if not said:
        refuse(Code.COMMENT_EMPTY)
    return said


def _place(mentor: Mentor, entry: int, part: str, quote: str) -> Entry:
    """Return the entry that is commented on, when it and the part are open and hold the words."""
    draft = draft_of(mentor.portfolio)
    place = next((each for each in shown_to(draft, mentor) if each.pk == entry), None)
    if place is None:
        refuse(Code.COMMENT_PLACE_UNKNOWN)
    parts = parts_of(draft, place)
    meant = [each for each in parts if part in (WHOLE, each.key)]
    if part != WHOLE and not meant:
        refuse(Code.COMMENT_PLACE_UNKNOWN)
    if quote.strip() and not any(stands_in(quote, each.text) for each in meant):
        refuse(Code.COMMENT_QUOTE_GONE)
    return place
