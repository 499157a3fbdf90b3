"""How a panel comes to one outcome."""

from django.db import models

from accredit.assessments.models.panels import Appointment, Panel


class Proposal(models.Model):
    """An outcome one of the panel proposes to the others, with the feedback for the candidate."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="proposals")
    made_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="proposals")
    outcome = models.CharField(max_length=40)
    feedback = models.TextField()
    # Feedback by slot, as the candidate would read it.
    sections = models.JSONField(default=dict)
    revise = models.JSONField(default=list)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["panel"], condition=models.Q(replaced_at=None), name="one_standing_proposal"
            ),
        )

    def __str__(self) -> str:
        return f"{self.outcome} proposed in panel {self.panel_id}"


class Reply(models.Model):
    """A member's answer to a proposal: agreed, or not, with the reason."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="replies")
    made_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="replies")
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["proposal", "made_by"], name="one_reply_each"),)

    def __str__(self) -> str:
        return f"{'agrees' if self.agrees else 'disagrees'} with {self.proposal_id}"


class Message(models.Model):
    """What a member of a panel writes to the others while they come to an outcome."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="messages")
    written_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    row = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["panel", "written_at"], name="message_panel"),)

    def __str__(self) -> str:
        return f"message in panel {self.panel_id}"


class Escalation(models.Model):
    """Why a panel did not settle its outcome by itself, and who was called."""

    class Why(models.TextChoices):
        """The rule that called somebody in."""

        DISAGREEMENT = "disagreement"
        SPREAD = "spread"
        LAPSE = "lapse"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="escalations")
    why = models.CharField(max_length=20, choices=Why.choices)
    to = models.CharField(max_length=20)
    rows = models.JSONField(default=list)
    called_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.why} in panel {self.panel_id}"
