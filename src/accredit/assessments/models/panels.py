"""A panel and the places on it."""

from django.db import models

from accredit.assessments.models.assessors import Seat
from accredit.people.models import Profile
from accredit.portfolios.models import Submission
from accredit.registrations.models import Registration


class Escalated(models.TextChoices):
    """Why a panel was not left to agree by itself."""

    SPREAD = "spread"
    LAPSE = "lapse"


class Panel(models.Model):
    """The people who assess one round of one registration."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="+")
    formed_at = models.DateTimeField()
    due_on = models.DateField()
    # From this moment, when the last of its first assessments came in, the members see each other's.
    compared_at = models.DateTimeField(null=True)
    # By which rule of the edition, and not by the members' word, somebody else was called.
    escalated_because = models.CharField(max_length=10, blank=True, choices=Escalated.choices, default="")
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["registration", "round"], name="one_panel_per_round"),)

    def __str__(self) -> str:
        return f"panel of {self.registration_id}, round {self.round}"


class Appointment(models.Model):
    """One person's place on a panel, from invitation to its end."""

    class Answer(models.TextChoices):
        """What the invited person said."""

        NONE = ""
        ACCEPTED = "accepted"
        DECLINED = "declined"

    class End(models.TextChoices):
        """Why a place ended before its assessment did."""

        DECLINED = "declined"
        CONFLICT = "conflict"
        HANDED_BACK = "handed_back"
        REPLACED = "replaced"
        RELIEVED = "relieved"
        WITHDRAWN = "withdrawn"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=10, choices=Seat.choices)
    invited_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    # What they said of conflicts of interest before the portfolio opened: none, at this moment.
    declared_none_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=20, blank=True, choices=End.choices, default="")
    # "Assessor 1", "Assessor 2" to the candidate: drawn, so that it tells nothing of the seat.
    shown_as = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["panel", "person"], name="one_appointment_per_person"),
            models.UniqueConstraint(
                fields=["panel", "seat"],
                condition=models.Q(ended_at=None) & ~models.Q(seat="member"),
                name="one_person_per_seat",
            ),
        )
        indexes = (models.Index(fields=["person", "ended_at"], name="appointment_person"),)

    def __str__(self) -> str:
        return f"{self.seat} of panel {self.panel_id}"


class PanelMessage(models.Model):
    """What a member says to the others while they agree: read by the panel and its moderator."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="messages")
    made_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["panel", "made_at"], name="panel_message"),)

    def __str__(self) -> str:
        return f"message {self.pk} in panel {self.panel_id}"
