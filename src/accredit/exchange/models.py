"""Imports and exports under way, and credentials: each is a row, so that a crash loses none."""

from uuid import uuid4

from django.db import models

from accredit.assessments.models import Appointment
from accredit.awards.models import Award
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


class SigningKey(models.Model):
    """A key that signs credentials, or did until `retired_at`; its private half is a file, never a row."""

    name = models.CharField(max_length=20, unique=True)
    public = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    signs = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["signs"], condition=models.Q(signs=True), name="one_key_signs"),
        )

    def __str__(self) -> str:
        return self.name


class BitList(models.Model):
    """A list of bits on which credentials have their places; `start` is where the first one sits."""

    number = models.PositiveIntegerField(unique=True)
    start = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"list {self.number}"


class Credential(models.Model):
    """An Open Badge for an award: wanted first, signed in the background; another one ends it."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    salt = models.CharField(max_length=32)
    bit_list = models.ForeignKey(BitList, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    wanted_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signing_key = models.ForeignKey(SigningKey, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField(null=True)
    token = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["bit_list", "place"], name="one_credential_a_place"),
            models.UniqueConstraint(
                fields=["award"], condition=models.Q(ended_at=None), name="one_credential_an_award"
            ),
        )
        indexes = (
            models.Index(
                fields=["wanted_at"],
                condition=models.Q(signed_at=None, ended_at=None),
                name="credential_unsigned",
            ),
        )

    def __str__(self) -> str:
        return str(self.key)
