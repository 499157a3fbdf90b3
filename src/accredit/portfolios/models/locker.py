"""Evidence: the locker of a portfolio."""

from django.db import models

from accredit.files.models import Blob
from accredit.portfolios.models.portfolio import Portfolio


class Visibility(models.TextChoices):
    """Who may open a piece of evidence."""

    ALL = "all"
    ASSESSORS = "assessors"


class Evidence(models.Model):
    """A piece of the portfolio's locker: a file, a link or a text."""

    class Kind(models.TextChoices):
        """What it is."""

        FILE = "file"
        LINK = "link"
        TEXT = "text"

    class Permission(models.TextChoices):
        """How the other people in it agreed to be shown."""

        NOBODY = "nobody"
        GIVEN = "given"
        ANONYMISED = "anonymised"

    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    shows = models.TextField(blank=True)
    alt = models.CharField(max_length=500, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.ALL)
    practised_from_on = models.DateField(null=True)
    practised_until_on = models.DateField(null=True)
    contribution = models.TextField(blank=True)
    others = models.TextField(blank=True)
    permission = models.CharField(max_length=12, choices=Permission.choices, blank=True)
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    captions = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    captions_name = models.CharField(max_length=200, blank=True)
    address = models.URLField(max_length=1000, blank=True)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title
