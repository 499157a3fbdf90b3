"""Rows of the trail, and the erasable personal words that belong to them."""

from django.db import models


class Row(models.Model):
    """One decision: ids and codes only, chained by a seal once a task has sealed it."""

    at = models.DateTimeField()
    what = models.CharField(max_length=60)
    actor = models.BigIntegerField(null=True)
    actor_role = models.CharField(max_length=20)
    impersonator = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=40)
    subject_key = models.BigIntegerField(null=True)
    registration = models.BigIntegerField(null=True)
    person = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    sequence = models.BigIntegerField(null=True, unique=True)
    seal = models.CharField(max_length=64, blank=True)
    sealed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["registration", "id"], name="trail_registration"),
            models.Index(fields=["person", "id"], name="trail_person"),
            models.Index(fields=["id"], condition=models.Q(sequence=None), name="trail_unsealed"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"


class Words(models.Model):
    """Readable personal values of a row; erasing them leaves the row's digest and seal true."""

    row = models.OneToOneField(Row, on_delete=models.CASCADE, primary_key=True, related_name="words")
    salt = models.CharField(max_length=32)
    values = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"words of row {self.row_id}"
