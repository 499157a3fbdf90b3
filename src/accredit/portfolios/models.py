"""The draft a candidate writes, and the frozen copies they submit."""

from django.db import models

from accredit.files.models import Blob
from accredit.frameworks.models import Edition
from accredit.people.models import Profile
from accredit.registrations.models import Registration


class Visibility(models.TextChoices):
    """Who may open a piece of evidence."""

    ALL = "all"
    ASSESSORS = "assessors"


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
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["portfolio", "section", "position"], name="one_entry_per_slot"),
        )

    def __str__(self) -> str:
        return f"{self.section}/{self.position}"


class Evidence(models.Model):
    """A piece of the portfolio's locker: a file, a link or a text."""

    class Kind(models.TextChoices):
        """What it is."""

        FILE = "file"
        LINK = "link"
        TEXT = "text"

    portfolio = models.ForeignKey(Portfolio, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    shows = models.TextField(blank=True)
    alt = models.CharField(max_length=500, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.ALL)
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    address = models.URLField(max_length=1000, blank=True)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title


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

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Profile, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices, default=Why.SAVE)
    content = models.JSONField()

    class Meta:
        indexes = (models.Index(fields=["entry", "saved_at"], name="entry_version_time"),)

    def __str__(self) -> str:
        return f"{self.why} {self.saved_at:%Y-%m-%d %H:%M}"


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
    """A file of a submission: keeps its blob for good and says who may open it."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    evidence_key = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200)
    visibility = models.CharField(max_length=10, choices=Visibility.choices)

    def __str__(self) -> str:
        return self.name


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
