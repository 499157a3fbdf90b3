"""Exports asked for: which wait, which are ready, and what stands in one."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accredit.assessments.queries import edition_of
from accredit.exchange.models import Export
from accredit.exchange.writers import WRITERS, Copy
from accredit.frameworks.models import Edition
from accredit.frameworks.queries import rules_of
from accredit.portfolios.models import Portfolio, Submission
from accredit.portfolios.queries import blinded, draft_of, portfolio_of, sha256_of, whole_content

# A claim older than this was left by a worker that died while making the file.
CLAIM_ENDS_AFTER = timedelta(minutes=10)
# After this time an export nobody could make is given up.
GIVEN_UP_AFTER = timedelta(hours=6)
# A finished file is kept for so long; the portfolio itself is the record, and gives the same file again.
KEPT_FOR = timedelta(days=14)
# Of a draft, which changes, asking again within this time is asking once.
DOUBLE_CLICK = timedelta(minutes=1)


def waiting(at: datetime) -> QuerySet[Export]:
    """Return the exports nobody is making, the oldest first."""
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=at - CLAIM_ENDS_AFTER)
    return _rows().filter(unclaimed, made_at=None, fault__isnull=True).order_by("asked_at", "id")


def given_up(at: datetime) -> QuerySet[Export]:
    """Return the exports that have waited in vain: whatever takes them up dies of it."""
    return _rows().filter(made_at=None, fault__isnull=True, asked_at__lt=at - GIVEN_UP_AFTER)


def outlived(at: datetime) -> QuerySet[Export]:
    """Return the exports whose time on the list is over."""
    return Export.objects.filter(asked_at__lt=at - KEPT_FOR)


def exports_of(portfolio: Portfolio) -> list[Export]:
    """Return the exports of a portfolio that are on its list, the newest first."""
    rows = Export.objects.filter(portfolio=portfolio, place=None).select_related("blob", "submission")
    return list(rows.order_by("-asked_at", "-id"))


def same_asked(portfolio: Portfolio, submission: Submission | None, form: str, at: datetime) -> Export | None:
    """Return the export that makes asking again needless: under way, or ready and still saying the same."""
    rows = Export.objects.filter(portfolio=portfolio, submission=submission, form=form, place=None)
    ready = Q(made_at__isnull=False)
    is_same = ready if submission is not None else ready & Q(made_at__gt=at - DOUBLE_CLICK)
    return rows.filter(Q(made_at=None, fault__isnull=True) | is_same).order_by("-id").first()


def copy_of(export: Export) -> Copy:
    """Return what an export holds: a frozen copy, or the draft as it stands now."""
    portfolio = portfolio_of(export.portfolio.registration_id)
    if portfolio is None:
        raise LookupError(f"{export} has no portfolio")
    submission, registration = export.submission, portfolio.registration
    content = submission.content if submission is not None else whole_content(draft_of(portfolio))
    is_blind = export.place is not None and edition_of(export.place.panel).panel.blind_candidate
    content = blinded(content) if is_blind else content
    unconfirmed = registration.reference if is_blind else registration.person.name
    rules = rules_of(Edition.objects.get(code=content["edition"]))
    moment = submission.submitted_at if submission is not None else export.asked_at
    return Copy(
        content=content,
        # A name may change; the copy says the one it was confirmed under.
        name=content["confirmation"]["name"] or unconfirmed,
        scheme=rules.scheme,
        body=rules.body,
        edition=rules.title,
        pathway=rules.pathway(content["pathway"]).title,
        reference=registration.reference,
        dated=moment.astimezone(ZoneInfo(registration.scheme.time_zone)).replace(microsecond=0).isoformat(),
        is_draft=submission is None,
        sha256=submission.sha256 if submission is not None else sha256_of(content),
        mark=_mark(export),
        principles={each.code: each.title for each in rules.principles},
    )


def _mark(export: Export) -> str:
    """Return what stands across every page of a copy made for an assessor."""
    if export.place is None:
        return ""
    said = _("For %(name)s only, who assesses it. %(day)s. Not to be passed on.")
    day = date_format(localdate(export.asked_at), "j F Y")
    return said % {"name": export.place.person.name, "day": day}


def name_of(export: Export, copy: Copy) -> str:
    """Return what the file is called when it is downloaded."""
    writer = WRITERS[export.form]
    which = "draft" if export.submission is None else f"round-{export.submission.round}"
    kind = f"-{export.form}" if writer.ending == "zip" else ""
    return f"{copy.reference}-{copy.content['pathway']}-{which}{kind}.{writer.ending}"


def _rows() -> QuerySet[Export]:
    return Export.objects.select_related(
        "portfolio", "submission", "place__person", "place__panel__registration__edition",
        "place__panel__submission__edition",
    )  # fmt: skip
