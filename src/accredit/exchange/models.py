"""Imports and exports under way: each is a row, so that a crash loses none and a page can be left."""

from django.db import models

from accredit.assessments.models import Appointment
from accredit.files.models import Blob
from accredit.people.models import Profile
from accredit.portfolios.models import Portfolio, Submission


class Import(models.Model):
    """A document brought in: read in the background, looked at by its owner, then made drafts or dropped.

    `outline` is what was recognised, `placing` what the person said where each part belongs; `fault` holds
    the code and values of the refusal when it could not be read.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="+")
    brought_by = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    outline = models.JSONField(null=True)
    placing = models.JSONField(default=dict)
    fault = models.JSONField(null=True)
    taken_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(
                fields=["brought_at"],
                condition=models.Q(read_at=None, dropped_at=None),
                name="import_waiting",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Export(models.Model):
    """A document asked for: of a draft, or (with `submission`) of a frozen copy; made in the background.

    With `place` it is an assessor's own, marked with their name: to read what they assess without a network.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(null=True)
    fault = models.JSONField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["asked_at"],
                condition=models.Q(made_at=None, fault__isnull=True),
                name="export_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.form} of {self.portfolio_id}"
