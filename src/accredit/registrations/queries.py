"""Finding registrations and the windows open to them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from accredit.frameworks.models import Scheme
from accredit.frameworks.queries import rules_of
from accredit.registrations.models import Cohort, CohortPlace, Registration, Window
from accredit.rulebook import dates
from accredit.rulebook.workflow import EDITABLE, FINAL, Stage
from accredit.trail.models import Row


def of_person(person: int) -> QuerySet[Registration]:
    """Return a person's registrations, the newest first."""
    return Registration.objects.filter(person_id=person).select_related("edition", "scheme").order_by("-id")


def open_of(person: int, scheme: Scheme) -> Registration | None:
    """Return the one registration of a person that has not ended."""
    return of_person(person).filter(scheme=scheme).exclude(stage__in=[each.value for each in FINAL]).first()


def with_former_pathway(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Add `former_pathway`, the one sought before it was last changed; None where it never was."""
    changes = Row.objects.filter(registration=OuterRef("pk"), what="pathway_changed").order_by("-id")
    return rows.annotate(former_pathway=Subquery(changes.annotate(came=KT("data__from")).values("came")[:1]))


def windows_of(scheme: Scheme) -> list[dates.Window]:
    """Return the scheme's windows as the rulebook reads them."""
    return [
        facts_of_window(row, scheme)
        for row in Window.objects.filter(scheme=scheme).order_by("opens_at", "id")
    ]


def facts_of_window(window: Window, scheme: Scheme) -> dates.Window:
    """Return a window in the scheme's local time, for the rulebook."""
    zone = ZoneInfo(scheme.time_zone)
    return dates.Window(
        mode=dates.WindowMode(window.mode),
        zone=scheme.time_zone,
        opens=window.opens_at.astimezone(zone).replace(tzinfo=None) if window.opens_at else None,
        closes=window.closes_at.astimezone(zone).replace(tzinfo=None) if window.closes_at else None,
    )


def deadlines_of(scheme: Scheme) -> list[date]:
    """Return the days on which the scheme's announced windows close."""
    closings = [window.closes_at for window in windows_of(scheme)]
    return [each.date() for each in closings if each is not None]


def is_window_open(scheme: Scheme, at: datetime) -> bool:
    """Say whether a first submission is taken at a moment."""
    return dates.is_open(windows_of(scheme), at)


def overdue(at: datetime) -> list[Registration]:
    """Return what the candidate still writes although its last day, in the scheme's zone, has passed."""
    tomorrow = at.date() + timedelta(days=1)  # no zone is further ahead
    passed = Q(expires_on__lt=tomorrow) | Q(revise_until__lt=tomorrow)
    rows = Registration.objects.filter(passed, stage__in=[each.value for each in EDITABLE])
    rows = rows.select_related("scheme", "edition").defer("edition__document").order_by("pk")
    return [row for row in rows if is_overdue(row, at)]


def is_overdue(registration: Registration, at: datetime) -> bool:
    """Say whether the last day, in the scheme's zone, has passed."""
    return last_day(registration) < at.astimezone(ZoneInfo(registration.scheme.time_zone)).date()


def last_day(registration: Registration) -> date:
    """Return the last day on which the candidate may hand in: of the revision, else of the registration.

    What the office returned for correction had come in time: its candidate has as long as for a minor
    revision, however late the office looked. How long is not known: the days are the edition's setting.
    """
    revising = registration.revise_until if registration.round > 1 else None
    last = revising or registration.expires_on
    if registration.stage != Stage.RETURNED:
        return last
    returned_on = registration.stage_since.astimezone(ZoneInfo(registration.scheme.time_zone)).date()
    return max(last, returned_on + timedelta(days=rules_of(registration.edition).referral_days.minor))


def place_in_cohort(registration: int) -> CohortPlace | None:
    """Return the cohort a registration is in, with its coordinator and institution."""
    rows = CohortPlace.objects.filter(registration_id=registration, left_at=None)
    return rows.select_related("cohort__coordinator", "cohort__institution", "registration").first()


def cohorts() -> QuerySet[Cohort]:
    """Return every cohort, the newest first, with the number of its candidates: for the office."""
    rows = Cohort.objects.select_related("scheme", "institution", "coordinator")
    return rows.annotate(size=Count("places", filter=Q(places__left_at=None))).order_by("-founded_at", "-id")


def coordinated_by(person: int) -> QuerySet[Cohort]:
    """Return the open cohorts of a coordinator, counting only who agreed to be seen."""
    seen = Q(places__left_at=None) & ~Q(places__shows=CohortPlace.Shows.NOTHING)
    rows = Cohort.objects.filter(coordinator_id=person, closed_at=None).select_related(
        "institution", "scheme"
    )
    return rows.annotate(seen=Count("places", filter=seen)).order_by("-founded_at", "-id")


def places_seen(cohort: Cohort) -> QuerySet[CohortPlace]:
    """Return the places whose candidates agreed to show something; the others do not exist for them."""
    rows = CohortPlace.objects.filter(cohort=cohort, left_at=None).exclude(shows=CohortPlace.Shows.NOTHING)
    rows = rows.select_related("registration__person", "registration__edition", "registration__scheme")
    return rows.defer("registration__edition__document").order_by("registration__person__name", "id")


def places_of(cohort: Cohort) -> QuerySet[CohortPlace]:
    """Return everybody who is or was in a cohort: for the office."""
    rows = CohortPlace.objects.filter(cohort=cohort).select_related("registration__person")
    return rows.order_by("left_at", "registration__person__name", "id")
