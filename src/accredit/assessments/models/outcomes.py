"""What was decided for a round."""

from django.db import models

from accredit.assessments.models.panels import Panel
from accredit.people.models import Profile

OVERALL = "overall"


def edit_key(appointment: int, row: str) -> str:
    """Return the key of a comment among those edited: whose it is, and the row or OVERALL."""
    return f"{appointment}:{row}"


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
    revise = models.JSONField(default=list)
    # What the candidate reads in the place of a comment, by its key (`edit_key`); empty leaves it out.
    edited = models.JSONField(default=dict)
    reasons = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    ratified_at = models.DateTimeField(null=True)
    ratified_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    # When the candidate will be told; until then it may be recalled.
    release_due_at = models.DateTimeField(null=True)
    release_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    # An appeal was upheld: it counts for nothing any more, and a new panel decides.
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["release_due_at"],
                condition=models.Q(released_at=None, release_due_at__isnull=False),
                name="outcome_to_release",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} of panel {self.panel_id}"
