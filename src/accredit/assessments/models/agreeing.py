"""How a panel comes to one outcome."""

from django.db import models

from accredit.assessments.models.panels import Appointment, Panel


class Proposal(models.Model):
    """An outcome one of the panel proposes to the others, with the feedback for the candidate."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="proposals")
    made_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="proposals")
    outcome = models.CharField(max_length=40)
    feedback = models.TextField()
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
