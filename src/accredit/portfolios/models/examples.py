"""The examples of an entry, the evidence they use, and what an entry said before."""

from django.db import models

from accredit.people.models import Profile
from accredit.portfolios.models.locker import Evidence
from accredit.portfolios.models.portfolio import Entry


class Example(models.Model):
    """One example of the candidate's own work: description, evidence, reflection."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="examples")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    reflection = models.TextField(blank=True)
    type = models.CharField(max_length=20, blank=True)
    jurisdiction = models.CharField(max_length=120, blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="examples", through="Use")

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["entry", "position"], name="one_example_per_place"),)

    def __str__(self) -> str:
        return f"example {self.position} of {self.entry_id}"


class Use(models.Model):
    """A piece of evidence supporting an example."""

    example = models.ForeignKey(Example, on_delete=models.CASCADE, related_name="uses")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=["example", "evidence"], name="evidence_used_once"),)

    def __str__(self) -> str:
        return f"{self.evidence_id} in {self.example_id}"


class EntryVersion(models.Model):
    """What an entry said at a moment; thinned, except where two saves clashed."""

    class Why(models.TextChoices):
        """What made the version."""

        SAVE = "save"
        CLASH = "clash"
        RESTORE = "restore"
        IMPORT = "import"
        MOVE = "move"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices, default=Why.SAVE)
    content = models.JSONField()
    # Of a clash: the fields it is about, the page it came from, and when the person chose.
    fields = models.JSONField(default=list)
    writer = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["entry", "saved_at"], name="entry_version_time"),)

    def __str__(self) -> str:
        return f"{self.why} {self.saved_at:%Y-%m-%d %H:%M}"
