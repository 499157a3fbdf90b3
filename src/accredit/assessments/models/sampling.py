"""Decisions drawn for a second look, and what came of it. The office's alone."""

from django.db import models

from accredit.assessments.models.outcomes import Outcome
from accredit.frameworks.models import Scheme
from accredit.people.models import Profile


class Sample(models.Model):
    """A sample of a scheme's decisions of some days, with the policy and seed to draw it again."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField()
    policy = models.JSONField()
    seed = models.CharField(max_length=40)
    decisions = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"sample {self.pk}"


class Sampled(models.Model):
    """One decision of a sample; `why` holds [reason, person or null], `found` and `done` what came of it."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="rows")
    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="+")
    why = models.JSONField()
    found = models.TextField(blank=True)
    done = models.TextField(blank=True)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sample", "outcome"], name="drawn_once"),)

    def __str__(self) -> str:
        return f"{self.outcome_id} in {self.sample_id}"
