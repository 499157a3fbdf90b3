"""Drafts and their runs: which wait, which is under way, what may be drafted."""

import gzip
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from accredit.allocation.documents import read_problem
from accredit.allocation.problem import Problem
from accredit.assessments.models import Appointment, Draft, Run
from accredit.files.models import Blob
from accredit.files.queries import read
from accredit.registrations.models import Registration
from accredit.rulebook.workflow import Stage

# A claim older than this was left by a worker that died; no run may take so long.
CLAIM_ENDS_AFTER = timedelta(minutes=15)
GIVEN_UP_AFTER = timedelta(hours=2)


def may_be_drafted(scheme: int) -> QuerySet[Registration]:
    """Return the registrations that wait for a panel or for somebody on it."""
    return Registration.objects.filter(scheme_id=scheme, stage=Stage.APPOINTING.value).select_related(
        "person", "edition", "scheme"
    )


def movable(scheme: int) -> list[int]:
    """Return the registrations whose panel is whole and holds an invitation that nobody has answered."""
    unanswered = Appointment.objects.filter(
        panel__registration=OuterRef("pk"),
        panel__round=OuterRef("round"),
        ended_at=None,
        answer=Appointment.Answer.NONE,
        seat__in=("lead", "second", "member"),
    )
    rows = Registration.objects.filter(Exists(unanswered), scheme_id=scheme, stage=Stage.ASSESSING.value)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def open_run(draft: Draft) -> Run | None:
    """Return the run under way or waiting, if there is one."""
    return Run.objects.filter(draft=draft, ended_at=None).first()


def runs_waiting(at: datetime) -> QuerySet[Run]:
    """Return the runs nobody works on, the oldest first."""
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM_ENDS_AFTER)
    rows = Run.objects.filter(unclaimed, ended_at=None, asked_at__gte=at - GIVEN_UP_AFTER)
    return rows.select_related("draft__scheme").order_by("asked_at", "pk")


def runs_given_up(at: datetime) -> QuerySet[Run]:
    """Return the runs that have waited in vain: whatever takes them up dies of it."""
    return Run.objects.filter(ended_at=None, asked_at__lt=at - GIVEN_UP_AFTER)


def runs_of(draft: Draft) -> list[Run]:
    """Return the runs of a draft, the newest first."""
    return list(Run.objects.filter(draft=draft).select_related("asked_by").order_by("-asked_at", "-pk"))


def document_of(blob: Blob) -> str:
    """Return a problem or an answer that was kept."""
    with read(blob) as packed:
        return gzip.decompress(packed.read()).decode()


def problem_kept(run: Run) -> Problem | None:
    """Return the input of a run as it was."""
    return read_problem(document_of(run.problem)) if run.problem else None
