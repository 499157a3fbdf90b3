"""Runs of the allocation, and the draft they fill."""

from django.db import models

from accredit.assessments.models.assessors import Seat
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.registrations.models import Registration


class Run(models.Model):
    """One computation of panels: everything it was given and everything it answered, to be replayed.

    `problem` and `answer` are the documented JSON of `allocation.documents`.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting"
        RUNNING = "running"
        SOLVED = "solved"
        INFEASIBLE = "infeasible"
        STOPPED = "stopped"
        BROKE = "broke"

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    seconds = models.PositiveSmallIntegerField()
    problem = models.TextField()
    problem_sha256 = models.CharField(max_length=64)
    answer = models.TextField(blank=True)
    progress = models.JSONField(default=dict)
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    stop_asked_at = models.DateTimeField(null=True)
    last_fault = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["scheme"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_run_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"run {self.pk}"


class Draft(models.Model):
    """Panels proposed and not yet published: seen by the office alone. One stands per scheme."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    version = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["scheme"],
                condition=models.Q(published_at=None, dropped_at=None),
                name="one_standing_draft",
            ),
        )

    def __str__(self) -> str:
        return f"draft {self.pk}"


class DraftSeat(models.Model):
    """One proposed place; locked ones are kept by every further run."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="seats")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=10, choices=Seat.choices)
    is_locked = models.BooleanField(default=False)
    is_by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["draft", "registration", "person"], name="one_draft_seat_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat} of {self.registration_id} in draft {self.draft_id}"


class ForbiddenPair(models.Model):
    """An assessor the office keeps off a portfolio, whatever a run would say."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="forbidden")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["draft", "registration", "person"], name="one_forbidden_pair"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} kept off {self.registration_id}"
