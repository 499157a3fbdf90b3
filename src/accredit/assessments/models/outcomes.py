"""What was decided, its release, and an appeal against it."""

from django.db import models

from accredit.assessments.models.panels import Panel
from accredit.people.models import Profile


class Outcome(models.Model):
    """What was decided for one round; the candidate learns it at `released_at`."""

    class How(models.TextChoices):
        """Who decided it."""

        AGREED = "agreed"
        MAJORITY = "majority"
        MODERATED = "moderated"
        READ = "read"
        READ_BY_OFFICE = "read_by_office"

    panel = models.OneToOneField(Panel, on_delete=models.PROTECT, related_name="outcome")
    code = models.CharField(max_length=40)
    effect = models.CharField(max_length=20)
    how = models.CharField(max_length=20, choices=How.choices)
    feedback = models.TextField()
    # Feedback by slot, as the candidate reads it.
    sections = models.JSONField(default=dict)
    revise = models.JSONField(default=list)
    reasons = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    ratified_at = models.DateTimeField(null=True)
    ratified_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.code} of panel {self.panel_id}"


class Release(models.Model):
    """One release of an outcome to its candidate; recalled within the edition's time, or standing."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="releases")
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    recalled_at = models.DateTimeField(null=True)
    recalled_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    recall_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["outcome"], condition=models.Q(recalled_at=None), name="one_standing_release"
            ),
        )

    def __str__(self) -> str:
        return f"release of {self.outcome_id}"


class Appeal(models.Model):
    """A candidate's appeal against a released outcome: lodged, admitted or not, decided by an outsider."""

    outcome = models.OneToOneField(Outcome, on_delete=models.PROTECT, related_name="appeal")
    grounds = models.JSONField(default=list)
    text = models.TextField()
    lodged_at = models.DateTimeField()
    is_admitted = models.BooleanField(null=True)
    triaged_at = models.DateTimeField(null=True)
    triaged_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    triage_reason = models.TextField(blank=True)
    reviewer = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    is_upheld = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    reasons = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"appeal against {self.outcome_id}"
