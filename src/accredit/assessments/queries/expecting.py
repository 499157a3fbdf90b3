"""When a candidate may expect their result: from the real queue, and from nothing of their own panel."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.timezone import localdate

from accredit.assessments.models import Outcome
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration
from accredit.rulebook.expectation import expectation
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import Stage

LOOKED_BACK = timedelta(days=548)  # a year and a half: what was slower or quicker before says little
WAITING = frozenset({
    Stage.SUBMITTED, Stage.CHECKING, Stage.APPOINTING, Stage.ASSESSING, Stage.AGREEING,
    Stage.THIRD_ASSESSMENT, Stage.MODERATING, Stage.RATIFYING, Stage.HELD,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """The days by which half, and nearly all, of those who wait like this have their result."""

    half_on: date | None
    nearly_all_on: date | None
    results: int


def expected(registration: Registration, on: date) -> Expected | None:
    """Return when the result of what was handed in may be expected; None where nothing waits, or too few
    results are known. It rests on how long the rounds of that kind took from handing in to the result in
    this scheme, and on those waiting now: not on where this one stands, which its candidate may not know.
    One query."""
    if registration.stage not in WAITING:
        return None
    kind = RoundKind(registration.round_kind)
    alike = [kind.value] if kind in {RoundKind.REVIEW, RoundKind.RENEWAL} else ["first", "reassessment"]
    released = Outcome.objects.filter(panel__submission=OuterRef("pk")).values("released_at")[:1]
    rows = Submission.objects.filter(
        portfolio__registration__scheme=registration.scheme_id, kind__in=alike, set_aside_at=None
    ).annotate(released_at=Subquery(released))
    is_waiting = Q(released_at=None) & Q(
        portfolio__registration__stage__in=[each.value for each in WAITING],
        round=F("portfolio__registration__round"),
    )
    rows = rows.filter(Q(released_at__date__gt=on - LOOKED_BACK) | is_waiting)
    finished, waiting, since = [], [], None
    for owner, submitted_at, released_at in rows.values_list(
        "portfolio__registration", "submitted_at", "released_at"
    ):
        begun = localdate(submitted_at)
        if owner == registration.pk and released_at is None:
            since = begun
        elif released_at is not None:
            finished.append(max(0, (localdate(released_at) - begun).days))
        else:
            waiting.append(max(0, (on - begun).days))
    found = expectation(finished, waiting, waited=(on - since).days) if since is not None else None
    if found is None or since is None:
        return None
    return Expected(_after(since, found.half), _after(since, found.nearly_all), found.results)


def _after(since: date, days: int | None) -> date | None:
    return None if days is None else since + timedelta(days=days)
