"""The one portfolio of a registration, and its entries."""

from django.db import models

from accredit.files.models import Blob
from accredit.registrations.models import Registration


class Portfolio(models.Model):
    """The one portfolio of a registration: written here, or as it already stands elsewhere."""

    class Form(models.TextChoices):
        """How it is handed over."""

        WRITTEN = "written"
        AS_IT_IS = "as_it_is"

    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=10, choices=Form.choices, default=Form.WRITTEN)
    source_address = models.URLField(max_length=1000, blank=True)
    source_blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    source_name = models.CharField(max_length=200, blank=True)
    instructions = models.TextField(blank=True)
    # One of the scheme's, where it takes several.
    language = models.CharField(max_length=60, blank=True)
    suggested_assessor = models.CharField(max_length=200, blank=True)
    confirmed_name = models.CharField(max_length=200, blank=True)
    confirmed_on = models.DateField(null=True)
    summary_of_changes = models.TextField(blank=True)
    open_slots = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"portfolio of {self.registration_id}"


class Entry(models.Model):
    """What a portfolio holds for one section; repeatable sections have several, by position."""

    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="entries")
    section = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200, blank=True)
    area = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    principles = models.JSONField(default=list)
    principle_texts = models.JSONField(default=dict)
    link = models.URLField(max_length=1000, blank=True)
    pages = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=0)
    field_versions = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["portfolio", "section", "position"], name="one_entry_per_slot"),
        )
        # The sweep asks every few minutes which entries were saved lately.
        indexes = (models.Index(fields=["saved_at"], name="entry_saved"),)

    def __str__(self) -> str:
        return f"{self.section}/{self.position}"
