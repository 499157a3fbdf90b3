"""Reading notices: what waits, what went out, what was held back and why."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from accredit.notices.models import Notice
from accredit.portfolios.queries import stop_token

ON_THE_CLOCK = frozenset({
    "invitation_reminder", "invitation_unanswered", "assessing_reminder", "assessing_overdue",
    "assessing_to_relieve", "agreement_reminder",
})  # fmt: skip
# A claim older than this was left by a worker that died while sending.
CLAIM_ENDS_AFTER = timedelta(minutes=15)
MOST_TRIES = 5


def waiting(at: datetime) -> QuerySet[Notice]:
    """Return what is due and nobody is sending, the oldest first."""
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM_ENDS_AFTER)
    return Notice.objects.filter(
        unclaimed,
        due_at__lte=at,
        sent_at=None,
        suppressed_at=None,
        tries__lt=MOST_TRIES,
        is_gathered=False,
    ).order_by("due_at", "id")


def to_gather(at: datetime) -> QuerySet[Notice]:
    """Return what is due and waits for the letter in which its reader gets it with others."""
    rows = Notice.objects.filter(due_at__lte=at, sent_at=None, suppressed_at=None, is_gathered=True)
    return rows.select_related("person").order_by("due_at", "id")


def stopping_headers(notice: Notice) -> dict[str, str]:
    """Return the headers with which a mail program offers to stop reminders (RFC 2369, RFC 8058)."""
    if notice.kind != "nudge":
        return {}
    address = reverse("public:letters_stop", args=[stop_token(int(notice.key.split(":")[1]))])
    return {
        "List-Unsubscribe": f"<{settings.SITE_URL}{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def latest() -> QuerySet[Notice]:
    """Return every notice, the newest first."""
    return Notice.objects.select_related("person", "registration").order_by("-due_at", "-id")


def of_person(person: int) -> QuerySet[Notice]:
    """Return what one person was or will be told, the newest first."""
    return latest().filter(person_id=person)


def of_the_clock(registration: int) -> QuerySet[Notice]:
    """Return what the edition's clock has written about a registration, the newest first."""
    return latest().filter(registration_id=registration, kind__in=ON_THE_CLOCK)
