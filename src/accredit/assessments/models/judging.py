"""What each assessor says of a submission, and what they keep to themselves."""

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


class Note(models.Model):
    """A private note of an assessor on a passage of the submission, or on a section where `quote` is empty.

    Nobody else ever reads it. `quote` is the passage word for word, `nth` which of its occurrences (from 0).
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="notes")
    slot = models.CharField(max_length=40)
    part = models.CharField(max_length=60, blank=True)
    quote = models.TextField(blank=True)
    nth = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"note on {self.slot} of {self.assessment_id}"


class AssessmentVersion(models.Model):
    """What stood in an assessment after a save; thinned while it is a draft."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "number"], name="one_assessment_version_per_number"
            ),
        )

    def __str__(self) -> str:
        return f"version {self.number} of {self.assessment_id}"


class Copy(models.Model):
    """A copy of a submission an assessor took away to read offline: whose, when, with which mark."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="copies")
    mark = models.CharField(max_length=40, unique=True)
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"copy {self.mark}"
