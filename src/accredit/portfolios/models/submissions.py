"""Frozen copies of a portfolio, their files, the pages their links led to, and the office's check."""

from django.db import models

from accredit.files.models import Blob
from accredit.frameworks.models import Edition
from accredit.people.models import Profile
from accredit.portfolios.models.locker import Visibility
from accredit.portfolios.models.portfolio import Portfolio


class Submission(models.Model):
    """The frozen copy of a portfolio in one round; `content` never changes."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="submissions")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    words = models.PositiveIntegerField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    set_aside_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["portfolio", "round"],
                condition=models.Q(set_aside_at=None),
                name="one_submission_per_round",
            ),
        )

    def __str__(self) -> str:
        return f"round {self.round} of {self.portfolio_id}"


class SubmittedFile(models.Model):
    """A file of a submission, with its captions: keeps its blobs for good and says who may open it."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    captions = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    evidence_key = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200)
    visibility = models.CharField(max_length=10, choices=Visibility.choices)

    def __str__(self) -> str:
        return self.name


class Snapshot(models.Model):
    """What answered at an address of a submission, soon after it was made; due until `fetched_at` is set."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="snapshots")
    address = models.URLField(max_length=1000)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=20, blank=True)
    http_code = models.PositiveSmallIntegerField(null=True)
    final_address = models.URLField(max_length=2000, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["submission", "address"], name="one_snapshot_per_address"),
        )
        indexes = (
            models.Index(fields=["due_at"], condition=models.Q(fetched_at=None), name="snapshot_waiting"),
        )

    def __str__(self) -> str:
        return f"{self.address[:80]} in {self.submission_id}"


class Check(models.Model):
    """The office's look at a submission before it is assessed."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="checks")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(null=True)
    reasons = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["submission"], condition=models.Q(ended_at=None), name="one_open_check"
            ),
        )

    def __str__(self) -> str:
        return f"check of {self.submission_id}"
