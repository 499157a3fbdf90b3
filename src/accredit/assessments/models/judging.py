"""What each assessor says of a submission."""

from django.db import models

from accredit.assessments.models.panels import Appointment
from accredit.portfolios.models import Submission


class Assessment(models.Model):
    """One assessor's ratings, comments and recommended outcome for one submission."""

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="assessment")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=40, blank=True)
    overall = models.TextField(blank=True)
    revise = models.JSONField(default=list)
    private_notes = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"assessment {self.appointment_id}"


class AssessmentVersion(models.Model):
    """What an assessment said: the last save of each ten minutes. Its author's alone, as the notes in it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="versions")
    content = models.JSONField()
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"version of {self.assessment_id}"


class PassageNote(models.Model):
    """A private note of an assessor on a passage of what was handed in: `part` names the text, `quote` the
    passage, `before` a few words that lead to it; without them it is about the section."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="passage_notes")
    slot = models.CharField(max_length=40)
    part = models.CharField(max_length=80, blank=True)
    quote = models.TextField(blank=True)
    before = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note {self.pk} on {self.slot}"


class Rating(models.Model):
    """One mark for one row of the form, with an optional comment."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="ratings")
    row = models.CharField(max_length=40)
    mark = models.CharField(max_length=40, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["assessment", "row"], name="one_rating_per_row"),)

    def __str__(self) -> str:
        return f"{self.row}: {self.mark}"
