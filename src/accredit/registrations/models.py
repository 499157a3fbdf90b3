"""Registrations, the cohorts they belong to, and the windows in which their portfolios may be submitted."""

from django.db import models

from accredit.frameworks.models import Edition, Scheme
from accredit.people.models import Institution, Profile
from accredit.rulebook.terms import RoundKind
from accredit.rulebook.workflow import FINAL, Stage


def _choices(kind: type[Stage] | type[RoundKind]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in kind]


class Window(models.Model):
    """A time in which submissions are taken: up to a deadline, within an opening, or always."""

    class Mode(models.TextChoices):
        """How the two moments are read."""

        DEADLINE = "deadline"
        OPENING = "opening"
        ROLLING = "rolling"

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=Mode.choices)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.mode} {self.opens_at} – {self.closes_at}"


class Registration(models.Model):
    """One person's attempt at one pathway; `stage` is written by `actions.move` alone."""

    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    pathway = models.CharField(max_length=40)
    stage = models.CharField(max_length=20, default=Stage.DRAFTING.value, choices=_choices(Stage))
    stage_since = models.DateTimeField()
    registered_at = models.DateTimeField()
    expires_on = models.DateField()
    round = models.PositiveSmallIntegerField(default=1)
    round_kind = models.CharField(max_length=20, default=RoundKind.FIRST.value, choices=_choices(RoundKind))
    revise_until = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(stage__in=[each.value for each in Stage]), name="registration_stage"
            ),
            models.UniqueConstraint(
                fields=["person", "scheme"],
                condition=~models.Q(stage__in=sorted(each.value for each in FINAL)),
                name="one_open_registration",
            ),
        )
        indexes = (
            models.Index(fields=["stage", "stage_since"], name="registration_stage_age"),
            models.Index(fields=["pathway", "stage"], name="registration_pathway"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Return the number people quote."""
        return f"R-{self.pk:06d}" if self.pk else "R-new"


class Cohort(models.Model):
    """Candidates whom an employer or group brings together; its coordinator sees what they agreed."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    institution = models.ForeignKey(Institution, null=True, on_delete=models.PROTECT, related_name="+")
    coordinator = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20, unique=True)
    founded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class CohortPlace(models.Model):
    """A registration's place in a cohort, and what its candidate agreed to show the coordinator."""

    class Shows(models.TextChoices):
        """Counts and dates, never text."""

        NOTHING = "nothing"
        STAGE = "stage"
        PROGRESS = "progress"

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="places")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="places")
    shows = models.CharField(max_length=10, choices=Shows.choices, default=Shows.NOTHING)
    joined_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["registration"], condition=models.Q(left_at=None), name="one_cohort_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.registration_id} in {self.cohort_id}"
