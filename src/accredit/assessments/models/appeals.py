"""A candidate's appeal against a result."""

from django.db import models

from accredit.assessments.models.outcomes import Outcome
from accredit.people.models import Profile


class Appeal(models.Model):
    """One result appealed, once: looked at by the office, decided by a reviewer without part in it.

    `reasons` go to the candidate, who never learns who the reviewer is.
    """

    class Decision(models.TextChoices):
        """How it ended."""

        NONE = ""
        WITHDRAWN = "withdrawn"
        TURNED_AWAY = "turned_away"
        DISMISSED = "dismissed"
        UPHELD = "upheld"

    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, related_name="appeal")
    grounds = models.JSONField()
    words = models.TextField()
    made_at = models.DateTimeField()
    reviewer = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    admitted_at = models.DateTimeField(null=True)
    admitted_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=20, blank=True, choices=Decision.choices, default=Decision.NONE)
    reasons = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["made_at"], condition=models.Q(decided_at=None), name="appeal_under_way"),
        )

    def __str__(self) -> str:
        return f"appeal against {self.outcome_id}"
