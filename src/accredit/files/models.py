"""A blob: bytes known by the SHA-256 of their content."""

from django.db import models


class Blob(models.Model):
    """One file's content, kept once however often it is used."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Return where the storage keeps the content."""
        return f"{self.sha256[:2]}/{self.sha256}"
