"""Draft panels: what the office is preparing, and each run of the allocation for it. The office's alone."""

from django.db import models

from accredit.assessments.models.assessors import Seat
from accredit.files.models import Blob
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile
from accredit.registrations.models import Registration


class Draft(models.Model):
    """Panels in preparation for some registrations of a scheme, until they are published or dropped.

    A repair keeps what is there as far as it can, and may move invitations that nobody has answered.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    is_repair = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["scheme"],
                condition=models.Q(published_at=None, dropped_at=None),
                name="one_open_draft",
            ),
        )

    def __str__(self) -> str:
        return f"draft {self.pk}"


class DraftPanel(models.Model):
    """A registration in a draft: how well it is served, and who came close to its panel.

    `close` holds [person, fit, bars, why] as the allocation gave them; `worst` is empty until a run ended. A
    movable one is whole, and here only so that an invitation nobody has answered may move to help another.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="panels")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    is_movable = models.BooleanField(default=False)
    worst = models.PositiveIntegerField(null=True)
    total = models.PositiveIntegerField(default=0)
    close = models.JSONField(default=list)
    # What was wrong with it when the draft was last judged: [code, values].
    faults = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["draft", "registration"], name="one_draft_panel_each"),
        )

    def __str__(self) -> str:
        return f"draft panel of {self.registration_id}"


class DraftSeat(models.Model):
    """A person in a seat of a draft panel. A locked one stands in every further run."""

    panel = models.ForeignKey(DraftPanel, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=10, choices=Seat.choices)
    fit = models.PositiveIntegerField()
    is_locked = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["panel", "person"], name="one_draft_seat_each"),)

    def __str__(self) -> str:
        return f"{self.person_id} as {self.seat}"


class ForbiddenPair(models.Model):
    """The office keeps a person off the panel of a registration in this draft."""

    panel = models.ForeignKey(DraftPanel, on_delete=models.CASCADE, related_name="forbidden")
    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["panel", "person"], name="one_forbidden_pair"),)

    def __str__(self) -> str:
        return f"{self.person_id} kept off {self.panel_id}"


class Run(models.Model):
    """One run of the allocation: its input and its answer, kept as documents, and how far it is.

    `progress` holds step, seconds, worst and total; `fault` the code and values where it gave no panels;
    the figures are those of the answer.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="runs")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    limit = models.PositiveSmallIntegerField()
    claimed_at = models.DateTimeField(null=True)
    stop_asked_at = models.DateTimeField(null=True)
    progress = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)
    fault = models.JSONField(null=True)
    figures = models.JSONField(default=dict)
    problem = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["draft"], condition=models.Q(ended_at=None), name="one_run_at_a_time"
            ),
        )
        indexes = (models.Index(fields=["asked_at"], condition=models.Q(ended_at=None), name="run_waiting"),)

    def __str__(self) -> str:
        return f"run {self.pk} of draft {self.draft_id}"
