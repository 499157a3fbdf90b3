"""Schemes and the editions they have published."""

from django.db import models


class Scheme(models.Model):
    """One accreditation scheme the body runs, with what the office may change at any time."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    body = models.CharField(max_length=200)
    tagline = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    accent = models.CharField(max_length=7, blank=True)
    time_zone = models.CharField(max_length=60, default="Europe/London")
    target_days = models.PositiveSmallIntegerField(default=90)
    assessing_days = models.PositiveSmallIntegerField(default=28)
    sectors = models.JSONField(default=list)
    # In which portfolios may be written; with fewer than two nobody is asked.
    languages = models.JSONField(default=list)
    job_roles = models.JSONField(default=list)
    file_limit = models.PositiveBigIntegerField(default=100 * 1024 * 1024)
    portfolio_limit = models.PositiveBigIntegerField(default=300 * 1024 * 1024)
    # What one assessment is taken to need, for certificates of service; 0: no hours are stated.
    assessing_hours = models.PositiveSmallIntegerField(default=0)
    # So many hours the candidate is not told yet of a result that is released, and it may be recalled.
    recall_hours = models.PositiveSmallIntegerField(default=0)
    # How much each thing weighs that makes an assessor suit a portfolio; what is missing weighs as usual.
    fit_weights = models.JSONField(default=dict)
    # Which decisions get a second look: share, first, fails, distinctions; what is missing is as usual.
    sampling = models.JSONField(default=dict)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_scheme"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def asks_language(self) -> bool:
        """Whether portfolios may be written in more than one language."""
        return len(self.languages) > 1


class Edition(models.Model):
    """A published document of rules; never changed, only followed by another."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="editions")
    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    in_force_on = models.DateField()

    def __str__(self) -> str:
        return self.title


class Counter(models.Model):
    """The last number given out under a name: awards, invoices."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="counters")
    name = models.CharField(max_length=40)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["scheme", "name"], name="one_counter_per_name"),)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"
