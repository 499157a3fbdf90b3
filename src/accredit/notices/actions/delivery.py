"""Planning, sending and suppressing notices. A notice is written out in full when it is planned."""

from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape, urlize
from django.utils.timezone import localtime

from accredit.frameworks.queries import rules_of
from accredit.notices.events import NoticePlanned
from accredit.notices.models import Notice
from accredit.people.models import Profile
from accredit.portfolios.models import Mentor
from accredit.portfolios.queries import plan_of, step_words, token_of
from accredit.registrations.models import Registration
from accredit.rulebook.clock import MORNING
from accredit.toolkit.actions import action
from accredit.toolkit.events import publish

INVITATION = "mentor_invited"
# What can wait until the next morning where its reader wishes it. Not: results, invitations, what is late,
# and whatever somebody waits for at their desk.
GATHERED = frozenset({
    "agreement_reminder", "appeal_ended", "appeal_to_look_at", "assessing_reminder", "assessments_in",
    "comments_written", "invitation_reminder", "invitation_unanswered", "mentor_accepted", "mentor_declined",
    "moderation_asked", "outcome_proposed", "panel_message", "pathway_to_see", "ratification_asked",
    "seat_ended",
})  # fmt: skip
# These stand for what only the letter itself holds.
LINK_HERE, MESSAGE_HERE = "only-in-the-letter", "(The candidate’s own words stand here in the letter.)"
OWN_STEP_HERE = "(in the candidate’s own words, which stand in the letter)"


@action
def plan(
    kind: str,
    *,
    person: Profile | None,
    because: str,
    key: str,
    due_at: datetime,
    context: dict[str, object],
    registration: Registration | None = None,
    address: str = "",
) -> Notice:
    """Write a notice that falls due at a moment; the same `key` a second time is the same notice.

    The text comes from `templates/notices/<kind>.txt`, whose first line is the subject. `context`
    holds plain values; `link` is a path of this site. Nothing about another person may be in it that
    its reader must not know: the sweep over all notices reads the table of who may know what. `address`
    is where it goes when that is not the person's own, or nobody here is known by it.
    """
    existing = Notice.objects.filter(key=key).first()
    if existing:
        return existing
    values = {"person": person, "site": settings.SITE_URL, "registration": registration} | context
    subject, _, text = render_to_string(f"notices/{kind}.txt", values).partition("\n")
    text = text.strip()
    address_given = bool(address)
    address = address or (person.email if person else "")
    can_wait = kind in GATHERED and person is not None and person.gathers_letters and not address_given
    notice = Notice.objects.create(
        kind=kind,
        is_gathered=can_wait,
        key=key,
        person=person,
        registration=registration,
        address=address,
        subject=" ".join(subject.split())[:200],
        text=text,
        html=as_html(text),
        because=because,
        due_at=_next_morning(due_at) if can_wait else due_at,
        suppressed_at=None if address else due_at,
        suppressed_because="" if address else "no address is known",
    )
    publish(NoticePlanned(notice.pk))
    return notice


def _next_morning(at: datetime) -> datetime:
    """Return the next morning, in the time of this site, at which gathered letters go out."""
    morning = localtime(at).replace(hour=MORNING.hour, minute=MORNING.minute, second=0, microsecond=0)
    return morning if morning >= at else morning + timedelta(days=1)


def as_html(text: str) -> str:
    """Return the text as simple HTML: a paragraph for each block, addresses as links."""
    blocks = [urlize(escape(block).replace("\n", "<br>"), nofollow=False) for block in text.split("\n\n")]
    paragraphs = "".join(f"<p>{block}</p>" for block in blocks if block.strip())
    return f'<!doctype html><html lang="en"><body>{paragraphs}</body></html>'


def words_of(notice: Notice) -> tuple[str, str, str]:
    """Return subject, text and HTML as they are sent. What belongs to the reader alone is put in only here.

    The link of an invitation opens a draft, the candidate's message is between the two, and what they plan is
    their own: none of it stands in the row, which the office reads.
    """
    if notice.kind == INVITATION:
        text = _invitation(notice)
        return notice.subject, text, as_html(text)
    if OWN_STEP_HERE in notice.subject:
        step = _own_step(notice)
        subject, text = (each.replace(OWN_STEP_HERE, step) for each in (notice.subject, notice.text))
        return subject, text, as_html(text)
    return notice.subject, notice.text, notice.html


def _invitation(notice: Notice) -> str:
    mentor = Mentor.objects.get(pk=int(notice.key.split(":")[1]))
    text = notice.text.replace(LINK_HERE, token_of(mentor))
    said = f"“{mentor.message}”" if mentor.message else ""
    return "\n\n".join(block for block in text.replace(MESSAGE_HERE, said).split("\n\n") if block.strip())


def _own_step(notice: Notice) -> str:
    """Return the step as it is planned now: it may have been worded anew since the letter was written."""
    found, registration = plan_of(int(notice.key.split(":")[1])), notice.registration
    return step_words(found, rules_of(registration.edition)) if found and registration else ""


@action
def claim(notice: Notice, *, at: datetime) -> bool:
    """Take a notice for sending; False when another worker has it or it has gone out meanwhile."""
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.sent_at or locked.suppressed_at or locked.claimed_at != notice.claimed_at:
        return False
    locked.claimed_at = at
    locked.tries += 1
    locked.save(update_fields=["claimed_at", "tries"])
    return True


@action
def mark_sent(notice: Notice, *, at: datetime) -> None:
    """Write down that the mail server has taken the message."""
    Notice.objects.filter(pk=notice.pk).update(sent_at=at, last_fault="")


@action
def mark_failed(notice: Notice, fault: str) -> None:
    """Write down why sending failed; the next sweep tries again."""
    Notice.objects.filter(pk=notice.pk).update(last_fault=fault[:200])


@action
def suppress(notice: Notice, *, because: str, at: datetime) -> None:
    """Hold a notice back for good, with the reason."""
    Notice.objects.filter(pk=notice.pk, sent_at=None).update(suppressed_at=at, suppressed_because=because)
