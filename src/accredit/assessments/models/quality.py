"""Second looks at assessments, and who is ready to lead."""

from django.db import models

from accredit.assessments.models.judging import Assessment
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile


class Sample(models.Model):
    """Assessments drawn for a second look; policy, seed and time covered draw the same again."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    policy = models.JSONField()
    seed = models.CharField(max_length=40)
    from_on = models.DateField()
    until_on = models.DateField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"sample {self.pk}"


class SecondLook(models.Model):
    """One assessment in a sample: why it was drawn, what the second look found, what was done."""

    class Result(models.TextChoices):
        """What the second look found."""

        SOUND = "sound"
        REMARKS = "remarks"
        UNSOUND = "unsound"

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="looks")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    because = models.JSONField(default=list)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    remarks = models.TextField(blank=True)
    action = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sample", "assessment"], name="one_look_per_sample"),)

    def __str__(self) -> str:
        return f"look at {self.assessment_id}"


class LeadOffer(models.Model):
    """Somebody who has done what the edition asks of a lead: offered to the office, which decides."""

    person = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    is_taken = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(answered_at=None), name="one_open_lead_offer"
            ),
        )

    def __str__(self) -> str:
        return f"lead offer for {self.person_id}"
