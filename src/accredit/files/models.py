"""Blobs: bytes known by the SHA-256 of their content. Uploads: files that are still on their way."""

from django.db import models


class Blob(models.Model):
    """One file's content, kept once however often it is used."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField()
    unused_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Return where the storage keeps the content."""
        return f"{self.sha256[:2]}/{self.sha256}"


class Upload(models.Model):
    """A file that arrives in parts: after a break it goes on where it stopped.

    `owner` is a person's id; `bound_for` names what it is for in the words of the floor that asked, and
    `became` what that floor made of it once it was there: no key points up the floors.
    """

    key = models.UUIDField(unique=True)
    owner = models.BigIntegerField()
    bound_for = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    blob = models.ForeignKey(Blob, null=True, on_delete=models.SET_NULL, related_name="+")
    became = models.BigIntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["touched_at"], name="upload_touched"),
            models.Index(fields=["owner"], condition=models.Q(became=None), name="upload_running"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> str:
        """Return where the storage keeps the parts until they are one file."""
        return f"uploads/{self.key.hex}"

    @property
    def is_whole(self) -> bool:
        """Say whether every byte is here."""
        return self.received == self.size
